-- case: flagged -- a file without the ending that its runner wants
-- layout: golang-migrate
-- runner: golang-migrate
-- file: 000001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 000002_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- Drizzle's folders, where wrangler looks for files
-- runner: wrangler
-- layout: drizzle-folders
-- tool: ../wrangler.toml
[[d1_databases]]
migrations_dir = "migrations"
-- file: 20240131120000_users/migration.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: flagged -- a pattern that means folders alone
-- runner: wrangler
-- tool: ../wrangler.jsonc
{ "d1_databases": [{ "migrations_pattern": "migrations/*/migration.sql" }] } // folders
-- file: 0001_users/migration.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- one underscore, where Flyway wants two
-- layout: flyway
-- runner: flyway
-- file: V1__users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: V2_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- no number beside files that have one
-- layout: goose
-- runner: goose
-- file: 00001_users.sql
-- +goose Up
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: add_posts.sql
-- +goose Up
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- a folder of its own below files
-- layout: sqlx
-- runner: sqlx
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002_posts/up.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: clean -- a comment allows it
-- layout: sqlx
-- runner: sqlx
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002_posts/up.sql
-- remold: allow-file(unseen-migration) it waits for the next release
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: clean -- seeds and a schema are no migrations
-- layout: dbmate
-- runner: dbmate
-- file: 1_users.sql
-- migrate:up
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: schema.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: seeds/1_users.sql
INSERT INTO users (id) VALUES (1);
-- file: dev_seeds.sql
INSERT INTO users (id) VALUES (1);

-- case: clean -- the pattern means the folders
-- runner: wrangler
-- tool: ../wrangler.toml
[[d1_databases]]
migrations_pattern = "migrations/*/migration.sql"
-- file: 0001_users/migration.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- what Sqitch verifies
-- layout: sqitch
-- runner: sqitch
-- file: deploy/users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: verify/users.sql
SELECT id FROM users WHERE 0;
-- file: 0001_report.sql
SELECT 1;

-- case: clean -- wrangler runs every file of its folder
-- runner: wrangler
-- tool: ../wrangler.toml
[[d1_databases]]
migrations_dir = "migrations"
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: archive/0001_old.sql
CREATE TABLE old (id INTEGER PRIMARY KEY);
