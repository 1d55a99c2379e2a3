-- case: flagged -- each migration in its own transaction
-- finds: add-not-null-without-default, index-build-blocks-writers, drop-column, alter-reads-every-row, drop-table
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
COMMIT;
BEGIN;
ALTER TABLE users ADD COLUMN email TEXT NOT NULL;
CREATE INDEX users_name ON users (name);
COMMIT;
BEGIN;
ALTER TABLE users DROP COLUMN age;
COMMIT;
BEGIN;
DROP TABLE users;
COMMIT;

-- case: flagged -- without transactions, as a tool prints them with its ledger
-- transaction: file
-- finds: add-not-null-without-default, index-build-blocks-writers
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
-- Running upgrade  -> 1975ea83b712
CREATE TABLE users (id INTEGER NOT NULL, name TEXT, PRIMARY KEY (id));
CREATE INDEX users_name ON users (name);
INSERT INTO alembic_version (version_num) VALUES ('1975ea83b712');
-- Running upgrade 1975ea83b712 -> ae1027a6acf
ALTER TABLE users ADD COLUMN email TEXT NOT NULL;
CREATE INDEX users_email ON users (email);
UPDATE alembic_version SET version_num = 'ae1027a6acf' WHERE alembic_version.version_num = '1975ea83b712';

-- case: clean -- one transaction is one migration
-- finds:
BEGIN IMMEDIATE;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX users_name ON users (name);
ALTER TABLE users ADD COLUMN email TEXT NOT NULL;
COMMIT;

-- case: clean -- a dump, whose ledger has its rows at the end
-- transaction: file
CREATE TABLE schema_migrations (version TEXT NOT NULL PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX users_name ON users (name);
INSERT INTO schema_migrations (version) VALUES ('20240101'), ('20240102');
