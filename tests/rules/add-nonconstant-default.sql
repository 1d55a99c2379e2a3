-- case: flagged -- the time
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN created TEXT DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE users ADD COLUMN day TEXT NOT NULL DEFAULT (current_date);

-- case: flagged -- an expression
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN created TEXT DEFAULT (datetime('now'));
ALTER TABLE users ADD COLUMN two INTEGER DEFAULT (1 + 1);
ALTER TABLE users ADD COLUMN name TEXT DEFAULT ('a' || 'b');

-- case: flagged -- a new table that has got rows
CREATE TABLE users (id INTEGER PRIMARY KEY);
REPLACE INTO users (id) VALUES (1);
ALTER TABLE users ADD COLUMN created TEXT DEFAULT CURRENT_TIME;

-- case: flagged -- before 3.32 an empty table is no better
-- engine: 3.31.1
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN created TEXT DEFAULT CURRENT_TIMESTAMP;

-- case: clean -- constants
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
INSERT INTO users (id) VALUES (1);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN a TEXT DEFAULT 'x';
ALTER TABLE users ADD COLUMN b TEXT DEFAULT ('x');
ALTER TABLE users ADD COLUMN c INTEGER DEFAULT -1;
ALTER TABLE users ADD COLUMN d INTEGER DEFAULT ((+ 1.5e3));
ALTER TABLE users ADD COLUMN e BLOB DEFAULT x'00ff';
ALTER TABLE users ADD COLUMN f INTEGER DEFAULT TRUE;
ALTER TABLE users ADD COLUMN g TEXT DEFAULT word;
ALTER TABLE users ADD COLUMN h TEXT DEFAULT "in quotes";
ALTER TABLE users ADD COLUMN i TEXT DEFAULT NULL;

-- case: clean -- a new table has no rows
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN created TEXT DEFAULT CURRENT_TIMESTAMP;

-- case: clean -- in CREATE TABLE any default is fine
CREATE TABLE users (id INTEGER PRIMARY KEY, created TEXT DEFAULT CURRENT_TIMESTAMP, day TEXT DEFAULT (date('now')));

-- case: clean -- the text of the word
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
INSERT INTO users (id) VALUES (1);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN created TEXT DEFAULT 'CURRENT_TIMESTAMP';
