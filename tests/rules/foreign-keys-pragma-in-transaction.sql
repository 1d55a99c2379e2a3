-- case: flagged -- in the runner's transaction
-- transaction: file
PRAGMA foreign_keys = OFF;

-- case: flagged -- in the file's own
BEGIN IMMEDIATE;
PRAGMA main.foreign_keys(1);
COMMIT;

-- case: flagged -- inside a savepoint
SAVEPOINT here;
PRAGMA Foreign_Keys = no;
RELEASE here;

-- case: flagged -- one transaction for all files
-- transaction: all
-- file: 0001.sql
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- file: 0002.sql
PRAGMA foreign_keys = ON;

-- case: clean -- before and after
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE users (id INTEGER PRIMARY KEY);
COMMIT;
PRAGMA foreign_keys = ON;

-- case: clean -- a question
-- transaction: file
PRAGMA foreign_keys;
PRAGMA foreign_key_check;

-- case: clean -- the pragma that is made for it
-- transaction: file
PRAGMA defer_foreign_keys = ON;

-- case: clean -- each file begins anew
-- file: 0001.sql
BEGIN;
ROLLBACK;
-- file: 0002.sql
PRAGMA foreign_keys = OFF;

-- case: clean -- remold's plan takes the pragma over
-- runner: remold
PRAGMA foreign_keys = OFF;
CREATE TABLE users (id INTEGER PRIMARY KEY);
PRAGMA foreign_keys = ON;
