//! Statements in which one construct of SQLite's grammar stands in itself, as deep as somebody asks.

/// A construct, and the text in which it stands in itself so many times.
pub type Construct = (&'static str, fn(usize) -> String);

/// Every construct of the grammar that can stand in itself, or be repeated where SQLite builds a tree
/// as deep as the repetition is long.
pub const CONSTRUCTS: &[Construct] = &[
    ("parentheses", |depth| around("SELECT ", "(", "1", ")", "", depth)),
    ("parentheses that never end", |depth| around("SELECT ", "(", "1", "", "", depth)),
    ("parentheses of a default", |depth| around("CREATE TABLE t (a DEFAULT ", "(", "1", ")", ")", depth.max(1))),
    ("parentheses of a check", |depth| around("CREATE TABLE t (a CHECK ", "(", "1", ")", ")", depth.max(1))),
    ("parentheses of an index", |depth| around("CREATE INDEX i ON b (a, ", "(", "a", ")", ")", depth)),
    ("parentheses of a generated column", |depth| around("CREATE TABLE t (b, a AS ", "(", "b", ")", ")", depth.max(1))),
    ("parentheses of a trigger's condition", |depth| {
        around("CREATE TRIGGER t AFTER DELETE ON b WHEN ", "(", "1", ")", " BEGIN SELECT 1; END", depth)
    }),
    ("parentheses of an added default", |depth| {
        around("ALTER TABLE b ADD c DEFAULT ", "(", "1", ")", "", depth.max(1))
    }),
    ("cases", |depth| around("SELECT ", "CASE WHEN 1 THEN ", "1", " END", "", depth)),
    ("cases in what is compared", |depth| around("SELECT ", "CASE ", "1", " WHEN 1 THEN 1 END", "", depth)),
    ("cases in ELSE", |depth| around("SELECT ", "CASE WHEN 1 THEN 1 ELSE ", "1", " END", "", depth)),
    ("calls", |depth| around("SELECT ", "abs(", "1", ")", "", depth)),
    ("calls with two arguments", |depth| around("SELECT ", "max(1, ", "1", ")", "", depth)),
    ("casts", |depth| around("SELECT ", "CAST(", "1", " AS TEXT)", "", depth)),
    ("filters", |depth| around("SELECT ", "count(*) FILTER (WHERE ", "1", ")", "", depth)),
    ("windows", |depth| around("SELECT ", "count(*) OVER (ORDER BY ", "1", ")", "", depth)),
    ("row values", |depth| around("SELECT ", "(1, ", "1", ")", "", depth)),
    ("lists behind IN", |depth| around("SELECT ", "1 IN (", "1", ")", "", depth)),
    ("queries behind IN", |depth| around("", "SELECT 1 IN (", "SELECT 1", ")", "", depth)),
    ("subqueries", |depth| around("SELECT ", "(SELECT ", "1", ")", "", depth)),
    ("subqueries behind EXISTS", |depth| around("SELECT ", "EXISTS (SELECT ", "1", ")", "", depth)),
    ("subqueries in WHERE", |depth| around("SELECT 1 FROM b", " WHERE (SELECT 1 FROM b", "", ")", "", depth)),
    ("subqueries in FROM", |depth| around("SELECT * FROM ", "(SELECT * FROM ", "b", ")", "", depth)),
    ("subqueries in FROM of a view", |depth| {
        around("CREATE VIEW v AS SELECT * FROM ", "(SELECT * FROM ", "b", ")", "", depth)
    }),
    ("subqueries of a check", |depth| around("CREATE TABLE t (a CHECK (", "(SELECT ", "1", ")", "))", depth)),
    ("subqueries in ORDER BY", |depth| around("SELECT 1 ORDER BY ", "(SELECT 1 ORDER BY ", "1", ")", "", depth)),
    ("subqueries in LIMIT", |depth| around("SELECT 1 LIMIT ", "(SELECT 1 LIMIT ", "1", ")", "", depth)),
    ("values in FROM", |depth| around("SELECT * FROM ", "(VALUES ((SELECT 1 FROM ", "b", ")))", "", depth)),
    ("common tables in a common table", |depth| around("", "WITH a AS (", "SELECT 1", ") SELECT * FROM a", "", depth)),
    ("common tables that read themselves", |depth| {
        around("SELECT 1 FROM ", "(WITH a AS (SELECT 1 FROM ", "b", " UNION SELECT 1) SELECT 1)", "", depth)
    }),
    ("compound queries in ORDER BY", |depth| {
        around("SELECT a FROM b ORDER BY ", "(SELECT 1 UNION SELECT 2 ORDER BY ", "1", ")", "", depth)
    }),
    ("compound queries with a subquery in ORDER BY", |depth| {
        around("SELECT 1 UNION SELECT 2 ORDER BY ", "(SELECT 1 UNION SELECT 2 ORDER BY a + ", "1", ")", "", depth)
    }),
    ("queries that are joined by USING", |depth| {
        around("SELECT * FROM ", "(SELECT * FROM b JOIN ", "b", " USING (a))", "", depth)
    }),
    ("queries in ON", |depth| around("SELECT 1 FROM b", " JOIN b ON (SELECT 1 FROM b", "", ")", "", depth)),
    ("queries in GROUP BY", |depth| {
        around("SELECT 1 FROM b GROUP BY ", "(SELECT 1 FROM b GROUP BY ", "1", ")", "", depth)
    }),
    ("queries in HAVING", |depth| {
        around("SELECT 1 FROM b GROUP BY 1 HAVING ", "(SELECT 1 FROM b GROUP BY 1 HAVING ", "1", ")", "", depth)
    }),
    ("queries in WINDOW", |depth| {
        around("SELECT 1 WINDOW w AS (ORDER BY ", "(SELECT 1 WINDOW w AS (ORDER BY ", "1", "))", ")", depth)
    }),
    ("rows of values in rows of values", |depth| around("VALUES (1), (", "(VALUES (1), (", "1", "))", ")", depth)),
    ("common tables in a subquery", |depth| around("SELECT ", "(WITH a AS (SELECT 1) SELECT ", "1", ")", "", depth)),
    ("tables in parentheses", |depth| around("SELECT 1 FROM ", "(", "b", ")", "", depth)),
    ("joins in a join", |depth| around("SELECT 1 FROM ", "(", "b", " JOIN b)", "", depth)),
    ("joins in the right of a join", |depth| around("SELECT 1 FROM ", "(b JOIN ", "b", ")", "", depth)),
    ("arguments of a table", |depth| around("SELECT 1 FROM ", "json_each((SELECT 1 FROM ", "b", "))", "", depth)),
    ("a chain of NOT", |depth| around("SELECT ", "NOT ", "1", "", "", depth)),
    ("a chain of minuses", |depth| around("SELECT ", "- ", "1", "", "", depth)),
    ("a chain of pluses", |depth| around("SELECT ", "+", "1", "", "", depth)),
    ("a chain of tildes", |depth| around("SELECT ", "~", "1", "", "", depth)),
    ("a sum", |depth| around("SELECT ", "", "1", "+1", "", depth)),
    ("a concatenation", |depth| around("SELECT ", "", "'a'", "||'a'", "", depth)),
    ("a chain of AND", |depth| around("SELECT ", "", "1", " AND 1", "", depth)),
    ("a chain of OR", |depth| around("SELECT ", "", "1", " OR 1", "", depth)),
    ("a chain of comparisons", |depth| around("SELECT ", "", "1", " < 1", "", depth)),
    ("a chain of ISNULL", |depth| around("SELECT ", "", "1", " ISNULL", "", depth)),
    ("a chain of NOT NULL", |depth| around("SELECT ", "", "1", " NOT NULL", "", depth)),
    ("a chain of IS NOT", |depth| around("SELECT ", "", "1", " IS NOT 1", "", depth)),
    ("a chain of COLLATE", |depth| around("SELECT ", "", "1", " COLLATE nocase", "", depth)),
    ("a chain of LIKE", |depth| around("SELECT ", "", "1", " LIKE 1", "", depth)),
    ("a chain of BETWEEN", |depth| around("SELECT ", "", "1", " BETWEEN 1 AND 1", "", depth)),
    ("BETWEEN in BETWEEN", |depth| around("SELECT ", "1 BETWEEN ", "1", " AND 1", "", depth)),
    ("a chain of IN", |depth| around("SELECT ", "", "1", " IN (1)", "", depth)),
    ("a chain of arrows", |depth| around("SELECT ", "", "'{}'", " -> 'a'", "", depth)),
    ("a chain of UNION", |depth| around("", "", "SELECT 1", " UNION SELECT 1", "", depth.saturating_sub(1))),
    ("a chain of UNION ALL", |depth| around("", "", "SELECT 1", " UNION ALL SELECT 1", "", depth.saturating_sub(1))),
    ("a chain of VALUES", |depth| around("", "", "VALUES (1)", " UNION ALL VALUES (1)", "", depth.saturating_sub(1))),
    ("rows of VALUES", |depth| around("", "", "VALUES (1)", ",(1)", "", depth.saturating_sub(1))),
    ("members of IN", |depth| around("SELECT 1 IN (", "", "1", ",1", ")", depth)),
    ("common tables", |depth| {
        let tables: Vec<String> = (0..=depth).map(|at| format!("c{at} AS (SELECT 1)")).collect();
        format!("WITH {} SELECT 1", tables.join(", "))
    }),
    ("common tables that read each other", |depth| {
        let tables: Vec<String> = (1..=depth).map(|at| format!("c{at} AS (SELECT * FROM c{})", at - 1)).collect();
        format!("WITH c0 AS (SELECT 1), {} SELECT * FROM c{depth}", tables.join(", "))
    }),
    ("a chain of WHEN", |depth| around("SELECT CASE", "", "", " WHEN 1 THEN 1", " WHEN 1 THEN 1 END", depth)),
];

/// `before`, then `opening` so many times, then `inside`, `closing` as often, and `behind`.
pub fn around(before: &str, opening: &str, inside: &str, closing: &str, behind: &str, depth: usize) -> String {
    [before, &opening.repeat(depth), inside, &closing.repeat(depth), behind].concat()
}
