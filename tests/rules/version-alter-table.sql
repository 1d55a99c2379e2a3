-- case: flagged -- RENAME COLUMN came with 3.25
-- engine: 3.24.0
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users RENAME COLUMN email TO mail;
ALTER TABLE users RENAME mail TO email;

-- case: flagged -- DROP COLUMN came with 3.35
-- engine: 3.34.1
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users DROP COLUMN email;

-- case: flagged -- and was sound from 3.35.5 on
-- engine: 3.35.4
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users DROP email;

-- case: flagged -- constraints came with 3.53
-- engine: 3.51.1
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users ADD CONSTRAINT filled CHECK (email <> '');
ALTER TABLE users DROP CONSTRAINT filled;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users ALTER email DROP NOT NULL;
ALTER TABLE users ADD CHECK (id > 0);

-- case: flagged -- the oldest reader executes where no engine is named
-- sqlite: 3.31.0..
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users DROP COLUMN email;

-- case: flagged -- a foreign key only since 3.54
-- engine: 3.53.0
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, team INTEGER CONSTRAINT one REFERENCES teams, CONSTRAINT two FOREIGN KEY (team) REFERENCES teams (id));
ALTER TABLE users DROP CONSTRAINT one;
ALTER TABLE users DROP CONSTRAINT two;

-- case: flagged -- the rowid's names are closed since 3.54
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN rowid TEXT;
CREATE TABLE old (id INTEGER PRIMARY KEY, "OID" TEXT);
ALTER TABLE old DROP COLUMN oid;

-- case: clean -- each in its version
-- engine: 3.54.1
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, nick TEXT, CONSTRAINT one FOREIGN KEY (id) REFERENCES teams);
ALTER TABLE users RENAME COLUMN email TO mail;
ALTER TABLE users DROP COLUMN nick;
ALTER TABLE users ADD CONSTRAINT filled CHECK (mail <> '');
ALTER TABLE users DROP CONSTRAINT filled;
ALTER TABLE users DROP CONSTRAINT one;

-- case: clean -- an old reader does not execute the file
-- sqlite: 3.31.0..
-- engine: 3.54.1
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users DROP COLUMN email;

-- case: clean -- ADD COLUMN and RENAME TO are as old as anything
-- engine: 3.7.17
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN email TEXT;
ALTER TABLE users RENAME TO people;

-- case: clean -- a table without a rowid has no such names
CREATE TABLE users (id INTEGER PRIMARY KEY) WITHOUT ROWID;
ALTER TABLE users ADD COLUMN rowid TEXT;
ALTER TABLE users DROP COLUMN rowid;
