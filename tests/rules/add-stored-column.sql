-- case: flagged -- a table with rows
-- schema:
CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL);
-- file: 0001.sql
ALTER TABLE prices ADD COLUMN gross REAL AS (net * 1.2) STORED;

-- case: flagged -- all the words
-- rows: INSERT INTO prices VALUES (1, 2)
-- schema:
CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL NOT NULL);
-- file: 0001.sql
ALTER TABLE prices ADD gross REAL GENERATED ALWAYS AS (net * 1.2) STORED NOT NULL;

-- case: flagged -- a new table that has been filled
CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL);
INSERT INTO prices VALUES (1, 2);
ALTER TABLE prices ADD COLUMN gross REAL AS (net * 1.2) STORED;

-- case: flagged -- a table of which nothing is known
-- not run: the table is elsewhere
ALTER TABLE prices ADD COLUMN gross REAL AS (net * 1.2) STORED;

-- case: flagged -- before 3.32 even an empty table is refused
-- engine: 3.31.1
CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL);
ALTER TABLE prices ADD COLUMN gross REAL AS (net * 1.2) STORED;

-- case: clean -- a virtual column
-- schema:
CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL);
-- file: 0001.sql
ALTER TABLE prices ADD COLUMN gross REAL AS (net * 1.2) VIRTUAL;
ALTER TABLE prices ADD COLUMN more REAL AS (net * 2);

-- case: clean -- a table that is new and empty
CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL);
ALTER TABLE prices ADD COLUMN gross REAL AS (net * 1.2) STORED;

-- case: clean -- a table that is made with it
CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL, gross REAL AS (net * 1.2) STORED);
