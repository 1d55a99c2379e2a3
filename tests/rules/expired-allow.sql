-- case: flagged -- the day has passed
-- today: 2027-02-01
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
-- remold: allow(drop-table) until 2027-01-31 the old application still runs
DROP TABLE users;

-- case: flagged -- with a colon, in a block
-- today: 2027-02-01
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
/* remold: allow(drop-table) until 2026-12-31: the old application still runs */
DROP TABLE users;

-- case: flagged -- for the whole file
-- today: 2027-02-01
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
-- remold: allow-file(drop-table) until 2027-01-31 the old application still runs
DROP TABLE users;

-- case: clean -- the last day
-- today: 2027-01-31
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
-- remold: allow(drop-table) until 2027-01-31 the old application still runs
DROP TABLE users;

-- case: clean -- nobody says which day it is
-- today: unknown
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
-- remold: allow(drop-table) until 2020-01-31 the old application still runs
DROP TABLE users;

-- case: clean -- it holds for ever
-- today: 2027-02-01
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
-- remold: allow(drop-table) it was never used
DROP TABLE users;
