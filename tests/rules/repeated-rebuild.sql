-- case: flagged -- twice, as Django writes it for two changes
-- schema:
CREATE TABLE "users" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" text NULL, "email" text NULL);
-- file: 0001.sql
BEGIN;
CREATE TABLE "new__users" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "email" text NULL, "name" text NOT NULL);
INSERT INTO "new__users" ("id", "email", "name") SELECT "id", "email", coalesce("name", '') FROM "users";
DROP TABLE "users";
ALTER TABLE "new__users" RENAME TO "users";
CREATE TABLE "new__users" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" text NOT NULL, "email" text NOT NULL);
INSERT INTO "new__users" ("id", "name", "email") SELECT "id", "name", coalesce("email", '') FROM "users";
DROP TABLE "users";
ALTER TABLE "new__users" RENAME TO "users";
COMMIT;

-- case: flagged -- three times
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT, c TEXT);
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL, c TEXT);
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL, c TEXT NOT NULL);
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- the old table renamed first, both times
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT, b TEXT);
-- file: 0001.sql
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT);
INSERT INTO users (id, a, b) SELECT id, a, b FROM users_old;
DROP TABLE users_old;
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL);
INSERT INTO users (id, a, b) SELECT id, a, b FROM users_old;
DROP TABLE users_old;

-- case: clean -- once
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT, b TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL);
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- two tables, once each
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, b TEXT);
-- file: 0001.sql
CREATE TABLE new_t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);
INSERT INTO new_t SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_t RENAME TO users;
CREATE TABLE new_t (id INTEGER PRIMARY KEY, b TEXT NOT NULL);
INSERT INTO new_t SELECT * FROM posts;
DROP TABLE posts;
ALTER TABLE new_t RENAME TO posts;

-- case: clean -- by way of a copy, which is one rebuild
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT);
-- file: 0001.sql
CREATE TEMPORARY TABLE ausers (id INTEGER PRIMARY KEY, a TEXT);
INSERT INTO ausers (id, a) SELECT id, a FROM users;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, a TEXT NOT NULL);
INSERT INTO users (id, a) SELECT id, a FROM ausers;
DROP TABLE ausers;

-- case: flagged -- a table with many rows
-- counts: users 2000000
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a table with few rows
-- counts: users 120
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
