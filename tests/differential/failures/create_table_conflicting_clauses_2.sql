-- SQLite says: conflicting ON CONFLICT clauses specified
CREATE TABLE things ( m UNIQUE ON CONFLICT FAIL PRIMARY KEY ON CONFLICT REPLACE )
;
