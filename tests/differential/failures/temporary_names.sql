-- A temporary table hides no index, and what is not temporary belongs to none.
CREATE TEMP TABLE T (a INTEGER);
CREATE TABLE u (a INTEGER);
CREATE INDEX t ON u (a);
DROP INDEX t;
CREATE TEMP TABLE c (a INTEGER REFERENCES u);
ALTER TABLE u RENAME TO w;
