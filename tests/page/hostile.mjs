// Texts that are deep or long in one way each: those of `hostile()` in `tests/random.rs`, under the same
// names, and some that are aimed at SQLite itself. Each is a list of pieces, [text, how often], so that
// the browser makes the long text by itself.

const once = (text) => [text, 1];
const around = (before, open, count, inner, close, after) =>
  [once(before), [open, count], once(inner), [close, count], once(after)];
const chain = (before, link, count, after) => [once(before), [link, count], once(after)];
const numbered = (count, statement) => [once(Array.from({ length: count }, (_, at) => statement(at)).join(""))];

const NAME = "n".repeat(200_000);

export const HOSTILE = new Map([
  ["opening parentheses", [["(", 100_000]]],
  ["opening parentheses of a query", chain("SELECT ", "(", 100_000, "")],
  ["opening parentheses of a table", chain("CREATE TABLE t ", "(", 100_000, "")],
  ["parentheses of a view", around("CREATE VIEW v AS SELECT ", "(", 9_000, "1", ")", ";")],
  ["parentheses of a default", around("CREATE TABLE t (a DEFAULT ", "(", 100_000, "1", ")", ");")],
  ["parentheses of an added default", around("ALTER TABLE users ADD a DEFAULT ", "(", 100_000, "1", ")", ";")],
  ["parentheses of a check", around("CREATE TABLE t (a CHECK ", "(", 100_000, "1", ")", ");")],
  ["parentheses of an index", around("CREATE INDEX i ON users ", "(", 100_000, "1", ")", ";")],
  ["parentheses of a pragma", around("PRAGMA a", "(", 100_000, "1", ")", ";")],
  ["signs", chain("SELECT ", "- ", 19_000, "1;")],
  ["signs of a default", chain("ALTER TABLE users ADD a DEFAULT ", "- ", 100_000, "1;")],
  ["negations", chain("CREATE VIEW v AS SELECT ", "NOT ", 19_000, "1;")],
  ["a sum", chain("SELECT ", "1+", 100_000, "1;")],
  ["a sum that is read", chain("CREATE VIEW v AS SELECT ", "1+", 9_900, "name FROM users;")],
  ["a sum of a trigger", chain("CREATE TRIGGER t AFTER DELETE ON users BEGIN SELECT ", "1+", 9_900, "1; END;")],
  ["a sum that is deleted by", chain("DELETE FROM users WHERE ", "1+", 9_900, "1;")],
  ["nulls of nulls", chain("SELECT 1", " ISNULL", 19_000, ";")],
  ["fewer nulls of nulls", chain("SELECT 1", " ISNULL", 9_900, ";")],
  ["no nulls", chain("SELECT 1", " NOTNULL", 9_900, ";")],
  ["a chain of NOT GLOB", chain("SELECT a", " NOT GLOB a", 6_600, ";")],
  ["a chain of NOT LIKE", chain("SELECT a", " NOT LIKE a", 6_600, ";")],
  ["a chain of IN", chain("SELECT a", " IN ()", 6_600, ";")],
  ["a chain of BETWEEN", chain("SELECT a", " BETWEEN a AND a", 4_900, ";")],
  ["a chain of AND", chain("SELECT ", "a AND ", 9_900, "1;")],
  ["a chain of collations", chain("SELECT a", " COLLATE b", 9_900, ";")],
  ["a chain of arrows", chain("SELECT a", " -> 'b'", 9_900, ";")],
  ["a chain of dots", chain("SELECT a", ".b", 9_900, ";")],
  ["a chain of joins", chain("SELECT 1 FROM a", " JOIN a", 9_900, ";")],
  ["subqueries", around("SELECT ", "(SELECT ", 5_000, "1", ")", ";")],
  ["subqueries in FROM", around("SELECT 1 FROM ", "(SELECT 1 FROM ", 2_000, "a", ")", ";")],
  ["tables in parentheses", around("SELECT 1 FROM ", "(", 5_000, "a", ")", ";")],
  ["common tables", around("", "WITH a AS (", 2_000, "SELECT 1", ") SELECT 1", ";")],
  ["calls", around("SELECT ", "f(", 5_000, "1", ")", ";")],
  ["unions", chain("SELECT 1", " UNION SELECT 1", 5_000, ";")],
  ["unions of a view", chain("CREATE VIEW v AS SELECT 1", " UNION ALL SELECT name FROM users", 3_000, ";")],
  ["statements", [["SELECT 1;", 100_000]]],
  ["empty statements", [[";", 100_000]]],
  ["words", [["a;", 10_000]]],
  ["beginnings", [["BEGIN;", 10_000]]],
  ["savepoints", [["SAVEPOINT a;", 10_000]]],
  ["triggers that never end", [["CREATE TRIGGER t BEGIN;", 20_000]]],
  ["explanations", chain("", "EXPLAIN ", 100_000, "SELECT 1;")],
  ["cases", around("SELECT ", "CASE WHEN 1 THEN ", 100, "1", " END", ";")],
  ["deep cases", around("SELECT ", "CASE WHEN 1 THEN ", 3_000, "1", " END", ";")],
  ["deep cases of a view", around("CREATE VIEW v AS SELECT ", "CASE WHEN 1 THEN ", 3_000, "1", " END", ";")],
  ["cases that never end", chain("SELECT ", "CASE ", 19_000, "")],
  ["comments in comments", around("", "/*", 100_000, "SELECT 1", "*/", ";")],
  ["comments", chain("", "/**/", 100_000, "SELECT 1;")],
  ["stars", chain("/*", "*", 1_000_000, "")],
  ["lines of comments", [["--\n", 100_000]]],
  ["quotes", [["'", 100_001]]],
  ["quotes of names", [["\"", 100_001]]],
  ["brackets", [["[", 100_000]]],
  ["a long name", [once(`CREATE TABLE ${NAME} (${NAME} ${NAME}); ALTER TABLE ${NAME} DROP COLUMN ${NAME};`)]],
  ["a long string", [once(`INSERT INTO users VALUES ('${NAME}');`)]],
  ["a long number", chain("SELECT ", "1", 1_000_000, ";")],
  ["many columns", chain("CREATE TABLE t (", "a, ", 20_000, "z);")],
  ["many constraints", chain("CREATE TABLE t (a ", "NOT NULL ", 20_000, ");")],
  ["many keys", chain("CREATE TABLE t (a", ", FOREIGN KEY (a) REFERENCES users (id)", 5_000, ");")],
  ["many values", chain("INSERT INTO users VALUES ", "(1),", 4_000, "(1);")],
  ["many tables", numbered(2_000, (at) => `CREATE TABLE t${at} (a REFERENCES t0);`)],
  ["many columns added", numbered(1_000, (at) => `ALTER TABLE users ADD c${at};`)],
  ["one table renamed", numbered(1_000, (at) => `ALTER TABLE t${at} RENAME TO t${at + 1};`)],
]);

/** Aimed at SQLite: what it reads is short and what it does is not. */
export const AIMED = new Map([
  ["views of views", [
    once("CREATE VIEW v0 AS SELECT * FROM users;"),
    ...numbered(500, (at) => `CREATE VIEW v${at + 1} AS SELECT DISTINCT * FROM v${at};`),
    once("CREATE TABLE copy AS SELECT * FROM v500;"),
  ]],
  ["a loop without an end", [
    once("CREATE TABLE n (x); INSERT INTO n WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c;"),
  ]],
  ["a trigger that calls itself", [
    once("PRAGMA recursive_triggers = ON; CREATE TABLE n (x);"),
    once("CREATE TRIGGER again AFTER INSERT ON n BEGIN INSERT INTO n VALUES (new.x + 1); END; INSERT INTO n VALUES (1);"),
  ]],
  ["a blob of a gigabyte", [once("CREATE TABLE n (x); INSERT INTO n VALUES (zeroblob(1000000000));")]],
  ["wildcards", [
    once("CREATE TABLE n (x); INSERT INTO n SELECT '"), ["a", 40_000], once("' LIKE '"), ["%a", 24_000], once("';"),
  ]],
  ["as many wildcards as a replay allows", [
    once("CREATE TABLE n (x); INSERT INTO n SELECT '"), ["a", 40_000], once("' GLOB '"), ["*a", 2_500], once("';"),
  ]],
]);
