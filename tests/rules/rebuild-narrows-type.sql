-- case: flagged -- text to whole numbers
-- schema:
CREATE TABLE parts (id INTEGER PRIMARY KEY, code TEXT, price VARCHAR(20), note);
-- file: 0001.sql
CREATE TABLE new_parts (id INTEGER PRIMARY KEY, code INTEGER, price DECIMAL(10, 2), note REAL);
INSERT INTO new_parts (id, code, price, note) SELECT id, code, price, note FROM parts;
DROP TABLE parts;
ALTER TABLE new_parts RENAME TO parts;

-- case: flagged -- a type that only looks like text
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE "temporary_users" ("id" integer PRIMARY KEY NOT NULL, "name" STRING);
INSERT INTO "temporary_users"("id", "name") SELECT "id", "name" FROM "users";
DROP TABLE "users";
ALTER TABLE "temporary_users" RENAME TO "users";

-- case: flagged -- by way of a copy, and under another name
-- schema:
CREATE TABLE parts (id INTEGER PRIMARY KEY, code TEXT);
-- file: 0001.sql
CREATE TEMP TABLE kept AS SELECT id, code FROM parts;
DROP TABLE parts;
CREATE TABLE parts (id INTEGER PRIMARY KEY, number INT);
INSERT INTO parts (id, number) SELECT id, code FROM kept;
DROP TABLE kept;

-- case: clean -- the copy says that it is meant
-- schema:
CREATE TABLE parts (id INTEGER PRIMARY KEY, code TEXT);
-- file: 0001.sql
CREATE TABLE new_parts (id INTEGER PRIMARY KEY, code INTEGER);
INSERT INTO new_parts (id, code) SELECT id, CAST(code AS INTEGER) FROM parts;
DROP TABLE parts;
ALTER TABLE new_parts RENAME TO parts;

-- case: clean -- numbers to text, and text to other text
-- schema:
CREATE TABLE parts (id INTEGER PRIMARY KEY, code INTEGER, name VARCHAR(20), data BLOB);
-- file: 0001.sql
CREATE TABLE new_parts (id INTEGER PRIMARY KEY, code TEXT, name TEXT, data BLOB);
INSERT INTO new_parts SELECT * FROM parts;
DROP TABLE parts;
ALTER TABLE new_parts RENAME TO parts;

-- case: clean -- the column is another one
-- schema:
CREATE TABLE parts (id INTEGER PRIMARY KEY, code TEXT);
-- file: 0001.sql
CREATE TABLE new_parts (id INTEGER PRIMARY KEY, code TEXT, number INTEGER);
INSERT INTO new_parts (id, code) SELECT id, code FROM parts;
DROP TABLE parts;
ALTER TABLE new_parts RENAME TO parts;
