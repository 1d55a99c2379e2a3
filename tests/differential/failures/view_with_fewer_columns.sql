-- That a view has another number of columns than its query is looked at only where it is read.
CREATE TABLE u (a INTEGER, b INTEGER);
CREATE VIEW w (a, b) AS SELECT * FROM u;
CREATE VIEW x AS SELECT a FROM w;
ALTER TABLE u DROP COLUMN a;
