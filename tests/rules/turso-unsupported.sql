-- case: flagged -- generated columns
-- target: turso
CREATE TABLE lines (id INTEGER PRIMARY KEY, net INTEGER, gross INTEGER AS (net * 2), twice INTEGER GENERATED ALWAYS AS (net * 2) STORED);
ALTER TABLE lines ADD COLUMN half INTEGER AS (net / 2);

-- case: flagged -- other tables
-- target: turso
CREATE TABLE pairs (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE VIRTUAL TABLE notes USING fts5 (body);

-- case: flagged -- the file as such
-- target: turso
VACUUM;
ATTACH ':memory:' AS other;
PRAGMA journal_mode = DELETE;

-- case: clean -- SQLite itself
CREATE TABLE lines (id INTEGER PRIMARY KEY, net INTEGER, gross INTEGER AS (net * 2));
VACUUM;

-- case: clean -- the libSQL server, which is another
-- target: libsql
CREATE TABLE lines (id INTEGER PRIMARY KEY, net INTEGER, gross INTEGER AS (net * 2));
CREATE TABLE pairs (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;

-- case: clean -- what it has
-- target: turso
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, CHECK (length(name) > 0));
CREATE INDEX users_name ON users (lower(name)) WHERE name <> '';
PRAGMA journal_mode;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n;
