-- SQLite says: error in view u: 1st GROUP BY term out of range - should be between 1 and 1
CREATE TABLE t (t );
CREATE VIEW `u` AS SELECT * FROM t GROUP BY 1 IS NULL;
ALTER TABLE t RENAME T TO "Case"
;
