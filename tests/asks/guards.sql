-- case: clean -- guarded
-- runs: again
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX IF NOT EXISTS users_name ON users (name);
DROP VIEW IF EXISTS names;
CREATE VIEW names AS SELECT name FROM users;
DROP TRIGGER IF EXISTS named;
CREATE TRIGGER named AFTER INSERT ON users BEGIN SELECT 1; END;

-- case: clean -- in a transaction, of a tool that keeps a ledger
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX users_name ON users (name);
CREATE VIEW names AS SELECT name FROM users;
DROP VIEW names;

-- case: clean -- in a transaction of the file's own
BEGIN IMMEDIATE;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX users_name ON users (name);
COMMIT;

-- case: flagged -- neither
-- runs: again
-- finds: missing-existence-guard, steps-without-transaction
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX users_name ON users (name);
