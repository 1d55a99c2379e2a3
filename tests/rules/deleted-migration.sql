-- case: flagged -- the last one
-- deleted: 0002_drafts.sql
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: flagged -- one has another name
-- deleted: 0001_user.sql
-- added: 0001_users.sql
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: flagged -- two
-- deleted: 0001_drafts.sql
-- deleted: 0002_drafts.sql
-- file: 0003_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- none
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- added: 0002_email.sql
-- file: 0002_email.sql
ALTER TABLE users ADD COLUMN email TEXT;

-- case: clean -- nothing is known of what was released
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- one was edited, which is another finding
-- edited: 0001_users.sql
CREATE TABLE users (id INTEGER);
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
