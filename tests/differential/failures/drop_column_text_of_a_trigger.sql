-- SQLite stores: CREATE TRIGGER `tr` UPDATE ON "order" BEGIN SELECT ( 'no column') FROM json_each ; END
CREATE TABLE "order" (b , d );
CREATE TRIGGER `tr` UPDATE ON "order" BEGIN SELECT ( "no column") FROM json_each ; END;
ALTER TABLE "order" DROP d
;
