-- case: flagged -- a column more, as Django remakes a table
-- transaction: file
-- finds: autoincrement-reset
-- schema:
CREATE TABLE "users" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(10) NOT NULL);
-- file: 0001.sql
CREATE TABLE "new__users" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(10) NOT NULL, "nick" text NULL);
INSERT INTO "new__users" ("id", "name", "nick") SELECT "id", "name", NULL FROM "users";
DROP TABLE "users";
ALTER TABLE "new__users" RENAME TO "users";

-- case: flagged -- another default, as Prisma remakes a table
-- finds: autoincrement-reset
-- schema:
CREATE TABLE "users" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "name" TEXT NOT NULL);
CREATE TABLE "posts" ("id" INTEGER NOT NULL PRIMARY KEY, "author" INTEGER REFERENCES "users" ("id") ON DELETE CASCADE);
CREATE INDEX "posts_author" ON "posts" ("author");
-- file: 0001.sql
PRAGMA foreign_keys=OFF;
BEGIN IMMEDIATE;
CREATE TABLE "new_users" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "name" TEXT NOT NULL DEFAULT 'nobody');
INSERT INTO "new_users" ("id", "name") SELECT "id", "name" FROM "users";
DROP TABLE "users";
ALTER TABLE "new_users" RENAME TO "users";
COMMIT;
PRAGMA foreign_keys=ON;

-- case: clean -- the same where no counter is kept, and nothing else changes
-- schema:
CREATE TABLE "users" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL);
CREATE TABLE "posts" ("id" INTEGER NOT NULL PRIMARY KEY, "author" INTEGER REFERENCES "users" ("id") ON DELETE CASCADE);
CREATE INDEX "posts_author" ON "posts" ("author");
-- file: 0001.sql
PRAGMA foreign_keys=OFF;
BEGIN IMMEDIATE;
CREATE TABLE "new_users" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL DEFAULT 'nobody');
INSERT INTO "new_users" ("id", "name") SELECT "id", "name" FROM "users";
DROP TABLE "users";
ALTER TABLE "new_users" RENAME TO "users";
COMMIT;
PRAGMA foreign_keys=ON;

-- case: flagged -- what the remake really changes
-- transaction: file
-- finds: avoidable-rebuild, rebuild-drops-column, not-null-without-backfill, tightened-constraint
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
