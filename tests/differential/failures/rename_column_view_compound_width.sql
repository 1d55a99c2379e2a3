-- SQLite says: error in view q"q: SELECTs to the left and right of UNION do not have the same number of result columns
CREATE TABLE `t` (b , "Case" );
CREATE VIEW `q"q` AS SELECT * FROM (json_each ) UNION SELECT b FROM t;
ALTER TABLE "t" RENAME "Case" TO c
;
