-- case: flagged -- SET NOT NULL
-- rows: INSERT INTO users (name) VALUES (NULL)
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ALTER COLUMN name SET NOT NULL;

-- case: flagged -- a table of which nothing is known
-- not run: the table is elsewhere
ALTER TABLE users ALTER COLUMN name SET NOT NULL;

-- case: flagged -- a rebuild that copies all columns
-- rows: INSERT INTO users (name) VALUES (NULL)
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a rebuild that gives the column another name, and a key that it did not need
-- rows: INSERT INTO users (code, name) VALUES (NULL, NULL)
-- schema:
CREATE TABLE users (code TEXT PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (full_name TEXT NOT NULL, code TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO new_users (code, full_name) SELECT 'a', name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a primary key that holds NULL no longer
-- rows: INSERT INTO users (code) VALUES (NULL)
-- schema:
CREATE TABLE users (code TEXT PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users RENAME TO old_users;
CREATE TABLE users (code TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO users SELECT code FROM old_users;
DROP TABLE old_users;

-- case: clean -- filled before
-- rows: INSERT INTO users (name) VALUES (NULL)
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
UPDATE users SET name = '' WHERE name IS NULL;
ALTER TABLE users ALTER COLUMN name SET NOT NULL;

-- case: clean -- filled by the copy
-- rows: INSERT INTO users (name) VALUES (NULL)
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, coalesce(name, '') FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- left out by the copy
-- rows: INSERT INTO users (name) VALUES (NULL)
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users WHERE name IS NOT NULL;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- filled before the rebuild
-- rows: INSERT INTO users (name) VALUES (NULL)
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
UPDATE users SET name = coalesce(name, '');
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- NOT NULL before, and a key that is never NULL
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- a table that is new
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
ALTER TABLE users ALTER COLUMN name SET NOT NULL;

-- case: flagged -- a key, of which hardly any is NULL
-- rows: INSERT INTO journey (context) VALUES ('a')
-- schema:
CREATE TABLE journey (project TEXT PRIMARY KEY, context TEXT);
-- file: 0001.sql
CREATE TABLE journey_new (project TEXT NOT NULL, context TEXT);
INSERT INTO journey_new (project, context) SELECT project, context FROM journey;
DROP TABLE journey;
ALTER TABLE journey_new RENAME TO journey;
