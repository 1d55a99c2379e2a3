-- case: flagged -- a view, a trigger of another table and a foreign key
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
CREATE VIEW names AS SELECT name FROM users;
CREATE TRIGGER posted AFTER INSERT ON posts BEGIN UPDATE users SET name = name WHERE id = new.author; END;
-- file: 0001.sql
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users (id, name) SELECT id, name FROM users_old;
DROP TABLE users_old;

-- case: flagged -- the old table stays
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
ALTER TABLE users RENAME TO users_backup;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users (id, name) SELECT id, name FROM users_backup;

-- case: flagged -- SQLite 3.25 edits the view, and no foreign key
-- engine: 3.25.3
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
ALTER TABLE users RENAME TO _users_old_20260101;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users (id, name) SELECT id, name FROM _users_old_20260101;
DROP TABLE _users_old_20260101;

-- case: clean -- the new table is renamed
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- nothing names the table
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, boss INTEGER REFERENCES users (id));
-- file: 0001.sql
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, boss INTEGER REFERENCES users (id));
INSERT INTO users (id, name, boss) SELECT id, name, boss FROM users_old;
DROP TABLE users_old;

-- case: clean -- RENAME is told to edit nothing
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
PRAGMA foreign_keys = OFF;
PRAGMA legacy_alter_table = ON;
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users (id, name) SELECT id, name FROM users_old;
DROP TABLE users_old;
PRAGMA legacy_alter_table = OFF;

-- case: clean -- the view is made anew
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
DROP VIEW names;
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users (id, name) SELECT id, name FROM users_old;
DROP TABLE users_old;
CREATE VIEW names AS SELECT name FROM users;
