-- case: flagged -- UNIQUE
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN email TEXT UNIQUE;
ALTER TABLE users ADD COLUMN "nick name" TEXT CONSTRAINT once UNIQUE ON CONFLICT IGNORE;

-- case: flagged -- PRIMARY KEY
CREATE TABLE users (email TEXT);
ALTER TABLE users ADD COLUMN id INTEGER PRIMARY KEY AUTOINCREMENT;

-- case: flagged -- a table that the files never made
-- not run: the table is not there
ALTER TABLE users ADD COLUMN email TEXT DEFAULT '' UNIQUE NOT NULL;

-- case: clean -- an index of its own
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN email TEXT;
CREATE UNIQUE INDEX users_email ON users (email);

-- case: clean -- with the table
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE);

-- case: clean -- only the name
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN "UNIQUE" TEXT DEFAULT 'PRIMARY KEY';
