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

-- case: flagged -- sqlx, which has a line that a file begins with
-- runner: sqlx
PRAGMA foreign_keys = OFF;
CREATE TABLE users (id INTEGER PRIMARY KEY);

-- case: flagged -- sqlx does not read the line behind another
-- runner: sqlx
-- users
-- no-transaction
PRAGMA foreign_keys = OFF;

-- case: flagged -- diesel, which reads it beside the file
-- runner: diesel
PRAGMA foreign_keys = OFF;

-- case: flagged -- drizzle, which has no way out
-- runner: drizzle
PRAGMA foreign_keys = OFF;

-- case: clean -- sqlx begins no transaction around this file
-- runner: sqlx
-- no-transaction
PRAGMA foreign_keys = OFF;
CREATE TABLE users (id INTEGER PRIMARY KEY);
PRAGMA foreign_keys = ON;

-- case: clean -- Atlas reads its line at the head of the file
-- runner: atlas

-- atlas:txmode none

PRAGMA foreign_keys = OFF;
PRAGMA foreign_keys = ON;

-- case: clean -- Prisma runs the file as it is
-- runner: prisma
PRAGMA foreign_keys = OFF;
PRAGMA foreign_keys = ON;
