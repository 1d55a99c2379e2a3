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

-- case: flagged -- a key that replaces by itself
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
CREATE TABLE teams (name TEXT, area TEXT, note TEXT, UNIQUE (name, area) ON CONFLICT REPLACE);
CREATE TABLE members (id INTEGER PRIMARY KEY, team TEXT, area TEXT, FOREIGN KEY (team, area) REFERENCES teams (name, area) ON DELETE SET NULL);
-- file: 0002.sql
INSERT INTO users VALUES (1, 'Ada');
INSERT INTO users (id, name) VALUES (1, 'Ada');
UPDATE users SET id = 2 WHERE id = 1;
INSERT INTO teams VALUES ('a', 'b', NULL);
UPDATE teams SET area = 'b';

-- case: clean -- what gives no such key a value, or says otherwise
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
-- file: 0002.sql
INSERT INTO users (name) VALUES ('Ada');
UPDATE users SET name = 'Ada';
INSERT OR IGNORE INTO users VALUES (1, 'Ada');
INSERT INTO users VALUES (1, 'Ada') ON CONFLICT (id) DO UPDATE SET name = excluded.name;
DELETE FROM users;

-- case: flagged -- where such a key and its children are made
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE ON CONFLICT REPLACE);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
CREATE TABLE likes (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
CREATE TABLE nodes (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, parent INTEGER REFERENCES nodes ON DELETE CASCADE);

-- case: clean -- such a key without children, and NOT NULL, which deletes nothing
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL ON CONFLICT REPLACE DEFAULT '');
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users ON DELETE CASCADE);
CREATE TABLE settings (name TEXT PRIMARY KEY ON CONFLICT REPLACE, value TEXT);

-- case: flagged -- with how many rows the children have
-- foreign keys: on
-- counts: users 120, posts 18402
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
CREATE TABLE logs (id INTEGER PRIMARY KEY, actor INTEGER REFERENCES users (id) ON DELETE SET NULL);
-- file: 0001.sql
REPLACE INTO users VALUES (1, 'Ada');
