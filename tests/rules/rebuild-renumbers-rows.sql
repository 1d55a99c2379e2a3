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

-- case: flagged -- triggers keep the number in a full-text table that has its own text
-- schema:
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE notes_text USING fts5(body);
CREATE TRIGGER notes_added AFTER INSERT ON notes BEGIN
  INSERT INTO notes_text (rowid, body) VALUES (new.rowid, new.body);
END;
-- file: 0001.sql
CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO new_notes (key, body) SELECT key, body FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;

-- case: flagged -- triggers keep the number in an R*Tree, and change it there
-- schema:
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT, x REAL);
CREATE VIRTUAL TABLE places USING rtree (id, low, high);
CREATE TRIGGER notes_gone AFTER DELETE ON notes BEGIN DELETE FROM places WHERE id = old.rowid; END;
-- file: 0001.sql
CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO new_notes (key, body) SELECT key, body FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;

-- case: flagged -- a view joins by the number
-- schema:
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
CREATE TABLE likes (note INTEGER, liker TEXT);
CREATE VIEW found AS SELECT n.body, l.liker FROM notes AS n JOIN likes AS l ON l.note = n.rowid;
-- file: 0001.sql
DROP VIEW found;
CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO new_notes (key, body) SELECT key, body FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;

-- case: flagged -- a view asks whether the number is there
-- schema:
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
CREATE TABLE likes (note INTEGER, liker TEXT);
CREATE VIEW found AS SELECT body FROM notes WHERE notes.oid IN (SELECT note FROM likes);
-- file: 0001.sql
DROP VIEW found;
CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO new_notes (key, body) SELECT key, body FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;

-- case: clean -- what is said of the number is said within the table
-- schema:
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
CREATE TABLE likes (note TEXT, liker TEXT);
CREATE VIEW found AS SELECT n.rowid, n.body FROM notes AS n JOIN likes AS l ON l.note = n.key
  WHERE n.rowid = (SELECT max(rowid) FROM notes) ORDER BY n.rowid;
CREATE TRIGGER notes_trimmed AFTER INSERT ON notes BEGIN
  UPDATE notes SET body = trim(body) WHERE rowid = new.rowid;
  INSERT INTO likes VALUES (new.key, 'author');
END;
-- file: 0001.sql
DROP VIEW found;
CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO new_notes (key, body) SELECT key, body FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;

-- case: clean -- who knows the number is filled anew
-- schema:
CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE notes_text USING fts5(body);
CREATE TRIGGER notes_added AFTER INSERT ON notes BEGIN
  INSERT INTO notes_text (rowid, body) VALUES (new.rowid, new.body);
END;
-- file: 0001.sql
CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
INSERT INTO new_notes (key, body) SELECT key, body FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;
DELETE FROM notes_text;
INSERT INTO notes_text (rowid, body) SELECT rowid, body FROM notes;
