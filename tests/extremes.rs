//! Texts that are long, or deep, or end where nobody would end them.

/// Texts that are deep or long in one way each.
pub fn texts() -> Vec<(&'static str, String)> {
    let cases = |count: usize| format!("{}1{}", "CASE WHEN 1 THEN ".repeat(count), " END".repeat(count));
    let parentheses = |count: usize| format!("{}1{}", "(".repeat(count), ")".repeat(count));
    let name = "n".repeat(200_000);
    vec![
        ("opening parentheses", "(".repeat(100_000)),
        ("opening parentheses of a query", format!("SELECT {}", "(".repeat(100_000))),
        ("opening parentheses of a table", format!("CREATE TABLE t {}", "(".repeat(100_000))),
        ("parentheses of a view", format!("CREATE VIEW v AS SELECT {};", parentheses(9_000))),
        ("parentheses of a default", format!("CREATE TABLE t (a DEFAULT {});", parentheses(100_000))),
        ("parentheses of an added default", format!("ALTER TABLE users ADD a DEFAULT {};", parentheses(100_000))),
        ("parentheses of a check", format!("CREATE TABLE t (a CHECK {});", parentheses(100_000))),
        ("parentheses of an index", format!("CREATE INDEX i ON users {};", parentheses(100_000))),
        ("parentheses of a pragma", format!("PRAGMA a{};", parentheses(100_000))),
        ("signs", format!("SELECT {}1;", "- ".repeat(19_000))),
        ("signs of a default", format!("ALTER TABLE users ADD a DEFAULT {}1;", "- ".repeat(100_000))),
        ("negations", format!("CREATE VIEW v AS SELECT {}1;", "NOT ".repeat(19_000))),
        ("a sum", format!("SELECT {}1;", "1+".repeat(100_000))),
        ("a sum that is read", format!("CREATE VIEW v AS SELECT {}name FROM users;", "1+".repeat(9_900))),
        (
            "a sum of a trigger",
            format!("CREATE TRIGGER t AFTER DELETE ON users BEGIN SELECT {}1; END;", "1+".repeat(9_900)),
        ),
        ("a sum that is deleted by", format!("DELETE FROM users WHERE {}1;", "1+".repeat(9_900))),
        ("nulls of nulls", format!("SELECT 1{};", " ISNULL".repeat(19_000))),
        ("fewer nulls of nulls", format!("SELECT 1{};", " ISNULL".repeat(9_900))),
        ("no nulls", format!("SELECT 1{};", " NOTNULL".repeat(9_900))),
        ("a chain of NOT GLOB", format!("SELECT a{};", " NOT GLOB a".repeat(6_600))),
        ("a chain of NOT LIKE", format!("SELECT a{};", " NOT LIKE a".repeat(6_600))),
        ("a chain of IN", format!("SELECT a{};", " IN ()".repeat(6_600))),
        ("a chain of BETWEEN", format!("SELECT a{};", " BETWEEN a AND a".repeat(4_900))),
        ("a chain of AND", format!("SELECT {}1;", "a AND ".repeat(9_900))),
        ("a chain of collations", format!("SELECT a{};", " COLLATE b".repeat(9_900))),
        ("a chain of arrows", format!("SELECT a{};", " -> 'b'".repeat(9_900))),
        ("a chain of dots", format!("SELECT a{};", ".b".repeat(9_900))),
        ("a chain of joins", format!("SELECT 1 FROM a{};", " JOIN a".repeat(9_900))),
        ("subqueries", format!("SELECT {}1{};", "(SELECT ".repeat(5_000), ")".repeat(5_000))),
        ("subqueries in FROM", format!("SELECT 1 FROM {}a{};", "(SELECT 1 FROM ".repeat(2_000), ")".repeat(2_000))),
        ("tables in parentheses", format!("SELECT 1 FROM {}a{};", "(".repeat(5_000), ")".repeat(5_000))),
        ("common tables", format!("{}SELECT 1{};", "WITH a AS (".repeat(2_000), ") SELECT 1".repeat(2_000))),
        ("calls", format!("SELECT {}1{};", "f(".repeat(5_000), ")".repeat(5_000))),
        ("unions", format!("SELECT 1{};", " UNION SELECT 1".repeat(5_000))),
        (
            "unions of a view",
            format!("CREATE VIEW v AS SELECT 1{};", " UNION ALL SELECT name FROM users".repeat(3_000)),
        ),
        ("statements", "SELECT 1;".repeat(100_000)),
        ("empty statements", ";".repeat(100_000)),
        ("words", "a;".repeat(10_000)),
        ("beginnings", "BEGIN;".repeat(10_000)),
        ("savepoints", "SAVEPOINT a;".repeat(10_000)),
        ("triggers that never end", "CREATE TRIGGER t BEGIN;".repeat(20_000)),
        ("explanations", format!("{}SELECT 1;", "EXPLAIN ".repeat(100_000))),
        ("cases", format!("SELECT {};", cases(100))),
        ("deep cases", format!("SELECT {};", cases(3_000))),
        ("deep cases of a view", format!("CREATE VIEW v AS SELECT {};", cases(3_000))),
        ("cases that never end", format!("SELECT {}", "CASE ".repeat(19_000))),
        ("comments in comments", format!("{}SELECT 1{};", "/*".repeat(100_000), "*/".repeat(100_000))),
        ("comments", format!("{}SELECT 1;", "/**/".repeat(100_000))),
        ("stars", format!("/*{}", "*".repeat(1_000_000))),
        ("lines of comments", "--\n".repeat(100_000)),
        ("quotes", "'".repeat(100_001)),
        ("quotes of names", "\"".repeat(100_001)),
        ("brackets", "[".repeat(100_000)),
        ("a long name", format!("CREATE TABLE {name} ({name} {name}); ALTER TABLE {name} DROP COLUMN {name};")),
        ("a long string", format!("INSERT INTO users VALUES ('{name}');")),
        ("a long number", format!("SELECT {};", "1".repeat(1_000_000))),
        ("many columns", format!("CREATE TABLE t ({}z);", "a, ".repeat(20_000))),
        ("many constraints", format!("CREATE TABLE t (a {});", "NOT NULL ".repeat(20_000))),
        ("many keys", format!("CREATE TABLE t (a{});", ", FOREIGN KEY (a) REFERENCES users (id)".repeat(5_000))),
        ("many values", format!("INSERT INTO users VALUES {}(1);", "(1),".repeat(4_000))),
        ("many tables", many(2_000, |at| format!("CREATE TABLE t{at} (a REFERENCES t0);"))),
        ("many columns added", many(1_000, |at| format!("ALTER TABLE users ADD c{at};"))),
        ("one table renamed", many(1_000, |at| format!("ALTER TABLE t{at} RENAME TO t{};", at + 1))),
    ]
}

/// That many statements, each made from its number.
fn many(count: usize, statement: impl Fn(usize) -> String) -> String {
    (0..count).map(statement).collect()
}

/// Ordinary statements, of at least so many bytes: rows, and every hundredth time a table that is
/// changed afterwards.
pub fn ordinary(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 1_000);
    let mut number = 0;
    while text.len() < bytes {
        if number % 100 == 0 {
            text.push_str(&format!(
                "CREATE TABLE order_{number} (id INTEGER PRIMARY KEY, total NUMERIC NOT NULL DEFAULT 0, note TEXT);\n\
                 CREATE INDEX order_{number}_total ON order_{number} (total) WHERE total > 0;\n\
                 ALTER TABLE order_{number} ADD COLUMN shipped TEXT; -- later\n"
            ));
        }
        let table = number - number % 100;
        text.push_str(&format!(
            "INSERT INTO order_{table} (id, total, note) VALUES ({number}, 12.5, 'it''s the first'), (-{number}, 0, NULL);\n\
             UPDATE order_{table} SET note = upper(note) WHERE id = {number} AND total BETWEEN 1 AND 20;\n"
        ));
        number += 1;
    }
    text
}

/// So many statements of a few bytes.
pub fn tiny(count: usize) -> String {
    ["SELECT 1;", "BEGIN;", "END;", "a;", "DROP TABLE t;", "\n;;", "PRAGMA x;"]
        .into_iter()
        .cycle()
        .take(count)
        .collect()
}

/// One statement that inserts so many rows, each with the values.
pub fn rows(count: usize, values: &str) -> String {
    let mut text = String::with_capacity(count * (values.len() + 3) + 40);
    text.push_str("INSERT INTO users VALUES ");
    for number in 0..count {
        text.push_str(if number == 0 { "(" } else { ",(" });
        text.push_str(values);
        text.push(')');
    }
    text.push_str(";\n");
    text
}

/// Single statements of about so many bytes, each long in its own way.
pub fn long(bytes: usize) -> Vec<(&'static str, String)> {
    let repeated = |before: &str, part: &str, behind: &str| [before, &part.repeat(bytes / part.len()), behind].concat();
    vec![
        ("rows of numbers", rows(bytes / 16, "12345, 1.5, NULL")),
        ("rows of strings", rows(bytes / 24, "'it''s', x'00ff', 'b'")),
        ("rows of names", rows(bytes / 20, "\"a\", \"b\", \"c\", d")),
        ("rows of calls", rows(bytes / 16, "f(1), g(2, h())")),
        ("rows of queries", rows(bytes / 20, "(SELECT a FROM b)")),
        ("a list of names", repeated("DELETE FROM users WHERE name IN (\"a\"", ",\"b\"", ");")),
        ("a sum of names", repeated("SELECT a", "+a", ";")),
        ("a sum of names of a view", repeated("CREATE VIEW v AS SELECT a", "+a", ";")),
        ("a list of names of a check", repeated("CREATE TABLE t (a CHECK (a IN (1", ",\"b\"", ")));")),
        ("result columns", repeated("SELECT a", ",a", ";")),
        ("terms of ORDER BY", repeated("SELECT a FROM b ORDER BY a", ",a", ";")),
        ("tables of FROM", repeated("SELECT 1 FROM a", ",a", ";")),
        ("queries joined by UNION", repeated("SELECT 1", " UNION SELECT 1", ";")),
        ("common tables", repeated("WITH a AS (SELECT 1)", ", b AS (SELECT 1)", " SELECT 1;")),
        ("columns", repeated("CREATE TABLE t (a", ",a", ");")),
        ("columns with names of their own", {
            let columns: Vec<String> = (0..bytes / 10).map(|at| format!("c{at}")).collect();
            format!("CREATE TABLE t ({});", columns.join(","))
        }),
        ("constraints of a column", repeated("CREATE TABLE t (a", " NOT NULL", ");")),
        ("constraints of a table", repeated("CREATE TABLE t (a", ",CHECK(1)", ");")),
        ("words of a type", repeated("CREATE TABLE t (a", " b", ");")),
        ("indexed columns", repeated("CREATE INDEX i ON users (a", ",a", ");")),
        ("steps of a trigger", repeated("CREATE TRIGGER t AFTER DELETE ON users BEGIN ", "SELECT 1;", "END;")),
        (
            "columns of a trigger",
            repeated("CREATE TRIGGER t AFTER UPDATE OF a", ",a", " ON users BEGIN SELECT 1; END;"),
        ),
        ("clauses ON CONFLICT", repeated("INSERT INTO users VALUES (1)", " ON CONFLICT DO NOTHING", ";")),
        ("assignments", repeated("UPDATE users SET a = 1", ",a = 1", ";")),
        ("arguments of a module", repeated("CREATE VIRTUAL TABLE t USING fts5 (a", ",a", ");")),
        ("a comment", repeated("SELECT 1 /*", " *", "*/;")),
        ("comments between words", repeated("SELECT", "/**/", "1;")),
        ("a string", repeated("SELECT '", "''", "';")),
        ("a string that never ends", repeated("SELECT '", "''", "")),
        ("a name", repeated("DROP TABLE \"", "\"\"", "\";")),
        ("a number", repeated("SELECT ", "1", ";")),
        ("white space", repeated("SELECT", " ", "1;")),
        ("no white space", repeated("", ";", "")),
        ("parentheses of an unknown statement", repeated("GRANT ", "()", ";")),
        ("a trigger that never ends", repeated("CREATE TRIGGER t BEGIN", ";", "")),
        ("ends of a trigger", repeated("CREATE TRIGGER t BEGIN", " END", "; END;")),
        ("commands of the shell", repeated("", ".read a\n", "")),
        ("breakpoints", repeated("a", "--> statement-breakpoint\n", "b")),
        ("NUL bytes", repeated("SELECT ", "\0", ";")),
        ("illegal tokens", repeated("SELECT ", "\\", ";")),
    ]
}
