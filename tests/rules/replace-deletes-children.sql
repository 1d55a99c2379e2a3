-- case: flagged -- the children, and theirs
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER, FOREIGN KEY (post) REFERENCES posts (id) ON DELETE CASCADE);
CREATE TABLE logs (id INTEGER PRIMARY KEY, actor INTEGER REFERENCES users ON DELETE SET NULL);
-- file: 0002.sql
REPLACE INTO users VALUES (1, 'Ada');
INSERT OR REPLACE INTO users (id, name) SELECT id, upper(name) FROM users;
UPDATE OR REPLACE users SET id = 2 WHERE id = 1;
REPLACE INTO posts VALUES (1, 1);

-- case: flagged -- children that forget their parent
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE logs (id INTEGER PRIMARY KEY, actor INTEGER DEFAULT 0 REFERENCES users ON DELETE SET DEFAULT);
-- file: 0002.sql
INSERT OR REPLACE INTO main.users VALUES (1, 'Ada');

-- case: flagged -- in a trigger, which fires in the application
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT);
CREATE TRIGGER names_copy AFTER UPDATE ON names BEGIN
  INSERT OR REPLACE INTO users VALUES (new.id, new.name);
END;

-- case: flagged -- switched on by the file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES users (id) ON DELETE CASCADE);
-- file: 0002.sql
PRAGMA foreign_keys = ON;
REPLACE INTO users VALUES (1, NULL);

-- case: clean -- foreign keys are off
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
-- file: 0002.sql
REPLACE INTO users VALUES (1, 'Ada');

-- case: clean -- nobody follows
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users);
-- file: 0002.sql
REPLACE INTO users VALUES (1, 'Ada');
REPLACE INTO posts VALUES (1, 1);

-- case: clean -- the children have no rows yet
-- foreign keys: on
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
REPLACE INTO users VALUES (1, 'Ada');

-- case: clean -- an upsert, and what leaves the old row
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
-- file: 0002.sql
INSERT OR IGNORE INTO users VALUES (1, 'Ada');
INSERT INTO users VALUES (1, 'Ada') ON CONFLICT (id) DO UPDATE SET name = excluded.name;
