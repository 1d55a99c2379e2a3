-- case: flagged -- ADD COLUMN read no row before 3.37
-- engine: 3.36.0
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002.sql
ALTER TABLE users ADD COLUMN age INTEGER DEFAULT 0 CHECK (age > 17);
ALTER TABLE users ADD COLUMN name TEXT CHECK (name IS NOT NULL);
ALTER TABLE users ADD COLUMN kind TEXT DEFAULT '' CHECK (kind <> '');
ALTER TABLE users ADD COLUMN role TEXT DEFAULT 'none' CHECK (role IN ('admin', 'guest'));
ALTER TABLE users ADD COLUMN twice INTEGER NOT NULL AS (age * 2);

-- case: flagged -- a default of another type in a STRICT table before 3.44
-- engine: 3.43.0
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY) STRICT;
-- file: 0002.sql
ALTER TABLE users ADD COLUMN age INTEGER DEFAULT 'x';
ALTER TABLE users ADD COLUMN size INT DEFAULT 1.5;
ALTER TABLE users ADD COLUMN part REAL DEFAULT x'41';
ALTER TABLE users ADD COLUMN name TEXT DEFAULT x'41';
ALTER TABLE users ADD COLUMN data BLOB DEFAULT '';

-- case: flagged -- a CHECK over NULL before 3.54
-- engine: 3.53.2
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER);
-- file: 0002.sql
ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17);

-- case: flagged -- a name in quotes in 3.53.0
-- engine: 3.53.0
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER, CONSTRAINT adult CHECK (age > 17));
-- file: 0002.sql
ALTER TABLE users DROP CONSTRAINT "adult";

-- case: flagged -- the WITH of a view in 3.25 and 3.26
-- engine: 3.26.0
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER);
CREATE VIEW adults AS WITH old AS (SELECT id, age FROM users WHERE age > 17) SELECT * FROM old;
CREATE VIEW ids AS SELECT id FROM (WITH every AS (SELECT id FROM users) SELECT id FROM every);
-- file: 0002.sql
ALTER TABLE users RENAME COLUMN age TO years;
ALTER TABLE users RENAME TO people;

-- case: flagged -- a CHECK that says the table's name before 3.25
-- engine: 3.24.0
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER CHECK (users.age > 17));
CREATE TABLE posts (id INTEGER PRIMARY KEY, CHECK (posts.id > 0));
-- file: 0002.sql
ALTER TABLE users RENAME TO people;
ALTER TABLE posts RENAME TO texts;

-- case: clean -- a SQLite that looks at the rows
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002.sql
ALTER TABLE users ADD COLUMN age INTEGER DEFAULT 18 CHECK (age > 17);

-- case: clean -- what older rows meet, and a table without any
-- engine: 3.34.1
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002.sql
ALTER TABLE users ADD COLUMN age INTEGER CHECK (age > 17);
ALTER TABLE users ADD COLUMN name TEXT DEFAULT '';
ALTER TABLE users ADD COLUMN admin INTEGER NOT NULL DEFAULT 0 CHECK (admin IN (0, 1));
ALTER TABLE users ADD COLUMN size INTEGER NOT NULL DEFAULT 0 CHECK (size >= 0);
ALTER TABLE users ADD COLUMN balance INTEGER NOT NULL DEFAULT 0 CHECK (balance > -100);
ALTER TABLE users ADD COLUMN kind TEXT NOT NULL DEFAULT 'guest' CHECK (kind <> '');
ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'guest' CHECK (role IN ('admin', 'guest'));
CREATE TABLE posts (id INTEGER PRIMARY KEY);
ALTER TABLE posts ADD COLUMN size INTEGER DEFAULT 0 CHECK (size > 17);

-- case: clean -- defaults that fit
-- engine: 3.43.0
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 0002.sql
ALTER TABLE users ADD COLUMN age INTEGER DEFAULT '5';
ALTER TABLE users ADD COLUMN size INT DEFAULT (1.0);
ALTER TABLE users ADD COLUMN part REAL DEFAULT -1;
ALTER TABLE users ADD COLUMN name TEXT DEFAULT 5;
ALTER TABLE users ADD COLUMN data BLOB DEFAULT x'41';
ALTER TABLE users ADD COLUMN some ANY DEFAULT 'x';
ALTER TABLE posts ADD COLUMN age INTEGER DEFAULT 'x';

-- case: clean -- a CHECK that no NULL meets, and a bare name
-- engine: 3.53.0
-- quoting counts: by a name in quotes 3.53.0 finds no constraint
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER NOT NULL, CONSTRAINT adult CHECK (age > 17));
-- file: 0002.sql
ALTER TABLE users DROP CONSTRAINT adult;
ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 18 AND id > 0);

-- case: clean -- a WITH that reads another table, or another column
-- engine: 3.26.0
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER, name TEXT);
CREATE VIEW names AS WITH one AS (SELECT name FROM users) SELECT name FROM one;
CREATE TABLE posts (id INTEGER PRIMARY KEY);
CREATE VIEW texts AS WITH one AS (SELECT 1 AS n) SELECT posts.id FROM posts, one;
-- file: 0002.sql
ALTER TABLE users RENAME COLUMN age TO years;
ALTER TABLE posts RENAME TO articles;

-- case: flagged -- 3.37 where strings in double quotes are switched off
-- engine: 3.37.2
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN age INTEGER CHECK (age > 17);
ALTER TABLE users ADD COLUMN twice INTEGER AS (age * 2) NOT NULL;

-- case: clean -- 3.37 where it does not look at the rows, and 3.38
-- engine: 3.37.2
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN age INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN twice INTEGER AS (age * 2);

-- case: clean -- 3.38
-- engine: 3.38.0
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN age INTEGER CHECK (age > 17);
