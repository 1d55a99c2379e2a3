-- case: flagged -- a rebuild that forgets a column
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE VIEW nicks AS SELECT nick FROM users;
CREATE VIEW all_nicks AS SELECT count(*) FROM nicks;
CREATE TRIGGER filled AFTER INSERT ON log BEGIN INSERT INTO users (name, nick) VALUES (new.note, ''); END;
CREATE TABLE marks (note TEXT);
CREATE TRIGGER set_nick AFTER INSERT ON marks BEGIN UPDATE users SET nick = new.note; END;
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
PRAGMA legacy_alter_table = ON;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a trigger that never fires
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
-- file: 0001.sql
CREATE TRIGGER renamed AFTER UPDATE OF nick ON users BEGIN INSERT INTO log (note) VALUES (new.name); END;

-- case: flagged -- a name in double quotes that becomes a string
-- quoting counts: without the quotes the view fails
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
CREATE VIEW nicks AS SELECT "nick" FROM users;
-- file: 0001.sql
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);

-- case: flagged -- a rebuild that gives a column another name
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
-- file: 0001.sql
CREATE TABLE copy AS SELECT id, name AS label FROM users;
DROP TABLE users;
PRAGMA legacy_alter_table = ON;
ALTER TABLE copy RENAME TO users;

-- case: flagged -- spelling mistakes
-- quoting counts: a name in double quotes that is no column is a string
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT nam FROM users;
CREATE TRIGGER named AFTER INSERT ON users BEGIN UPDATE users SET nam = 'x' WHERE id = new.id; END;

-- case: clean -- a rebuild that keeps what is named
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
CREATE VIEW names AS SELECT name FROM users;
CREATE TRIGGER renamed AFTER UPDATE OF name ON users BEGIN UPDATE users SET name = trim(new.name) WHERE rowid = new.rowid; END;
-- file: 0001.sql
ALTER TABLE users DROP COLUMN nick;
ALTER TABLE users RENAME COLUMN name TO label;

-- case: clean -- a string that was one before
-- quoting counts: a name in double quotes that is no column is a string
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW nobody AS SELECT * FROM users WHERE name = "nobody";
-- file: 0001.sql
ALTER TABLE users ADD COLUMN nick TEXT;

-- case: clean -- rowids, aliases and rows of an upsert
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (note TEXT);
CREATE VIEW names AS SELECT u.name AS label, rowid FROM users AS u ORDER BY label;
CREATE TRIGGER logged AFTER UPDATE OF name ON users BEGIN INSERT INTO log (rowid, note) VALUES (old.id, new.name); END;
CREATE TRIGGER kept AFTER DELETE ON users BEGIN INSERT INTO users (id, name) VALUES (old.id, old.name) ON CONFLICT (id) DO UPDATE SET name = excluded.name; END;

-- case: clean -- it did not work before
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW lost AS SELECT label FROM users;
-- file: 0001.sql
ALTER TABLE users ADD COLUMN email TEXT;
