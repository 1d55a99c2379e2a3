-- case: flagged -- a time
CREATE TABLE users (id INTEGER PRIMARY KEY, at TEXT DEFAULT 'CURRENT_TIMESTAMP', day TEXT DEFAULT ('current_date'));

-- case: flagged -- true and false
CREATE TABLE users (id INTEGER PRIMARY KEY, active BOOLEAN NOT NULL DEFAULT 'true', old INTEGER DEFAULT 'FALSE');

-- case: flagged -- NULL
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT DEFAULT 'null', age INTEGER NOT NULL DEFAULT 'NULL');

-- case: flagged -- other quotes are strings as well
CREATE TABLE users (id INTEGER PRIMARY KEY, at TEXT DEFAULT "CURRENT_TIMESTAMP", age INTEGER DEFAULT [null]);

-- case: flagged -- a new column
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN at TEXT DEFAULT 'CURRENT_TIMESTAMP';
ALTER TABLE users ADD COLUMN active BOOLEAN DEFAULT 'false';

-- case: clean -- words
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    at TEXT DEFAULT CURRENT_TIMESTAMP,
    active BOOLEAN DEFAULT TRUE,
    name TEXT DEFAULT NULL
);

-- case: clean -- texts that may be meant
CREATE TABLE settings (
    id INTEGER PRIMARY KEY,
    value TEXT DEFAULT 'false',
    document JSON DEFAULT 'null',
    note TEXT DEFAULT 'null and void'
);

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, active BOOLEAN DEFAULT 'true');
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, active BOOLEAN DEFAULT 'true', name TEXT);
INSERT INTO new_users (id, active) SELECT id, active FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
