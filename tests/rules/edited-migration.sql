-- case: flagged -- another column
-- edited: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);

-- case: flagged -- another value
-- edited: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT NOT NULL DEFAULT 'reader');
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT NOT NULL DEFAULT 'Reader');

-- case: flagged -- other comments, spaces and letters
-- edited: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_users.sql
-- those who log in
create table users (
    id integer primary key
);

-- case: clean -- a file that is new
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- added: 0002_email.sql
-- file: 0002_email.sql
ALTER TABLE users ADD COLUMN email TEXT;

-- case: clean -- nothing is known of what was released
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- another file was edited, one that takes back
-- edited: 0001_users.down.sql
DROP TABLE IF EXISTS users;
-- file: 0001_users.up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001_users.down.sql
DROP TABLE users;
