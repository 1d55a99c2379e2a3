-- case: flagged -- nothing records the file and no transaction holds it together
-- runs: again
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE VIEW emails AS SELECT email FROM users;
CREATE TRIGGER stamp AFTER INSERT ON users BEGIN SELECT 1; END;

-- case: flagged -- a drop
-- runs: again
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE INDEX users_email ON users (email);
CREATE VIEW emails AS SELECT email FROM users;
CREATE TRIGGER stamp AFTER INSERT ON users BEGIN SELECT 1; END;
-- file: 0001.sql
DROP TRIGGER stamp;
DROP VIEW emails;
DROP INDEX users_email;
DROP TABLE main.users;

-- case: flagged -- in one transaction, but run again
-- runs: again
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: flagged -- run once, but in pieces
CREATE VIRTUAL TABLE notes USING fts5 (body);

-- case: flagged -- the file's own transaction makes no ledger
-- runs: again
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
COMMIT;

-- case: clean -- once and in one transaction
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY);
DROP TABLE users;

-- case: clean -- guarded
-- runs: again
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
CREATE INDEX IF NOT EXISTS users_id ON users (id);
DROP VIEW IF EXISTS emails;

-- case: clean -- dropped before it is created
-- runs: again
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
DROP VIEW IF EXISTS emails;
CREATE VIEW emails AS SELECT id FROM users;
DROP TABLE IF EXISTS cache;
CREATE TABLE cache (id INTEGER PRIMARY KEY);
CREATE INDEX cache_id ON cache (id);

-- case: clean -- made and dropped by the same file
-- runs: again
CREATE TABLE IF NOT EXISTS scratch (id INTEGER PRIMARY KEY);
DROP TABLE scratch;

-- case: clean -- a temporary object goes with its connection
-- not run: within one connection it is still there
-- runs: again
CREATE TEMP TABLE scratch (id INTEGER PRIMARY KEY);

-- case: clean -- the tables of a rebuild, which a second run rebuilds again
-- runs: again
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- the same, and the old table moves away first
-- runs: again
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users RENAME TO old_users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users (id, name) SELECT id, name FROM old_users;
DROP TABLE old_users;

-- case: flagged -- beside a rebuild
-- runs: again
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TABLE posts (id INTEGER PRIMARY KEY);
