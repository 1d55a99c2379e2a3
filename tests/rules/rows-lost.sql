-- case: flagged -- keys that are set to NULL
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE SET NULL);
-- file: 0001.sql
DELETE FROM users;

-- case: flagged -- a key that changes
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON UPDATE SET NULL);
-- file: 0001.sql
UPDATE users SET id = id + 1000;

-- case: clean -- a DROP TABLE, of which is said already what it deletes
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

-- case: clean -- a REPLACE, of which is said already what it deletes
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- file: 0001.sql
INSERT OR REPLACE INTO users (id, name) VALUES (1, 'root');

-- case: flagged -- DELETE, which may be meant
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- file: 0001.sql
DELETE FROM users;

-- case: clean -- foreign keys are off, as SQLite has it
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

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

-- case: clean -- an update in place
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- file: 0001.sql
INSERT INTO users (id, name) VALUES (1, 'root') ON CONFLICT (id) DO UPDATE SET name = excluded.name;
UPDATE users SET name = 'all';

-- case: clean -- the child goes first
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- file: 0001.sql
DROP TABLE posts;
DROP TABLE users;

-- case: flagged -- the same file under sqlx, which switches foreign keys on and begins a transaction
-- runner: sqlx
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE);
-- file: 0001.sql
PRAGMA foreign_keys = OFF;
DELETE FROM users WHERE true;
PRAGMA foreign_keys = ON;

-- case: clean -- and there without the transaction
-- comments count: sqlx asks whether the file begins with it
-- runner: sqlx
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, user INTEGER NOT NULL REFERENCES users ON DELETE CASCADE);
-- file: 0001.sql
-- no-transaction
PRAGMA foreign_keys = OFF;
DELETE FROM users WHERE true;
PRAGMA foreign_keys = ON;

-- case: flagged -- with how many rows the children have
-- foreign keys: on
-- counts: users 120, posts 18402
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE logs (id INTEGER PRIMARY KEY, actor INTEGER REFERENCES users (id) ON DELETE SET NULL);
-- file: 0001.sql
DELETE FROM users WHERE id = 1;
