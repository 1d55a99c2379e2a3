-- case: flagged -- the text of a table
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0002.sql
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT CHECK (email <> ''''))' WHERE name = 'users';
PRAGMA writable_schema = RESET;

-- case: flagged -- by its older name, in an older SQLite
-- sqlite: 3.30.0..
PRAGMA writable_schema = 1;
DELETE FROM main.sqlite_master WHERE name = 'old';
INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('view', 'v', 'v', 0, 'CREATE VIEW v AS SELECT 1');

-- case: flagged -- without the pragma that allows it
UPDATE sqlite_schema SET sql = NULL WHERE name = 'users';

-- case: clean -- reading it
SELECT sql FROM sqlite_schema WHERE name = 'users';

-- case: clean -- the pragma alone
PRAGMA writable_schema = ON;
PRAGMA writable_schema = RESET;

-- case: clean -- tables of SQLite that are there to be written
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT);
DELETE FROM sqlite_sequence WHERE name = 'users';
ANALYZE;
DELETE FROM sqlite_stat1;
