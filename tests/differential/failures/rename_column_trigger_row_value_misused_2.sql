-- SQLite says: error in trigger AFTER: row value misused
CREATE TABLE t (a );
CREATE TRIGGER AFTER DELETE ON t BEGIN UPDATE t SET "a" = ( 1) = ( a, 2) ; END;
ALTER TABLE t ADD b ;
ALTER TABLE t RENAME b TO "old"
;
