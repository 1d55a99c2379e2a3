-- case: flagged -- the full-text table has no text of its own
-- schema:
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE notes_text USING fts5(body, content = 'notes');
-- file: 0001.sql
CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO new_notes (key, body) SELECT key, body FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;

-- case: flagged -- every column copied by *, which leaves the number out
-- schema:
CREATE TABLE notes (body TEXT);
CREATE VIRTUAL TABLE notes_text USING fts5(body, content=notes, content_rowid=rowid);
-- file: 0001.sql
CREATE TABLE __new_notes (body TEXT NOT NULL);
INSERT INTO __new_notes SELECT * FROM notes;
DROP TABLE notes;
ALTER TABLE __new_notes RENAME TO notes;

-- case: flagged -- FTS4, and the old table renamed first
-- schema:
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE notes_text USING fts4(body, content="notes");
-- file: 0001.sql
ALTER TABLE notes RENAME TO notes_old;
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO notes (key, body) SELECT key, body FROM notes_old;
DROP TABLE notes_old;

-- case: clean -- the number is copied
-- schema:
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE notes_text USING fts5(body, content = 'notes');
-- file: 0001.sql
CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO new_notes (rowid, key, body) SELECT rowid, key, body FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;

-- case: clean -- the key is the number
-- schema:
CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE notes_text USING fts5(body, content = 'notes', content_rowid = 'id');
-- file: 0001.sql
CREATE TABLE new_notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO new_notes (id, body) SELECT id, body FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;

-- case: clean -- nobody in the schema uses the number
-- schema:
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE other_text USING fts5(body);
-- file: 0001.sql
CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO new_notes (key, body) SELECT key, body FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;

-- case: clean -- the full-text table is filled anew
-- schema:
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE notes_text USING fts5(body, content = 'notes');
-- file: 0001.sql
CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO new_notes (key, body) SELECT key, body FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;
INSERT INTO notes_text (notes_text) VALUES ('rebuild');
