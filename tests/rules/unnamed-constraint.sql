-- case: flagged -- checks
CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER CHECK (age > 0), name TEXT, CHECK (name <> ''));

-- case: flagged -- a foreign key of the table
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, team INTEGER, FOREIGN KEY (team) REFERENCES teams (id));

-- case: flagged -- a new check, and a new column with one
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER);
-- file: 0001.sql
ALTER TABLE users ADD CHECK (age > 0);
ALTER TABLE users ADD COLUMN name TEXT CHECK (name <> '');

-- case: clean -- names
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    age INTEGER CONSTRAINT users_age CHECK (age > 0),
    team INTEGER,
    CONSTRAINT users_team FOREIGN KEY (team) REFERENCES teams (id)
);

-- case: clean -- what no version drops by its name
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE, age INTEGER NOT NULL, UNIQUE (name, age));

-- case: clean -- a key of one column, written short
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, team INTEGER REFERENCES teams (id));

-- case: clean -- a version that drops no constraint
-- sqlite: 3.45.0
CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER CHECK (age > 0));

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER CHECK (age > 0), team INTEGER, FOREIGN KEY (team) REFERENCES teams (id));
-- file: 0001.sql
CREATE TABLE new_users (
    id INTEGER PRIMARY KEY,
    age INTEGER CHECK (age > 0),
    team INTEGER,
    name TEXT,
    FOREIGN KEY (team) REFERENCES teams (id)
);
INSERT INTO new_users (id, age, team) SELECT id, age, team FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
