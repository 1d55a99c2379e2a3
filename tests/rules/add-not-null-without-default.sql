-- case: flagged -- a table that is there
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN email TEXT NOT NULL;
ALTER TABLE users ADD COLUMN nick TEXT NOT NULL DEFAULT NULL;
ALTER TABLE users ADD COLUMN note TEXT DEFAULT (NULL) CONSTRAINT filled NOT NULL;

-- case: flagged -- a table of an earlier file
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002.sql
ALTER TABLE users ADD COLUMN email TEXT NOT NULL;

-- case: flagged -- a new table that has got rows
CREATE TABLE users (id INTEGER PRIMARY KEY);
INSERT INTO users (id) VALUES (1);
ALTER TABLE users RENAME TO people;
ALTER TABLE people ADD COLUMN email TEXT NOT NULL;

-- case: flagged -- before 3.32 an empty table is no better
-- engine: 3.31.1
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN email TEXT NOT NULL;

-- case: flagged -- a table that the files never made
-- not run: the table is not there
ALTER TABLE users ADD COLUMN email TEXT NOT NULL;

-- case: clean -- with a default
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN age INTEGER NOT NULL DEFAULT (-1);
ALTER TABLE users ADD COLUMN twice INTEGER NOT NULL DEFAULT NULL DEFAULT 2;

-- case: clean -- a new table has no rows
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN email TEXT NOT NULL;

-- case: clean -- a computed value is there for every row
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
INSERT INTO users (id) VALUES (1);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN twice INTEGER NOT NULL AS (id * 2);

-- case: clean -- it may be NULL
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
INSERT INTO users (id) VALUES (1);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN email TEXT NULL CHECK (email IS NOT NULL OR id > 0);

-- case: clean -- all rows go before it
-- schema:
CREATE TABLE players (id INTEGER PRIMARY KEY, type TEXT);
-- file: 0001.sql
DELETE FROM players;
ALTER TABLE players ADD COLUMN output TEXT NOT NULL;

-- case: flagged -- rows come after the others went
-- schema:
CREATE TABLE players (id INTEGER PRIMARY KEY, type TEXT);
-- file: 0001.sql
DELETE FROM players;
INSERT INTO players (type) VALUES ('usb');
ALTER TABLE players ADD COLUMN output TEXT NOT NULL;

-- case: clean -- the table is dropped and made anew
-- schema:
CREATE TABLE players (id INTEGER PRIMARY KEY, type TEXT);
-- file: 0001.sql
DROP TABLE players;
CREATE TABLE players (id INTEGER PRIMARY KEY);
ALTER TABLE players ADD COLUMN output TEXT NOT NULL;
