-- The shadow tables of SQLite's own modules.
CREATE VIRTUAL TABLE ft USING fts5(a, b UNINDEXED, prefix='2 3');
CREATE VIRTUAL TABLE "it's" USING FTS5 ( "a b" , c, tokenize = 'porter ascii', detail=none );
CREATE VIRTUAL TABLE IF NOT EXISTS ft USING fts5(a);
CREATE VIRTUAL TABLE without USING fts5(a, content='');
CREATE VIRTUAL TABLE deletes USING fts5(a, content='', contentless_delete=1);
CREATE VIRTUAL TABLE unindexed USING fts5(a, b unindexed, c, content='', contentless_unindexed=1);
CREATE VIRTUAL TABLE none_unindexed USING fts5(a, content='', contentless_unindexed=1);
CREATE VIRTUAL TABLE outside USING fts5(a, content=t, content_rowid=id);
CREATE VIRTUAL TABLE short USING fts5(a, cont='', columns=0);
CREATE VIRTUAL TABLE located USING fts5(a, b UNINDEXED, c, locale=1, columnsize=1);
CREATE VIRTUAL TABLE four USING fts4(a TEXT, "b'c", tokenize=porter "x, y", order=desc);
CREATE VIRTUAL TABLE bare USING fts4;
CREATE VIRTUAL TABLE empty USING fts4();
CREATE VIRTUAL TABLE four_without USING fts4(content="", a);
CREATE VIRTUAL TABLE four_outside USING fts4(content="t", a, b);
CREATE VIRTUAL TABLE sizeless USING fts4(a, matchinfo=fts3);
CREATE VIRTUAL TABLE spoken USING fts4(a, languageid=lid, prefix="2,3", notindexed=a, compress=zip, uncompress=unzip);
CREATE VIRTUAL TABLE three USING fts3(a, content=b, tokenize=simple);
CREATE VIRTUAL TABLE r USING rtree(id, x0, x1);
CREATE VIRTUAL TABLE "r i" USING rtree_i32(id, x0, x1, +name TEXT, +b);
CREATE VIRTUAL TABLE terms USING fts5vocab(ft, row);
-- They are tables like others.
CREATE INDEX of_content ON ft_content (c0);
CREATE TRIGGER of_docsize AFTER DELETE ON ft_docsize BEGIN SELECT 1; END;
CREATE TABLE ft_data (a);
ALTER TABLE four_content ADD COLUMN more;
-- They are renamed and dropped with their virtual table.
ALTER TABLE ft RENAME TO "new ft";
ALTER TABLE four RENAME TO vier;
ALTER TABLE r RENAME TO r2;
ALTER TABLE "it's" RENAME TO "it ""is""";
ALTER TABLE outside RENAME TO ft;
DROP TABLE "new ft";
DROP TABLE vier;
DROP TABLE "r i";
DROP TABLE IF EXISTS spoken;
-- Their names can be taken.
CREATE TABLE k_data (a);
CREATE TABLE k_segdir (a);
CREATE TABLE k_node (a);
CREATE VIRTUAL TABLE k USING fts5(a);
CREATE VIRTUAL TABLE k USING fts4(a);
CREATE VIRTUAL TABLE k USING rtree(id, a, b);
ALTER TABLE ft RENAME TO k;
ALTER TABLE r2 RENAME TO k;
-- What no module makes.
ALTER TABLE bare ADD COLUMN b;
VACUUM;
DROP TABLE IF EXISTS bare_stat;
ALTER TABLE bare RENAME COLUMN content TO c;
ALTER TABLE bare DROP COLUMN content;
ALTER TABLE bare DROP CONSTRAINT c;
ALTER TABLE bare ADD CHECK (1);
ALTER TABLE bare ALTER COLUMN content SET NOT NULL;
ALTER TABLE bare ALTER content DROP NOT NULL;
CREATE INDEX i ON bare (content);
CREATE TRIGGER tr AFTER INSERT ON bare BEGIN SELECT 1; END;
CREATE TEMP TRIGGER tr INSTEAD OF INSERT ON bare BEGIN SELECT 1; END;
