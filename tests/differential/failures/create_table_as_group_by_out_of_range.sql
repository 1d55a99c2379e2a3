-- SQLite says: 1st GROUP BY term out of range - should be between 1 and 1
CREATE TABLE t AS SELECT 'text' GROUP BY 7
;
