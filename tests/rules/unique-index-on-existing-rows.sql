-- case: flagged -- one column
-- rows: INSERT INTO users (email) VALUES ('a'), ('a')
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, Email TEXT);
-- file: 0001.sql
CREATE UNIQUE INDEX users_email ON users (email);

-- case: flagged -- two columns, one of them never NULL, in the eyes of a collation
-- rows: INSERT INTO users (email, team) VALUES ('a', 1), ('A', 1)
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, team INTEGER NOT NULL);
-- file: 0001.sql
CREATE UNIQUE INDEX IF NOT EXISTS users_email ON users (team, email COLLATE NOCASE);

-- case: flagged -- an expression and a condition
-- rows: INSERT INTO users (email) VALUES ('a'), ('A')
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, gone INTEGER);
-- file: 0001.sql
CREATE UNIQUE INDEX users_email ON users (lower(email)) WHERE gone IS NULL;

-- case: flagged -- a new column that has been filled
-- rows: INSERT INTO users (email) VALUES ('a'), ('b')
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN code TEXT;
UPDATE users SET code = 'new';
CREATE UNIQUE INDEX users_code ON users (code);

-- case: flagged -- a new column with a default
-- rows: INSERT INTO users (email) VALUES ('a'), ('b')
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN code TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX users_code ON users (code);

-- case: flagged -- a rebuilt table that had no such index
-- rows: INSERT INTO users (email) VALUES ('a'), ('a')
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
INSERT INTO new_users SELECT id, email FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE UNIQUE INDEX users_email ON users (email);

-- case: clean -- a table that is new
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email);

-- case: clean -- duplicates are taken out before
-- rows: INSERT INTO users (email) VALUES ('a'), ('a')
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0001.sql
DELETE FROM users WHERE id NOT IN (SELECT min(id) FROM users GROUP BY email);
CREATE UNIQUE INDEX users_email ON users (email);

-- case: clean -- a key that is there keeps them out
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, team INTEGER);
-- file: 0001.sql
CREATE UNIQUE INDEX users_team_email ON users (team, email);
CREATE UNIQUE INDEX users_id_team ON users (id, team);

-- case: clean -- an index that is made anew
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
-- file: 0001.sql
DROP INDEX users_email;
CREATE UNIQUE INDEX users_by_email ON users (email DESC);

-- case: clean -- the index of a rebuilt table
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
INSERT INTO new_users SELECT id, email FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE UNIQUE INDEX users_email ON users (email);

-- case: clean -- a new column that is empty in every row
-- rows: INSERT INTO users (email) VALUES ('a'), ('b')
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN code TEXT;
CREATE UNIQUE INDEX users_code ON users (code);

-- case: clean -- an index that lets equal rows in
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0001.sql
CREATE INDEX users_email ON users (email);

-- case: clean -- equal names were made different before
-- schema:
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
WITH twice AS (SELECT name FROM tags GROUP BY name HAVING count(*) > 1)
UPDATE tags SET name = name || '_' || id WHERE name IN (SELECT name FROM twice);
CREATE UNIQUE INDEX tags_name ON tags (name);

-- case: flagged -- all rows got a value that may be equal
-- rows: INSERT INTO tags (name) VALUES ('a'), ('A')
-- schema:
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT, slug TEXT);
-- file: 0001.sql
UPDATE tags SET slug = lower(name);
CREATE UNIQUE INDEX tags_slug ON tags (slug);

-- case: clean -- the table is dropped and made anew
-- schema:
CREATE TABLE credential (subject TEXT, issuer TEXT);
-- file: 0001.sql
DROP TABLE credential;
CREATE TABLE credential (subject TEXT NOT NULL, issuer TEXT NOT NULL);
CREATE UNIQUE INDEX credential_issuer ON credential (issuer, subject);
