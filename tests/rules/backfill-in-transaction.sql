-- case: flagged -- in the runner's transaction
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN search TEXT;
UPDATE users SET search = lower(name);

-- case: flagged -- in the file's own, where nothing stands yet
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
BEGIN IMMEDIATE;
ALTER TABLE users ADD COLUMN search TEXT;
UPDATE users SET search = lower(name) WHERE search IS NULL;
COMMIT;

-- case: flagged -- two columns of another table's
-- transaction: all
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN team TEXT;
ALTER TABLE users ADD COLUMN search TEXT;
UPDATE users SET team = (SELECT name FROM teams WHERE teams.id = users.id), search = lower(name);

-- case: clean -- without a transaction
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN search TEXT;
UPDATE users SET search = lower(name);

-- case: clean -- some rows
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN search TEXT;
UPDATE users SET search = lower(name) WHERE id BETWEEN 1 AND 10000;
UPDATE users SET search = '' WHERE search IS NULL AND name = 'nobody';

-- case: clean -- a table that is new
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users (name) VALUES ('Ada');
ALTER TABLE users ADD COLUMN search TEXT;
UPDATE users SET search = lower(name);

-- case: clean -- a default writes no row
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN search TEXT NOT NULL DEFAULT '';

-- case: flagged -- a table with many rows, and one with few
-- counts: users 1234567, posts 1
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN short TEXT;
UPDATE users SET short = substr(name, 1, 3);
ALTER TABLE posts ADD COLUMN short TEXT;
UPDATE posts SET short = substr(title, 1, 3);

-- case: clean -- a table without rows
-- counts: users 0
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN short TEXT;
UPDATE users SET short = substr(name, 1, 3);
