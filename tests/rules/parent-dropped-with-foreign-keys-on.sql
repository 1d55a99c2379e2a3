-- case: flagged -- a rebuild in the runner's transaction, where the pragma does nothing
-- foreign keys: on
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER REFERENCES posts ON DELETE CASCADE, text TEXT);
-- file: 0001.sql
PRAGMA foreign_keys = OFF;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- as D1 is told to do it, keys deferred
-- foreign keys: on
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE SET NULL);
-- file: 0001.sql
PRAGMA defer_foreign_keys = ON;
CREATE TABLE `__new_users` (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO `__new_users` SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE `__new_users` RENAME TO users;

-- case: flagged -- children that hold to their parents
-- rows: INSERT INTO users VALUES (1, 'a'); INSERT INTO posts VALUES (1, 1)
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES users (id));
-- file: 0001.sql
BEGIN;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
COMMIT;

-- case: flagged -- a child of a child holds to it
-- rows: INSERT INTO users VALUES (1); INSERT INTO posts VALUES (1, 1); INSERT INTO likes VALUES (1)
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE likes (post INTEGER NOT NULL REFERENCES posts (id) ON DELETE RESTRICT);
CREATE TABLE logins (person INTEGER REFERENCES users (id) ON DELETE SET DEFAULT);
-- file: 0001.sql
DROP TABLE users;

-- case: flagged -- two kinds of children, no rebuild
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE likes (post INTEGER REFERENCES posts (id) ON DELETE SET NULL);
-- file: 0001.sql
DROP TABLE users;

-- case: clean -- switched off in time
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- file: 0001.sql
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
COMMIT;
PRAGMA foreign_keys = ON;

-- case: clean -- the child goes first
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- file: 0001.sql
DROP TABLE posts;
DROP TABLE users;

-- case: clean -- the child has no rows, and the table is its own parent
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- file: 0001.sql
DELETE FROM posts;
DROP TABLE users;

-- case: clean -- copied out and in again under the same name, the check delayed
-- foreign keys: on
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
PRAGMA defer_foreign_keys = ON;
CREATE TEMP TABLE kept AS SELECT id, name FROM users;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users (id, name) SELECT id, name FROM kept;
DROP TABLE kept;

-- case: clean -- remold switches them off itself
-- runner: remold
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- with how many rows go
-- foreign keys: on
-- counts: users 120, posts 18402, logs 0
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE logs (id INTEGER PRIMARY KEY, actor INTEGER REFERENCES users (id) ON DELETE SET NULL);
-- file: 0001.sql
DROP TABLE users;
