-- SQLite runs it all.
CREATE TEMP TABLE "t" ( b ) ;
CREATE INDEX "b`b" ON t (b) ;
CREATE TABLE "b`b" ( k );
DROP TABLE "b`b"
;
