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

-- case: flagged -- a rebuild in the usual order, and a view that needs the table
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- the same, and a trigger of another table
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER);
CREATE TRIGGER posted AFTER INSERT ON posts BEGIN UPDATE users SET name = name WHERE id = new.author; END;
-- file: 0001.sql
CREATE TABLE `__new_users` (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO `__new_users` (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE `__new_users` RENAME TO users;

-- case: clean -- the view goes before and comes again behind
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
DROP VIEW names;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE VIEW names AS SELECT name FROM users;

-- case: clean -- RENAME looks at nothing else
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
PRAGMA legacy_alter_table = ON;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
PRAGMA legacy_alter_table = OFF;
