-- case: flagged -- misspelt
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE INDEX users_email ON users (email);
ALTER TABLE user ADD COLUMN nick TEXT;
ALTER TABLE users DROP COLUMN emial;
ALTER TABLE users RENAME COLUMN mail TO e_mail;
INSERT INTO userz (id) VALUES (1);
CREATE INDEX other ON usres (id);
DROP INDEX users_emails;
DROP VIEW nowhere;
DROP TRIGGER never;
CREATE TRIGGER stamp AFTER INSERT ON user BEGIN SELECT 1; END;

-- case: flagged -- columns of an index
-- quoting counts: in quotes SQLite takes an unknown name for a string
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE INDEX wrong ON users (id, emial);
CREATE UNIQUE INDEX rows ON users (rowid);

-- case: flagged -- dropped before
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002.sql
DROP TABLE users;
-- file: 0003.sql
DROP TABLE users;
UPDATE users SET id = 1;

-- case: flagged -- another kind
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIEW people AS SELECT * FROM users;
DROP TABLE IF EXISTS people;
DROP VIEW users;
CREATE INDEX people_id ON people (id);
ALTER TABLE people ADD COLUMN email TEXT;

-- case: flagged -- constraints
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, CONSTRAINT once UNIQUE (email));
ALTER TABLE users DROP CONSTRAINT twice;
ALTER TABLE users DROP CONSTRAINT once;

-- case: clean -- the files change a database that is there
-- not run: the tables are not there
ALTER TABLE users ADD COLUMN email TEXT;
CREATE INDEX users_email ON users (email);
INSERT INTO log (note) VALUES ('done');
DROP TABLE old;

-- case: clean -- guarded
CREATE TABLE users (id INTEGER PRIMARY KEY);
DROP TABLE IF EXISTS people;
DROP INDEX IF EXISTS people_id;
DROP VIEW IF EXISTS everyone;

-- case: clean -- SQLite's own tables
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT);
UPDATE sqlite_sequence SET seq = 100 WHERE name = 'users';
DELETE FROM sqlite_sequence;

-- case: clean -- named in another case or in quotes
CREATE TABLE users (id INTEGER PRIMARY KEY, "e mail" TEXT);
ALTER TABLE main.USERS RENAME COLUMN [E MAIL] TO mail;
ALTER TABLE "Users" DROP COLUMN Mail;

-- case: clean -- columns that a query gave
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE copy AS SELECT id AS number FROM users;
ALTER TABLE copy RENAME COLUMN number TO id;

-- case: clean -- terms of an index that are no plain column
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE INDEX terms ON users (lower(email), "a string", email COLLATE NOCASE DESC);

-- case: clean -- an attached database is elsewhere
CREATE TABLE users (id INTEGER PRIMARY KEY);
ATTACH ':memory:' AS archive;
CREATE TABLE archive.old_users (id INTEGER PRIMARY KEY);
INSERT INTO archive.old_users SELECT id FROM users;
DROP TABLE archive.old_users;
DETACH archive;

-- case: flagged -- a view is no table that can be altered
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW people AS SELECT name FROM users;
ALTER TABLE people ADD COLUMN age INTEGER;
ALTER TABLE people RENAME COLUMN name TO full_name;
ALTER TABLE people DROP COLUMN name;
ALTER TABLE people RENAME TO persons;

-- case: clean -- the ledger of whoever runs the files
-- not run: it is made before the first file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
DELETE FROM _sqlx_migrations WHERE version = 20240111100000;

-- case: clean -- behind a rebuild that a view stops
-- not run: SQLite refuses the RENAME
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE INDEX users_name ON users (name);

-- case: clean -- the ledger of another one
-- not run: it is made before the first file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
DELETE FROM django_migrations WHERE name = '0001_initial';
