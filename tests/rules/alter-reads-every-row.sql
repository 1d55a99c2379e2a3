-- case: flagged -- a column goes
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
-- file: 0001.sql
ALTER TABLE users DROP COLUMN age;

-- case: flagged -- a column with a check
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN age INTEGER CHECK (age > 0);

-- case: flagged -- a generated column that is never NULL
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN search TEXT NOT NULL AS (lower(name));

-- case: flagged -- constraints of columns that are there
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
-- file: 0001.sql
UPDATE users SET name = '' WHERE name IS NULL;
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
ALTER TABLE users ADD CONSTRAINT grown CHECK (age > 17);

-- case: clean -- the schema alone changes
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, search TEXT AS (lower(name)));
-- file: 0001.sql
ALTER TABLE users ADD COLUMN age INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN upper TEXT AS (upper(name));
ALTER TABLE users RENAME COLUMN age TO years;
ALTER TABLE users DROP COLUMN search;
ALTER TABLE users ALTER COLUMN name DROP NOT NULL;
ALTER TABLE users RENAME TO people;

-- case: clean -- a table that is new
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
ALTER TABLE users DROP COLUMN age;
ALTER TABLE users ADD COLUMN age INTEGER CHECK (age > 0);

-- case: clean -- before 3.37 nobody looks at the rows
-- engine: 3.36.0
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN age INTEGER CHECK (age > 0);

-- case: flagged -- a table with many rows, and one with few
-- counts: users 1234567, posts 1
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
-- file: 0001.sql
ALTER TABLE users DROP COLUMN name;
ALTER TABLE users ADD COLUMN age INTEGER CHECK (age > 0);
ALTER TABLE posts DROP COLUMN title;

-- case: clean -- a table without rows
-- counts: Users 0
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users DROP COLUMN name;
