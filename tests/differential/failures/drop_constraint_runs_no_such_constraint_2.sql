-- SQLite runs it all.
CREATE TABLE u ("br[k" , CONSTRAINT alone CONSTRAINT k PRIMARY KEY ( "br[k") ) ;
ALTER TABLE `u` RENAME TO [w] ;
ALTER TABLE w RENAME TO abort ;
ALTER TABLE abort DROP CONSTRAINT alone
;
