-- case: flagged -- a view keeps a table from being renamed
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIEW names AS SELECT name FROM gone;
ALTER TABLE users RENAME TO people;

-- case: flagged -- a view that was broken before the file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, nick TEXT);
CREATE VIEW lost AS SELECT * FROM gone;
-- file: 0001.sql
ALTER TABLE users RENAME TO people;
ALTER TABLE users RENAME COLUMN nick TO name;
ALTER TABLE users DROP COLUMN nick;

-- case: flagged -- a trigger of another table
CREATE TABLE users (id INTEGER PRIMARY KEY, nick TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE TRIGGER logged AFTER INSERT ON log BEGIN UPDATE people SET note = new.note; END;
ALTER TABLE users DROP COLUMN nick;

-- case: flagged -- a rebuild whose table goes before the new one has its name
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- it goes first
CREATE TABLE users (id INTEGER PRIMARY KEY, nick TEXT);
CREATE VIEW lost AS SELECT * FROM gone;
DROP VIEW lost;
ALTER TABLE users RENAME COLUMN nick TO name;
ALTER TABLE users DROP COLUMN name;

-- case: clean -- ADD COLUMN looks at nothing
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIEW lost AS SELECT * FROM gone;
ALTER TABLE users ADD COLUMN nick TEXT;

-- case: clean -- before 3.25 nobody looks at views when a table is renamed, and with the old behaviour nobody does now
-- engine: 3.24.0
-- not run: SQLite has looked since
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIEW lost AS SELECT * FROM gone;
ALTER TABLE users RENAME TO people;

-- case: clean -- as of old
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIEW lost AS SELECT * FROM gone;
PRAGMA legacy_alter_table = ON;
ALTER TABLE users RENAME TO people;

-- case: clean -- the view is whole, and the statement breaks it
-- quoting counts: a name in double quotes that is no column is a string
-- not run: another rule tells of it
CREATE TABLE users (id INTEGER PRIMARY KEY, nick TEXT);
CREATE VIEW nicks AS SELECT nick FROM users;
ALTER TABLE users DROP COLUMN nick;
