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

-- case: flagged -- a rebuild in the usual order, and a view that needs the table
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- the same, and a trigger of another table
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER);
CREATE VIEW names AS SELECT name FROM users;
CREATE TRIGGER posted AFTER INSERT ON posts BEGIN UPDATE users SET name = name WHERE id = new.author; END;
-- file: 0001.sql
CREATE TABLE `__new_users` (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO `__new_users` (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE `__new_users` RENAME TO users;

-- case: clean -- the view goes before the rebuild and comes again behind it
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
DROP VIEW names;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE VIEW names AS SELECT name FROM users;

-- case: clean -- RENAME looks at nothing else in a rebuild
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
PRAGMA legacy_alter_table = ON;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
PRAGMA legacy_alter_table = OFF;
