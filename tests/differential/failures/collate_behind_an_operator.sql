-- COLLATE belongs to the operand before it, and the index's term has no collation of its own.
CREATE TABLE t (b);
CREATE INDEX i ON t (b GLOB 'a%' COLLATE nocase, lower(b) COLLATE nocase, (b COLLATE rtrim) COLLATE nocase);
