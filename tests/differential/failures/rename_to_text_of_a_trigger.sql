-- SQLite stores: CREATE TRIGGER tr UPDATE ON "things" BEGIN UPDATE "things" SET id = id; SELECT row_number() FROM "things" NATURAL JOIN "things" "two words" WINDOW win AS (ORDER BY "two words".id) ; END
CREATE TABLE abort (id CHECK (id));
CREATE TRIGGER tr UPDATE ON [abort] BEGIN UPDATE abort SET id = id; SELECT row_number() FROM abort NATURAL JOIN abort "two words" WINDOW win AS (ORDER BY abort.id) ; END;
ALTER TABLE ABORT RENAME TO w ;
ALTER TABLE W RENAME TO "two words";
ALTER TABLE "two words" RENAME TO things
;
