-- SQLite says: error in index i after rename: no such column: a
CREATE TABLE t (a);
CREATE INDEX i ON t (a);
CREATE TEMP TABLE u (c);
ALTER TABLE t RENAME TO u;
CREATE TEMP VIEW w AS SELECT c FROM u;
ALTER TABLE t RENAME TO w;
CREATE TEMP VIEW x AS SELECT 1;
CREATE TABLE x (a);
CREATE INDEX main.j ON x (a, a + 1);
