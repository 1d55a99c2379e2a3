-- case: flagged -- a rule that does not exist
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
-- remold: allow(drop-tables) it was never used
DROP TABLE users;

-- case: flagged -- no reason
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
/* remold: allow(drop-table) */
DROP TABLE users;

-- case: flagged -- no rule, another word, no day
CREATE TABLE a (b);
-- remold: allow
CREATE TABLE c (d);
-- remold: ignore(drop-table) it was never used
CREATE TABLE e (f);
-- remold: allow(drop-table) until tomorrow it was never used

-- case: clean -- a rule and a reason
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0001.sql
-- remold: allow(drop-table) it was never used
DROP TABLE users;

-- case: clean -- consent, and a range
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- file: 0001.sql
-- remold: allow-start(drop-column): nobody reads it
-- remold: consent(drop-column:users.email) it is empty
ALTER TABLE users DROP COLUMN email;
-- remold: allow-end

-- case: clean -- comments of somebody else's
-- remolded: allow everything
CREATE TABLE a (b); -- see remold: it is a tool
