-- SQLite runs it all.
CREATE TABLE t (e , key);
CREATE TABLE Ünï AS SELECT "Key 1" FROM sqlite_schema WHERE (SELECT [key] FROM t GROUP BY ( sql, 1) = ( e, 2) )
;
