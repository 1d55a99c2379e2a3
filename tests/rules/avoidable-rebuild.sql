-- case: flagged -- a column less, as Drizzle and others write it
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
-- file: 0001.sql
CREATE TABLE `__new_users` (`id` integer PRIMARY KEY, `name` text);
INSERT INTO `__new_users`("id", "name") SELECT "id", "name" FROM `users`;
DROP TABLE `users`;
ALTER TABLE `__new_users` RENAME TO `users`;

-- case: flagged -- a column with another name, one more, and one that is NULL no longer
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT, name TEXT NOT NULL, age INT NOT NULL DEFAULT 0);
INSERT INTO new_users (id, email, name) SELECT id, mail, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a CHECK that goes, and one that comes
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, age INT, CONSTRAINT ages CHECK (age > 0));
CREATE TABLE parts (id INTEGER PRIMARY KEY, price REAL);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, age INT);
INSERT INTO new_users (id, age) SELECT id, age FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TABLE new_parts (id INTEGER PRIMARY KEY, price REAL, CONSTRAINT priced CHECK (price >= 0));
INSERT INTO new_parts (id, price) SELECT id, price FROM parts;
DROP TABLE parts;
ALTER TABLE new_parts RENAME TO parts;

-- case: clean -- a SQLite that has no DROP COLUMN, and none that drops a NOT NULL
-- engine: 3.34.1
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, nick TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TABLE new_posts (id INTEGER PRIMARY KEY, body TEXT);
INSERT INTO new_posts (id, body) SELECT id, body FROM posts;
DROP TABLE posts;
ALTER TABLE new_posts RENAME TO posts;

-- case: clean -- a type, an order, a key, an option
-- schema:
CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT);
CREATE TABLE b (id INTEGER PRIMARY KEY, x TEXT, y TEXT);
CREATE TABLE c (id INTEGER PRIMARY KEY, x TEXT);
CREATE TABLE d (id INTEGER PRIMARY KEY, x TEXT);
-- file: 0001.sql
CREATE TABLE new_a (id INTEGER PRIMARY KEY, x BLOB);
INSERT INTO new_a (id, x) SELECT id, x FROM a;
DROP TABLE a;
ALTER TABLE new_a RENAME TO a;
CREATE TABLE new_b (id INTEGER PRIMARY KEY, y TEXT, x TEXT);
INSERT INTO new_b (id, x, y) SELECT id, x, y FROM b;
DROP TABLE b;
ALTER TABLE new_b RENAME TO b;
CREATE TABLE new_c (id INTEGER PRIMARY KEY, x TEXT UNIQUE);
INSERT INTO new_c (id, x) SELECT id, x FROM c;
DROP TABLE c;
ALTER TABLE new_c RENAME TO c;
CREATE TABLE new_d (id INTEGER PRIMARY KEY, x TEXT) STRICT;
INSERT INTO new_d (id, x) SELECT id, x FROM d;
DROP TABLE d;
ALTER TABLE new_d RENAME TO d;

-- case: clean -- the copy computes, or fills what is new
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, body TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, coalesce(name, '') FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TABLE new_posts (id INTEGER PRIMARY KEY, body TEXT, length INT);
INSERT INTO new_posts (id, body, length) SELECT id, body, length(body) FROM posts;
DROP TABLE posts;
ALTER TABLE new_posts RENAME TO posts;

-- case: clean -- an index is in the way
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
CREATE INDEX users_by_both ON users (name, nick);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a table with many rows
-- counts: users 2000000
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a table with few rows
-- counts: users 120
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
