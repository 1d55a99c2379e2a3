-- case: flagged -- the table's own parts
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, age INT, size INT, half AS (size / 2), team INT, CHECK (age > 0), FOREIGN KEY (team) REFERENCES teams (id));
ALTER TABLE users DROP COLUMN id;
ALTER TABLE users DROP COLUMN email;
ALTER TABLE users DROP COLUMN age;
ALTER TABLE users DROP COLUMN size;
ALTER TABLE users DROP COLUMN team;
ALTER TABLE teams DROP COLUMN id;

-- case: flagged -- indexes
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, nick TEXT, age INT);
CREATE INDEX users_email ON users (email);
CREATE INDEX users_nick ON users (lower(nick), email);
CREATE INDEX users_grown ON users (nick) WHERE age > 18;
ALTER TABLE users DROP COLUMN email;
ALTER TABLE users DROP COLUMN age;

-- case: flagged -- views and triggers
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, nick TEXT);
CREATE VIEW emails AS SELECT u.email FROM users AS u;
CREATE TRIGGER changed AFTER UPDATE ON users WHEN new.nick <> old.nick BEGIN SELECT 1; END;
ALTER TABLE users DROP COLUMN email;
ALTER TABLE users DROP COLUMN nick;

-- case: flagged -- a trigger that SQLite does not look into
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
CREATE TRIGGER logged AFTER INSERT ON users BEGIN INSERT INTO log (note) VALUES ('new'); END;
ALTER TABLE log DROP COLUMN note;

-- case: flagged -- the last column
CREATE TABLE users (email TEXT);
ALTER TABLE users DROP COLUMN email;

-- case: clean -- its own CHECK and REFERENCES go with it
CREATE TABLE teams (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, age INT CHECK (age > 0), team INT REFERENCES teams, twice AS (id * 2));
ALTER TABLE users DROP COLUMN age;
ALTER TABLE users DROP COLUMN team;
ALTER TABLE users DROP COLUMN twice;

-- case: clean -- others with the same name
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE lists (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
CREATE INDEX lists_email ON lists (email);
CREATE VIEW emails AS SELECT email FROM lists;
ALTER TABLE users DROP COLUMN email;

-- case: clean -- what named it has gone
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE INDEX users_email ON users (email);
DROP INDEX users_email;
ALTER TABLE users DROP COLUMN email;

-- case: clean -- a star names no column
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE VIEW everything AS SELECT * FROM users;
ALTER TABLE users DROP COLUMN email;
