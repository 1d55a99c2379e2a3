-- case: clean -- a default is there
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN score REAL DEFAULT (-1.5) NOT NULL;
ALTER TABLE users ADD COLUMN active BOOLEAN CONSTRAINT always NOT NULL DEFAULT TRUE;
ALTER TABLE users ADD COLUMN seen TEXT NOT NULL COLLATE NOCASE DEFAULT 'never';

-- case: clean -- the remade table has one, and the copy fills what is empty
-- transaction: file
-- finds: tightened-constraint
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_users (id, name) SELECT id, coalesce(name, '') FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- the default goes again, and an older application inserts without the column
-- transaction: file
-- finds: rebuild-loses-constraint
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002.sql
ALTER TABLE users ADD COLUMN name TEXT NOT NULL DEFAULT '';
-- file: 0003.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
