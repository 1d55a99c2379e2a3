-- SQLite stores: CREATE TABLE w ( "select")
CREATE TABLE w ( "select" NOT NULL NULL) ;
ALTER TABLE w ALTER "select" DROP NOT NULL
;
