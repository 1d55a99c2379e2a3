-- case: flagged -- a comma too many
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT,);

-- case: flagged -- cut off
CREATE TABLE users (id INTEGER PRIMARY KEY,

-- case: flagged -- a string that never ends
INSERT INTO users VALUES ('x);

-- case: flagged -- a query
SELECT FROM WHERE;

-- case: clean -- odd, but SQLite's
CREATE TABLE "users" ([id] INTEGER PRIMARY KEY ON CONFLICT REPLACE, `email` UNSIGNED BIG INT DEFAULT x, 'note');
PRAGMA journal_mode = WAL;
PRAGMA table_info(users);
REINDEX;
VACUUM;
SELECT id ISNULL FROM users;

-- case: clean -- a trigger of several statements
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE TRIGGER IF NOT EXISTS lower AFTER INSERT ON users WHEN new.email IS NOT NULL BEGIN
  UPDATE users SET email = lower(new.email) WHERE id = new.id;
  SELECT CASE WHEN new.id < 0 THEN RAISE(ABORT, 'negative; not allowed') END;
END;

-- case: clean -- another rule says it
-- not run: the clause is a syntax error, and unsupported-if-clause reports it
ALTER TABLE users ADD COLUMN IF NOT EXISTS email TEXT;

-- case: clean -- nothing but comments
-- nothing
/* at all */ ;
