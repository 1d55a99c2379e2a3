-- case: flagged -- a file that runs at every start
-- runs: again
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
ALTER TABLE users ADD COLUMN email TEXT;
ALTER TABLE users ADD COLUMN "display name" TEXT;

-- case: flagged -- the runner's transaction makes no ledger
-- runs: again
-- transaction: file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users ADD email TEXT;

-- case: flagged -- a table that the files never made
-- not run: the table is not there
-- runs: again
ALTER TABLE main.assets ADD COLUMN blob_data BLOB;

-- case: clean -- a ledger records the file, so it runs once
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN email TEXT;

-- case: clean -- the column comes with the table
-- runs: again
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email TEXT);

-- case: clean -- other statements run twice
-- runs: again
CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
CREATE INDEX IF NOT EXISTS users_id ON users (id);
