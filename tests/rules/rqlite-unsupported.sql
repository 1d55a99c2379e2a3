-- case: flagged -- the journal
-- target: rqlite
PRAGMA journal_mode = DELETE;
PRAGMA journal_mode(DELETE);
PRAGMA main.synchronous = OFF;
PRAGMA wal_checkpoint;

-- case: flagged -- transactions of the file's own
-- target: rqlite
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
SAVEPOINT one;
RELEASE one;
COMMIT;

-- case: flagged -- a setting of every node
-- target: rqlite
PRAGMA foreign_keys = OFF;

-- case: clean -- SQLite itself
PRAGMA journal_mode = DELETE;
BEGIN;
COMMIT;

-- case: clean -- reading a setting
-- target: rqlite
PRAGMA journal_mode;
PRAGMA foreign_keys;
PRAGMA user_version = 3;

-- case: clean -- what every node does alike
-- target: rqlite
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIRTUAL TABLE notes USING fts5 (body);
ALTER TABLE users DROP COLUMN name;
VACUUM;
