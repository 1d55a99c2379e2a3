-- A column that was added refers to a table that is renamed later.
CREATE TABLE u (a INTEGER PRIMARY KEY);
CREATE TABLE things (a INTEGER);
ALTER TABLE things ADD COLUMN b INTEGER REFERENCES u;
ALTER TABLE u RENAME TO w;
ALTER TABLE w RENAME COLUMN a TO b;
