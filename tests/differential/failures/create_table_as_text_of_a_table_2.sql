-- SQLite stores: CREATE TABLE new("""order""")
CREATE TABLE "new" AS SELECT "order"
;
