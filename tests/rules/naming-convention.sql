-- case: flagged -- tables and columns in another style
-- naming: table = {snake_case}
-- naming: column = {snake_case}
CREATE TABLE UserAccounts (id INTEGER PRIMARY KEY, firstName TEXT, "E-Mail" TEXT, age INTEGER);

-- case: flagged -- indexes that do not say what they are on
-- naming: index = idx_{table}_{columns}
-- naming: unique-index = uq_{table}_{columns}
CREATE TABLE users (id INTEGER PRIMARY KEY, team INTEGER, email TEXT);
CREATE INDEX users_by_team ON users (team, email DESC);
CREATE UNIQUE INDEX idx_users_email ON users (email);
CREATE INDEX idx_users_lower_email ON users (lower(email));

-- case: flagged -- an index by an old name, which stands elsewhere in the file too
-- naming: index = idx_{table}_{columns}
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
DROP INDEX IF EXISTS by_email;
CREATE INDEX by_email ON users (email);

-- case: flagged -- a view and a trigger
-- naming: view = {snake_case}_view
-- naming: trigger = {table}_{snake_case}
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, changed TEXT);
CREATE VIEW emails AS SELECT email FROM users;
CREATE TRIGGER touchUsers AFTER UPDATE OF email ON users BEGIN
    UPDATE users SET changed = datetime('now') WHERE id = NEW.id;
END;

-- case: flagged -- constraints
-- naming: primary-key = pk_{table}
-- naming: foreign-key = fk_{table}_{columns}_{parent}
-- naming: unique = uq_{table}_{columns}
-- naming: check = ck_{table}_{snake_case}
CREATE TABLE teams (id INTEGER CONSTRAINT teams_key PRIMARY KEY, name TEXT CONSTRAINT one_name UNIQUE);
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    team INTEGER CONSTRAINT users_team REFERENCES teams (id),
    other INTEGER,
    age INTEGER CONSTRAINT adult CHECK (age >= 18),
    CONSTRAINT one_user UNIQUE (team, age),
    CONSTRAINT users_other FOREIGN KEY (other) REFERENCES teams (id)
);

-- case: flagged -- what is added and renamed
-- naming: table = {snake_case}
-- naming: column = {snake_case}
-- naming: check = {table}_{snake_case}
-- naming: foreign-key = fk_{columns}
-- schema:
CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
CREATE TABLE old (id INTEGER PRIMARY KEY);
-- file: 0001.sql
ALTER TABLE users RENAME COLUMN mail TO eMail;
ALTER TABLE users ADD COLUMN firstName TEXT CONSTRAINT named CHECK (firstName <> '');
ALTER TABLE users ADD COLUMN old_id INTEGER CONSTRAINT users_old REFERENCES old (id);
ALTER TABLE users ADD CONSTRAINT Mail CHECK (eMail LIKE '%@%');
ALTER TABLE old RENAME TO oldUsers;

-- case: flagged -- a column that a rebuild brings
-- naming: table = {snake_case}
-- naming: column = {snake_case}
-- schema:
CREATE TABLE Users (id INTEGER PRIMARY KEY, mailAddress TEXT);
-- file: 0001.sql
CREATE TABLE "new_Users" (id INTEGER PRIMARY KEY, mailAddress TEXT, firstName TEXT);
INSERT INTO "new_Users" (id, mailAddress) SELECT id, mailAddress FROM Users;
DROP TABLE Users;
ALTER TABLE "new_Users" RENAME TO Users;

-- case: flagged -- a name for which there is no better one
-- naming: table = {snake_case}
CREATE TABLE "--" (id INTEGER PRIMARY KEY);

-- case: clean -- a project that does not ask
CREATE TABLE UserAccounts (id INTEGER PRIMARY KEY, "E-Mail" TEXT);
CREATE INDEX I ON UserAccounts (id);

-- case: clean -- every name as it should be
-- naming: table = {snake_case}
-- naming: column = {snake_case}
-- naming: index = idx_{table}_{columns}
-- naming: view = {snake_case}
-- naming: trigger = {table}_{snake_case}
-- naming: foreign-key = fk_{table}_{columns}
CREATE TABLE teams (id INTEGER PRIMARY KEY, team_name TEXT);
CREATE TABLE users (id INTEGER PRIMARY KEY, team_id INTEGER, CONSTRAINT fk_users_team_id FOREIGN KEY (team_id) REFERENCES teams);
CREATE INDEX idx_users_team_id ON users (team_id);
CREATE UNIQUE INDEX idx_teams_team_name ON teams (team_name);
CREATE VIEW team_names AS SELECT team_name FROM teams;
CREATE TRIGGER teams_gone AFTER DELETE ON teams BEGIN DELETE FROM users WHERE team_id = OLD.id; END;

-- case: clean -- what was there before, and comes again behind a rebuild
-- naming: table = {snake_case}
-- naming: column = {snake_case}
-- naming: index = idx_{table}_{columns}
-- naming: trigger = {table}_{snake_case}
-- naming: check = {table}_{snake_case}
-- naming: unique = uq_{columns}
-- schema:
CREATE TABLE Users (id INTEGER PRIMARY KEY, firstName TEXT CONSTRAINT named CHECK (firstName <> ''), mail TEXT CONSTRAINT one UNIQUE);
CREATE INDEX byName ON Users (firstName);
CREATE TRIGGER Gone AFTER DELETE ON Users BEGIN SELECT 1; END;
-- file: 0001.sql
CREATE TABLE "Users__NEW" (
    id INTEGER PRIMARY KEY, firstName TEXT CONSTRAINT named CHECK (firstName <> ''), mail TEXT CONSTRAINT one UNIQUE, age INTEGER
);
INSERT INTO "Users__NEW" (id, firstName, mail) SELECT id, firstName, mail FROM Users;
DROP TABLE Users;
ALTER TABLE "Users__NEW" RENAME TO Users;
CREATE INDEX byName ON Users (firstName);
CREATE TRIGGER Gone AFTER DELETE ON Users BEGIN SELECT 1; END;

-- case: clean -- temporary tables, those of tools, and what the file takes away again
-- naming: table = {snake_case}
-- naming: index = idx_{table}_{columns}
-- naming: column = {snake_case}
CREATE TEMP TABLE Scratch (Id INTEGER);
CREATE TABLE "_prisma_migrations" (migrationName TEXT PRIMARY KEY);
CREATE TABLE Work (Id INTEGER PRIMARY KEY);
CREATE INDEX ByWork ON Work (Id);
DROP TABLE Work;

-- case: clean -- an index on an expression, whose columns have no names
-- naming: index = idx_{table}_{columns}
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
CREATE INDEX users_lower ON users (lower(email));

-- case: clean -- what a module makes for itself
-- naming: table = {PascalCase}
CREATE VIRTUAL TABLE Notes USING fts5(body);

-- case: clean -- kinds without a pattern
-- naming: table = {snake_case}
CREATE TABLE users (Id INTEGER PRIMARY KEY, CONSTRAINT C CHECK (Id > 0));
CREATE INDEX Something ON users (Id);
CREATE VIEW Other AS SELECT Id FROM users;
