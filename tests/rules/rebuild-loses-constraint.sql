-- case: flagged -- each kind of constraint
-- schema:
CREATE TABLE clients (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, email TEXT UNIQUE, age INT DEFAULT 0 CHECK (age >= 0), client INT REFERENCES clients (id) ON DELETE CASCADE, boss INT, FOREIGN KEY (boss) REFERENCES users (id)) STRICT;
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT, age INT, client INT REFERENCES clients (id), boss INT, note TEXT);
INSERT INTO new_users (id, name, email, age, client, boss) SELECT id, name, email, age, client, boss FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- keys, and the kind of table
-- schema:
CREATE TABLE tags (name TEXT PRIMARY KEY, weight REAL) WITHOUT ROWID;
CREATE TABLE votes (voter INT, poll INT, PRIMARY KEY (voter, poll));
CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL);
-- file: 0001.sql
CREATE TABLE new_tags (name TEXT, weight REAL, note TEXT);
INSERT INTO new_tags (name, weight) SELECT name, weight FROM tags;
DROP TABLE tags;
ALTER TABLE new_tags RENAME TO tags;
CREATE TABLE new_votes (voter INT, poll INT, at TEXT);
INSERT INTO new_votes (voter, poll) SELECT voter, poll FROM votes;
DROP TABLE votes;
ALTER TABLE new_votes RENAME TO votes;
CREATE TABLE new_orders (id INTEGER PRIMARY KEY, total REAL, note TEXT);
INSERT INTO new_orders (id, total) SELECT id, total FROM orders;
DROP TABLE orders;
ALTER TABLE new_orders RENAME TO orders;

-- case: flagged -- a note where the rebuild is for that alone
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- file: 0001.sql
CREATE TABLE "new__users" ("id" integer NOT NULL PRIMARY KEY, "name" text NULL);
INSERT INTO "new__users" ("id", "name") SELECT "id", "name" FROM "users";
DROP TABLE "users";
ALTER TABLE "new__users" RENAME TO "users";

-- case: flagged -- a column that is renamed as well
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT NOT NULL UNIQUE);
-- file: 0001.sql
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
INSERT INTO users (id, email) SELECT id, mail FROM users_old;
DROP TABLE users_old;

-- case: clean -- everything is there, some of it said otherwise
-- schema:
CREATE TABLE clients (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, email TEXT UNIQUE, age INT DEFAULT 0 CHECK (age >= 0), client INT REFERENCES clients (id) ON DELETE CASCADE) STRICT;
-- file: 0001.sql
CREATE TABLE __new_users ("id" INTEGER NOT NULL, name TEXT COLLATE NOCASE NOT NULL, email TEXT, age INT DEFAULT (0), client INT, note TEXT, PRIMARY KEY (id), CHECK ("age" >= 0), FOREIGN KEY (client) REFERENCES clients (id) ON DELETE CASCADE) STRICT;
INSERT INTO __new_users (id, name, email, age, client) SELECT id, name, email, age, client FROM users;
DROP TABLE users;
ALTER TABLE __new_users RENAME TO users;
CREATE UNIQUE INDEX users_email ON users (email);

-- case: clean -- what goes with its column
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT NOT NULL DEFAULT 0, CHECK (age > 0), UNIQUE (name, age));
-- file: 0001.sql
CREATE TABLE _alembic_tmp_users (id INTEGER NOT NULL, name TEXT, PRIMARY KEY (id));
INSERT INTO _alembic_tmp_users (id, name) SELECT users.id, users.name FROM users;
DROP TABLE users;
ALTER TABLE _alembic_tmp_users RENAME TO users;

-- case: clean -- a check, a default and an action that are others now
-- schema:
CREATE TABLE clients (id INTEGER PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, age INT DEFAULT 0 CHECK (age >= 0), client INT REFERENCES clients (id) ON DELETE CASCADE);
-- file: 0001.sql
CREATE TABLE "temporary_users" ("id" integer PRIMARY KEY NOT NULL, "age" int DEFAULT (1), "client" int, CONSTRAINT "ages" CHECK ("age" BETWEEN 0 AND 150), CONSTRAINT "FK_1" FOREIGN KEY ("client") REFERENCES "clients" ("id") ON DELETE SET NULL);
INSERT INTO "temporary_users"("id", "age", "client") SELECT "id", "age", "client" FROM "users";
DROP TABLE "users";
ALTER TABLE "temporary_users" RENAME TO "users";

-- case: clean -- by way of a copy
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- file: 0001.sql
CREATE TEMPORARY TABLE users_backup AS SELECT * FROM users;
DROP TABLE users;
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT);
INSERT INTO users (id, name) SELECT id, name FROM users_backup;
DROP TABLE users_backup;

-- case: flagged -- values that may be missing from now on, which is what it is for
-- schema:
CREATE TABLE quotes (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL, state TEXT NOT NULL);
-- file: 0001.sql
CREATE TABLE quotes_new (id INTEGER PRIMARY KEY, amount INTEGER, state TEXT);
INSERT INTO quotes_new (id, amount, state) SELECT id, amount, state FROM quotes;
DROP TABLE quotes;
ALTER TABLE quotes_new RENAME TO quotes;

-- case: clean -- a key that is no number any longer counts no more
-- schema:
CREATE TABLE tags (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
-- file: 0001.sql
CREATE TABLE tags_new (id TEXT PRIMARY KEY NOT NULL, name TEXT);
INSERT INTO tags_new (id, name) SELECT id, name FROM tags;
DROP TABLE tags;
ALTER TABLE tags_new RENAME TO tags;
