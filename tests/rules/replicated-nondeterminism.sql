-- case: flagged -- defaults
-- target: rqlite
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  token INTEGER DEFAULT (random()),
  salt BLOB DEFAULT (randomblob(16)),
  created TEXT DEFAULT CURRENT_TIMESTAMP,
  seen TEXT DEFAULT (strftime('%s', 'now', '-1 day')),
  changed INTEGER DEFAULT (unixepoch())
);

-- case: flagged -- triggers
-- target: rqlite
CREATE TABLE users (id INTEGER PRIMARY KEY, token INTEGER, changed TEXT);
CREATE TRIGGER stamp AFTER INSERT ON users BEGIN
  UPDATE users SET changed = datetime('now'), token = random() WHERE id = new.id;
END;

-- case: flagged -- rows by chance
-- target: rqlite
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, token INTEGER);
CREATE TABLE winners (id INTEGER PRIMARY KEY);
-- file: 0002.sql
UPDATE users SET token = random();
INSERT INTO winners SELECT id FROM users ORDER BY random() LIMIT 1;

-- case: clean -- SQLite itself, and a target that has one copy
-- target: d1
CREATE TABLE users (id INTEGER PRIMARY KEY, token INTEGER DEFAULT (random()), created TEXT DEFAULT CURRENT_TIMESTAMP);

-- case: clean -- the same everywhere
-- target: rqlite
CREATE TABLE users (id INTEGER PRIMARY KEY, born TEXT DEFAULT '2000-01-01', day TEXT DEFAULT (date('2000-01-01')), form TEXT DEFAULT (strftime('%s', '2000-01-01')));
CREATE TRIGGER stamp AFTER INSERT ON users BEGIN UPDATE users SET day = date(new.born) WHERE id = new.id; END;

-- case: clean -- what it replaces before it sends
-- target: rqlite
CREATE TABLE users (id INTEGER PRIMARY KEY, token INTEGER, created TEXT);
INSERT INTO users (token, created) VALUES (random(), datetime('now'));
SELECT id FROM users ORDER BY random();
