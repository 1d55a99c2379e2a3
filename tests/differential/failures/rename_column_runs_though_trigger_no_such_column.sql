-- SQLite runs it all.
CREATE TABLE t ( b ) ;
CREATE TRIGGER AFTER UPDATE ON t BEGIN SELECT ( (SELECT "two words" GROUP BY (rowid ))) FROM t ; END ;
ALTER TABLE t RENAME "b" TO d
;
