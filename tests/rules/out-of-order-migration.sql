-- case: flagged -- one before the last
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- added: 0002_email.sql
-- file: 0002_email.sql
ALTER TABLE users ADD COLUMN email TEXT;
-- file: 0003_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- two before the first
-- added: 0001_users.sql
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- added: 0002_email.sql
-- file: 0002_email.sql
ALTER TABLE users ADD COLUMN email TEXT;
-- file: 0003_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- a name that does not sort where its author thought
-- file: 10_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- added: 9_users.sql
-- file: 9_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- behind the last
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- added: 0002_email.sql
-- file: 0002_email.sql
ALTER TABLE users ADD COLUMN email TEXT;
-- added: 0003_posts.sql
-- file: 0003_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: clean -- all are new
-- added: 0001_users.sql
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- added: 0002_email.sql
-- file: 0002_email.sql
ALTER TABLE users ADD COLUMN email TEXT;

-- case: clean -- nothing is known of what was released
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
