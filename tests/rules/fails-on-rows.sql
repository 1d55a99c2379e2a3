-- case: flagged -- a check that the default does not keep
-- rows: INSERT INTO users VALUES (1, 'a')
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN age INTEGER DEFAULT 0 CHECK (age > 0);

-- case: flagged -- a copy into a table that demands more
-- rows: INSERT INTO users VALUES (1, 'a')
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- rows that a CHECK lets in are found by SQLite
-- rows: INSERT INTO orders VALUES (1, 'open', 'abcdefgh')
-- schema:
CREATE TABLE orders (id INTEGER PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('open', 'paid')), code TEXT NOT NULL CHECK (length(code) = 8));
-- file: 0001.sql
CREATE TABLE new_orders (id INTEGER PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('new', 'done')), code TEXT NOT NULL);
INSERT INTO new_orders SELECT * FROM orders;

-- case: clean -- a virtual column
-- schema:
CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL);
-- file: 0001.sql
ALTER TABLE prices ADD COLUMN gross REAL AS (net * 1.2) VIRTUAL;

-- case: clean -- a reference with a default, while foreign keys are off
-- rows: INSERT INTO users VALUES (1, 'a')
-- schema:
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN team INTEGER DEFAULT 1 REFERENCES teams (id);

-- case: clean -- rows of the file's own may be there already, or find no parent
-- foreign keys: on
-- not run: the team is not there
-- schema:
CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, team INTEGER REFERENCES teams (id));
-- file: 0001.sql
INSERT INTO teams (id, name) VALUES (1, 'all');
INSERT INTO users (name, team) VALUES ('nobody', 7);
UPDATE users SET team = (SELECT id FROM teams WHERE name = 'others') WHERE name = 'nobody';

-- case: clean -- a copy that keeps all
-- rows: INSERT INTO users VALUES (1, 'a', '2020-01-01', 1, x'00', 1, 'b')
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, born DATE, score REAL, photo BLOB, "is it" BOOLEAN NOT NULL, mail TEXT UNIQUE COLLATE NOCASE);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, born TEXT, score REAL, photo BLOB, "is it" INTEGER NOT NULL, mail TEXT UNIQUE) STRICT;
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- tables of which nothing is known
-- not run: the tables are elsewhere
INSERT INTO new_users SELECT id, label FROM users;
ALTER TABLE users ADD COLUMN age INTEGER DEFAULT 0 CHECK (age > 0);

-- case: clean -- an index of what is in documents, which made-up rows are not
-- schema:
CREATE TABLE notes (id INTEGER PRIMARY KEY, scope TEXT NOT NULL);
-- file: 0001.sql
CREATE INDEX notes_session ON notes (json_extract(scope, '$.session'));
