-- case: flagged -- a column twice
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, email TEXT);

-- case: flagged -- no rowid and no key
CREATE TABLE users (id INTEGER) WITHOUT ROWID;

-- case: flagged -- a type that a STRICT table does not know
CREATE TABLE users (id INTEGER PRIMARY KEY, email VARCHAR(80)) STRICT;

-- case: flagged -- a column of a STRICT table without a type
CREATE TABLE users (id INTEGER PRIMARY KEY, email) STRICT;

-- case: flagged -- a new column of a STRICT table, of a type that it does not know
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY) STRICT;
-- file: 0001.sql
ALTER TABLE users ADD COLUMN at DATETIME;

-- case: flagged -- AUTOINCREMENT on a key that SQLite does not number
CREATE TABLE users (id BIGINT PRIMARY KEY AUTOINCREMENT);
CREATE TABLE posts (id INTEGER PRIMARY KEY DESC AUTOINCREMENT);
CREATE TABLE tags (id INTEGER PRIMARY KEY AUTOINCREMENT) WITHOUT ROWID;

-- case: flagged -- a broken view keeps a table from being renamed
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIEW names AS SELECT name FROM gone;
ALTER TABLE users RENAME TO people;

-- case: flagged -- a view that was broken before the file keeps a table from being renamed
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIEW lost AS SELECT * FROM gone;
-- file: 0001.sql
ALTER TABLE users RENAME TO people;

-- case: clean -- the same names in two tables
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT) STRICT;
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT) WITHOUT ROWID;

-- case: clean -- a view that is broken as long as nobody alters a table
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIEW names AS SELECT name FROM gone;

-- case: clean -- before 3.25 nobody looks at views when a table is renamed
-- engine: 3.24.0
-- not run: SQLite has looked since
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIEW names AS SELECT name FROM gone;
ALTER TABLE users RENAME TO people;

-- case: clean -- another rule names all that keeps a column
-- not run: drop-column-blocked reports it
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
ALTER TABLE users DROP COLUMN email;
