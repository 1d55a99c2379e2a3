-- case: flagged -- a length
CREATE TABLE countries (id INTEGER PRIMARY KEY, code VARCHAR(3), "full name" national character varying (40) NOT NULL);

-- case: flagged -- digits
CREATE TABLE prices (id INTEGER PRIMARY KEY, net DECIMAL(10, 2), gross NUMERIC(8));

-- case: flagged -- a sign
CREATE TABLE stock (id INTEGER PRIMARY KEY, amount INT UNSIGNED, big UNSIGNED BIG INT);

-- case: flagged -- a new column
-- schema:
CREATE TABLE countries (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE countries ADD COLUMN code CHAR(2) DEFAULT 'de';

-- case: clean -- a check says it
CREATE TABLE countries (
    id INTEGER PRIMARY KEY,
    code VARCHAR(3) CHECK (length(code) <= 3),
    name VARCHAR(80),
    amount INT UNSIGNED,
    CHECK (length(name) <= 80 AND amount >= 0)
);

-- case: clean -- types that promise nothing
CREATE TABLE countries (id INTEGER PRIMARY KEY, code TEXT, size NUMERIC, people INTEGER(11), area FLOAT(8), at DATETIME(6));

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE countries (id INTEGER PRIMARY KEY, code VARCHAR(3));
-- file: 0001.sql
CREATE TABLE new_countries (id INTEGER PRIMARY KEY, code VARCHAR(3), name TEXT);
INSERT INTO new_countries (id, code) SELECT id, code FROM countries;
DROP TABLE countries;
ALTER TABLE new_countries RENAME TO countries;
