-- case: flagged -- no key at all
CREATE TABLE events (at TEXT, what TEXT);

-- case: flagged -- columns that may be NULL, or of some rows only
CREATE TABLE events (at TEXT UNIQUE, what TEXT);
CREATE TABLE users (name TEXT NOT NULL, gone TEXT);
CREATE UNIQUE INDEX users_name ON users (name) WHERE gone IS NULL;

-- case: flagged -- a rebuild that loses the key
-- schema:
CREATE TABLE events (id INTEGER PRIMARY KEY, what TEXT);
-- file: 0001.sql
CREATE TABLE new_events (id INTEGER, what TEXT);
INSERT INTO new_events SELECT id, what FROM events;
DROP TABLE events;
ALTER TABLE new_events RENAME TO events;

-- case: clean -- keys
CREATE TABLE events (id INTEGER PRIMARY KEY, what TEXT);
CREATE TABLE members (team INTEGER NOT NULL, user INTEGER NOT NULL, PRIMARY KEY (team, user));

-- case: clean -- what does the same as a key
CREATE TABLE members (team INTEGER NOT NULL, user INTEGER NOT NULL, UNIQUE (team, user));
CREATE TABLE users (name TEXT NOT NULL);
CREATE UNIQUE INDEX users_name ON users (name);

-- case: clean -- a table for a while, and one that a module keeps
CREATE TEMP TABLE events (what TEXT);
CREATE VIRTUAL TABLE words USING fts5 (word);

-- case: clean -- a table that goes again
CREATE TABLE events (what TEXT);
DROP TABLE events;

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE events (what TEXT);
-- file: 0001.sql
CREATE TABLE new_events (what TEXT NOT NULL DEFAULT '');
INSERT INTO new_events SELECT what FROM events;
DROP TABLE events;
ALTER TABLE new_events RENAME TO events;
