-- SQLite stores: CREATE VIEW v AS WITH t AS (SELECT * FROM t), c AS (SELECT * FROM "u") SELECT 1
-- Of a common table that makes no sense and that nobody reads it says nothing, and takes all names behind
-- FROM in those that follow for tables. We do not know that the view mentions t: each is hidden by the WITH.
CREATE TABLE t (a);
CREATE VIEW v AS WITH t AS (SELECT * FROM t), c AS (SELECT * FROM t) SELECT 1;
ALTER TABLE t RENAME TO u;
