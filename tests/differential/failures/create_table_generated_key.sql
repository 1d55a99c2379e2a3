-- SQLite says: generated columns cannot be part of the PRIMARY KEY
CREATE TABLE t ( b , "old" AS (''), PRIMARY KEY ('old'))
;
