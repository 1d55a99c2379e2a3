-- case: clean -- a rule of the rows that a file before it has made sure of
-- transaction: file
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT CONSTRAINT has_email CHECK (email IS NOT NULL));
CREATE UNIQUE INDEX users_name ON users (name);
-- file: 0002.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, email TEXT NOT NULL);
INSERT INTO new_users (id, name, email) SELECT id, name, email FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- a constraint of the file before makes NOT NULL safe
-- transaction: file
-- finds: alter-reads-every-row
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, CONSTRAINT has_name CHECK (name NOTNULL));
-- file: 0001.sql
ALTER TABLE users ALTER COLUMN name SET NOT NULL;

-- case: clean -- a key, an index, a column that a file before it has made
-- transaction: file
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0002.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id), title TEXT);
CREATE INDEX posts_author ON posts (author);
-- file: 0003.sql
INSERT INTO posts (author, title) SELECT id, email FROM users;
ALTER TABLE posts ADD COLUMN note TEXT;
