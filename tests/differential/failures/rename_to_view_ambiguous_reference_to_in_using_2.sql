-- SQLite says: error in view new: ambiguous reference to d in USING()
CREATE TABLE u (d );
CREATE VIEW "new" AS SELECT (SELECT d FROM (u )) FROM u RIGHT JOIN u NATURAL JOIN u ;
ALTER TABLE u RENAME TO Ünï
;
