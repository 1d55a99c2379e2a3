-- case: flagged -- children of every kind
-- target: d1
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
CREATE TABLE logs (id INTEGER PRIMARY KEY, actor INTEGER REFERENCES users (id) ON DELETE SET NULL);
CREATE TABLE keys (id INTEGER PRIMARY KEY, owner INTEGER, FOREIGN KEY (owner) REFERENCES users (id));
-- file: 0002.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- by the same name
-- target: d1
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
-- file: 0002.sql
PRAGMA defer_foreign_keys = ON;
CREATE TABLE kept (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO kept SELECT id, name FROM users;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO users SELECT id, name FROM kept;
DROP TABLE kept;

-- case: flagged -- a child that makes the renaming fail
-- target: d1
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE keys (id INTEGER PRIMARY KEY, owner INTEGER REFERENCES users (id) ON DELETE RESTRICT);
-- file: 0002.sql
PRAGMA defer_foreign_keys = ON;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- SQLite itself
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
-- file: 0002.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- nobody refers to it
-- target: d1
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, parent INTEGER REFERENCES users (id));
-- file: 0002.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', parent INTEGER REFERENCES users (id));
INSERT INTO new_users SELECT id, name, parent FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- the child loses its key before, and gets it back behind
-- target: d1
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
-- file: 0002.sql
CREATE TABLE posts_free (id INTEGER PRIMARY KEY, author INTEGER);
INSERT INTO posts_free SELECT id, author FROM posts;
DROP TABLE posts;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
INSERT INTO posts SELECT id, author FROM posts_free;
DROP TABLE posts_free;

-- case: clean -- a deferred check and the same name
-- target: d1
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE keys (id INTEGER PRIMARY KEY, owner INTEGER REFERENCES users (id));
-- file: 0002.sql
PRAGMA defer_foreign_keys = ON;
CREATE TABLE kept (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO kept SELECT id, name FROM users;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO users SELECT id, name FROM kept;
DROP TABLE kept;

-- case: flagged -- with how many rows go
-- target: d1
-- foreign keys: on
-- counts: users 120, posts 18402, logs 1
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE logs (id INTEGER PRIMARY KEY, actor INTEGER REFERENCES users (id) ON DELETE SET NULL);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
