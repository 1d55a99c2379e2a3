-- case: flagged -- the new table has one column less
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- the old table is renamed first
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users (id, name) SELECT id, name FROM users_old;
DROP TABLE users_old;

-- case: flagged -- by way of a copy, and the name stays
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
CREATE TEMP TABLE kept AS SELECT id, name FROM users;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users SELECT id, name FROM kept;
DROP TABLE kept;

-- case: clean -- every column is there
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', email TEXT);
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- the column has another name now
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, mail TEXT);
INSERT INTO new_users (id, name, mail) SELECT id, name, email FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- a computed column has no values of its own
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, loud AS (upper(name)));
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- the old table stays
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users (id, name) SELECT id, name FROM users_old;

-- case: flagged -- some of its values went into another table before
-- schema:
CREATE TABLE keyset (id TEXT PRIMARY KEY NOT NULL, counter INTEGER NOT NULL, unit TEXT);
-- file: 0001.sql
CREATE TABLE keyset_counter (keyset TEXT PRIMARY KEY NOT NULL, counter INTEGER NOT NULL);
INSERT INTO keyset_counter (keyset, counter) SELECT id, counter FROM keyset WHERE counter > 0;
CREATE TABLE keyset_new (id TEXT PRIMARY KEY NOT NULL, unit TEXT);
INSERT INTO keyset_new (id, unit) SELECT id, unit FROM keyset;
DROP TABLE keyset;
ALTER TABLE keyset_new RENAME TO keyset;

-- case: flagged -- several columns are one loss
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, token TEXT, "token until" TEXT);
-- file: 0001.sql
CREATE TABLE users_new (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users_new (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
