-- case: flagged -- what stays in the schema must be read
-- sqlite: 3.30.0..
-- engine: 3.54.1
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, lower_email TEXT AS (lower(email)));
CREATE TABLE settings (key TEXT, value ANY) STRICT;
CREATE INDEX settings_size ON settings (value ->> '$.size');
CREATE VIEW pairs AS SELECT * FROM users RIGHT JOIN settings ON key = email;
ALTER TABLE settings ADD COLUMN size INTEGER AS (length(value));

-- case: flagged -- what is executed must be known to the engine
-- engine: 3.22.0
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
INSERT INTO users (id) VALUES (1) ON CONFLICT DO NOTHING;
INSERT INTO users (id) VALUES (2) RETURNING id;
UPDATE users SET email = other.email FROM users AS other WHERE other.id = users.id;
SELECT count(*) FILTER (WHERE id > 1_000) FROM users ORDER BY email NULLS LAST;
SELECT row_number() OVER (ORDER BY id) FROM users;
VACUUM INTO 'copy.db';
REINDEX EXPRESSIONS;

-- case: flagged -- inside a trigger
-- sqlite: 3.22.0..
-- engine: 3.40.0
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TRIGGER count AFTER INSERT ON users BEGIN
  INSERT INTO users (id) VALUES (new.id) ON CONFLICT (id) DO UPDATE SET email = 'x';
END;

-- case: clean -- known to all
-- sqlite: 3.39.0..
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, lower_email TEXT AS (lower(email))) STRICT;
INSERT INTO users (id) VALUES (1) ON CONFLICT DO NOTHING;
CREATE VIEW pairs AS SELECT * FROM users AS a RIGHT JOIN users AS b ON a.id = b.id;

-- case: clean -- an old reader never sees what is executed once
-- sqlite: 3.31.0..
-- engine: 3.54.1
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
INSERT INTO users (id) VALUES (1) RETURNING id;
CREATE TEMP TABLE scratch (id INTEGER) STRICT;
CREATE TABLE copy AS SELECT email ->> '$.a' AS a FROM users;

-- case: clean -- the words as names
-- sqlite: 3.8.0..
CREATE TABLE strict (filter TEXT, over TEXT, "materialized" TEXT);
INSERT INTO strict (filter) VALUES ('a RIGHT JOIN b ON CONFLICT DO NOTHING');

-- case: clean -- actions of ALTER TABLE are another rule's
-- engine: 3.20.0
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users DROP COLUMN email;

-- case: flagged -- a PRAGMA that an older SQLite ignores
-- sqlite: 3.7.17..
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
PRAGMA defer_foreign_keys = ON;

-- case: flagged -- names that an older SQLite takes for something else
-- sqlite: 3.15.0..
-- engine: 3.40.0
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE VIEW columns AS SELECT name FROM pragma_table_info('users');
