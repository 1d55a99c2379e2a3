-- case: flagged -- an index and its condition
-- quoting counts: a name in double quotes that is no column is a string
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, state TEXT);
CREATE INDEX users_email ON users ("emial");
CREATE INDEX users_lower ON users (lower("nick"));
CREATE INDEX users_active ON users (email) WHERE state = "active";

-- case: flagged -- constraints and generated columns
-- quoting counts: a name in double quotes that is no column is a string
CREATE TABLE users (id INTEGER PRIMARY KEY, state TEXT CHECK (state IN ("active", "gone")), name TEXT, kind AS ("user") VIRTUAL, CHECK ("nam" <> ''));
ALTER TABLE users ADD COLUMN role TEXT CHECK (role <> "none");

-- case: flagged -- defaults
CREATE TABLE users (id INTEGER PRIMARY KEY, state TEXT DEFAULT "active", role TEXT DEFAULT guest);
ALTER TABLE users ADD COLUMN kind TEXT DEFAULT [user];

-- case: flagged -- views and triggers
-- quoting counts: a name in double quotes that is no column is a string
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW nobody AS SELECT id FROM users WHERE name = "nobody";
CREATE TRIGGER named AFTER INSERT ON users WHEN new.name = "it's" BEGIN UPDATE users SET name = "x" WHERE id = new.id; END;

-- case: flagged -- rows
-- quoting counts: a name in double quotes that is no column is a string
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users (name) VALUES ("Ada"), ("it's");
UPDATE users SET name = "x" WHERE "nam" = '';
WITH named AS (SELECT id, name FROM users WHERE name <> "y") SELECT "id" FROM named WHERE "id" > 1 ORDER BY "z";

-- case: clean -- columns, aliases and rows of a trigger
CREATE TABLE "users" ("id" INTEGER PRIMARY KEY, "name" TEXT DEFAULT 'x' CHECK ("name" <> ''), "first" TEXT DEFAULT (lower('X')), "flag" INT DEFAULT true);
CREATE INDEX "users_name" ON "users" ("name") WHERE "name" <> 'x';
CREATE VIEW "names" AS SELECT "u"."name" AS "label" FROM "users" AS "u" WHERE "u"."rowid" > 1 ORDER BY "label";
CREATE TRIGGER "named" AFTER INSERT ON "users" BEGIN UPDATE "users" SET "name" = "new"."name" WHERE "id" = "new"."id"; END;
INSERT INTO "users" ("name") VALUES ('a') ON CONFLICT ("id") DO UPDATE SET "name" = "excluded"."name";

-- case: clean -- single quotes
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT DEFAULT 'x');
INSERT INTO users (name) VALUES ('"Ada"');
UPDATE users SET name = 'x' WHERE name = '';

-- case: clean -- a table of which nothing is known
-- not run: the files do not make the table
UPDATE users SET name = "label";
SELECT "name" FROM users;
