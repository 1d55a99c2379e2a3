-- SQLite says: error in trigger tr after rename: no such column: a
-- The body of a trigger that is not temporary finds the temporary table of the new name.
CREATE TABLE t (a INTEGER);
CREATE TABLE u (a INTEGER);
CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET a = a + a + a + a; END;
CREATE TEMP TABLE w (b INTEGER);
ALTER TABLE main.t RENAME TO w;
