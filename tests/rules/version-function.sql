-- case: flagged -- what is executed must be known to the engine
-- engine: 3.30.0
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
UPDATE users SET name = iif(name IS NULL, '', substring(name, 1, 10));
INSERT INTO users (name) SELECT format('%d', sign(id)) FROM users WHERE unhex(name) IS NOT NULL;
DELETE FROM users WHERE octet_length(name) > 10;
SELECT concat(name, 'x'), string_agg(name, ','), jsonb_set(name, '$.a', 1), if(id, 1, 2) FROM users;
SELECT value FROM users, jsonb_each(name);

-- case: flagged -- what stays in the schema breaks what writes, or what reads
-- sqlite: 3.37.0..
-- engine: 3.54.1
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT DEFAULT (format('%d', 1)),
  size INTEGER AS (octet_length(name)),
  mark BLOB CHECK (unhex(mark) IS NOT NULL),
  CHECK (concat(name, 'x') <> 'x')
);
CREATE INDEX by_mark ON users (unhex(name)) WHERE octet_length(name) > 1;
CREATE VIEW ages AS SELECT timediff('now', name) FROM users UNION ALL SELECT value FROM jsonb_each('[]');
CREATE TRIGGER stamp AFTER INSERT ON users WHEN unixepoch() > 0 BEGIN
  UPDATE users SET name = concat_ws(' ', new.name, 'x');
END;
ALTER TABLE users ADD COLUMN note TEXT CHECK (json_pretty(note) IS NOT NULL);

-- case: flagged -- the engine makes it, and cannot use it
-- engine: 3.37.0
CREATE TABLE users (id INTEGER PRIMARY KEY, seen INTEGER DEFAULT (unixepoch()), mark BLOB CHECK (unhex(mark) <> x''));
CREATE VIEW marks AS SELECT unhex(mark) FROM users;
ALTER TABLE users ADD COLUMN size INTEGER AS (octet_length(mark));

-- case: flagged -- JSON came with 3.9
-- engine: 3.8.6
SELECT json_extract('{}', '$.a'), likely(1), printf('%d', 1);

-- case: clean -- known to all
-- sqlite: 3.46.0..
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT DEFAULT (format('%d', 1)), seen INTEGER DEFAULT (unixepoch()));
CREATE VIEW marks AS SELECT octet_length(name), json_pretty(name) FROM users;

-- case: clean -- an old reader never sees what is executed once
-- sqlite: 3.30.0..
-- engine: 3.54.1
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
UPDATE users SET name = concat(name, 'x');
CREATE TEMP VIEW marks AS SELECT octet_length(name) FROM users;
CREATE TABLE copy AS SELECT octet_length(name) AS size FROM users;

-- case: clean -- the words as names
-- sqlite: 3.8.0..
CREATE TABLE format (concat INTEGER, unhex TEXT, sign TEXT);
INSERT INTO format (sign) VALUES ('format(1)');

-- case: clean -- windows are another rule's, and so is what nobody knows
-- engine: 3.24.0
-- not run: nobody has registered the function
SELECT row_number() OVER (), our_own(1);

-- case: flagged -- numbers of arguments that came later
-- engine: 3.40.1
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT CHECK (json_valid(name, 6)), short TEXT DEFAULT (iif(1, 2)));
UPDATE users SET name = iif(id, 'a'), short = iif(id = 1, 'a', id = (2), 'b', coalesce(name, 'c'));

-- case: flagged -- the same, where it stays and an older one reads it
-- sqlite: 3.44.0..
-- engine: 3.54.1
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT CHECK (iif(name, 1)), short TEXT DEFAULT (iif(1, 2)));
CREATE INDEX users_valid ON users (json_valid(name, 2));
CREATE VIEW names AS SELECT iif(id, name) FROM users;

-- case: flagged -- words for which an older one answers NULL
-- sqlite: 3.37.0..
-- engine: 3.40.1
CREATE TABLE users (id INTEGER PRIMARY KEY, day TEXT DEFAULT (strftime('%d.%F %V', 'now')), at TEXT DEFAULT (datetime('now', 'subsec')));
INSERT INTO users (id, day) VALUES (1, date('2024-01-31', '+1 month', 'Floor'));
CREATE VIEW days AS SELECT datetime(day, 'auto') FROM users;

-- case: clean -- what each of them takes
-- sqlite: 3.37.0..
-- engine: 3.40.1
CREATE TABLE users (id INTEGER PRIMARY KEY, day TEXT DEFAULT (strftime('%Y-%m-%d', 'now')), name TEXT CHECK (json_valid(name)));
UPDATE users SET name = iif(id IN (1, 2), 'a', 'b'), day = datetime(day, '+1 day', 'utc') WHERE name <> strftime('auto');
INSERT INTO users (day) SELECT datetime('now', 'auto');
