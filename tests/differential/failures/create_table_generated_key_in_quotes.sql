-- SQLite says: generated columns cannot be part of the PRIMARY KEY
CREATE TABLE t (a, b AS (a), PRIMARY KEY (('b'), a));
