-- The comment behind the column would swallow the parenthesis that closes the table.
CREATE TABLE t (a);
ALTER TABLE t ADD COLUMN b TEXT -- why
;
ALTER TABLE t ADD COLUMN c TEXT /* why */ ;
