-- case: flagged -- functions
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, slug TEXT DEFAULT (new_slug()));
UPDATE users SET name = slugify(name);
CREATE INDEX users_slug ON users (slugify(name));
CREATE TABLE posts (title TEXT CHECK (slugify(title) <> ''), slug TEXT AS (slugify(title)));
CREATE VIEW slugs AS SELECT slugify(name) FROM users;
CREATE TRIGGER slug AFTER INSERT ON users BEGIN UPDATE users SET slug = slugify(new.name) WHERE id = new.id; END;
ALTER TABLE users ADD COLUMN short TEXT CHECK (slugify(short) <> '');

-- case: flagged -- a function that is spelt wrong
SELECT josn_extract('{}', '$.a');

-- case: flagged -- the operator REGEXP
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (title TEXT CHECK (title REGEXP '^a'));
SELECT id FROM users WHERE name NOT regexp 'b';

-- case: flagged -- collations
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT COLLATE german);
CREATE INDEX users_name ON users (id, name COLLATE german DESC);
CREATE TABLE posts (title TEXT, UNIQUE (title COLLATE german));
ALTER TABLE users ADD COLUMN note TEXT COLLATE german;

-- case: flagged -- collations within expressions
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT CHECK (name COLLATE german <> ''));
CREATE INDEX users_is_a ON users ((name = 'a' COLLATE "german"));
CREATE INDEX users_a ON users (id) WHERE name COLLATE german = 'a';
CREATE VIEW sorted AS SELECT name FROM users ORDER BY name COLLATE german;
CREATE TRIGGER kept AFTER INSERT ON users BEGIN DELETE FROM users WHERE name = new.name COLLATE german; END;
DELETE FROM users WHERE name = 'a' COLLATE german;

-- case: flagged -- modules, and functions that stand for tables
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE words USING spellfix1;
INSERT INTO users SELECT value FROM generate_series(1, 10);

-- case: clean -- what SQLite has itself
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT COLLATE nocase, seen TEXT DEFAULT (datetime('now')), at TEXT DEFAULT CURRENT_TIMESTAMP, CHECK (length(name) > 0));
CREATE INDEX users_name ON users (name COLLATE Binary, lower(name));
SELECT max(users.id), count(*), group_concat(name), json_extract(name, '$.a') FROM users, json_each(name);
SELECT row_number() OVER (ORDER BY id) FROM users;
CREATE VIRTUAL TABLE words USING FTS5 (body);
SELECT highlight(words, 0, '', '') FROM words('x');
SELECT name FROM pragma_table_info('users') ORDER BY name COLLATE RTRIM;
CREATE INDEX users_a ON users (id) WHERE name = 'a' COLLATE "nocase";

-- case: clean -- words that look like calls
CREATE TABLE users (id INTEGER PRIMARY KEY, slugify TEXT);
INSERT INTO users (slugify) VALUES ('slugify(1)');
WITH series (n) AS (SELECT 1) SELECT * FROM series;

-- case: clean -- a table that may be there
-- not run: the table is not there
SELECT * FROM words('x');

-- case: flagged -- one function in two columns is said once
CREATE TABLE users (
    email TEXT PRIMARY KEY NOT NULL CHECK (is_email(email)),
    pending TEXT CHECK (is_email(pending))
);
