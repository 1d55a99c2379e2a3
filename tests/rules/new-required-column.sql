-- case: flagged -- a rebuild
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT NOT NULL, at TEXT NOT NULL DEFAULT NULL);
INSERT INTO new_users SELECT id, name, '', '' FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- another table in its place
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT NOT NULL);

-- case: flagged -- a new column that gets NOT NULL
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN email TEXT;
UPDATE users SET email = '';
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- case: clean -- a default
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT NOT NULL DEFAULT '', both TEXT NOT NULL AS (name || id));
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
ALTER TABLE users ADD COLUMN at TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN note TEXT;

-- case: clean -- a new table, which no old application writes
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL);

-- case: clean -- the column was required before
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- the application's queries are known, and none of them inserts
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- queries: app/queries.sql
SELECT id, name FROM users;
-- file: 0001.sql
CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT, role TEXT NOT NULL);
INSERT INTO users_new (id, name, role) SELECT id, name, 'reader' FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
