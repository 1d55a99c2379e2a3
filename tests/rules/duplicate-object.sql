-- case: flagged -- one name space for tables, views and indexes
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE Users (id INTEGER PRIMARY KEY);
CREATE VIEW "users" AS SELECT 1;
CREATE INDEX users ON users (id);
CREATE INDEX users_id ON users (id);
CREATE INDEX users_id ON users (id);
CREATE TABLE users_id (id INTEGER PRIMARY KEY);

-- case: flagged -- in an earlier file
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0002.sql
ALTER TABLE users ADD COLUMN Email TEXT;
CREATE TRIGGER stamp AFTER INSERT ON users BEGIN SELECT 1; END;
CREATE TRIGGER stamp AFTER DELETE ON users BEGIN SELECT 1; END;

-- case: flagged -- a new name that is taken
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, nick TEXT);
CREATE TABLE people (id INTEGER PRIMARY KEY);
ALTER TABLE users RENAME TO people;
ALTER TABLE users RENAME COLUMN nick TO email;

-- case: flagged -- SQLite's own
CREATE TABLE sqlite_users (id INTEGER PRIMARY KEY);

-- case: clean -- guarded
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
CREATE VIEW IF NOT EXISTS users AS SELECT 1;

-- case: clean -- dropped or renamed in between
CREATE TABLE users (id INTEGER PRIMARY KEY);
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users RENAME TO people;
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- triggers and temporary objects have names of their own
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TRIGGER users AFTER INSERT ON users BEGIN SELECT 1; END;
CREATE TEMP TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- an index goes with its table
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE INDEX users_id ON users (id);
DROP TABLE users;
CREATE TABLE users_id (id INTEGER PRIMARY KEY);
