-- case: flagged -- two files of one number
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002_email.sql
ALTER TABLE users ADD COLUMN email TEXT;
-- file: 0002_name.sql
-- what people call them
ALTER TABLE users ADD COLUMN name TEXT;

-- case: flagged -- by hand, and with other zeros
-- runner: by-hand
-- file: 1_users.sql
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
-- file: 001_posts.sql
CREATE TABLE IF NOT EXISTS posts (id INTEGER PRIMARY KEY);

-- case: flagged -- folders
-- runner: diesel
-- file: 2024-01-31-120000_users/up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 20240131120000_posts/up.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- as refinery and Flyway write it
-- runner: refinery
-- file: V3__users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: V03__posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: clean -- a file and the one that undoes it
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_users.down.sql
DROP TABLE users;

-- case: clean -- numbers in other folders
-- file: orders/0001_orders.sql
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- file: users/0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- names without a number, and numbers with a point
-- file: schema.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: views.sql
CREATE VIEW people AS SELECT id FROM users;
-- file: V1.1__posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: V1.2__tags.sql
CREATE TABLE tags (id INTEGER PRIMARY KEY);

-- case: clean -- letters that belong to the number
-- file: 040-users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 040b-posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 041_a_tags.sql
CREATE TABLE tags (id INTEGER PRIMARY KEY);
-- file: 041_b_views.sql
CREATE VIEW people AS SELECT id FROM users;

-- case: flagged -- sqlx keeps the number alone
-- runner: sqlx
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- others stand between them
-- file: 0002_a.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002_ab.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 0002_b.sql
CREATE TABLE tags (id INTEGER PRIMARY KEY);
-- file: 0002_cd.sql
CREATE TABLE notes (id INTEGER PRIMARY KEY);
