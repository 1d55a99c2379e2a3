-- case: flagged -- columns
-- quoting counts: in quotes they are names
CREATE TABLE lines (id INTEGER PRIMARY KEY, order INTEGER, "group" TEXT, limit INTEGER, index INTEGER);

-- case: flagged -- the first column, and a table
-- quoting counts: in quotes they are names
CREATE TABLE lines (table TEXT, id INTEGER PRIMARY KEY);
CREATE TABLE transaction (id INTEGER PRIMARY KEY);

-- case: flagged -- changes
-- quoting counts: in quotes they are names
-- schema:
CREATE TABLE lines (id INTEGER PRIMARY KEY, "order" INTEGER);
-- file: 0001.sql
ALTER TABLE lines ADD COLUMN group TEXT;
ALTER TABLE lines RENAME TO order;
CREATE INDEX lines_order ON lines (order);
INSERT INTO lines (order) VALUES (1);
UPDATE lines SET order = 2;
SELECT id, order FROM lines;

-- case: flagged -- a word that became one
-- quoting counts: in quotes they are names
CREATE TABLE books (id INTEGER PRIMARY KEY, returning TEXT);

-- case: flagged -- a word that becomes one
-- quoting counts: in quotes they are names
-- sqlite: 3.34.1..
CREATE TABLE books (id INTEGER PRIMARY KEY, returning TEXT);

-- case: clean -- in quotes
CREATE TABLE "order" (id INTEGER PRIMARY KEY, "group" TEXT, `limit` INTEGER, [index] INTEGER);

-- case: clean -- keywords that are names as well
CREATE TABLE action (id INTEGER PRIMARY KEY, key TEXT, "desc" TEXT, first TEXT, replace TEXT, view TEXT, temp TEXT);
CREATE TABLE row (rows INTEGER, year INTEGER, value TEXT, user TEXT, type TEXT, offset INTEGER);

-- case: clean -- a keyword where another slip is
-- not run: unreadable-statement reports it
CREATE TABLE lines (id INTEGER PRIMARY KEY);
SELECT id, FROM lines;
UPDATE SET id = 1;
INSERT INTO VALUES (1);
CREATE INDEX ON lines (id);

-- case: clean -- another database's words
-- not run: foreign-dialect reports it
CREATE TABLE lines (id INTEGER PRIMARY KEY, at INTEGER, INDEX (at));
