-- case: flagged -- no index, an ordinary one, one that holds more
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, nick TEXT, shop INTEGER, number INTEGER, UNIQUE (shop, number));
CREATE INDEX users_nick ON users (nick);
INSERT INTO users (email) VALUES ('a') ON CONFLICT (email) DO NOTHING;
INSERT INTO users (nick) VALUES ('a') ON CONFLICT (nick) DO UPDATE SET nick = excluded.nick;
INSERT INTO users (shop) VALUES (1) ON CONFLICT (shop) DO NOTHING;

-- case: flagged -- a partial index without its condition
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email) WHERE email <> '';
INSERT INTO users (email) VALUES ('a') ON CONFLICT (email) DO NOTHING;

-- case: flagged -- the index has gone
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
-- file: 0001.sql
DROP INDEX users_email;
-- file: 0002.sql
INSERT INTO users (id, email) VALUES (1, 'a') ON CONFLICT (id) DO NOTHING ON CONFLICT (email) DO NOTHING;

-- case: clean -- every kind of key
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT COLLATE NOCASE UNIQUE, nick TEXT, shop INTEGER, number INTEGER, UNIQUE (shop, number));
CREATE UNIQUE INDEX users_nick ON users (nick) WHERE nick <> '';
CREATE UNIQUE INDEX users_lower ON users (lower(nick));
INSERT INTO users (id) VALUES (1) ON CONFLICT (id) DO NOTHING;
INSERT INTO users (id) VALUES (1) ON CONFLICT (rowid) DO NOTHING;
INSERT INTO users (email) VALUES ('a') ON CONFLICT ("email") DO UPDATE SET email = excluded.email;
INSERT INTO users (shop, number) VALUES (1, 2) ON CONFLICT (number, shop) DO NOTHING;
INSERT INTO users (nick) VALUES ('a') ON CONFLICT (nick) WHERE nick <> '' DO NOTHING;
INSERT INTO users (nick) VALUES ('a') ON CONFLICT (lower(nick)) DO NOTHING;
INSERT INTO users (nick) VALUES ('a') ON CONFLICT DO NOTHING;

-- case: clean -- a table without rowids
CREATE TABLE users (shop INTEGER, id INTEGER, PRIMARY KEY (shop, id)) WITHOUT ROWID;
INSERT INTO users (shop, id) VALUES (1, 2) ON CONFLICT (id, shop) DO NOTHING;

-- case: clean -- a table of which nothing is known
-- not run: the files do not make the table
INSERT INTO users (email) VALUES ('a') ON CONFLICT (email) DO NOTHING;
