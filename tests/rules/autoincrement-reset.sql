-- case: flagged -- a rebuild
-- schema:
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL);
-- file: 0001.sql
CREATE TABLE new_orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL NOT NULL DEFAULT 0);
INSERT INTO new_orders SELECT id, total FROM orders;
DROP TABLE orders;
ALTER TABLE new_orders RENAME TO orders;

-- case: flagged -- a rebuild without AUTOINCREMENT
-- schema:
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL);
-- file: 0001.sql
CREATE TABLE new_orders (id INTEGER PRIMARY KEY, total REAL);
INSERT INTO new_orders SELECT id, total FROM orders;
DROP TABLE orders;
ALTER TABLE new_orders RENAME TO orders;

-- case: flagged -- the old table first
-- schema:
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL);
-- file: 0001.sql
ALTER TABLE orders RENAME TO old_orders;
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL NOT NULL DEFAULT 0);
INSERT INTO orders SELECT id, total FROM old_orders;
DROP TABLE old_orders;

-- case: clean -- another name alone
-- schema:
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL);
-- file: 0001.sql
ALTER TABLE orders RENAME TO purchases;
ALTER TABLE purchases ADD COLUMN note TEXT;

-- case: clean -- a table that goes for good
-- schema:
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL);
-- file: 0001.sql
DROP TABLE orders;

-- case: clean -- the counter is copied
-- schema:
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL);
-- file: 0001.sql
CREATE TABLE new_orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL NOT NULL DEFAULT 0);
INSERT INTO new_orders SELECT id, total FROM orders;
UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM sqlite_sequence);
DROP TABLE orders;
ALTER TABLE new_orders RENAME TO orders;

-- case: clean -- rows that go and come
-- schema:
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL);
-- file: 0001.sql
DELETE FROM orders;
INSERT INTO orders (total) VALUES (1), (2);
