-- SQLite says: error in view u: table cte has 8 values for 1 columns
CREATE TABLE t ( b );
CREATE VIEW u AS SELECT (WITH cte (a ) AS (SELECT * FROM json_each ) SELECT s.a FROM ( cte) s ) ;
ALTER TABLE t RENAME b TO id
;
