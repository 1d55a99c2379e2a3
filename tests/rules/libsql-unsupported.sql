-- case: flagged -- what concerns the file
-- target: libsql
VACUUM;
ANALYZE;
ATTACH ':memory:' AS other;
PRAGMA journal_mode = DELETE;
PRAGMA legacy_alter_table = ON;
PRAGMA optimize;

-- case: flagged -- temporary objects
-- target: libsql
CREATE TEMP TABLE scratch (id INTEGER);
CREATE TEMP VIEW names AS SELECT 1;
CREATE TABLE temp.more (id INTEGER);

-- case: flagged -- what SQLite learnt since
-- target: libsql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
SELECT unistr('a'), json_pretty('{}'), 1_000;

-- case: clean -- SQLite itself
VACUUM;
ANALYZE;
CREATE TEMP TABLE scratch (id INTEGER);

-- case: clean -- what it takes
-- target: libsql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, size INTEGER AS (length(name))) STRICT;
CREATE VIRTUAL TABLE notes USING fts5 (body);
PRAGMA foreign_keys = OFF;
PRAGMA user_version = 3;
PRAGMA journal_mode;
PRAGMA foreign_key_check;
PRAGMA integrity_check;
REINDEX;

-- case: clean -- transactions
-- target: libsql
BEGIN IMMEDIATE;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT DEFAULT (concat('a', 'b')));
COMMIT;
