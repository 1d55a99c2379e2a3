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

-- case: flagged -- a trigger that says in which database its tables are
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TRIGGER lower AFTER INSERT ON users BEGIN UPDATE main.users SET email = lower(email); END;

-- case: flagged -- a view and a trigger that read another database
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ATTACH ':memory:' AS other;
CREATE TABLE other.people (id INTEGER PRIMARY KEY);
CREATE VIEW ids AS SELECT id FROM other.people;
CREATE TRIGGER known AFTER INSERT ON users BEGIN SELECT id FROM other.people; END;

-- case: flagged -- a trigger at a time that its table has not
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE VIEW emails AS SELECT email FROM users;
CREATE TRIGGER one INSTEAD OF INSERT ON users BEGIN SELECT 1; END;
CREATE TRIGGER other AFTER INSERT ON emails BEGIN SELECT 1; END;

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
