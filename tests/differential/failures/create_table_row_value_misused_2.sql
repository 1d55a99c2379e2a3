-- SQLite says: row value misused
CREATE TABLE u ( `d` CHECK ( c ( ) = (d, 2)))
;
