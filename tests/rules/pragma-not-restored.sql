-- case: flagged -- foreign keys
PRAGMA foreign_keys = OFF;
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: flagged -- foreign keys, which the runner has on
-- foreign keys: on
PRAGMA foreign_keys = 0;
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
COMMIT

-- case: flagged -- the way of ALTER TABLE
-- transaction: file
CREATE TABLE users (id INTEGER PRIMARY KEY);
PRAGMA legacy_alter_table = ON;
ALTER TABLE users RENAME TO people;

-- case: flagged -- the schema's own table
PRAGMA writable_schema = ON;

-- case: flagged -- checks
PRAGMA ignore_check_constraints = 1;
CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER CHECK (age > 0));

-- case: flagged -- restored where it does nothing
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
PRAGMA foreign_keys = ON;
COMMIT;

-- case: clean -- restored
PRAGMA foreign_keys = OFF;
PRAGMA legacy_alter_table = ON;
PRAGMA writable_schema = 1;
CREATE TABLE users (id INTEGER PRIMARY KEY);
PRAGMA writable_schema = RESET;
PRAGMA legacy_alter_table = OFF;
PRAGMA foreign_keys = ON;

-- case: clean -- switched on
PRAGMA foreign_keys = ON;
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- a question
PRAGMA foreign_keys;
PRAGMA legacy_alter_table;

-- case: clean -- the pragma that ends with the transaction
-- transaction: file
PRAGMA defer_foreign_keys = ON;
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: clean -- the plan of remold takes the pragma over
-- runner: remold
PRAGMA foreign_keys = OFF;
CREATE TABLE users (id INTEGER PRIMARY KEY);
