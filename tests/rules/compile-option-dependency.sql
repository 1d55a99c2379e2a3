-- case: flagged -- ORDER BY and LIMIT where SQLite as it comes has none
CREATE TABLE logs (id INTEGER PRIMARY KEY, line TEXT);
DELETE FROM logs WHERE line = '' LIMIT 10;
UPDATE logs SET line = '' ORDER BY id limit 10;
DELETE FROM logs Order By id;

-- case: flagged -- functions that are an option
CREATE TABLE points (x REAL, y REAL, r REAL AS (sqrt(x * x + y * y)), CHECK (floor(x) > 0));
SELECT pow(x, 2), log10(y) FROM points;
CREATE VIEW sounds AS SELECT soundex(x) FROM points;
INSERT INTO points (x) SELECT median(x) FROM points;

-- case: flagged -- JSON was one before 3.38
-- sqlite: 3.35.0..
-- engine: 3.54.1
CREATE TABLE notes (body TEXT CHECK (json_valid(body)));
CREATE VIEW tags AS SELECT value FROM notes, json_each(body);
SELECT json_extract(body, '$.a') FROM notes;

-- case: flagged -- modules
CREATE VIRTUAL TABLE texts USING fts5 (body);
CREATE VIRTUAL TABLE places USING rtree (id, x0, x1);

-- case: clean -- in every build
CREATE TABLE logs (id INTEGER PRIMARY KEY, line TEXT DEFAULT (lower('A')) CHECK (json_valid(line)));
DELETE FROM logs WHERE id IN (SELECT id FROM logs ORDER BY id LIMIT 10);
SELECT abs(id), json_extract(line, '$.a') FROM logs ORDER BY id LIMIT 10;

-- case: clean -- JSON in a SQLite that has it
-- sqlite: 3.38.0..
CREATE TABLE notes (body TEXT CHECK (json_valid(body)));
SELECT value FROM notes, json_each(body);

-- case: clean -- too old to have it with any option
-- sqlite: 3.34.0..
-- engine: 3.54.1
CREATE TABLE points (x REAL DEFAULT (sqrt(4)));
