-- case: flagged -- a new table
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));

-- case: flagged -- a new column
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE posts ADD COLUMN author INTEGER REFERENCES users (id);

-- case: flagged -- the index begins with another column, or holds some rows only
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id), at TEXT);
CREATE INDEX posts_at ON posts (at, author);
CREATE INDEX posts_new ON posts (author) WHERE at > '2024';

-- case: flagged -- a key of two columns
CREATE TABLE users (shop INTEGER, id INTEGER, PRIMARY KEY (shop, id));
CREATE TABLE posts (id INTEGER PRIMARY KEY, shop INTEGER, author INTEGER, FOREIGN KEY (shop, author) REFERENCES users);
CREATE INDEX posts_shop ON posts (shop, id);

-- case: clean -- an index of its own
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
CREATE INDEX posts_author ON posts (author);

-- case: clean -- the key is the table's own key, or unique
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE profiles (user INTEGER PRIMARY KEY REFERENCES users (id));
CREATE TABLE keys (id INTEGER PRIMARY KEY, user INTEGER UNIQUE REFERENCES users (id));

-- case: clean -- both columns lead the index, in another order
CREATE TABLE users (shop INTEGER, id INTEGER, PRIMARY KEY (shop, id));
CREATE TABLE posts (id INTEGER PRIMARY KEY, shop INTEGER, author INTEGER, FOREIGN KEY (shop, author) REFERENCES users);
CREATE INDEX posts_author ON posts (author, shop, id);

-- case: clean -- it was so before a rebuild
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id));
-- file: 0001.sql
CREATE TABLE new_users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES new_users (id), name TEXT);
INSERT INTO new_users (id, boss) SELECT id, boss FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
-- file: 0001.sql
ALTER TABLE posts ADD COLUMN at TEXT;
