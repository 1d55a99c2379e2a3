-- SQLite stores: CREATE TABLE t (a not NULL /* end */)
CREATE TABLE t (a );
ALTER TABLE t ALTER a SET not NULL /* end */
;
