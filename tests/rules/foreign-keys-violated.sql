-- case: flagged -- a rebuild without its rows
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);

-- case: flagged -- other keys
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
UPDATE users SET id = id + 1000;

-- case: clean -- the index that a parent key needs, of which reading tells
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
CREATE UNIQUE INDEX users_mail ON users (mail);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (mail));
-- file: 0001.sql
DROP INDEX users_mail;

-- case: flagged -- the parent's rows go
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
DELETE FROM users;

-- case: clean -- rows of the file's own
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
INSERT INTO posts (author) VALUES (77);
UPDATE posts SET author = author;

-- case: clean -- a rebuild with its rows
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id), reply INTEGER NOT NULL REFERENCES posts (id));
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- violated before as well
-- schema:
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users (id), text TEXT);
-- file: 0001.sql
UPDATE posts SET text = '';
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);

-- case: clean -- parents in a circle
-- schema:
CREATE TABLE teams (id INTEGER PRIMARY KEY, lead INTEGER NOT NULL REFERENCES users (id));
CREATE TABLE users (id INTEGER PRIMARY KEY, team INTEGER NOT NULL REFERENCES teams (id));
-- file: 0001.sql
UPDATE users SET team = team;
DELETE FROM teams WHERE id = 99;

-- case: flagged -- a new key over rows that were never held to it
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT);
-- file: 0001.sql
CREATE TABLE new_posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (id));
INSERT INTO new_posts SELECT id, author FROM posts;
DROP TABLE posts;
ALTER TABLE new_posts RENAME TO posts;
