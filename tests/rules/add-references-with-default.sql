-- case: flagged -- foreign keys are on
-- foreign keys: on
-- schema:
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN team INTEGER NOT NULL DEFAULT 1 REFERENCES teams (id);

-- case: flagged -- foreign keys are off
-- schema:
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN team INTEGER DEFAULT (1) REFERENCES teams (id) ON DELETE CASCADE;

-- case: flagged -- the file switches them on
-- schema:
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
PRAGMA foreign_keys = ON;
ALTER TABLE users ADD team INTEGER REFERENCES teams DEFAULT -1;

-- case: flagged -- a table of which nothing is known
-- not run: the table is elsewhere
ALTER TABLE users ADD COLUMN team INTEGER DEFAULT 1 REFERENCES teams (id);

-- case: flagged -- before 3.32 even an empty table is refused
-- foreign keys: on
-- engine: 3.31.1
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN team INTEGER DEFAULT 1 REFERENCES teams (id);

-- case: clean -- no default
-- foreign keys: on
-- schema:
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN team INTEGER REFERENCES teams (id);

-- case: clean -- a default that refers to nothing
-- foreign keys: on
-- schema:
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN team INTEGER DEFAULT (NULL) REFERENCES teams (id);

-- case: clean -- a table that is new and empty
-- foreign keys: on
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN team INTEGER DEFAULT 1 REFERENCES teams (id);
