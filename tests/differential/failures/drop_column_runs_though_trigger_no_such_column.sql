-- SQLite runs it all.
CREATE TABLE t ("old", b);
CREATE TRIGGER tr INSERT ON t BEGIN SELECT x."old" FROM (SELECT NEW."old") AS x; END;
ALTER TABLE t DROP b;
