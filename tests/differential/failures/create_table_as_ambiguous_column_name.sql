-- SQLite says: ambiguous column name: é
CREATE TABLE abort (é CHECK ( é));
CREATE TABLE w AS SELECT *  FROM abort JOIN (SELECT é FROM abort ) USING ([é]) FULL JOIN abort Alias
;
