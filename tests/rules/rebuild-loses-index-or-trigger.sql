-- case: flagged -- an index and a trigger, in the order of SQLite's manual
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE INDEX users_by_name ON users (name);
CREATE UNIQUE INDEX users_by_email ON users (email);
CREATE TRIGGER users_logged AFTER INSERT ON users BEGIN INSERT INTO log (note) VALUES (new.name); END;
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT);
INSERT INTO new_users (id, name, email) SELECT id, name, email FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE UNIQUE INDEX users_by_email ON users (email);

-- case: flagged -- as Drizzle names it, an index that only makes queries fast
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX users_by_name ON users (name);
-- file: 0001.sql
PRAGMA foreign_keys=OFF;
CREATE TABLE `__new_users` (`id` integer PRIMARY KEY NOT NULL, `name` text NOT NULL);
INSERT INTO `__new_users`("id", "name") SELECT "id", "name" FROM `users`;
DROP TABLE `users`;
ALTER TABLE `__new_users` RENAME TO `users`;
PRAGMA foreign_keys=ON;

-- case: flagged -- the old table renamed first, as Django once did
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX users_by_name ON users (name);
-- file: 0001.sql
ALTER TABLE users RENAME TO users__old;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users (id, name) SELECT id, name FROM users__old;
DROP TABLE users__old;

-- case: flagged -- by way of a copy, as Rails does it
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX index_users_on_name ON users (name) WHERE name <> '';
-- file: 0001.sql
CREATE TEMPORARY TABLE "ausers" ("id" integer NOT NULL PRIMARY KEY, "name" varchar);
INSERT INTO "ausers" ("id","name") SELECT "id","name" FROM "users";
DROP TABLE "users";
CREATE TABLE "users" ("id" integer NOT NULL PRIMARY KEY, "name" varchar NOT NULL);
INSERT INTO "users" ("id","name") SELECT "id","name" FROM "ausers";
DROP TABLE "ausers";

-- case: clean -- as Prisma does it, with the index created again
-- schema:
CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "email" TEXT);
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
-- file: 0001.sql
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_User" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "email" TEXT NOT NULL);
INSERT INTO "new_User" ("email", "id") SELECT "email", "id" FROM "User";
DROP TABLE "User";
ALTER TABLE "new_User" RENAME TO "User";
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- case: clean -- as TypeORM does it, with the index dropped first and created behind
-- schema:
CREATE TABLE "user" ("id" integer PRIMARY KEY NOT NULL, "name" varchar);
CREATE INDEX "IDX_name" ON "user" ("name");
-- file: 0001.sql
DROP INDEX "IDX_name";
CREATE TABLE "temporary_user" ("id" integer PRIMARY KEY NOT NULL, "name" varchar NOT NULL);
INSERT INTO "temporary_user"("id", "name") SELECT "id", "name" FROM "user";
DROP TABLE "user";
ALTER TABLE "temporary_user" RENAME TO "user";
CREATE INDEX "IDX_name" ON "user" ("name");

-- case: clean -- the index has another name, or a constraint does its work
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE INDEX i1 ON users (name);
CREATE UNIQUE INDEX i2 ON users (email);
CREATE INDEX i3 ON users (name) WHERE name <> '';
-- file: 0001.sql
CREATE TABLE _alembic_tmp_users (id INTEGER NOT NULL PRIMARY KEY, name TEXT, email TEXT, UNIQUE (email));
INSERT INTO _alembic_tmp_users (id, name, email) SELECT users.id, users.name, users.email FROM users;
DROP TABLE users;
ALTER TABLE _alembic_tmp_users RENAME TO users;
CREATE INDEX users_by_name ON users (name, email);
CREATE INDEX users_with_name ON users (name) WHERE name <> '';

-- case: clean -- the index goes with its column
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE INDEX users_by_email ON users (lower(email));
-- file: 0001.sql
CREATE TABLE ef_temp_users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO ef_temp_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE ef_temp_users RENAME TO users;

-- case: clean -- the file says that it is to go
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX users_by_name ON users (name);
-- file: 0001.sql
DROP INDEX users_by_name;
CREATE TABLE users_new_3f2a (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users_new_3f2a (rowid, id, name) SELECT rowid, id, name FROM users;
DROP TABLE users;
ALTER TABLE users_new_3f2a RENAME TO users;

-- case: clean -- the column is renamed in the rebuild
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
CREATE INDEX users_by_mail ON users (mail);
-- file: 0001.sql
CREATE TABLE new__users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
INSERT INTO new__users (id, email) SELECT id, mail FROM users;
DROP TABLE users;
ALTER TABLE new__users RENAME TO users;
CREATE INDEX users_by_email ON users (email);
