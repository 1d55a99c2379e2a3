-- SQLite says: error in view w: ambiguous reference to a in USING()
CREATE TABLE t (a );
CREATE VIEW 'w' AS SELECT TRUE FROM t FULL JOIN t NATURAL JOIN t ;
ALTER TABLE t RENAME TO "two words"
;
