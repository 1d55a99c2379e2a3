-- case: flagged -- a name
-- schema:
CREATE TABLE settings (name TEXT NOT NULL, value TEXT);
-- file: 0001.sql
INSERT INTO settings (name, value) VALUES ('theme', :theme);

-- case: flagged -- each of them, and what a replay says of NULL is not said again
-- schema:
CREATE TABLE settings (name TEXT NOT NULL, value TEXT);
-- file: 0001.sql
INSERT INTO settings (name, value) VALUES (?1, ?2);

-- case: flagged -- a condition that is true of no row
-- schema:
CREATE TABLE settings (name TEXT NOT NULL, value TEXT);
-- file: 0001.sql
DELETE FROM settings WHERE name = @name;
UPDATE settings SET value = 'x' WHERE name = $name;

-- case: clean -- values
-- schema:
CREATE TABLE settings (name TEXT NOT NULL, value TEXT);
-- file: 0001.sql
INSERT INTO settings (name, value) VALUES ('theme', 'light');

-- case: clean -- signs in strings, names and comments
-- schema:
CREATE TABLE settings (name TEXT NOT NULL, value TEXT);
-- file: 0001.sql
-- what is it? :nothing
INSERT INTO settings (name, value) VALUES ('a?', ':b @c $d');
UPDATE settings SET "value" = json_extract('{"a": 1}', '$.a') WHERE name = '$name';

-- case: clean -- a trigger that gives its rows
-- schema:
CREATE TABLE settings (name TEXT NOT NULL, value TEXT);
-- file: 0001.sql
CREATE TRIGGER kept AFTER DELETE ON settings BEGIN
    INSERT INTO settings (name, value) VALUES (old.name, old.value);
END;
