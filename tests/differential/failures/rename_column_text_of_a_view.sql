-- SQLite stores: CREATE VIEW [things] AS SELECT 'b`b' FROM "b`b"
CREATE TABLE "b`b" AS SELECT (SELECT NULL ), lower(x'0a');
CREATE/* ( */VIEW
[things] AS SELECT "b`b" FROM "b`b";
ALTER TABLE "b`b" RENAME "lower(x'0a')" TO "Case"
;
