-- SQLite says: error in view two words: ambiguous column name: id
CREATE TABLE t (id , key , a );
CREATE VIEW "two words" AS SELECT (SELECT key FROM t ) INTERSECT SELECT id FROM t JOIN (SELECT * FROM json_each ) ;
ALTER TABLE t RENAME a TO é
;
