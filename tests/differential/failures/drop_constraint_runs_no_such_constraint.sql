-- SQLite runs it all.
CREATE TABLE "b`b" ( b , CONSTRAINT alone );
ALTER TABLE [b`b]
DROP CONSTRAINT alone
;
