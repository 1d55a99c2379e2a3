-- case: flagged -- a view whose table goes
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
CREATE VIEW long_names AS SELECT * FROM names WHERE length(name) > 9;
-- file: 0001.sql
DROP TABLE users;

-- case: flagged -- a trigger that writes to the table that goes
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE TRIGGER logged AFTER INSERT ON users BEGIN INSERT INTO log (note) VALUES (new.name); END;
CREATE TRIGGER harmless AFTER INSERT ON users BEGIN SELECT 1; END;
-- file: 0001.sql
DROP TABLE log;

-- case: flagged -- a positional INSERT in a trigger, and a view with named columns
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE TRIGGER logged AFTER INSERT ON users BEGIN INSERT INTO log VALUES (new.id, new.name); END;
CREATE VIEW notes (id, note) AS SELECT * FROM log;
-- file: 0001.sql
ALTER TABLE log ADD COLUMN at TEXT;

-- case: flagged -- a rebuild that forgets a column
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
CREATE VIEW nicks AS SELECT nick FROM users;
-- file: 0001.sql
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);

-- case: flagged -- a name in double quotes that becomes a string
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
