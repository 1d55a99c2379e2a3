-- SQLite says: error in trigger after: multiple references to recursive table: t
CREATE TABLE t (d , e , id );
CREATE TRIGGER after INSERT ON t BEGIN UPDATE t SET id = e; WITH t AS (WITH c2 AS (SELECT own ) SELECT ( new.id) UNION SELECT 'total' FROM t JOIN t) SELECT new.d FROM t; END;
ALTER TABLE t ADD key ;
ALTER TABLE t DROP key
;
