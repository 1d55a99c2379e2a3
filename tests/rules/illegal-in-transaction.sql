-- case: flagged -- VACUUM in the runner's transaction
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY);
VACUUM;

-- case: flagged -- VACUUM INTO in the file's own
BEGIN;
VACUUM main INTO 'copy.db';
COMMIT;

-- case: flagged -- into WAL mode
-- database: file
BEGIN;
PRAGMA journal_mode = WAL;
COMMIT;

-- case: flagged -- out of WAL mode
-- database: file
-- transaction: file
-- schema:
PRAGMA journal_mode = WAL;
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
PRAGMA main.journal_mode(DELETE);

-- case: flagged -- how safely to write
SAVEPOINT here;
PRAGMA synchronous = NORMAL;
RELEASE here;

-- case: flagged -- a checkpoint
-- database: file
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY);
PRAGMA wal_checkpoint(TRUNCATE);

-- case: flagged -- a database that was used
-- transaction: file
ATTACH ':memory:' AS other;
CREATE TABLE other.users (id INTEGER PRIMARY KEY);
DETACH other;

-- case: flagged -- ATTACH and DETACH before 3.21
-- engine: 3.20.1
BEGIN;
ATTACH ':memory:' AS other;
DETACH other;
COMMIT;

-- case: clean -- between transactions
-- database: file
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
VACUUM;
ATTACH ':memory:' AS other;
DETACH other;

-- case: clean -- questions
-- transaction: file
PRAGMA journal_mode;
PRAGMA synchronous;

-- case: clean -- pragmas that a transaction does not mind
-- database: file
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
PRAGMA page_size = 8192;
PRAGMA cache_size = -2000;
PRAGMA busy_timeout = 5000;
PRAGMA user_version = 3;
PRAGMA defer_foreign_keys = ON;

-- case: clean -- ATTACH since 3.21
-- transaction: file
ATTACH ':memory:' AS other;

-- case: clean -- the plan of remold takes the pragmas over
-- runner: remold
-- not run: remold leaves the pragma out, the SQLite of the tests does not
PRAGMA synchronous = NORMAL;
CREATE TABLE users (id INTEGER PRIMARY KEY);
