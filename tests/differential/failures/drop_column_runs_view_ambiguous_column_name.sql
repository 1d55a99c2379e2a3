-- SQLite runs it all.
CREATE TABLE u (a , b );
CREATE VIEW `t` AS SELECT (SELECT * FROM (SELECT * FROM u) "two words" JOIN u "two words" ) ;
ALTER TABLE u DROP b
;
