-- case: flagged -- a column that never comes
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002.sql
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email TEXT, name TEXT);

-- case: flagged -- another type, another constraint, another order
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);
-- file: 0002.sql
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email BLOB);
CREATE TABLE IF NOT EXISTS posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tags (id INTEGER PRIMARY KEY, name TEXT, CHECK (name <> ''));
CREATE TABLE IF NOT EXISTS notes (body TEXT, id INTEGER PRIMARY KEY);

-- case: flagged -- a column more than is meant
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users ADD COLUMN name TEXT;
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email TEXT);

-- case: flagged -- the index of that name is on another table, not unique, or on something else
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, email TEXT);
CREATE INDEX by_email ON users (email);
CREATE INDEX by_name ON users (name);
CREATE INDEX IF NOT EXISTS by_email ON posts (email);
CREATE UNIQUE INDEX IF NOT EXISTS by_email ON users (email);
CREATE INDEX IF NOT EXISTS by_name ON users (name, email);
CREATE INDEX IF NOT EXISTS by_name ON users (name) WHERE name IS NOT NULL;

-- case: flagged -- a view bears the name
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIEW people AS SELECT id FROM users;
CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY);

-- case: flagged -- a virtual table with other arguments
CREATE VIRTUAL TABLE notes USING fts5 (body);
CREATE VIRTUAL TABLE IF NOT EXISTS notes USING fts5 (title, body);
CREATE TABLE IF NOT EXISTS notes (body TEXT);

-- case: clean -- the same, spelt otherwise
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE INDEX by_email ON users (email);
CREATE TABLE IF NOT EXISTS main.Users (id integer primary key, "email" text);
CREATE INDEX IF NOT EXISTS By_Email ON "users" (email);

-- case: clean -- what was added is in the definition
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN email TEXT;
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email TEXT);

-- case: clean -- nothing bears the name, or it was dropped before
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
DROP TABLE IF EXISTS users;
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email TEXT);
CREATE INDEX IF NOT EXISTS users_email ON users (email);
DROP INDEX IF EXISTS users_email;
CREATE INDEX IF NOT EXISTS users_email ON users (email, id);

-- case: clean -- nobody knows what was there before
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TEMP TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
