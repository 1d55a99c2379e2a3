-- case: flagged -- a guard, and no transaction
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE IF NOT EXISTS new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- run again and again
-- runs: again
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
PRAGMA foreign_keys=OFF;
CREATE TABLE IF NOT EXISTS `__new_users` (`id` integer PRIMARY KEY NOT NULL, `name` text NOT NULL);
INSERT INTO `__new_users` SELECT * FROM `users`;
DROP TABLE IF EXISTS `users`;
ALTER TABLE `__new_users` RENAME TO `users`;

-- case: flagged -- the transaction begins too late
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE IF NOT EXISTS _alembic_tmp_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
BEGIN;
INSERT OR IGNORE INTO _alembic_tmp_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE _alembic_tmp_users RENAME TO users;
COMMIT;

-- case: clean -- what is left is dropped first
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
DROP TABLE IF EXISTS new_users;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- one transaction
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
BEGIN;
CREATE TABLE IF NOT EXISTS new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
COMMIT;

-- case: clean -- the runner's transaction
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE IF NOT EXISTS new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- emptied first
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE IF NOT EXISTS new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
DELETE FROM new_users;
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
