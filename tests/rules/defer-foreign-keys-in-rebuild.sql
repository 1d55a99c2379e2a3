-- case: flagged -- in the runner's transaction
-- foreign keys: on
-- rows: INSERT INTO users VALUES (1, 'a'); INSERT INTO posts VALUES (1, 1)
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
CREATE TABLE likes (person INTEGER REFERENCES users ON DELETE RESTRICT);
-- file: 0001.sql
PRAGMA defer_foreign_keys = ON;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- in the file's own
-- foreign keys: on
-- rows: INSERT INTO users VALUES (1, 'a'); INSERT INTO posts VALUES (1, 1)
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
BEGIN;
PRAGMA defer_foreign_keys = 1;
CREATE TABLE __new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO __new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE __new_users RENAME TO users;
COMMIT;

-- case: flagged -- the pragma before the transaction, where it still holds
-- foreign keys: on
-- rows: INSERT INTO users VALUES (1, 'a'); INSERT INTO posts VALUES (1, 1)
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
PRAGMA defer_foreign_keys = ON;
BEGIN IMMEDIATE;
CREATE TABLE _alembic_tmp_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO _alembic_tmp_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE _alembic_tmp_users RENAME TO users;
COMMIT;

-- case: clean -- as Prisma writes it: foreign keys are off as well
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_users" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL);
INSERT INTO "new_users" ("id", "name") SELECT "id", "name" FROM "users";
DROP TABLE "users";
ALTER TABLE "new_users" RENAME TO "users";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- case: clean -- copied out and in again
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

-- case: clean -- no child
-- foreign keys: on
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, boss INTEGER REFERENCES users (id));
-- file: 0001.sql
PRAGMA defer_foreign_keys = ON;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, boss INTEGER REFERENCES new_users (id));
INSERT INTO new_users SELECT id, name, boss FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
