-- case: flagged -- a table that was there before
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE INDEX users_name ON users (name);

-- case: flagged -- in a transaction, with a guard
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE UNIQUE INDEX IF NOT EXISTS users_name ON users (name) WHERE name IS NOT NULL;

-- case: flagged -- a table of which nothing is known
-- not run: the table is elsewhere
CREATE INDEX users_name ON users (lower(name));

-- case: clean -- a table that is new
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX users_name ON users (name);

-- case: clean -- a table that is rebuilt
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX users_name ON users (name);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE INDEX users_name ON users (name);

-- case: clean -- the index is there
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX users_name ON users (name);
-- file: 0001.sql
CREATE INDEX IF NOT EXISTS users_name ON users (name);

-- case: clean -- a temporary table
CREATE TEMP TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX temp.users_name ON users (name);

-- case: flagged -- a table with many rows, and one with few
-- counts: users 1234567, posts 9999
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
-- file: 0001.sql
CREATE INDEX users_name ON users (name);
CREATE INDEX posts_title ON posts (title);

-- case: clean -- a table without rows
-- counts: users 0
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE INDEX users_name ON users (name);
