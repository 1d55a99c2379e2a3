-- case: flagged -- MySQL's table
-- quoting counts: in quotes the other database's words are names
CREATE TABLE users (id INTEGER PRIMARY KEY AUTO_INCREMENT, email TEXT);
CREATE TABLE teams (id INTEGER PRIMARY KEY) ENGINE = InnoDB;

-- case: flagged -- PostgreSQL's changes
-- quoting counts: in quotes the other database's words are names
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users ALTER COLUMN email TYPE TEXT;
TRUNCATE TABLE users;
CREATE INDEX CONCURRENTLY users_email ON users (email);
DROP TABLE users CASCADE;

-- case: flagged -- a query and rows
-- quoting counts: in quotes the other database's words are names
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
INSERT IGNORE INTO users VALUES (1, 'a');
INSERT INTO users (email) SELECT id::text FROM users;

-- case: clean -- words that SQLite takes for a type
CREATE TABLE users (id INT AUTO_INCREMENT, at TIMESTAMP WITH TIME ZONE, size BIGINT UNSIGNED);

-- case: clean -- the same words as names
CREATE TABLE "type" (engine TEXT, ignore TEXT, cascade TEXT, concurrently TEXT);
INSERT OR IGNORE INTO type (engine) VALUES ('x');
CREATE INDEX concurrently ON type (cascade);

-- case: clean -- a slip that no other database reads either
-- not run: unreadable-statement reports it
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT,);
