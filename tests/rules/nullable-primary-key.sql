-- case: flagged -- a key of one column
CREATE TABLE countries (code TEXT PRIMARY KEY, name TEXT);

-- case: flagged -- a key of two, one of which is NOT NULL
CREATE TABLE members (team INTEGER NOT NULL, user INTEGER, at, PRIMARY KEY (team, user));

-- case: flagged -- a key of two without a type
CREATE TABLE places (x, y, PRIMARY KEY (x, y));

-- case: flagged -- a key that is a foreign key as well
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE profiles (user INT PRIMARY KEY REFERENCES users (id), name TEXT);

-- case: flagged -- a rebuild that takes NOT NULL away
-- schema:
CREATE TABLE countries (code TEXT NOT NULL PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_countries (code TEXT PRIMARY KEY, name TEXT);
INSERT INTO new_countries SELECT code, name FROM countries;
DROP TABLE countries;
ALTER TABLE new_countries RENAME TO countries;

-- case: clean -- NOT NULL
CREATE TABLE countries (code TEXT NOT NULL PRIMARY KEY, name TEXT);
CREATE TABLE members (team INTEGER NOT NULL, user INTEGER NOT NULL, PRIMARY KEY (team, user));

-- case: clean -- keys that SQLite itself keeps NULL out of
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE countries (code TEXT PRIMARY KEY, name TEXT) STRICT;
CREATE TABLE members (team INTEGER, user INTEGER, PRIMARY KEY (team, user)) WITHOUT ROWID;

-- case: clean -- a whole number that SQLite does not number is another finding
CREATE TABLE users (id INT PRIMARY KEY);

-- case: clean -- a table for a while
CREATE TEMP TABLE countries (code TEXT PRIMARY KEY, name TEXT);

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE countries (code TEXT PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_countries (code TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_countries SELECT code, name FROM countries;
DROP TABLE countries;
ALTER TABLE new_countries RENAME TO countries;
