-- case: flagged -- every table has a key
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
VACUUM;

-- case: flagged -- tables whose rowids are loose
-- schema:
CREATE TABLE notes (text TEXT);
CREATE TABLE tags (name TEXT PRIMARY KEY);
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
VACUUM main;

-- case: flagged -- more of them than one can read
CREATE TABLE a (x);
CREATE TABLE b (x);
CREATE TABLE c (x);
CREATE TABLE d (x);
CREATE TABLE e (x);
CREATE TABLE f (x);
VACUUM;

-- case: clean -- a copy
-- not run: the folder is not there
VACUUM INTO 'no/such/folder/copy.db';

-- case: clean -- what it is refused for is another matter
-- transaction: file
-- not run: it is refused
CREATE TABLE users (id INTEGER PRIMARY KEY);
VACUUM;

-- case: clean -- pages that go without it
PRAGMA auto_vacuum = INCREMENTAL;
CREATE TABLE users (id INTEGER PRIMARY KEY);
PRAGMA incremental_vacuum;

-- case: flagged -- a database with many rows
-- counts: users 2000000, posts 12
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
-- file: 0001.sql
VACUUM;

-- case: flagged -- a database with few rows
-- counts: users 120, posts 12
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
-- file: 0001.sql
VACUUM;
