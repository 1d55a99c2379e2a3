-- SQLite stores: CREATE TABLE "new" (d "INTEGER" PRIMARY KEY CHECK ( ( d) ))
CREATE TABLE "new" (c "INTEGER" PRIMARY KEY CHECK ( ( rowid) ));
ALTER TABLE "new" RENAME c TO d
;
