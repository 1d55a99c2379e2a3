-- SQLite says: row value misused
CREATE TABLE t (a CHECK (('', 1) = a))
;
