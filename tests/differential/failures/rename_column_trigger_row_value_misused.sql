-- SQLite says: error in trigger BEFORE: row value misused
CREATE TABLE t (a );
CREATE TRIGGER BEFORE DELETE ON t BEGIN UPDATE T SET a = OLD ( ) = (2.5, 2) ; END;
ALTER TABLE t RENAME a TO d
;
