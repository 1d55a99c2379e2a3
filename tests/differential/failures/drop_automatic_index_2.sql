-- SQLite says: index associated with UNIQUE or PRIMARY KEY constraint cannot be dropped
CREATE TABLE u ( BLOB UNIQUE );
DROP INDEX IF EXISTS `sqlite_autoindex_u_1`
;
