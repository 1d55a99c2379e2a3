-- case: flagged -- a unique index
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, team INTEGER);
-- file: 0001.sql
CREATE UNIQUE INDEX users_name ON users (name);
CREATE UNIQUE INDEX users_lower ON users (lower(name), team);

-- case: flagged -- NOT NULL and CHECK on a table that is there
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
-- file: 0001.sql
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
ALTER TABLE users ADD CONSTRAINT adult CHECK (age >= 18);
ALTER TABLE users ADD COLUMN born TEXT CHECK (born IS NULL OR age > 0);

-- case: flagged -- a rebuild
-- schema:
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER CHECK (age > 0), team INTEGER);
-- file: 0001.sql
CREATE TABLE new_users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    age INTEGER CHECK (age > 17),
    team INTEGER REFERENCES teams (id)
) STRICT;
INSERT INTO new_users SELECT id, name, age, team FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- another key
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER, name TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- the same constraints in a rebuild
-- schema:
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, age INTEGER CHECK (age > 0), team INTEGER REFERENCES teams);
-- file: 0001.sql
CREATE TABLE new_users (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    age INTEGER,
    team INTEGER,
    note TEXT CHECK (note <> '') UNIQUE,
    UNIQUE (name),
    UNIQUE (name, age),
    CHECK (age > 0),
    FOREIGN KEY (team) REFERENCES teams (id)
);
INSERT INTO new_users (id, name, age, team) SELECT id, name, age, team FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- columns that no old application writes
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN handle TEXT CHECK (handle <> '');
CREATE UNIQUE INDEX users_handle ON users (handle);
CREATE UNIQUE INDEX users_lower ON users (lower(handle));
CREATE UNIQUE INDEX users_named ON users (name) WHERE handle IS NOT NULL;
CREATE INDEX users_name ON users (name);
CREATE UNIQUE INDEX users_id ON users (id, name);

-- case: clean -- tables that come with the file
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (name <> '')) STRICT;
CREATE UNIQUE INDEX users_name ON users (name);

-- case: clean -- an index that is made anew
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE UNIQUE INDEX users_name ON users (name);
-- file: 0001.sql
DROP INDEX users_name;
CREATE UNIQUE INDEX users_by_name ON users (name);

-- case: clean -- a rebuilt table that refers to itself
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id));
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES new_users (id), name TEXT);
INSERT INTO new_users (id, boss) SELECT id, boss FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- a check that takes one value more
-- schema:
CREATE TABLE proof (id INTEGER PRIMARY KEY, state TEXT CHECK (state IN ('SPENT', 'PENDING')));
-- file: 0001.sql
CREATE TABLE proof_new (id INTEGER PRIMARY KEY, state TEXT CHECK ( "state" IN ('PENDING', 'SPENT', 'UNSPENT') ));
INSERT INTO proof_new (id, state) SELECT id, state FROM proof;
DROP TABLE proof;
ALTER TABLE proof_new RENAME TO proof;

-- case: flagged -- a check that takes another value instead
-- schema:
CREATE TABLE proof (id INTEGER PRIMARY KEY, state TEXT CHECK (state IN ('SPENT', 'PENDING')));
-- file: 0001.sql
CREATE TABLE proof_new (id INTEGER PRIMARY KEY, state TEXT CHECK (state IN ('SPENT', 'UNSPENT')));
INSERT INTO proof_new (id, state) SELECT id, state FROM proof;
DROP TABLE proof;
ALTER TABLE proof_new RENAME TO proof;

-- case: clean -- a unique index with one term more, of expressions
-- schema:
CREATE TABLE tracks (id INTEGER PRIMARY KEY, file TEXT, number INTEGER, source TEXT);
CREATE UNIQUE INDEX tracks_file ON tracks (ifnull(file, ''), number);
-- file: 0001.sql
DROP INDEX tracks_file;
CREATE UNIQUE INDEX tracks_file ON tracks (ifnull(file, ''), number, ifnull(source, ''));

-- case: flagged -- a unique index with one term less, of expressions
-- schema:
CREATE TABLE tracks (id INTEGER PRIMARY KEY, file TEXT, number INTEGER, source TEXT);
CREATE UNIQUE INDEX tracks_file ON tracks (ifnull(file, ''), number, ifnull(source, ''));
-- file: 0001.sql
DROP INDEX tracks_file;
CREATE UNIQUE INDEX tracks_file ON tracks (ifnull(file, ''), number);

-- case: clean -- a key that hardly anybody leaves NULL
-- schema:
CREATE TABLE journey (project TEXT PRIMARY KEY, context TEXT);
-- file: 0001.sql
CREATE TABLE journey_new (project TEXT PRIMARY KEY NOT NULL, context TEXT);
INSERT INTO journey_new (project, context) SELECT project, context FROM journey;
DROP TABLE journey;
ALTER TABLE journey_new RENAME TO journey;
