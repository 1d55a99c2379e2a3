-- case: flagged -- WITH in a trigger
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TRIGGER copied AFTER DELETE ON users BEGIN WITH old_one AS (SELECT old.name AS name) INSERT INTO users (name) SELECT name FROM old_one; END;

-- case: flagged -- RETURNING and DEFAULT VALUES
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TRIGGER copied AFTER DELETE ON users BEGIN INSERT INTO users (name) VALUES (old.name) RETURNING id; END;
CREATE TRIGGER filled AFTER DELETE ON users BEGIN INSERT INTO users DEFAULT VALUES; END;

-- case: flagged -- ORDER BY and LIMIT
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TRIGGER named AFTER INSERT ON users BEGIN UPDATE users SET name = '' WHERE name IS NULL ORDER BY id LIMIT 1; END;
CREATE TRIGGER gone AFTER INSERT ON users BEGIN DELETE FROM users WHERE name IS NULL LIMIT 1; END;

-- case: flagged -- a database before a parent, and before the table of an index
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
ATTACH ':memory:' AS other;
CREATE TABLE other.people (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES other.people (id));
CREATE TABLE likes (id INTEGER PRIMARY KEY, author INTEGER REFERENCES main.users (id));
CREATE INDEX people_id ON other.people (id);
CREATE INDEX users_name ON main.users (name);

-- case: clean -- subqueries with WITH, and LIMIT in a query
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TRIGGER named AFTER INSERT ON users BEGIN
  SELECT 1 FROM (WITH one AS (SELECT 1) SELECT * FROM one) ORDER BY 1 LIMIT 1;
  DELETE FROM users WHERE id IN (SELECT id FROM users WHERE name = 'x' ORDER BY id LIMIT 1);
END;

-- case: clean -- outside of a trigger
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
WITH one AS (SELECT 1 AS id) INSERT INTO users (id) SELECT id FROM one RETURNING id;
INSERT INTO users DEFAULT VALUES;

-- case: clean -- the database before the index's own name
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX main.users_name ON users (name);
