-- case: flagged -- no such table
-- foreign keys: on
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));

-- case: flagged -- columns that are not unique, and no primary key
-- foreign keys: on
CREATE TABLE users (id INTEGER, email TEXT, shop INTEGER, UNIQUE (shop, email));
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
CREATE TABLE likes (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users);

-- case: flagged -- an index that keeps some rows unique, one of another collation, one of an expression
-- foreign keys: on
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, nick TEXT COLLATE NOCASE, name TEXT);
CREATE UNIQUE INDEX users_email ON users (email) WHERE email <> '';
CREATE UNIQUE INDEX users_nick ON users (nick COLLATE BINARY);
CREATE UNIQUE INDEX users_name ON users (lower(name));
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
CREATE TABLE likes (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (nick));
CREATE TABLE notes (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (name));

-- case: flagged -- the rowid, a view, a column that is not there
-- foreign keys: on
CREATE TABLE logs (note TEXT);
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE VIEW people AS SELECT id FROM users;
CREATE TABLE posts (id INTEGER PRIMARY KEY, log INTEGER REFERENCES logs (rowid));
CREATE TABLE likes (id INTEGER PRIMARY KEY, author INTEGER REFERENCES people (id));
CREATE TABLE notes (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (number));

-- case: flagged -- another number of columns
CREATE TABLE users (shop INTEGER, id INTEGER, PRIMARY KEY (shop, id));
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users);

-- case: flagged -- a new column
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE posts ADD COLUMN author TEXT REFERENCES users (email);

-- case: flagged -- a rebuild that adds the key
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT);
-- file: 0001.sql
CREATE TABLE new_posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
INSERT INTO new_posts SELECT id, author FROM posts;
DROP TABLE posts;
ALTER TABLE new_posts RENAME TO posts;

-- case: clean -- primary keys and unique columns, in any order and case
-- foreign keys: on
CREATE TABLE users (Id INTEGER PRIMARY KEY, email TEXT COLLATE NOCASE UNIQUE, shop INTEGER, number INTEGER, UNIQUE (shop, number));
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users, mail TEXT REFERENCES Users (EMAIL), shop INTEGER, number INTEGER, FOREIGN KEY (number, shop) REFERENCES users (number, shop));
INSERT INTO posts DEFAULT VALUES;

-- case: clean -- the parent and its index come later in the file
-- foreign keys: on
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email), reply INTEGER REFERENCES posts (id));
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE UNIQUE INDEX users_email ON users (email);
INSERT INTO posts DEFAULT VALUES;

-- case: clean -- a table without rowids, and one that a query makes
-- foreign keys: on
CREATE TABLE users (shop INTEGER, id INTEGER, PRIMARY KEY (shop, id)) WITHOUT ROWID;
CREATE TABLE posts (id INTEGER PRIMARY KEY, shop INTEGER, author INTEGER, FOREIGN KEY (shop, author) REFERENCES users);
CREATE TABLE copies AS SELECT * FROM users;
CREATE UNIQUE INDEX copies_id ON copies (id);
CREATE TABLE likes (id INTEGER PRIMARY KEY, author INTEGER REFERENCES copies (id));
INSERT INTO posts DEFAULT VALUES;
INSERT INTO likes DEFAULT VALUES;

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
-- file: 0001.sql
ALTER TABLE posts ADD COLUMN title TEXT;

-- case: clean -- a table of which nothing is known
ALTER TABLE posts ADD COLUMN title TEXT;
CREATE TABLE likes (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- not run: the files do not make the table posts
