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
