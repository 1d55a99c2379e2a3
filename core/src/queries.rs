//! The application's queries: what a binary prepares, and what a migration should leave working.
//!
//! They are read as sqlx saves them (JSON with the key `query`), or as SQL: plain, or with sqlc's comments
//! and functions.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Deserialize;

use crate::parse::Source;
use crate::parse::token::{Token, comments, first, tokens};
use crate::text::Span;
use crate::text::lines::LineIndex;

/// With what a query begins: nothing else names columns, and some PRAGMAs run while they are prepared.
const FIRST_WORDS: [&str; 7] = ["SELECT", "WITH", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE"];
/// How much of a query without a name is shown.
const SHOWN: usize = 60;

/// One statement of the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What the application calls it, where it says so.
    pub name: Option<String>,
    /// The file that has it, as people type it.
    pub path: String,
    /// The line in which it begins; none where the file is this query alone.
    pub line: Option<u32>,
    /// Its text, with a parameter where sqlc has a function for one.
    pub sql: String,
}

/// What sqlx saves of a query, as far as it matters here.
#[derive(Deserialize)]
struct Saved {
    query: String,
    #[serde(default)]
    db_name: Option<String>,
}

impl Query {
    /// The queries of a file; those for another database are left out. The error says what is wrong with
    /// the text.
    pub fn read(path: &str, text: &str) -> Result<Vec<Self>, String> {
        let is_json = path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("json"));
        if !is_json {
            return Ok(of_sql(path, text));
        }
        let saved: Saved = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if saved.db_name.is_some_and(|name| !name.eq_ignore_ascii_case("SQLite")) {
            return Ok(Vec::new());
        }
        let queries = of_sql(path, &saved.query);
        Ok(queries.into_iter().map(|query| Self { line: None, ..query }).collect())
    }

    /// The file and the line.
    pub fn place(&self) -> String {
        self.line.map_or_else(|| self.path.clone(), |line| format!("{}:{line}", self.path))
    }

    /// Its name, or how it begins, as code; its place where that cannot be shown as code.
    pub fn shown(&self) -> String {
        let text = self.name.clone().unwrap_or_else(|| {
            let line = self.sql.split_whitespace().collect::<Vec<_>>().join(" ");
            match line.char_indices().nth(SHOWN) {
                Some((end, _)) => format!("{}…", line[..end].trim_end()),
                None => line,
            }
        });
        if text.contains('`') { format!("`{}`", self.place()) } else { format!("`{text}`") }
    }
}

fn of_sql(path: &str, text: &str) -> Vec<Query> {
    let lines = LineIndex::new(text);
    let mut behind = 0;
    let source = Source::new(text);
    let found = source.spans().filter_map(|span| {
        let name = name(Span::new(behind, span.start).of(text));
        behind = span.end;
        let sql = span.of(text).trim_end();
        let begins = first(sql)?;
        FIRST_WORDS.iter().any(|word| begins.is(sql, word)).then(|| Query {
            name,
            path: path.to_owned(),
            line: Some(lines.position(span.start).line),
            sql: with_parameters(sql),
        })
    });
    found.collect()
}

/// The name that the last comment before a query gives it: `-- name: GetUser :one`.
fn name(gap: &str) -> Option<String> {
    let named = comments(gap).filter_map(|comment| {
        let said = comment.of(gap).trim_start_matches(['-', '/', '*']).trim_start().strip_prefix("name:")?;
        let word = said.split_whitespace().next()?.trim_end_matches(|at: char| !(at.is_alphanumeric() || at == '_'));
        (!word.is_empty()).then(|| word.to_owned())
    });
    named.last()
}

/// The query as sqlc has it prepared: `sqlc.arg(x)`, `sqlc.narg(x)` and `sqlc.slice(x)` are parameters, and
/// `sqlc.embed(t)` is `t.*`.
fn with_parameters(sql: &str) -> String {
    let tokens = tokens(sql);
    let mut out = String::with_capacity(sql.len());
    let mut done = 0;
    for at in 0..tokens.len() {
        if let Some(call) = tokens[at..].first_chunk::<6>()
            && let Some(instead) = instead(sql, call)
        {
            out.push_str(Span::new(done, call[0].span.start).of(sql));
            out.push_str(&instead);
            done = call[5].span.end;
        }
    }
    out.push_str(sql.get(done as usize..).unwrap_or_default());
    out
}

fn instead(sql: &str, [sqlc, dot, function, open, argument, close]: &[Token; 6]) -> Option<String> {
    let is_call = sqlc.is(sql, "sqlc") && dot.is_symbol(sql, ".");
    if !(is_call && open.is_symbol(sql, "(") && close.is_symbol(sql, ")")) {
        return None;
    }
    if function.is(sql, "embed") {
        return Some(format!("{}.*", argument.span.of(sql)));
    }
    ["arg", "narg", "slice"].iter().any(|known| function.is(sql, known)).then(|| "?".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str, text: &str) -> Vec<String> {
        let queries = Query::read(path, text).unwrap();
        queries.iter().map(|query| format!("{} {}: {}", query.place(), query.shown(), query.sql)).collect()
    }

    #[test]
    fn a_file_of_sql_has_several() {
        let text = "-- what people have\n-- name: GetUser :one\nSELECT * FROM users WHERE id = ?;\n\n\
                    /* name: SetName :exec */\nUPDATE users\nSET name = @name; -- name: gone^\nDELETE FROM users;\n\
                    PRAGMA foreign_keys = ON; CREATE TABLE t (a); SELECT 1 ;";
        assert_eq!(
            shown("q.sql", text),
            [
                "q.sql:3 `GetUser`: SELECT * FROM users WHERE id = ?",
                "q.sql:6 `SetName`: UPDATE users\nSET name = @name",
                "q.sql:8 `gone`: DELETE FROM users",
                "q.sql:9 `SELECT 1`: SELECT 1",
            ]
        );
    }

    #[test]
    fn functions_of_sqlc_become_what_they_stand_for() {
        let text = "SELECT sqlc.embed(u), sqlc.embed(\"o\") FROM users u, orders o WHERE u.id IN (sqlc.slice('ids')) \
                    AND u.name = sqlc.arg ( name ) AND (sqlc.narg(x) IS NULL OR 'sqlc.arg(y)' = sqlc.other(z))";
        let queries = Query::read("q.sql", text).unwrap();
        assert_eq!(
            queries[0].sql,
            "SELECT u.*, \"o\".* FROM users u, orders o WHERE u.id IN (?) \
             AND u.name = ? AND (? IS NULL OR 'sqlc.arg(y)' = sqlc.other(z))"
        );
        assert_eq!(queries[0].shown(), "`SELECT u.*, \"o\".* FROM users u, orders o WHERE u.id IN (?) A…`");
    }

    #[test]
    fn what_sqlx_saves_is_read() {
        let sqlite = r#"{"db_name": "SQLite", "query": "SELECT `a`\n FROM t", "describe": {}, "hash": "1"}"#;
        assert_eq!(
            shown(".sqlx/query-1.json", sqlite),
            [".sqlx/query-1.json `.sqlx/query-1.json`: SELECT `a`\n FROM t"]
        );
        assert_eq!(shown("a.JSON", &sqlite.replace("SQLite", "PostgreSQL")), [""; 0]);
        assert!(Query::read("package.json", "{}").is_err_and(|error| error.contains("missing field `query`")));
    }
}
