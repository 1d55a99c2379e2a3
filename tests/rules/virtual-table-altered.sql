-- case: flagged -- another column
CREATE VIRTUAL TABLE notes USING fts5 (text);
ALTER TABLE notes ADD COLUMN title TEXT;

-- case: flagged -- another name for a column
-- schema:
CREATE VIRTUAL TABLE notes USING fts5 (text);
-- file: 0001.sql
ALTER TABLE Notes RENAME COLUMN text TO body;

-- case: flagged -- a column less
-- schema:
CREATE VIRTUAL TABLE places USING rtree (id, low, high);
-- file: 0001.sql
ALTER TABLE places DROP COLUMN high;

-- case: flagged -- a constraint
CREATE VIRTUAL TABLE notes USING fts5 (text);
ALTER TABLE notes ALTER COLUMN text SET NOT NULL;

-- case: clean -- another name
CREATE VIRTUAL TABLE notes USING fts5 (text);
ALTER TABLE notes RENAME TO memos;

-- case: clean -- made anew
-- schema:
CREATE VIRTUAL TABLE notes USING fts5 (text);
-- file: 0001.sql
CREATE VIRTUAL TABLE new_notes USING fts5 (text, title);
INSERT INTO new_notes (rowid, text) SELECT rowid, text FROM notes;
DROP TABLE notes;
ALTER TABLE new_notes RENAME TO notes;

-- case: clean -- an ordinary table
CREATE TABLE notes (text TEXT);
ALTER TABLE notes ADD COLUMN title TEXT;
ALTER TABLE notes DROP COLUMN title;
