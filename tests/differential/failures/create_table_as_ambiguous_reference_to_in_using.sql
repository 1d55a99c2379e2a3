-- SQLite says: ambiguous reference to a in USING()
CREATE TABLE t (a );
CREATE TABLE u AS SELECT 2.5 FROM `t` FULL JOIN t NATURAL JOIN `t`
;
