-- case: flagged -- a column that a query names has another name
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT);
-- queries: app/queries.sql
-- name: GetName :one
SELECT name FROM users WHERE id = ?;
-- name: OlderThan :many
SELECT id FROM users WHERE age > ?1;
-- file: migration.sql
ALTER TABLE users RENAME COLUMN name TO full_name;

-- case: flagged -- a column is gone, and of two queries without a name one needs it
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT);
-- queries: app/queries.sql
UPDATE users SET age = :age, name = @name WHERE id = $id; DELETE FROM users WHERE name IS ?2;
-- file: migration.sql
ALTER TABLE users DROP COLUMN age;

-- case: flagged -- a table has another name, and sqlx has saved who asks for it
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- queries: .sqlx/query-8a31.json
{
  "db_name": "SQLite",
  "query": "SELECT id as \"id!: i64\", name\nFROM users WHERE id = ?",
  "describe": { "columns": [], "parameters": { "Right": 1 }, "nullable": [] },
  "hash": "8a31"
}
-- file: migration.sql
ALTER TABLE users RENAME TO people;

-- case: flagged -- the key of an upsert is gone
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, name TEXT);
CREATE UNIQUE INDEX users_by_email ON users (email);
-- queries: app/queries.sql
-- name: SaveUser :exec
INSERT INTO users (email, name) VALUES (?, ?) ON CONFLICT (email) DO UPDATE SET name = excluded.name;
-- file: migration.sql
DROP INDEX users_by_email;

-- case: flagged -- a column is added whose name another table of the join has
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, owner INT, placed TEXT);
-- queries: app/queries.sql
-- name: OrdersOf :many
SELECT name, placed FROM users JOIN orders ON owner = users.id WHERE users.id = @id;
-- file: migration.sql
ALTER TABLE orders ADD COLUMN name TEXT;

-- case: flagged -- a rebuild leaves a column out: its last statement is to blame
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT);
-- queries: app/queries.sql
-- name: AgeOf :one
SELECT age FROM users WHERE id = ?;
-- file: migration.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO new_users (id, name) SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE INDEX users_by_name ON users (name);

-- case: flagged -- a column is added, and an INSERT gives values by position
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- queries: app/queries.sql
-- name: AddUser :exec
INSERT INTO users VALUES (?, ?);
-- file: migration.sql
ALTER TABLE users ADD COLUMN age INT;

-- case: flagged -- a rebuild demands a value that an INSERT does not give
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- queries: app/queries.sql
-- name: AddUser :exec
INSERT INTO users (name) VALUES (sqlc.arg(name)) RETURNING id;
-- name: AddUnlessThere :exec
INSERT OR IGNORE INTO users (name) VALUES (?);
-- name: AddWithEmail :exec
INSERT INTO users (name, email) VALUES (?, ?);
-- file: migration.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT NOT NULL);
INSERT INTO new_users (id, name, email) SELECT id, name, '' FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: flagged -- a view that a query reads is made anew without a column
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT);
CREATE VIEW people AS SELECT id, name, age FROM users;
CREATE VIEW adults AS SELECT * FROM people WHERE age >= 18;
-- queries: app/queries.sql
-- name: Adults :many
SELECT name, age FROM adults;
-- file: migration.sql
DROP VIEW people;
CREATE VIEW people AS SELECT id, name FROM users;

-- case: flagged -- a trigger of the table that a query writes needs a table that is gone
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE audit (what TEXT);
CREATE TRIGGER users_audit AFTER INSERT ON users BEGIN INSERT INTO audit VALUES (new.name); END;
-- queries: app/queries.sql
-- name: AddUser :exec
INSERT INTO users (name) VALUES (?);
-- name: Rename :exec
UPDATE users SET name = ? WHERE id = ?;
-- file: migration.sql
DROP TABLE audit;

-- case: flagged -- the trigger by which a query writes a view is gone
-- schema:
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);
CREATE VIEW users AS SELECT * FROM people;
CREATE TRIGGER users_insert INSTEAD OF INSERT ON users BEGIN INSERT INTO people (name) VALUES (new.name); END;
-- queries: app/queries.sql
-- name: AddUser :exec
INSERT INTO users (name) VALUES (?);
-- file: migration.sql
DROP TRIGGER users_insert;

-- case: flagged -- a name in double quotes becomes a string when its column is gone
-- quoting counts: without its quotes the name is no string
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT);
-- queries: app/queries.sql
-- name: AgeOf :one
SELECT "age" FROM "users" WHERE "id" = ?;
-- file: migration.sql
ALTER TABLE users DROP COLUMN age;

-- case: flagged -- every way of sqlc to name a parameter
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, team INT);
CREATE TABLE teams (id INTEGER PRIMARY KEY, title TEXT);
-- queries: db/query.sql
-- name: Members :many
SELECT sqlc.embed(users), sqlc.embed(t) FROM users JOIN teams AS t ON t.id = users.team
WHERE users.id IN (sqlc.slice('ids')) AND t.title = sqlc.arg(title) AND (sqlc.narg('name') IS NULL OR name = @name);
-- file: migration.sql
ALTER TABLE teams RENAME COLUMN title TO name;

-- case: flagged -- a name that moves twice, and the first move is to blame
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- queries: app/queries.sql
SELECT name FROM users;
-- file: 0001_move.sql
ALTER TABLE users RENAME COLUMN name TO label;
CREATE TABLE unrelated (a TEXT);
ALTER TABLE users RENAME COLUMN label TO title;
-- file: 0002_again.sql
ALTER TABLE users ADD COLUMN age INT;

-- case: flagged -- where foreign keys are enforced, a key of another table that fits no more
-- foreign keys: on
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_by_email ON users (email);
CREATE TABLE logins (id INTEGER PRIMARY KEY, email TEXT REFERENCES users (email));
-- queries: app/queries.sql
-- name: AddLogin :exec
INSERT INTO logins (email) VALUES (?);
-- name: Forget :exec
DELETE FROM users WHERE id = ?;
-- file: migration.sql
DROP INDEX users_by_email;

-- case: clean -- a query that SQLite refused before
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- queries: app/queries.sql
SELECT nickname, name FROM users;
SELECT name FRM users;
-- file: migration.sql
ALTER TABLE users RENAME COLUMN name TO full_name;

-- case: clean -- queries that the change does not concern
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT);
CREATE TABLE teams (id INTEGER PRIMARY KEY, age INT);
-- queries: app/queries.sql
-- name: GetUser :one
SELECT * FROM users WHERE id = ?;
-- name: AgeOfTeam :one
SELECT age FROM teams;
-- name: AddUser :exec
INSERT INTO users (name) VALUES (?);
-- file: migration.sql
ALTER TABLE users DROP COLUMN age;

-- case: clean -- a view and a trigger keep the old name
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- queries: app/queries.sql
SELECT name FROM users WHERE id = ?;
INSERT INTO users (name) VALUES (?);
-- file: migration.sql
ALTER TABLE users RENAME TO people;
CREATE VIEW users AS SELECT * FROM people;
CREATE TRIGGER users_insert INSTEAD OF INSERT ON users BEGIN INSERT INTO people (name) VALUES (new.name); END;

-- case: clean -- what is dropped is there again at the end
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, name TEXT);
CREATE UNIQUE INDEX users_by_email ON users (email);
CREATE VIEW emails AS SELECT email FROM users;
-- queries: app/queries.sql
SELECT email FROM emails;
INSERT INTO users (email, name) VALUES (?, ?) ON CONFLICT (email) DO UPDATE SET name = excluded.name;
-- file: migration.sql
DROP VIEW emails;
DROP INDEX users_by_email;
CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_users (id, email, name) SELECT id, email, coalesce(name, '') FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE UNIQUE INDEX users_by_email ON users (email);
CREATE VIEW emails AS SELECT email FROM users;

-- case: clean -- what sqlx has saved still works
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT);
-- queries: .sqlx/query-11.json
{ "db_name": "SQLite", "query": "SELECT name FROM users WHERE id = $1", "describe": {}, "hash": "11" }
-- file: migration.sql
ALTER TABLE users RENAME COLUMN age TO years;

-- case: clean -- what sqlx has saved is for another database
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT);
-- queries: .sqlx/query-12.json
{ "db_name": "PostgreSQL", "query": "SELECT age FROM users WHERE id = $1", "describe": {}, "hash": "12" }
-- file: migration.sql
ALTER TABLE users RENAME COLUMN age TO years;

-- case: clean -- a query of the new binary
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- queries: app/queries.sql
SELECT age FROM users;
-- file: migration.sql
ALTER TABLE users ADD COLUMN age INT;

-- case: clean -- a string in double quotes
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT);
-- queries: app/queries.sql
SELECT id FROM users WHERE name = "nobody";
-- file: migration.sql
ALTER TABLE users DROP COLUMN age;

-- case: clean -- a temporary table takes the name on the migration's connection alone
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- queries: app/queries.sql
SELECT name FROM users;
-- file: migration.sql
CREATE TEMPORARY TABLE users AS SELECT id FROM main.users;

-- case: clean -- a required column with a default, and one that the INSERT gives
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- queries: app/queries.sql
INSERT INTO users (name) VALUES (?);
INSERT INTO users DEFAULT VALUES;
-- file: migration.sql
ALTER TABLE users ADD COLUMN age INT NOT NULL DEFAULT 0;

-- case: clean -- an INSERT that lacked a value before
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT NOT NULL);
-- queries: app/queries.sql
INSERT INTO users (name) VALUES (?);
-- file: migration.sql
ALTER TABLE users ADD COLUMN age INT;

-- case: clean -- the file checks foreign keys that did not fit before
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE logins (email TEXT REFERENCES users (email));
-- queries: app/queries.sql
DELETE FROM users WHERE id = ?;
-- file: migration.sql
ALTER TABLE users ADD COLUMN age INT;
PRAGMA foreign_keys = ON;

-- case: clean -- a table of a module that only the application has
-- not run: the module is not there
-- schema:
CREATE TABLE places (id INTEGER PRIMARY KEY, at TEXT);
-- queries: app/queries.sql
SELECT id FROM places;
-- file: migration.sql
DROP TABLE places;
CREATE VIRTUAL TABLE places USING tree_of_ours (id);

-- case: clean -- a table that no file makes
-- queries: app/queries.sql
SELECT name FROM elsewhere;
-- file: migration.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
ALTER TABLE elsewhere RENAME COLUMN name TO title;
-- not run: `elsewhere` is not there
