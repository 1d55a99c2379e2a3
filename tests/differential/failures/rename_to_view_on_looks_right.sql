-- SQLite says: error in view t: ON clause references tables to its right
CREATE TABLE IF NOT EXISTS `temp` ( id );
CREATE TABLE Mixed ( c );
CREATE VIEW t AS SELECT 1 FROM "temp" JOIN Mixed ON [id] RIGHT JOIN "temp" USING (id) ;
ALTER TABLE Mixed RENAME TO ÜNï
;
