-- SQLite renames t in all queries of c, though it finds nothing wrong but the column; not so its columns behind.
CREATE TABLE t (e);
CREATE VIEW v AS WITH c AS (SELECT e FROM t, t AS x WHERE EXISTS (SELECT 1 FROM t) AND t.e) SELECT 1 FROM t;
ALTER TABLE t RENAME TO u;
