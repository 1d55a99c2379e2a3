-- case: flagged -- a view, a view over it and a trigger
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE VIEW names AS SELECT name FROM users;
CREATE VIEW long_names AS SELECT * FROM names WHERE length(name) > 9;
CREATE TRIGGER logged AFTER INSERT ON log BEGIN UPDATE users SET name = new.note; END;
-- file: 0001.sql
DROP TABLE users;

-- case: flagged -- a view that goes
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
CREATE VIEW long_names AS SELECT * FROM names WHERE length(name) > 9;
-- file: 0001.sql
DROP VIEW names;

-- case: flagged -- a foreign key
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
DELETE FROM posts;
DROP TABLE users;

-- case: flagged -- a table that is renamed as of old
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
PRAGMA legacy_alter_table = ON;
ALTER TABLE users RENAME TO people;

-- case: flagged -- a view and a trigger of this file
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM user;
CREATE TRIGGER logged AFTER INSERT ON users BEGIN INSERT INTO log (note) VALUES (new.name); END;

-- case: clean -- a rebuild
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
CREATE TABLE copy AS SELECT * FROM users;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users SELECT id, name FROM copy;
DROP TABLE copy;

-- case: clean -- what names the table follows it
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
ALTER TABLE users RENAME TO people;

-- case: clean -- what needs it goes too, or never worked
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
CREATE VIEW lost AS SELECT name FROM people;
CREATE TRIGGER logged AFTER INSERT ON users BEGIN SELECT 1; END;
-- file: 0001.sql
DROP TABLE users;
DROP VIEW names;

-- case: clean -- the view comes before its table
CREATE VIEW names AS SELECT name FROM users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);

-- case: clean -- common tables, functions and SQLite's own tables
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW numbers AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n, json_each('[1]');
CREATE VIEW objects AS SELECT name FROM sqlite_schema;

-- case: clean -- a table of which nothing is known
DROP TABLE users;
CREATE VIEW names AS SELECT name FROM people;
-- not run: the files do not make the table users

-- case: clean -- a rebuild that a view stops: what stops it is told, and what follows from it is not
-- not run: SQLite refuses the RENAME
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- an index that a view and a trigger ask for
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
CREATE INDEX users_age ON users (age);
CREATE TABLE log (note TEXT);
CREATE VIEW adults AS SELECT name FROM users INDEXED BY users_age WHERE age > 17;
CREATE TRIGGER logged AFTER INSERT ON log BEGIN
  INSERT INTO log SELECT name FROM users AS u INDEXED BY "users_age" WHERE u.age = 1;
END;
-- file: 0001.sql
DROP INDEX users_age;
ALTER TABLE users ADD COLUMN nick TEXT;
SELECT * FROM adults;
INSERT INTO log VALUES ('a');

-- case: flagged -- an index of another table, and none
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
CREATE INDEX by_title ON posts (title);
CREATE VIEW titles AS SELECT name FROM users INDEXED BY by_title WHERE name = 'a';
CREATE VIEW names AS SELECT name FROM main.users INDEXED BY by_name WHERE name = 'a';
SELECT * FROM titles;
SELECT * FROM names;

-- case: clean -- the index is there again, is that of a key, or is not asked for
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE, age INTEGER);
CREATE INDEX users_age ON users (age);
CREATE VIEW adults AS SELECT name FROM users INDEXED BY users_age WHERE age > 17;
CREATE VIEW ada AS SELECT name FROM users INDEXED BY sqlite_autoindex_users_1 WHERE name = 'Ada';
CREATE VIEW everyone AS SELECT name FROM users NOT INDEXED;
-- file: 0001.sql
DROP INDEX users_age;
CREATE INDEX users_age ON users (age, name);
SELECT * FROM adults;
SELECT * FROM ada;
