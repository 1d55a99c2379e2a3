-- SQLite says: error in view new: no such table: main.c1
CREATE TABLE u (a );
CREATE VIEW "b`b" AS SELECT a, a FROM u;
CREATE VIEW "new" AS SELECT (WITH c1 AS (SELECT a FROM u) SELECT a FROM c1) FROM (SELECT `a`, a FROM ( ( u )) WHERE ( 1) ) FULL JOIN "b`b" JOIN "b`b" USING ("a:1");
ALTER TABLE u RENAME TO "temp"
;
