-- case: flagged -- a column that is not there
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
UPDATE users SET nickname = name;

-- case: flagged -- another number of values
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users (id) VALUES (1, 'x');

-- case: flagged -- a row that its own table refuses
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO users (id, name) VALUES (1, NULL);

-- case: flagged -- a savepoint that is not there
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY);
SAVEPOINT here;
RELEASE there;

-- case: flagged -- something to reindex that is not there
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY);
REINDEX teams;

-- case: clean -- what a rule has said already
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
CREATE INDEX users_email ON users (email);

-- case: clean -- a function, a collation and a string in double quotes, which the application knows
-- not run: the function and the collation are the application's
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT COLLATE by_nature, kind TEXT DEFAULT "user");
CREATE INDEX users_name ON users (soundalike(name));
INSERT INTO users (name) VALUES (normal('x'));
CREATE VIEW named AS SELECT * FROM users WHERE kind = "user";

-- case: clean -- a module that the application loads
-- not run: the module is the application's
CREATE VIRTUAL TABLE places USING spatial_of_ours (at);
INSERT INTO places VALUES (1);

-- case: clean -- a table of which nothing is known
-- not run: the table is elsewhere
UPDATE users SET nickname = name;
CREATE INDEX users_name ON users (name);

-- case: clean -- other databases are out of reach
-- not run: the folder is not there
ATTACH 'no/such/folder/other.db' AS other;
CREATE TABLE other.users (id INTEGER PRIMARY KEY);
VACUUM INTO 'no/such/folder/copy.db';
PRAGMA temp_store_directory = 'no/such/folder';

-- case: clean -- what remold does itself
-- runner: remold
PRAGMA journal_mode = WAL;
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- values that somebody binds
-- schema:
CREATE TABLE settings (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- file: 0001.sql
-- not run: nothing binds a value here
INSERT INTO settings (name) VALUES (?1);
