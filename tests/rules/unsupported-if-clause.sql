-- case: flagged -- ADD COLUMN IF NOT EXISTS
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN IF NOT EXISTS email TEXT;

-- case: flagged -- DROP COLUMN and RENAME COLUMN IF EXISTS
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users RENAME COLUMN IF EXISTS email TO mail;
ALTER TABLE users DROP COLUMN IF EXISTS email;

-- case: flagged -- ALTER TABLE IF EXISTS
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE IF EXISTS users ADD COLUMN email TEXT;

-- case: flagged -- constraints
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD CONSTRAINT IF NOT EXISTS positive CHECK (id > 0);
ALTER TABLE users DROP CONSTRAINT if exists positive;

-- case: clean -- the clauses that SQLite has
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
CREATE INDEX IF NOT EXISTS users_id ON users (id);
DROP INDEX IF EXISTS users_id;
DROP TABLE IF EXISTS users;

-- case: clean -- a column may be called if
CREATE TABLE users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN if TEXT;
ALTER TABLE users DROP COLUMN if;

-- case: clean -- in words and in a string
CREATE TABLE users (id INTEGER PRIMARY KEY, note TEXT DEFAULT 'ADD COLUMN IF NOT EXISTS');
-- ALTER TABLE users ADD COLUMN IF NOT EXISTS email TEXT;
