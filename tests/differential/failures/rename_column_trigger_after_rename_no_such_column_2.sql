-- SQLite says: error in trigger BEFORE after rename: no such column: things.x"y
CREATE TABLE Mixed ("x""y" );
CREATE VIEW things AS SELECT "x""y" FROM (SELECT "x""y" ) ;
CREATE TRIGGER BEFORE DELETE ON Mixed BEGIN WITH c1 AS (SELECT things."x""y" FROM things ) SELECT "x""y" FROM c1; END;
ALTER TABLE Mixed RENAME "x""y" TO "A b"
;
