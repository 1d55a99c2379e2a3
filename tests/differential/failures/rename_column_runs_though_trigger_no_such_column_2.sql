-- SQLite runs it all.
CREATE TABLE t (a );
CREATE TABLE u ( d );
CREATE TRIGGER AFTER UPDATE ON u BEGIN SELECT (old.d ) FROM (SELECT (SELECT type ORDER BY name ) FROM sqlite_schema ) ; END;
ALTER TABLE t RENAME a TO id
;
