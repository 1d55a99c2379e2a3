-- SQLite says: error in view u: circular reference: w
CREATE TABLE w (`b` );
CREATE VIEW u AS WITH w AS (SELECT b FROM w EXCEPT SELECT "two words") SELECT b FROM w;
ALTER TABLE w RENAME b TO a
;
