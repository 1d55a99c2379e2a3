-- case: flagged -- a session outlives its user
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE sessions (token TEXT NOT NULL PRIMARY KEY, user_id INTEGER);

-- case: flagged -- other plurals
CREATE TABLE cities (id INTEGER PRIMARY KEY);
CREATE TABLE box (id INTEGER PRIMARY KEY);
CREATE TABLE visits (id INTEGER PRIMARY KEY, city_id INTEGER, Box_Id INTEGER);

-- case: flagged -- a new column
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE log (at TEXT NOT NULL PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE log ADD COLUMN user_id INTEGER;

-- case: clean -- a foreign key
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE sessions (token TEXT NOT NULL PRIMARY KEY, user_id INTEGER REFERENCES users (id));
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER, FOREIGN KEY (user_id) REFERENCES users);

-- case: clean -- no number comes again
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
CREATE TABLE teams (id TEXT NOT NULL PRIMARY KEY, name TEXT);
CREATE TABLE sessions (token TEXT NOT NULL PRIMARY KEY, user_id INTEGER, team_id TEXT);

-- case: clean -- nobody holds the id
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, parent_id INTEGER);

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE sessions (token TEXT NOT NULL PRIMARY KEY, user_id INTEGER);
-- file: 0001.sql
CREATE TABLE new_sessions (token TEXT NOT NULL PRIMARY KEY, user_id INTEGER, at TEXT);
INSERT INTO new_sessions (token, user_id) SELECT token, user_id FROM sessions;
DROP TABLE sessions;
ALTER TABLE new_sessions RENAME TO sessions;

-- case: clean -- an id that is text, and the table has a column of that name
CREATE TABLE events (ordering INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE);
CREATE TABLE traces (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE rejections (event_id TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE expiries (event_id PRIMARY KEY NOT NULL, at INTEGER NOT NULL);
CREATE TABLE annotations (id INTEGER PRIMARY KEY AUTOINCREMENT, trace_id VARCHAR, error VARCHAR);
