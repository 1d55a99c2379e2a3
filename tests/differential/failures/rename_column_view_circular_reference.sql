-- SQLite says: error in view u: circular reference: T
CREATE TABLE t ( d );
CREATE VIEW u AS WITH c2 AS (SELECT * FROM t ), T AS (SELECT (a) FROM c2 ) SELECT ( SQL ) FROM sqlite_schema JOIN t ;
ALTER TABLE t RENAME d TO e
;
