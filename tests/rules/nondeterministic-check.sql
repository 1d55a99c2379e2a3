-- case: flagged -- the time in a column's check
CREATE TABLE orders (id INTEGER PRIMARY KEY, at TEXT CHECK (at <= datetime('now')));
INSERT INTO orders (at) VALUES ('2024-01-31 12:00:00');

-- case: flagged -- the same in other words
CREATE TABLE a (day TEXT CHECK (day <= date()));
CREATE TABLE b (at INTEGER, CHECK (at <= strftime('%s')));
CREATE TABLE c (at INTEGER, CONSTRAINT past CHECK (at <= unixepoch('NOW')));
CREATE TABLE d (at TEXT CHECK (at = datetime(at, 'localtime')));
INSERT INTO d VALUES ('2024-01-31 12:00:00');

-- case: flagged -- what SQLite lets through
CREATE TABLE offers (id INTEGER PRIMARY KEY, ends TEXT CHECK (ends > CURRENT_TIMESTAMP), luck INTEGER CHECK (luck < random()));

-- case: flagged -- a new column, and a new check
-- schema:
CREATE TABLE offers (id INTEGER PRIMARY KEY, ends TEXT);
-- file: 0001.sql
ALTER TABLE offers ADD COLUMN at TEXT CHECK (at > CURRENT_DATE);
ALTER TABLE offers ADD CONSTRAINT later CHECK (ends > CURRENT_DATE);

-- case: flagged -- a version that lets it through still
-- engine: 3.30.1
CREATE TABLE orders (id INTEGER PRIMARY KEY, at TEXT CHECK (at <= datetime('now')));

-- case: clean -- a time that is given
CREATE TABLE orders (id INTEGER PRIMARY KEY, at TEXT CHECK (at IS datetime(at)), CHECK (date(at) > '2020-01-01'));
INSERT INTO orders (at) VALUES ('2024-01-31 12:00:00');

-- case: clean -- the same in a default and in a trigger
CREATE TABLE orders (id INTEGER PRIMARY KEY, at TEXT DEFAULT (datetime('now')), luck INTEGER DEFAULT (random()));
CREATE TRIGGER orders_at BEFORE INSERT ON orders WHEN new.at > datetime('now')
BEGIN SELECT RAISE(ABORT, 'orders.at lies in the future'); END;

-- case: clean -- columns of those names
CREATE TABLE orders (id INTEGER PRIMARY KEY, date TEXT CHECK (date > 'now'), random INTEGER CHECK (random > 0));

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE offers (id INTEGER PRIMARY KEY, ends TEXT CHECK (ends > CURRENT_DATE));
-- file: 0001.sql
CREATE TABLE new_offers (id INTEGER PRIMARY KEY, ends TEXT CHECK (ends > CURRENT_DATE), name TEXT);
INSERT INTO new_offers (id, ends) SELECT id, ends FROM offers;
DROP TABLE offers;
ALTER TABLE new_offers RENAME TO offers;
