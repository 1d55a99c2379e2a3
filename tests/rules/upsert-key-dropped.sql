-- case: flagged -- the index goes
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, nick TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
INSERT INTO users (email) VALUES ('root') ON CONFLICT (email) DO NOTHING;
-- file: 0002.sql
ALTER TABLE users ADD COLUMN age INTEGER;
-- file: 0003.sql
DROP INDEX users_email;

-- case: flagged -- it holds more columns, or fewer rows
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, shop INTEGER);
CREATE UNIQUE INDEX users_email ON users (email);
INSERT INTO Users (email) VALUES ('root') ON CONFLICT ("Email") DO NOTHING;
-- file: 0002.sql
DROP INDEX users_email;
CREATE UNIQUE INDEX users_email ON users (shop, email);
CREATE UNIQUE INDEX users_full ON users (email) WHERE email <> '';

-- case: flagged -- a rebuild without the constraint
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, shop INTEGER, number INTEGER, UNIQUE (shop, number));
INSERT INTO users (shop, number) VALUES (1, 2) ON CONFLICT (number, shop) DO UPDATE SET shop = 1;
-- file: 0002.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, shop INTEGER, number INTEGER);
INSERT INTO new_users (id, shop, number) SELECT id, shop, number FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- another key is there, or nobody upserts by it
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, nick TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE UNIQUE INDEX users_nick ON users (nick);
INSERT INTO users (email) VALUES ('root') ON CONFLICT (email) DO NOTHING;
INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO NOTHING;
-- file: 0002.sql
DROP INDEX users_email;
DROP INDEX users_nick;

-- case: clean -- the column goes too, or the table
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT UNIQUE);
CREATE UNIQUE INDEX users_email ON users (email);
INSERT INTO users (email) VALUES ('root') ON CONFLICT (email) DO NOTHING;
INSERT INTO posts (title) VALUES ('a') ON CONFLICT (title) DO NOTHING;
-- file: 0002.sql
DROP INDEX users_email;
ALTER TABLE users DROP COLUMN email;
DROP TABLE posts;

-- case: clean -- the file itself upserts before it drops the key
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
INSERT INTO users (email) VALUES ('root') ON CONFLICT (email) DO NOTHING;
DROP INDEX users_email;
