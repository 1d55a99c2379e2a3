-- case: flagged -- two columns
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN first_name TEXT;
ALTER TABLE users ADD COLUMN last_name TEXT;

-- case: flagged -- a column and what is in it; the last statement has no end
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN first_name TEXT;
UPDATE users SET first_name = name

-- case: flagged -- a fix where the last statement has no end and comments stand around
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
/* names */ ALTER TABLE users ADD COLUMN first_name TEXT; -- the first
INSERT OR IGNORE INTO users (id) VALUES (1) -- the last

-- case: flagged -- a rebuild
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a rebuild with every guard
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
PRAGMA foreign_keys = OFF;
DROP TABLE IF EXISTS new_users;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE IF EXISTS users;
ALTER TABLE new_users RENAME TO users;
PRAGMA foreign_keys = ON;

-- case: flagged -- new tables alone, which nobody uses yet
-- runner: by-hand
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- a transaction that leaves steps out
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN first_name TEXT;
BEGIN IMMEDIATE;
ALTER TABLE users ADD COLUMN last_name TEXT;
COMMIT;
DROP TABLE users;

-- case: clean -- the runner's transaction
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: clean -- the file's own transaction
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
COMMIT;
PRAGMA foreign_keys = ON;

-- case: clean -- one step
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
PRAGMA foreign_keys = ON;
ALTER TABLE users ADD COLUMN first_name TEXT;
SELECT count(*) FROM users;

-- case: clean -- what another run completes
-- runs: again
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX IF NOT EXISTS users_name ON users (name);
DROP VIEW IF EXISTS named;
CREATE VIEW named AS SELECT name FROM users;
INSERT OR IGNORE INTO users VALUES (1, 'a');

-- case: clean -- the last step alone cannot be done again
-- runs: once
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT);
ALTER TABLE users ADD COLUMN first_name TEXT;

-- case: clean -- rows alone
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
INSERT INTO users VALUES (1, 'a');
INSERT INTO users VALUES (2, 'b');
