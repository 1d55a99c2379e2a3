-- case: flagged -- types that look like INTEGER
CREATE TABLE users (id INT PRIMARY KEY, name TEXT);
CREATE TABLE posts (id BIGINT, name TEXT, PRIMARY KEY (id));
CREATE TABLE tags (id INTEGER(10) PRIMARY KEY, name TEXT);
CREATE TABLE sizes (id INTEGER UNSIGNED PRIMARY KEY, name TEXT);
INSERT INTO users (name) VALUES ('ada'), ('bob');

-- case: flagged -- PostgreSQL's numbers
CREATE TABLE users (id SERIAL PRIMARY KEY, name TEXT);
CREATE TABLE posts (id BIGSERIAL NOT NULL PRIMARY KEY, name TEXT);

-- case: flagged -- DESC behind the column's own key
CREATE TABLE users (id INTEGER PRIMARY KEY DESC, name TEXT);

-- case: flagged -- a key that must be given
CREATE TABLE users (id BIGINT NOT NULL PRIMARY KEY, name TEXT);
CREATE TABLE posts (id INT PRIMARY KEY, name TEXT) STRICT;

-- case: flagged -- a rebuild that loses the numbers
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INT PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;

-- case: clean -- the rowid by its name
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE posts (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, name TEXT);

-- case: clean -- DESC in a constraint of the table does no harm
CREATE TABLE users (id INTEGER, name TEXT, PRIMARY KEY (id DESC));

-- case: clean -- keys that nobody numbers
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE profiles (user INT PRIMARY KEY REFERENCES users (id), name TEXT);
CREATE TABLE words (word TEXT PRIMARY KEY);
CREATE TABLE places (x INT, y INT, PRIMARY KEY (x, y));
CREATE TABLE rooms (id INT PRIMARY KEY, name TEXT) WITHOUT ROWID;
CREATE TABLE flags (id INT PRIMARY KEY DEFAULT (abs(random())), name TEXT);

-- case: clean -- it was so before the file
-- schema:
CREATE TABLE users (id INT PRIMARY KEY, name TEXT);
-- file: 0001.sql
CREATE TABLE new_users (id INT PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
