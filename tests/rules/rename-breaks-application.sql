-- case: flagged -- a table
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users RENAME TO people;

-- case: flagged -- a column, which views show
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
ALTER TABLE users RENAME COLUMN name TO "full name";

-- case: flagged -- a column of a table that gets another name
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users RENAME TO folk;
ALTER TABLE folk RENAME COLUMN name TO title;
ALTER TABLE folk RENAME TO people;

-- case: flagged -- a table that no file makes
ALTER TABLE users RENAME COLUMN name TO title;
ALTER TABLE users RENAME TO people;

-- case: flagged -- a view for readers alone
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users RENAME TO people;
CREATE VIEW users AS SELECT * FROM people;

-- case: flagged -- a generated column for readers alone
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users RENAME COLUMN name TO title;
ALTER TABLE users ADD COLUMN name AS (title);

-- case: clean -- a view that takes rows
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users RENAME TO people;
CREATE VIEW users AS SELECT * FROM people;
CREATE TRIGGER users_insert INSTEAD OF INSERT ON users
BEGIN INSERT INTO people (id, name) VALUES (new.id, new.name); END;

-- case: clean -- a rebuild, in either order
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
ALTER TABLE posts RENAME TO old_posts;
CREATE TABLE posts (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO posts SELECT id, name FROM old_posts;
DROP TABLE old_posts;

-- case: clean -- what is new in the file, nobody asks for
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
ALTER TABLE users RENAME COLUMN name TO title;
ALTER TABLE users RENAME TO people;

-- case: clean -- a column that comes with the file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN name TEXT;
ALTER TABLE users RENAME COLUMN name TO title;

-- case: clean -- a column that comes with the file, of a table that no file makes
-- not run: the table is not there
ALTER TABLE users ADD COLUMN name TEXT;
ALTER TABLE users RENAME COLUMN name TO title;

-- case: clean -- a table of an earlier file takes another's place
-- schema:
CREATE TABLE room_info (id INTEGER PRIMARY KEY, state INTEGER);
CREATE TABLE new_room_info (id INTEGER PRIMARY KEY, state INTEGER, data BLOB);
-- file: 0001.sql
DROP TABLE room_info;
ALTER TABLE new_room_info RENAME TO room_info;

-- case: flagged -- the application's queries are known, and none of them names it
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, born TEXT);
-- queries: app/queries.sql
SELECT id, name FROM users;
-- file: 0001.sql
ALTER TABLE users RENAME COLUMN born TO birthday;
