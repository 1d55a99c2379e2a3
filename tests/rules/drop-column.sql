-- case: flagged -- a column of an earlier file
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0002.sql
ALTER TABLE users DROP COLUMN email;

-- case: flagged -- a table that the files never made
ALTER TABLE users DROP "e mail";

-- case: flagged -- a table that was here before
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, nick TEXT);
-- file: 0001.sql
ALTER TABLE users DROP COLUMN email;
ALTER TABLE users RENAME TO people;
ALTER TABLE people DROP COLUMN nick;

-- case: clean -- the table is new here
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
ALTER TABLE users DROP COLUMN email;

-- case: clean -- the column is new here
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users ADD COLUMN email TEXT;
ALTER TABLE users DROP COLUMN email;

-- case: clean -- a computed column has no values of its own
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, twice AS (id * 2) STORED);
-- file: 0001.sql
ALTER TABLE users DROP COLUMN twice;

-- case: clean -- a column that is not there
-- not run: SQLite refuses, and unknown-object reports it
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users DROP COLUMN email;

-- case: flagged -- its values went into another column before
-- schema:
CREATE TABLE quotes (id INTEGER PRIMARY KEY, paid INTEGER, state TEXT);
-- file: 0001.sql
UPDATE quotes SET state = CASE WHEN paid THEN 'PAID' ELSE 'OPEN' END;
ALTER TABLE quotes DROP COLUMN paid;

-- case: flagged -- some of its values went into another table before
-- schema:
CREATE TABLE tracks (id INTEGER PRIMARY KEY, tidal_id INTEGER);
-- file: 0001.sql
CREATE TABLE sources (track INTEGER NOT NULL, source_id INTEGER NOT NULL, PRIMARY KEY (track, source_id));
INSERT INTO sources (track, source_id) SELECT id, tidal_id FROM tracks WHERE tidal_id IS NOT NULL;
ALTER TABLE tracks DROP COLUMN tidal_id;

-- case: flagged -- it is set itself, and its values go nowhere
-- schema:
CREATE TABLE quotes (id INTEGER PRIMARY KEY, paid INTEGER, state TEXT);
-- file: 0001.sql
UPDATE quotes SET paid = paid + 1, state = 'OPEN' WHERE paid = 1;
ALTER TABLE quotes DROP COLUMN paid;
