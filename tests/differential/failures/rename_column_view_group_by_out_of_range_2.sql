-- SQLite says: error in view u: 1st GROUP BY term out of range - should be between 1 and 1
CREATE TABLE t (a );
CREATE VIEW [u] AS SELECT * FROM t GROUP BY -7 ;
alter TABLE t RENAME a/* ( */TO d
;
