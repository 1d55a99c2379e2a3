-- case: flagged -- two columns change places
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT);
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a list of columns on one side alone
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
CREATE TABLE __new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT);
INSERT INTO __new_users SELECT id, name, email FROM users;
DROP TABLE users;
ALTER TABLE __new_users RENAME TO users;

-- case: flagged -- a computed value lands in the next column
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, loud AS (upper(name)), email TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT, note TEXT);
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- the old table renamed first, and the new order named
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, name TEXT);
INSERT INTO users (id, email, name) SELECT * FROM users_old;
DROP TABLE users_old;

-- case: clean -- both sides named
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT);
INSERT INTO new_users (id, name, email) SELECT id, name, email FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- the same order
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT);
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- a column has another name now
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, mail TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
INSERT INTO new_users SELECT id, name, mail FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- by way of a copy
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
-- file: 0001.sql
CREATE TEMP TABLE kept AS SELECT id, email, name FROM users;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, name TEXT);
INSERT INTO users SELECT * FROM kept;
DROP TABLE kept;
