-- case: flagged -- in a trigger
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, "the note" TEXT, twice AS (id * 2));
CREATE TRIGGER logged AFTER INSERT ON users BEGIN
  INSERT INTO log VALUES (NULL, new.name);
  REPLACE INTO log SELECT id, name FROM users;
END;

-- case: flagged -- too few values, and too many
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, twice AS (id * 2));
CREATE TABLE copies (id INTEGER PRIMARY KEY, name TEXT, at TEXT);
INSERT INTO users VALUES (1);
INSERT INTO users VALUES (1, 'Ada', 2);
INSERT INTO copies SELECT id, name FROM users;
INSERT INTO copies SELECT *, 1, 2 FROM users;

-- case: flagged -- rows that the file puts in each time
-- runs: again
-- schema:
CREATE TABLE roles (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
INSERT OR IGNORE INTO roles VALUES (1, 'admin'), (2, 'guest');

-- case: clean -- columns by name
-- runs: again
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
-- file: 0001.sql
INSERT OR IGNORE INTO log (id, note) VALUES (1, 'started');
CREATE TRIGGER IF NOT EXISTS logged AFTER INSERT ON users BEGIN INSERT INTO log (note) VALUES (new.name); END;

-- case: clean -- the file runs once
-- schema:
CREATE TABLE roles (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
INSERT INTO roles VALUES (1, 'admin');
INSERT INTO roles DEFAULT VALUES;

-- case: clean -- a table of this file, and one of which nothing is known
-- runs: again
CREATE TABLE IF NOT EXISTS roles (id INTEGER PRIMARY KEY, name TEXT);
INSERT OR IGNORE INTO roles VALUES (1, 'admin');

-- case: clean -- a table that is made from another
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE copies AS SELECT * FROM users;
INSERT INTO copies SELECT * FROM users;
