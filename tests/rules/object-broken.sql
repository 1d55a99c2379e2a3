-- case: flagged -- a virtual table, whose columns are its module's
-- schema:
CREATE VIRTUAL TABLE notes USING fts5 (title, body);
CREATE VIEW titles AS SELECT title FROM notes;
CREATE VIEW long_titles AS SELECT * FROM titles WHERE length(title) > 9;
-- file: 0001.sql
DROP TABLE notes;
CREATE VIRTUAL TABLE notes USING fts5 (body);

-- case: flagged -- a trigger that writes to one
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIRTUAL TABLE notes USING fts5 (title, body);
CREATE TRIGGER noted AFTER INSERT ON users BEGIN INSERT INTO notes (title, body) VALUES (new.name, ''); END;
CREATE TRIGGER harmless AFTER INSERT ON users BEGIN SELECT 1; END;
-- file: 0001.sql
DROP TABLE notes;
CREATE VIRTUAL TABLE notes USING fts5 (body);

-- case: flagged -- a positional INSERT in a trigger, and a view with named columns
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIRTUAL TABLE places USING rtree (id, low, high);
CREATE TRIGGER placed AFTER INSERT ON users BEGIN INSERT INTO places VALUES (new.id, 0, 1); END;
CREATE VIEW spans (id, low, high) AS SELECT * FROM places;
-- file: 0001.sql
DROP TABLE places;
CREATE VIRTUAL TABLE places USING rtree (id, low, high, left, right);

-- case: clean -- what reading finds
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE VIEW names AS SELECT name FROM users;
CREATE VIEW long_names AS SELECT * FROM names WHERE length(name) > 9;
CREATE VIEW nicks AS SELECT nick FROM users;
CREATE VIEW notes (id, note) AS SELECT * FROM log;
CREATE TRIGGER logged AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.id, new.name); END;
-- file: 0001.sql
ALTER TABLE log ADD COLUMN at TEXT;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, label TEXT);

-- case: clean -- a name in double quotes that becomes a string, which reading finds
-- quoting counts: without the quotes the view fails
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
CREATE VIEW nicks AS SELECT "nick" FROM users;
-- file: 0001.sql
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);

-- case: clean -- a rebuild that keeps what the view reads
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE VIEW names AS SELECT name FROM users;
CREATE TRIGGER logged AFTER INSERT ON log BEGIN UPDATE users SET name = new.note; END;
-- file: 0001.sql
CREATE TABLE copy AS SELECT * FROM users;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users SELECT * FROM copy;
DROP TABLE copy;

-- case: clean -- what did not work before
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW lost AS SELECT label FROM users;
CREATE VIEW quoted AS SELECT * FROM users WHERE name = "nobody";
CREATE VIEW sounds AS SELECT soundalike(name) FROM users;
-- file: 0001.sql
ALTER TABLE users ADD COLUMN email TEXT;

-- case: clean -- an INSTEAD OF trigger for one event
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT id, name FROM users;
CREATE TRIGGER named INSTEAD OF INSERT ON names BEGIN INSERT INTO users (name) VALUES (new.name); END;
-- file: 0001.sql
ALTER TABLE users ADD COLUMN email TEXT;

-- case: clean -- made anew behind the change
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
DROP VIEW names;
ALTER TABLE users RENAME COLUMN name TO label;
CREATE VIEW names AS SELECT label AS name FROM users;
