-- case: flagged -- a table of an earlier file
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002.sql
DROP TABLE users;

-- case: flagged -- a table that the files never made
DROP TABLE IF EXISTS main."old users";

-- case: clean -- a rebuild drops the rows once it has copied them
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
INSERT INTO new_users SELECT id, coalesce(email, '') FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- a rebuild that begins with a new name for the old table
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0001.sql
ALTER TABLE users RENAME TO old_users;
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
INSERT INTO users SELECT id, coalesce(email, '') FROM old_users;
DROP TABLE old_users;

-- case: flagged -- some rows were copied, and not all
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
INSERT INTO new_users SELECT id, email FROM users WHERE email IS NOT NULL;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a virtual table has rows too
-- schema:
CREATE VIRTUAL TABLE notes USING fts5 (body);
-- file: 0001.sql
DROP TABLE notes;

-- case: clean -- the table is new here
CREATE TABLE scratch (id INTEGER PRIMARY KEY);
INSERT INTO scratch (id) VALUES (1);
DROP TABLE scratch;

-- case: clean -- there is no such table
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
DROP TABLE IF EXISTS people;

-- case: clean -- other kinds have no rows
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIEW people AS SELECT * FROM users;
CREATE INDEX users_id ON users (id);
-- file: 0001.sql
DROP VIEW people;
DROP INDEX users_id;

-- case: clean -- a temporary table is the connection's own
-- file: 0001.sql
CREATE TEMP TABLE scratch (id INTEGER PRIMARY KEY);
-- file: 0002.sql
DROP TABLE scratch;

-- case: clean -- all its rows were copied, joined to what belongs to them
-- schema:
CREATE TABLE entries (id INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE kinds (entry INTEGER PRIMARY KEY, kind TEXT);
-- file: 0001.sql
CREATE TABLE entries_new (id INTEGER PRIMARY KEY, title TEXT, kind TEXT);
INSERT INTO entries_new (id, title, kind)
SELECT e.id, e.title, coalesce(k.kind, '') FROM entries AS e LEFT JOIN kinds AS k ON k.entry = e.id;
DROP TABLE entries;
ALTER TABLE entries_new RENAME TO entries;

-- case: flagged -- only rows with something that belongs to them were copied
-- schema:
CREATE TABLE entries (id INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE kinds (entry INTEGER PRIMARY KEY, kind TEXT);
-- file: 0001.sql
CREATE TABLE entries_new (id INTEGER PRIMARY KEY, title TEXT, kind TEXT);
INSERT INTO entries_new (id, title, kind)
SELECT e.id, e.title, k.kind FROM entries AS e JOIN kinds AS k ON k.entry = e.id;
DROP TABLE entries;
ALTER TABLE entries_new RENAME TO entries;
