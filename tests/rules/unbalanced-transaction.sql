-- case: flagged -- what the runner does already
-- transaction: file
BEGIN IMMEDIATE TRANSACTION;
CREATE TABLE users (id INTEGER PRIMARY KEY);
END TRANSACTION;

-- case: flagged -- one transaction for all files, and a file with its own
-- transaction: all
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002.sql
BEGIN;
CREATE TABLE posts (id INTEGER PRIMARY KEY);
COMMIT;

-- case: flagged -- a transaction in a transaction
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
BEGIN;
CREATE TABLE posts (id INTEGER PRIMARY KEY);
COMMIT;

-- case: flagged -- the runner's transaction ends too early
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY);
COMMIT;
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- the runner's transaction is undone
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
INSERT INTO users VALUES (1);
ROLLBACK;

-- case: flagged -- a detour around the runner's transaction
-- transaction: file
COMMIT;
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: flagged -- never committed
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: flagged -- a savepoint that is never released
SAVEPOINT before_users;
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: flagged -- a commit too many
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
COMMIT;
COMMIT;

-- case: flagged -- a rollback of nothing
CREATE TABLE users (id INTEGER PRIMARY KEY);
ROLLBACK;

-- case: clean -- the file's own transaction
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
COMMIT;

-- case: clean -- one transaction behind the other
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
END;
BEGIN EXCLUSIVE;
DELETE FROM users;
ROLLBACK;

-- case: clean -- savepoints inside the runner's transaction
-- transaction: file
SAVEPOINT one;
CREATE TABLE users (id INTEGER PRIMARY KEY);
SAVEPOINT two;
ROLLBACK TO two;
RELEASE two;
RELEASE one;

-- case: clean -- a savepoint that is a transaction
SAVEPOINT one;
CREATE TABLE users (id INTEGER PRIMARY KEY);
RELEASE one;

-- case: clean -- a savepoint that ends those within it
SAVEPOINT one;
SAVEPOINT two;
CREATE TABLE users (id INTEGER PRIMARY KEY);
RELEASE one;

-- case: clean -- BEGIN and END of a trigger
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TRIGGER users_name AFTER INSERT ON users BEGIN
    UPDATE users SET name = trim(name) WHERE id = NEW.id;
END;

-- case: clean -- the plan of remold takes the transaction over
-- runner: remold
-- not run: remold leaves the transaction out, the SQLite of the tests does not
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
COMMIT;
