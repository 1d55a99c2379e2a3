-- case: flagged -- a guard that finds its table
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
BEGIN;
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN name TEXT;
COMMIT;

-- case: flagged -- a guard that finds its table in a second run
-- runs: again
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO users VALUES (1);
COMMIT;

-- case: flagged -- a query
-- schema:
CREATE TABLE versions (id INTEGER PRIMARY KEY);
-- file: 0001.sql
BEGIN DEFERRED TRANSACTION;
SELECT max(id) FROM versions;
INSERT INTO versions VALUES (2);
END;

-- case: flagged -- a version that is asked for and set
BEGIN;
PRAGMA user_version;
PRAGMA user_version = 2;
COMMIT;

-- case: clean -- the lock at once
-- runs: again
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO users VALUES (1);
COMMIT;
BEGIN EXCLUSIVE TRANSACTION;
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO users VALUES (2);
COMMIT;

-- case: clean -- the first statement writes, and waits for others
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
SELECT count(*) FROM users;
INSERT INTO users VALUES (1);
COMMIT;

-- case: clean -- only guards, of which a second run writes nothing
-- runs: again
BEGIN;
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX IF NOT EXISTS users_name ON users (name);
COMMIT;

-- case: clean -- only questions
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
BEGIN;
SELECT count(*) FROM users;
COMMIT;

-- case: clean -- pragmas of the connection read nothing
BEGIN;
PRAGMA defer_foreign_keys = ON;
SELECT 1;
CREATE TABLE users (id INTEGER PRIMARY KEY);
COMMIT;
