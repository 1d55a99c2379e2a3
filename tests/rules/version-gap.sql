-- case: flagged -- one is missing
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002_email.sql
ALTER TABLE users ADD COLUMN email TEXT;
-- file: 0004_name.sql
ALTER TABLE users ADD COLUMN name TEXT;

-- case: flagged -- numbers are compared as numbers
-- file: 9_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 10_email.sql
ALTER TABLE users ADD COLUMN email TEXT;
-- file: 12_name.sql
ALTER TABLE users ADD COLUMN name TEXT;

-- case: flagged -- rusqlite_migration counts
-- runner: rusqlite_migration
-- file: 01-users/up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 03-email/up.sql
ALTER TABLE users ADD COLUMN email TEXT;
-- file: 07-name/up.sql
ALTER TABLE users ADD COLUMN name TEXT;

-- case: flagged -- and begins at 1
-- runner: rusqlite_migration
-- file: 02-users/up.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- two are missing in two places, as where numbers are left free
-- file: 1_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 3_email.sql
ALTER TABLE users ADD COLUMN email TEXT;
-- file: 5_name.sql
ALTER TABLE users ADD COLUMN name TEXT;

-- case: clean -- a jump
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002_email.sql
ALTER TABLE users ADD COLUMN email TEXT;
-- file: 0100_name.sql
ALTER TABLE users ADD COLUMN name TEXT;

-- case: clean -- times
-- file: 20240131120000_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 20240131120002_email.sql
ALTER TABLE users ADD COLUMN email TEXT;

-- case: clean -- a number for each folder, from where they like
-- file: orders/3_orders.sql
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- file: orders/4_lines.sql
CREATE TABLE lines (id INTEGER PRIMARY KEY);
-- file: users/6_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- a file that is gone is told of by another rule
-- deleted: 0002_email.sql
-- file: 0001_users.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0003_name.sql
ALTER TABLE users ADD COLUMN name TEXT;
-- file: 0004_age.sql
ALTER TABLE users ADD COLUMN age INT;
