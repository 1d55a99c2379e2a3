-- case: clean -- whatever is done to a table that the file makes
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
CREATE INDEX users_name ON users (name);
CREATE UNIQUE INDEX users_age ON users (age);
ALTER TABLE users ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN at TEXT DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE users ADD COLUMN score INTEGER CONSTRAINT scored CHECK (score > 0);
ALTER TABLE users RENAME COLUMN name TO nick;
ALTER TABLE users RENAME TO people;
ALTER TABLE people DROP COLUMN email;

-- case: clean -- also where the file drops it
-- transaction: file
CREATE TABLE scratch (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO scratch (name) VALUES ('a');
DELETE FROM scratch;
DROP TABLE scratch;

-- case: flagged -- a table that the file before it has made
-- transaction: file
-- finds: drop-column, alter-reads-every-row, index-build-blocks-writers
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
-- file: 0002.sql
CREATE INDEX users_name ON users (name);
ALTER TABLE users DROP COLUMN age;
