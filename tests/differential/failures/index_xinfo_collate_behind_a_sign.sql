CREATE TABLE t (a);
CREATE INDEX i ON t (-3 COLLATE nocase);
CREATE INDEX j ON t (- a COLLATE nocase, a - 1 COLLATE nocase);
