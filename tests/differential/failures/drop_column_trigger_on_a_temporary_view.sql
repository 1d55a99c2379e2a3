-- SQLite says: error in trigger tr: cannot create AFTER trigger on view: t
CREATE TABLE t (a, b);
CREATE TABLE u (a, b);
CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END;
CREATE TEMP VIEW t AS SELECT a FROM u;
ALTER TABLE u DROP b;
