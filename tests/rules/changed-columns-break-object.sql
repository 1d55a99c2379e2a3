-- case: flagged -- a view with a list of names, and one that reads it
-- schema:
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE VIEW notes (number, text) AS SELECT * FROM log;
CREATE VIEW texts AS SELECT text FROM notes;
-- file: 0001.sql
ALTER TABLE log ADD COLUMN at TEXT;

-- case: flagged -- a UNION of stars
-- schema:
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE TABLE old_log (id INTEGER PRIMARY KEY, note TEXT);
CREATE VIEW whole AS SELECT * FROM log UNION ALL SELECT * FROM old_log;
-- file: 0001.sql
ALTER TABLE log ADD COLUMN at TEXT;

-- case: flagged -- a name that two tables have now
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (number INTEGER PRIMARY KEY, author INTEGER, title TEXT);
CREATE VIEW titles AS SELECT name, title FROM users JOIN posts ON author = id;
-- file: 0001.sql
ALTER TABLE users ADD COLUMN title TEXT;

-- case: flagged -- an INSERT without names in a trigger
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE TRIGGER logged AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.id, new.name); END;
CREATE TRIGGER copied AFTER INSERT ON log BEGIN INSERT INTO log SELECT * FROM users; END;
-- file: 0001.sql
ALTER TABLE log ADD COLUMN at TEXT;

-- case: flagged -- a view and a trigger of this file
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names (name) AS SELECT * FROM users;
CREATE TRIGGER twice AFTER INSERT ON users BEGIN INSERT INTO users (name) VALUES (new.id, new.name); END;

-- case: flagged -- fewer columns
-- schema:
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT, at TEXT);
CREATE VIEW notes (number, text, time) AS SELECT * FROM log;
-- file: 0001.sql
ALTER TABLE log DROP COLUMN at;

-- case: clean -- columns by name
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE VIEW notes (number, text) AS SELECT id, note FROM log;
CREATE VIEW everything AS SELECT * FROM log;
CREATE TRIGGER logged AFTER INSERT ON users BEGIN INSERT INTO log (id, note) VALUES (new.id, new.name); END;
-- file: 0001.sql
ALTER TABLE log ADD COLUMN at TEXT;

-- case: clean -- dropped before and made anew, or the other way round
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE VIEW notes (number, text) AS SELECT * FROM log;
CREATE TRIGGER logged AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.id, new.name); END;
-- file: 0001.sql
DROP VIEW notes;
ALTER TABLE log ADD COLUMN at TEXT;
CREATE VIEW notes (number, text, time) AS SELECT * FROM log;
DROP TRIGGER logged;

-- case: clean -- generated columns take no value, and VALUES many rows
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, twice AS (id * 2));
CREATE TRIGGER again AFTER DELETE ON users BEGIN INSERT INTO users VALUES (old.id, old.name), (NULL, ''); END;
CREATE VIEW pairs (one, other) AS WITH p AS (SELECT id, name FROM users) SELECT * FROM p;
CREATE VIEW three (a, b, c) AS SELECT * FROM users;

-- case: clean -- it did not work before
-- schema:
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE VIEW notes (number) AS SELECT * FROM log;
-- file: 0001.sql
ALTER TABLE log ADD COLUMN at TEXT;
