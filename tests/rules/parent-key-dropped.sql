-- case: flagged -- the index
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
-- file: 0001.sql
DROP INDEX users_email;

-- case: flagged -- the column
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
-- file: 0001.sql
DROP INDEX users_email;
ALTER TABLE users DROP COLUMN email;

-- case: flagged -- a rebuild without UNIQUE
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
INSERT INTO new_users SELECT id, email FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a view in the place of the parent
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
CREATE TABLE people AS SELECT id, name FROM users;
DROP TABLE users;
CREATE VIEW users AS SELECT id, name FROM people;

-- case: clean -- another unique index
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
-- file: 0001.sql
DROP INDEX users_email;
CREATE UNIQUE INDEX users_by_email ON users (email);

-- case: clean -- an index that no key needs
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, nick TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE UNIQUE INDEX users_nick ON users (nick);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
-- file: 0001.sql
DROP INDEX users_email;
DROP INDEX users_nick;

-- case: clean -- the child goes too
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
-- file: 0001.sql
DROP INDEX users_email;
DROP TABLE posts;

-- case: clean -- a column of the key gets another name
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
-- file: 0001.sql
ALTER TABLE users RENAME COLUMN email TO mail;
ALTER TABLE users RENAME TO people;
