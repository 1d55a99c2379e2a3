-- case: flagged -- a view with another query, or with names for its columns
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
CREATE VIEW ids AS SELECT id FROM users;
-- file: 0002.sql
CREATE VIEW IF NOT EXISTS names AS SELECT name FROM users WHERE name IS NOT NULL;
CREATE VIEW IF NOT EXISTS main.ids (key) AS SELECT id FROM users;

-- case: flagged -- a trigger with another time, or another body
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TRIGGER stamp AFTER INSERT ON users BEGIN SELECT 1; END;
-- file: 0002.sql
CREATE TRIGGER IF NOT EXISTS stamp BEFORE INSERT ON users BEGIN SELECT 1; END;
CREATE TRIGGER IF NOT EXISTS stamp AFTER INSERT ON users BEGIN SELECT 2; END;

-- case: flagged -- a trigger of another table has the name
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY);
CREATE TRIGGER IF NOT EXISTS stamp AFTER INSERT ON users BEGIN SELECT 1; END;
CREATE TRIGGER IF NOT EXISTS stamp AFTER INSERT ON posts BEGIN SELECT 1; END;

-- case: flagged -- a table has the name
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE names (name TEXT);
CREATE VIEW IF NOT EXISTS names AS SELECT id FROM users;

-- case: clean -- the same, spelt otherwise
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users WHERE name <> 'x';
CREATE TRIGGER stamp AFTER INSERT ON users BEGIN SELECT 1; END;
CREATE VIEW IF NOT EXISTS Names AS select "name" /* of */ from users
  where name <> 'x';
CREATE TRIGGER IF NOT EXISTS stamp after insert on [users] begin select 1; end;

-- case: clean -- dropped before
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW names AS SELECT name FROM users;
DROP VIEW IF EXISTS names;
CREATE VIEW IF NOT EXISTS names AS SELECT id FROM users;

-- case: clean -- nothing has the name, or only for this connection
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW IF NOT EXISTS names AS SELECT name FROM users;
CREATE TEMP VIEW IF NOT EXISTS names AS SELECT id FROM users;
CREATE TRIGGER IF NOT EXISTS names AFTER INSERT ON users BEGIN SELECT 1; END;
