-- case: flagged -- a table stays, and the migration cannot run again
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
CREATE INDEX posts_by_author ON posts (author);
-- file: 0001_users.down.sql
DROP TABLE users;

-- case: flagged -- an index and a trigger do not come back, a column is another and so is a check
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INT CHECK (age > 0));
CREATE INDEX users_by_name ON users (name);
CREATE TRIGGER users_touch AFTER UPDATE ON users BEGIN SELECT 1; END;
-- file: 0002_plain.up.sql
DROP INDEX users_by_name;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0002_plain.down.sql
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT);

-- case: flagged -- it takes back what is not there
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_users.down.sql
DROP TABLE user;

-- case: flagged -- the column comes back behind the others
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT);
-- file: 0002_no_name.up.sql
ALTER TABLE users DROP COLUMN name;
-- file: 0002_no_name.down.sql
ALTER TABLE users ADD COLUMN name TEXT;

-- case: flagged -- the column is in an index by then
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002_name.up.sql
ALTER TABLE users ADD COLUMN name TEXT;
CREATE INDEX users_by_name ON users (name);
-- file: 0002_name.down.sql
ALTER TABLE users DROP COLUMN name;

-- case: flagged -- only rows are in its way
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- file: 0002_no_name.up.sql
ALTER TABLE users DROP COLUMN name;
-- file: 0002_no_name.down.sql
ALTER TABLE users ADD COLUMN name TEXT NOT NULL;

-- case: flagged -- of a database that is not known the new table stays
-- file: 0001_log.up.sql
ALTER TABLE users ADD COLUMN seen TEXT;
CREATE TABLE log (id INTEGER PRIMARY KEY);
-- file: 0001_log.down.sql
ALTER TABLE users DROP COLUMN seen;

-- case: clean -- there and back
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT CHECK (name <> ''));
CREATE VIEW names AS SELECT name FROM users;
CREATE TRIGGER users_touch AFTER UPDATE OF name ON users BEGIN SELECT new.name; END;
-- file: 0001_users.down.sql
DROP VIEW names;
DROP TABLE users;

-- case: clean -- names change and change back
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT CHECK (name <> ''));
CREATE INDEX users_by_name ON users (name) WHERE name > 'a';
CREATE VIEW names AS SELECT name FROM users;
CREATE TRIGGER users_touch AFTER UPDATE OF name ON users BEGIN SELECT new.name; END;
-- file: 0002_people.up.sql
ALTER TABLE users RENAME COLUMN name TO called;
ALTER TABLE users RENAME TO people;
-- file: 0002_people.down.sql
ALTER TABLE people RENAME TO users;
ALTER TABLE users RENAME COLUMN called TO name;

-- case: clean -- nothing is taken back, and that is said
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_users.down.sql
SELECT 'there is no way back';

-- case: clean -- what was before is not known
-- not run: the table is not there
-- file: 0001_drop.up.sql
DROP TABLE users;
-- file: 0001_drop.down.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- the migration itself does not run
-- not run: the migration itself does not run
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, id TEXT);
-- file: 0001_users.down.sql
DROP TABLE users;

-- case: clean -- guards, and rows alone
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0002_first.up.sql
INSERT INTO users (name) VALUES ('first');
-- file: 0002_first.down.sql
DELETE FROM users WHERE name = 'first';
-- file: 0003_posts.up.sql
CREATE TABLE IF NOT EXISTS posts (id INTEGER PRIMARY KEY);
-- file: 0003_posts.down.sql
DROP TABLE IF EXISTS posts;
