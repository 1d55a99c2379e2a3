-- case: flagged -- behind a rebuild
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE new_posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
INSERT INTO new_posts SELECT id, author FROM posts;
DROP TABLE posts;
ALTER TABLE new_posts RENAME TO posts;
PRAGMA foreign_key_check;
COMMIT;

-- case: flagged -- of one table, in one database
CREATE TABLE users (id INTEGER PRIMARY KEY);
PRAGMA foreign_key_check(users);
PRAGMA main.foreign_key_check = users;

-- case: flagged -- of the file
PRAGMA integrity_check;
PRAGMA quick_check(1);

-- case: clean -- a check that fails
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE violations (none INTEGER CHECK (none = 0));
INSERT INTO violations (none) SELECT 1 FROM pragma_foreign_key_check;
INSERT INTO violations (none) SELECT 1 FROM pragma_integrity_check WHERE integrity_check <> 'ok';

-- case: clean -- pragmas that do something
PRAGMA foreign_keys = ON;
PRAGMA optimize;

-- case: clean -- no pragma at all
CREATE TABLE foreign_key_check (id INTEGER PRIMARY KEY);
