-- case: flagged -- a file with its own transaction beside one without
-- finds: steps-without-transaction, missing-existence-guard
-- file: 0001.sql
BEGIN IMMEDIATE;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
COMMIT;
-- file: 0002.sql
CREATE TABLE likes (id INTEGER PRIMARY KEY);
CREATE TABLE tags (id INTEGER PRIMARY KEY);

-- case: flagged -- what a transaction of the runner makes wrong
-- transaction: file
-- finds: foreign-keys-pragma-in-transaction, unbalanced-transaction
-- file: 0001.sql
PRAGMA foreign_keys = OFF;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0002.sql
BEGIN;
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
COMMIT;

-- case: clean -- the same file where the runner begins none
-- file: 0001.sql
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
COMMIT;
PRAGMA foreign_keys = ON;
