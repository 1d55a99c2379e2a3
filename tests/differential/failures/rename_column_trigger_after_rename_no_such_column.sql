-- SQLite says: error in trigger AFTER after rename: no such column: e
CREATE TABLE "new" ("br[k" );
CREATE TABLE "x'y" (e ) ;
CREATE TRIGGER AFTER UPDATE ON "new" BEGIN WITH c2 AS (SELECT e FROM (SELECT * FROM "x'y" ) JOIN json_each ), c1 AS (SELECT c2) SELECT e FROM c2 ; END;
ALTER TABLE "x'y" RENAME e TO d /* end */
;
