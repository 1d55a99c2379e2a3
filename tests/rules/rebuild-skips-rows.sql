-- case: flagged -- OR IGNORE, and a new UNIQUE, NOT NULL and CHECK
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT, age INT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE, age INT CHECK (age > 0));
INSERT OR IGNORE INTO new_users (id, name, email, age) SELECT id, name, email, age FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- REPLACE, and a new primary key
-- schema:
CREATE TABLE settings (name TEXT, value TEXT);
-- file: 0001.sql
CREATE TABLE __new_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
REPLACE INTO __new_settings (name, value) SELECT name, value FROM settings;
DROP TABLE settings;
ALTER TABLE __new_settings RENAME TO settings;

-- case: flagged -- ON CONFLICT DO NOTHING, and a key of fewer columns
-- schema:
CREATE TABLE votes (poll INT, voter INT, UNIQUE (poll, voter));
-- file: 0001.sql
ALTER TABLE votes RENAME TO votes_old;
CREATE TABLE votes (poll INT, voter INT, UNIQUE (voter));
INSERT INTO votes (poll, voter) SELECT poll, voter FROM votes_old WHERE true ON CONFLICT DO NOTHING;
DROP TABLE votes_old;

-- case: clean -- the new table demands no more
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE, age INT CHECK (age > 0));
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE, age INT CHECK ("age" > 0), note TEXT);
INSERT OR IGNORE INTO new_users (id, name, email, age) SELECT id, name, email, age FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- a plain INSERT, which fails
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
INSERT INTO new_users (id, email) SELECT id, email FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- the values are made to fit
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT OR IGNORE INTO new_users (id, name) SELECT id, coalesce(name, '') FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
