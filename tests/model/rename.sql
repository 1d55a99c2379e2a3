-- RENAME COLUMN and RENAME TO, and all that names them.
CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT CHECK (length(name) > 0), other AS (name || 'x'));
CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p (id), CONSTRAINT f FOREIGN KEY (p_id) REFERENCES p (id));
CREATE INDEX i ON p (name, lower(name)) WHERE name IS NOT NULL;
CREATE VIEW v AS SELECT p.name, c.id FROM p JOIN c ON c.p_id = p.id;
CREATE VIEW w AS SELECT q.name AS n FROM p AS q WHERE q.name <> '';
CREATE TRIGGER tr AFTER UPDATE OF name ON p WHEN new.name <> old.name BEGIN
  INSERT INTO c (p_id) SELECT id FROM p WHERE name = new.name;
  UPDATE p SET name = trim(name) WHERE id = new.id;
END;
ALTER TABLE p RENAME COLUMN name TO title;
ALTER TABLE p RENAME COLUMN id TO "the id";
ALTER TABLE p RENAME COLUMN nope TO x;
ALTER TABLE p RENAME COLUMN title TO other;
ALTER TABLE p RENAME TO parents;
ALTER TABLE c RENAME TO "the children";
ALTER TABLE parents RENAME TO v;
ALTER TABLE nope RENAME TO x;
ALTER TABLE v RENAME TO x;
ALTER TABLE parents RENAME title TO Title;
