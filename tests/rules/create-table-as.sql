-- case: flagged -- a rebuild that takes a shortcut
-- file: 0001.sql
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT COLLATE NOCASE DEFAULT '' CHECK (name <> 'x'), team INTEGER REFERENCES teams (id)) STRICT;
-- file: 0002.sql
CREATE TABLE new_users AS SELECT id, email, name, team FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a new table from several
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (author INTEGER, title TEXT NOT NULL, PRIMARY KEY (author, title), UNIQUE (title), CHECK (author > 0));
-- file: 0002.sql
CREATE TABLE main.titles AS SELECT users.id, posts.title FROM users JOIN posts ON author = users.id;

-- case: flagged -- whatever the query reads
CREATE TABLE numbers AS SELECT 1 AS one;

-- case: clean -- a copy on the way of a rebuild
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
-- file: 0002.sql
CREATE TABLE users_copy AS SELECT * FROM users;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL DEFAULT '');
INSERT INTO users SELECT * FROM users_copy;
DROP TABLE users_copy;

-- case: clean -- gone with the connection
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE scratch AS SELECT * FROM users;
CREATE TABLE temp.more AS SELECT * FROM users;

-- case: clean -- declared, then filled
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE members (id INTEGER PRIMARY KEY);
INSERT INTO members SELECT id FROM users;

-- case: clean -- it is there already, and nothing is made
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS users AS SELECT 1 AS id;
