-- case: flagged -- all rows change
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT, team TEXT);
-- file: 0001.sql
UPDATE users SET role = 'reader', team = 'all';

-- case: flagged -- all rows go
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT);
-- file: 0001.sql
DELETE FROM users;

-- case: flagged -- a new column and an old one
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN rank INTEGER;
UPDATE users SET (rank, role) = (1, 'reader');

-- case: flagged -- another table's rows, joined by nothing
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT);
CREATE TABLE roles (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
UPDATE users SET role = roles.name FROM roles;

-- case: flagged -- made from the old values
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT);
-- file: 0001.sql
UPDATE users SET role = lower(role);

-- case: flagged -- a table of which nothing is known
-- not run: the table is elsewhere
DELETE FROM users;

-- case: clean -- some rows
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT);
-- file: 0001.sql
UPDATE users SET role = 'reader' WHERE role IS NULL;
DELETE FROM users WHERE true;

-- case: clean -- a column that is new
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN rank INTEGER;
UPDATE users SET Rank = length(role);

-- case: clean -- a table that is new
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT);
INSERT INTO users (role) VALUES ('reader');
UPDATE users SET role = 'writer';
DELETE FROM users;

-- case: clean -- rows that were moved
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT);
-- file: 0001.sql
CREATE TABLE old_users (id INTEGER PRIMARY KEY, role TEXT);
INSERT INTO old_users SELECT id, role FROM users;
DELETE FROM users;

-- case: clean -- a temporary table
CREATE TEMP TABLE users (id INTEGER PRIMARY KEY, role TEXT);
UPDATE users SET role = 'reader';

-- case: clean -- in a trigger it is told when
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT);
-- file: 0001.sql
CREATE TRIGGER users_role AFTER INSERT ON users BEGIN
    UPDATE users SET role = 'reader';
END;
