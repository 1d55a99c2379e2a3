-- case: flagged -- text in other databases
CREATE TABLE parcels (id INTEGER PRIMARY KEY, code STRING, key UUID, data JSON NOT NULL, kind "string" (20));
INSERT INTO parcels (code, key, data) VALUES ('12e3', '00000000000000000000000000000012', '1.0');

-- case: flagged -- INT in the name
CREATE TABLE places (id INTEGER PRIMARY KEY, at POINT, every INTERVAL, size FLOATING POINT);

-- case: flagged -- times
CREATE TABLE users (id INTEGER PRIMARY KEY, born DATE, at TIMESTAMP WITH TIME ZONE, seen datetime);

-- case: flagged -- a new column
-- schema:
CREATE TABLE parcels (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE parcels ADD COLUMN code STRING;

-- case: flagged -- a rebuild that makes numbers of text
-- schema:
CREATE TABLE parcels (id INTEGER PRIMARY KEY, code TEXT);
-- file: 0001.sql
CREATE TABLE new_parcels (id INTEGER PRIMARY KEY, code STRING);
INSERT INTO new_parcels SELECT id, code FROM parcels;
DROP TABLE parcels;
ALTER TABLE new_parcels RENAME TO parcels;

-- case: clean -- SQLite's own types, and those that have their letters
CREATE TABLE parcels (
    id INTEGER PRIMARY KEY,
    code TEXT,
    name VARCHAR(20),
    note NATIONAL CHARACTER VARYING,
    data BLOB,
    any
);

-- case: clean -- numbers by other names
CREATE TABLE parcels (
    id INTEGER PRIMARY KEY,
    a BIGINT,
    b UNSIGNED BIG INT,
    c INT8,
    d SMALLINT(5),
    e DECIMAL(10, 2),
    f BOOLEAN,
    g DOUBLE PRECISION,
    h MONEY,
    i UINT64,
    j FLOAT
);

-- case: clean -- a time that SQLite writes
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    day DATE DEFAULT (date('now', '+1 day'))
);

-- case: clean -- a type of the application's own
CREATE TABLE parcels (id INTEGER PRIMARY KEY, colour COLOUR);

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE parcels (id INTEGER PRIMARY KEY, code STRING);
-- file: 0001.sql
CREATE TABLE new_parcels (id INTEGER PRIMARY KEY, code STRING, size INTEGER);
INSERT INTO new_parcels (id, code) SELECT id, code FROM parcels;
DROP TABLE parcels;
ALTER TABLE new_parcels RENAME TO parcels;

-- case: clean -- a column that goes again
CREATE TABLE parcels (id INTEGER PRIMARY KEY, code STRING, name TEXT);
ALTER TABLE parcels DROP COLUMN code;

-- case: clean -- a time that SQLite writes in a form of its own
CREATE TABLE wallets (id INTEGER PRIMARY KEY, paid_at DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now')));
