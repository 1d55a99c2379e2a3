-- case: flagged -- the rule finds nothing
-- remold: allow(drop-table) it was never used
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: flagged -- it stands behind what it means
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
DROP TABLE users;
-- remold: allow(drop-table) it was never used

-- case: flagged -- one of two rules finds nothing
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
-- remold: allow(drop-table, drop-column) it was never used
DROP TABLE users;

-- case: flagged -- for a whole file
-- remold: allow-file(drop-table) it was never used
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- the next statement
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 0001.sql
-- remold: allow(drop-table) it was never used
-- It had no rows either.
DROP TABLE users;
DROP TABLE /* remold: allow(drop-table) neither was this */ posts;

-- case: clean -- the whole file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 0001.sql
-- remold: allow-file(drop-table) they were never used
DROP TABLE users;
DROP TABLE posts;

-- case: clean -- a range
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 0001.sql
-- remold: allow-start(drop-table) they were never used
DROP TABLE users;
DROP TABLE posts;
-- remold: allow-end(drop-table)
CREATE TABLE users (id INTEGER PRIMARY KEY);
