-- case: flagged -- the index goes
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE counts (name TEXT, many INTEGER);
CREATE UNIQUE INDEX counts_name ON counts (name);
CREATE TRIGGER counted AFTER INSERT ON users BEGIN INSERT INTO counts (name, many) VALUES (new.name, 1) ON CONFLICT (name) DO UPDATE SET many = many + 1; END;
-- file: 0001.sql
DROP INDEX counts_name;

-- case: flagged -- a rebuild without the key
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE counts (name TEXT UNIQUE, many INTEGER);
CREATE TRIGGER counted AFTER INSERT ON users BEGIN INSERT INTO counts (name, many) VALUES (new.name, 1) ON CONFLICT (name) DO NOTHING; END;
-- file: 0001.sql
CREATE TABLE copy AS SELECT * FROM counts;
DROP TABLE counts;
CREATE TABLE counts (name TEXT NOT NULL, many INTEGER);
INSERT INTO counts (name, many) SELECT name, many FROM copy;

-- case: flagged -- it never had one
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE counts (name TEXT, many INTEGER);
CREATE TRIGGER counted AFTER INSERT ON users BEGIN INSERT INTO counts (name, many) VALUES (new.name, 1) ON CONFLICT (name) DO NOTHING; END;

-- case: clean -- another index on the same columns
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE counts (name TEXT, many INTEGER);
CREATE UNIQUE INDEX counts_name ON counts (name);
CREATE TRIGGER counted AFTER INSERT ON users BEGIN INSERT INTO counts (name, many) VALUES (new.name, 1) ON CONFLICT (name) DO NOTHING; END;
-- file: 0001.sql
DROP INDEX counts_name;
CREATE UNIQUE INDEX counts_by_name ON counts (name);

-- case: clean -- the trigger goes too
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE counts (name TEXT, many INTEGER);
CREATE UNIQUE INDEX counts_name ON counts (name);
CREATE TRIGGER counted AFTER INSERT ON users BEGIN INSERT INTO counts (name, many) VALUES (new.name, 1) ON CONFLICT (name) DO NOTHING; END;
-- file: 0001.sql
DROP INDEX counts_name;
DROP TRIGGER counted;

-- case: clean -- an index that comes behind the trigger
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE counts (name TEXT, many INTEGER);
CREATE TRIGGER counted AFTER INSERT ON users BEGIN INSERT INTO counts (name, many) VALUES (new.name, 1) ON CONFLICT (name) DO NOTHING; END;
CREATE UNIQUE INDEX counts_name ON counts (name);
