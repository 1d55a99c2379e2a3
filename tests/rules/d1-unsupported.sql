-- case: flagged -- transactions of the file's own
-- target: d1
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
SAVEPOINT one;
RELEASE one;
COMMIT;

-- case: flagged -- pragmas
-- target: d1
PRAGMA journal_mode = WAL;
PRAGMA user_version = 3;
PRAGMA main.integrity_check;
PRAGMA foreign_keys = OFF;

-- case: flagged -- what needs the file, or a connection of its own
-- target: d1
VACUUM;
ATTACH ':memory:' AS other;
CREATE TEMP TABLE scratch (id INTEGER);
CREATE VIEW temp.names AS SELECT 1;
CREATE VIRTUAL TABLE notes USING fts4 (body);
CREATE TABLE _cf_users (id INTEGER PRIMARY KEY);
SELECT sqlite_version();

-- case: flagged -- limits
-- target: d1
CREATE TABLE wide (id INTEGER PRIMARY KEY, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26, c27, c28, c29, c30, c31, c32, c33, c34, c35, c36, c37, c38, c39, c40, c41, c42, c43, c44, c45, c46, c47, c48, c49, c50, c51, c52, c53, c54, c55, c56, c57, c58, c59, c60, c61, c62, c63, c64, c65, c66, c67, c68, c69, c70, c71, c72, c73, c74, c75, c76, c77, c78, c79, c80, c81, c82, c83, c84, c85, c86, c87, c88, c89, c90, c91, c92, c93, c94, c95, c96, c97, c98, c99);
ALTER TABLE wide ADD COLUMN last TEXT;
CREATE VIEW many AS SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6;

-- case: flagged -- one of several targets
-- target: turso
-- target: d1
BEGIN;
COMMIT;

-- case: clean -- another target, or none
-- target: rqlite
PRAGMA user_version = 3;
CREATE TEMP TABLE scratch (id INTEGER);

-- case: clean -- what D1 runs
-- target: d1
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIRTUAL TABLE notes USING fts5 (body);
PRAGMA defer_foreign_keys = ON;
PRAGMA foreign_key_check;
PRAGMA foreign_keys;
PRAGMA optimize;
ANALYZE;
REINDEX;
INSERT INTO users (name) VALUES ('1'), ('2'), ('3'), ('4'), ('5'), ('6'), ('7');

-- case: clean -- as much as it takes
-- target: d1
CREATE TABLE wide (id INTEGER PRIMARY KEY, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25, c26, c27, c28, c29, c30, c31, c32, c33, c34, c35, c36, c37, c38, c39, c40, c41, c42, c43, c44, c45, c46, c47, c48, c49, c50, c51, c52, c53, c54, c55, c56, c57, c58, c59, c60, c61, c62, c63, c64, c65, c66, c67, c68, c69, c70, c71, c72, c73, c74, c75, c76, c77, c78, c79, c80, c81, c82, c83, c84, c85, c86, c87, c88, c89, c90, c91, c92, c93, c94, c95, c96, c97, c98, c99);
CREATE VIEW five AS SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5;
