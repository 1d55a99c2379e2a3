-- case: flagged -- the beginning of another, made before it and behind it
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER, at TEXT);
CREATE INDEX posts_author ON posts (author);
CREATE INDEX posts_author_at ON posts (author, at);
CREATE INDEX posts_by_author ON posts (author DESC);

-- case: flagged -- a UNIQUE constraint, and the primary key
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, shop INTEGER, number INTEGER, UNIQUE (shop, number));
CREATE INDEX users_email ON users (email);
CREATE UNIQUE INDEX users_unique_email ON users (email);
CREATE INDEX users_shop ON users (shop);
CREATE INDEX users_id ON users (id);

-- case: flagged -- an index from before the file
-- schema:
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER, at TEXT);
CREATE INDEX posts_author ON posts (author);
-- file: 0001.sql
CREATE INDEX posts_author_at ON posts (author, at);

-- case: flagged -- a table without rowids
CREATE TABLE likes (author INTEGER, post INTEGER, PRIMARY KEY (author, post)) WITHOUT ROWID;
CREATE INDEX likes_author ON likes (author);

-- case: clean -- another order, another collation, another direction
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER, at TEXT);
CREATE INDEX posts_author_at ON posts (author, at);
CREATE INDEX posts_at ON posts (at COLLATE NOCASE);
CREATE INDEX posts_at_author ON posts (at, author);
CREATE INDEX posts_newest ON posts (author, at DESC);

-- case: clean -- it keeps rows unique, or holds some of them, or what is computed
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, shop INTEGER);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE INDEX users_email_shop ON users (email, shop);
CREATE INDEX users_shop ON users (shop) WHERE email IS NULL;
CREATE INDEX users_lower ON users (lower(email));
CREATE INDEX users_lower_shop ON users (lower(email), shop);
CREATE INDEX users_shop_email ON users (shop, email);

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER, at TEXT);
CREATE INDEX posts_author ON posts (author);
CREATE INDEX posts_author_at ON posts (author, at);
-- file: 0001.sql
CREATE INDEX posts_at ON posts (at);

-- case: clean -- one of them goes in the same file
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER, at TEXT);
CREATE INDEX posts_author ON posts (author);
CREATE INDEX posts_author_at ON posts (author, at);
DROP INDEX posts_author;
