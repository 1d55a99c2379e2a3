-- case: flagged -- RENAME is told to edit nothing
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id));
-- file: 0001.sql
PRAGMA legacy_alter_table = ON;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES new_users (id), note TEXT);
INSERT INTO new_users (id, boss) SELECT id, boss FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_keys = ON;

-- case: flagged -- a SQLite that does not edit it
-- engine: 3.25.3
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id));
-- file: 0001.sql
CREATE TABLE _alembic_tmp_users (id INTEGER PRIMARY KEY, boss INTEGER, note TEXT, FOREIGN KEY (boss) REFERENCES _alembic_tmp_users (id));
INSERT INTO _alembic_tmp_users (id, boss) SELECT id, boss FROM users;
DROP TABLE users;
ALTER TABLE _alembic_tmp_users RENAME TO users;

-- case: flagged -- the name that the old table had on its way out
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id));
-- file: 0001.sql
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users_old (id), note TEXT);
INSERT INTO users (id, boss) SELECT id, boss FROM users_old;
DROP TABLE users_old;
PRAGMA foreign_keys = ON;

-- case: clean -- the name that it will have
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id));
-- file: 0001.sql
PRAGMA legacy_alter_table = ON;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id), note TEXT);
INSERT INTO new_users (id, boss) SELECT id, boss FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
PRAGMA legacy_alter_table = OFF;

-- case: clean -- RENAME edits it
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id));
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES new_users (id), note TEXT);
INSERT INTO new_users (id, boss) SELECT id, boss FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- the old table stays, and is the parent
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id));
-- file: 0001.sql
ALTER TABLE users RENAME TO users_v1;
CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users_v1 (id), note TEXT);
INSERT INTO users (id, boss) SELECT id, boss FROM users_v1;
