-- SQLite says: index associated with UNIQUE or PRIMARY KEY constraint cannot be dropped
CREATE TABLE t ( key UNIQUE);
ALTER/* " */ TABLE
t RENAME TO "temp" ;
DROP INDEX IF EXISTS SQLITE_AUTOINDEX_TEMP_1
;
