-- case: flagged -- no key is in the way
-- runs: again
CREATE TABLE IF NOT EXISTS roles (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO roles (name) VALUES ('admin'), ('guest');
INSERT INTO roles VALUES (NULL, 'owner');
INSERT INTO roles DEFAULT VALUES;
INSERT INTO roles (name) SELECT 'editor' UNION ALL SELECT 'reader';

-- case: flagged -- a key is taken
-- runs: again
CREATE TABLE IF NOT EXISTS roles (id INTEGER PRIMARY KEY, name TEXT UNIQUE, team INTEGER, size INTEGER AS (length(name)));
CREATE TABLE IF NOT EXISTS pairs (a INTEGER, b INTEGER, PRIMARY KEY (a, b));
INSERT INTO roles (id, name) VALUES (1, 'admin');
INSERT INTO roles VALUES (2, 'guest', 1);
INSERT INTO roles (name) VALUES ('owner');
INSERT INTO pairs (b, a) SELECT 1, 2;

-- case: flagged -- half of a key is not a key
-- runs: again
CREATE TABLE IF NOT EXISTS pairs (a INTEGER, b INTEGER DEFAULT NULL, UNIQUE (a, b));
INSERT INTO pairs (a) VALUES (1);

-- case: flagged -- a table of which nothing is known
-- runs: again
INSERT INTO roles (id, name) VALUES (1, 'admin');

-- case: flagged -- in an older SQLite
-- runs: again
-- engine: 3.20.0
CREATE TABLE IF NOT EXISTS roles (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO roles (id, name) VALUES (1, 'admin');

-- case: clean -- the file runs once
CREATE TABLE roles (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO roles (name) VALUES ('admin');

-- case: clean -- guarded
-- runs: again
CREATE TABLE IF NOT EXISTS roles (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
INSERT OR IGNORE INTO roles (name) VALUES ('admin');
INSERT OR REPLACE INTO roles (id, name) VALUES (1, 'owner');
INSERT INTO roles (name) VALUES ('guest') ON CONFLICT DO NOTHING;
INSERT INTO roles (name) VALUES ('reader') ON CONFLICT (name) DO UPDATE SET name = excluded.name;
INSERT INTO roles (name) SELECT 'editor' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE name = 'editor');

-- case: clean -- made anew, or emptied before
-- runs: again
DROP TABLE IF EXISTS cache;
CREATE TABLE cache (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO cache (id, name) VALUES (1, 'a');
CREATE TABLE IF NOT EXISTS roles (id INTEGER PRIMARY KEY, name TEXT);
DELETE FROM roles;
INSERT INTO roles (id, name) VALUES (1, 'admin');

-- case: clean -- rows of another table, and of this connection
-- runs: again
CREATE TABLE IF NOT EXISTS roles (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE IF NOT EXISTS copies (name TEXT);
INSERT INTO copies SELECT name FROM roles;
CREATE TEMP TABLE IF NOT EXISTS scratch (name TEXT);
INSERT INTO scratch VALUES ('a');
