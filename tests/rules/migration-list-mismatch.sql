-- case: flagged -- Drizzle's journal does not have the file
-- runner: drizzle
-- tool: meta/_journal.json
{"entries": [{"idx": 0, "when": 1706702400000, "tag": "0000_users"}]}
-- file: 0000_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- wrangler runs it all the same
-- runner: wrangler
-- tool: meta/_journal.json
{"entries": [{"idx": 0, "when": 1706702400000, "tag": "0000_users"}]}
-- file: 0000_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: flagged -- the journal has a file that is gone
-- runner: drizzle
-- tool: meta/_journal.json
{"entries": [{"idx": 0, "when": 1, "tag": "0000_users"}, {"idx": 1, "when": 2, "tag": "0001_posts"}]}
-- file: 0000_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: flagged -- of two branches the younger one was merged first
-- runner: drizzle
-- tool: meta/_journal.json
{"entries": [{"idx": 0, "when": 1, "tag": "0000_users"}, {"idx": 1, "when": 9, "tag": "0001_posts"},
             {"idx": 2, "when": 5, "tag": "0002_tags"}]}
-- file: 0000_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 0002_tags.sql
CREATE TABLE tags (id INTEGER PRIMARY KEY);

-- case: flagged -- the numbers are in another order than the journal
-- runner: drizzle
-- tool: meta/_journal.json
{"entries": [{"idx": 0, "when": 1, "tag": "0001_users"}, {"idx": 1, "when": 2, "tag": "0000_posts"}]}
-- file: 0000_posts.sql
CREATE INDEX users_name ON users (name);
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);

-- case: flagged -- a file that Atlas has summed was edited
-- runner: atlas
-- tool: atlas.sum
h1:sxNQqhuqhm1fLpr3WN9N/M/niaS81Y7k5RrSaKpmBZE=
1_baseline.sql h1:rZgkRmNcN2UEKgxru1nHCpBRVn/fjFavyQ4xxPxhrD4=
-- file: 1_baseline.sql
CREATE TABLE baseline (c int NOT NULL);

-- case: flagged -- a change that is not in Sqitch's plan
-- runner: sqitch
-- tool: sqitch.plan
%project=app
users 2024-01-01T00:00:00Z Ann <ann@example.org>
-- file: deploy/users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: deploy/posts.sql
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: clean -- a comment allows it
-- runner: drizzle
-- tool: meta/_journal.json
{"entries": [{"idx": 0, "when": 1706702400000, "tag": "0000_users"}]}
-- file: 0000_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_posts.sql
-- remold: allow-file(migration-list-mismatch) it was for another dialect
CREATE TABLE posts (id INTEGER PRIMARY KEY);

-- case: clean -- the sum that Atlas wrote of these files
-- runner: atlas
-- tool: atlas.sum
h1:GqOjMVGk2H0qYhhtJ1SPCyyHEBbWP/LD2ueWQTY4e6A=
1_baseline.sql h1:rZgkRmNcN2UEKgxru1nHCpBRVn/fjFavyQ4xxPxhrD4=
-- file: 1_baseline.sql
-- create "baseline" table
CREATE TABLE baseline (`c` int NOT NULL);

-- case: clean -- the plan has the order, and the names do not
-- runner: sqitch
-- tool: sqitch.plan
%project=app
users 2024-01-01T00:00:00Z Ann <ann@example.org>
posts [users] 2024-01-02T00:00:00Z Ann <ann@example.org>
-- file: deploy/posts.sql
CREATE INDEX users_name ON users (name);
-- file: deploy/users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);

-- case: clean -- the sum of another tool's files is Atlas's own affair
-- runner: goose
-- tool: atlas.sum
h1:GqOjMVGk2H0qYhhtJ1SPCyyHEBbWP/LD2ueWQTY4e6A=
1_users.sql h1:rZgkRmNcN2UEKgxru1nHCpBRVn/fjFavyQ4xxPxhrD4=
-- file: 1_users.sql
-- +goose Up
CREATE TABLE users (id INTEGER PRIMARY KEY);
