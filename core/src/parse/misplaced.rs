//! What SQLite reads elsewhere and refuses where it stands: clauses in the body of a trigger, and the
//! database before a table that must be in its own.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

use super::statement::{Body, Statement};
use super::token::{self, Token};
use crate::text::Span;

/// A word where it may not stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// What it is, in words.
    pub what: &'static str,
    /// Why it may not stand there.
    pub why: &'static str,
    /// What to write instead.
    pub instead: &'static str,
    /// Where it stands.
    pub span: Span,
    /// What SQLite says.
    pub error: String,
    /// What can be left out without another meaning.
    pub idle: Option<Span>,
}

const SMALLER: &str = "SQLite's grammar has fewer clauses in the body of a trigger than elsewhere";
const OWN_FILE: &str = "a table is named without its database there: it must be in the same one";

/// Looks the place up at which a statement could not be read.
pub fn find(text: &str, statement: &Statement) -> Option<Misplaced> {
    let Body::Opaque(opaque) = &statement.body else { return None };
    // None of the words is longer, and the text may be one that never ends.
    if opaque.at.of(text).len() > "RETURNING".len() {
        return None;
    }
    let error = format!("near \"{}\": syntax error", opaque.at.of(text));
    let at = |what, why, instead| Misplaced { what, why, instead, span: opaque.at, error, idle: None };
    let word = opaque.at.of(text).to_ascii_uppercase();
    let before = Span::new(statement.span.start, opaque.at.start);
    let source = before.of(text);
    let place = |token: &Token| Span::new(before.start + token.span.start, before.start + token.span.end);
    if opaque.kind.ends_with("TRIGGER") {
        return Some(match word.as_str() {
            "RETURNING" => Misplaced {
                error: "cannot use RETURNING in a trigger".to_owned(),
                ..at("`RETURNING`", SMALLER, "leave it out: nobody could read the rows")
            },
            "ORDER" => at("`ORDER BY`", SMALLER, "write `WHERE rowid IN (SELECT rowid … ORDER BY … LIMIT …)`"),
            "LIMIT" => at("`LIMIT`", SMALLER, "write `WHERE rowid IN (SELECT rowid … LIMIT …)`"),
            "DEFAULT" => at("`DEFAULT VALUES`", SMALLER, "name a column, and give it its value"),
            "INSERT" | "REPLACE" | "UPDATE" | "DELETE" => {
                let tokens = token::tokens(source);
                let begins = |token: &Token| token.is_symbol(source, ";") || token.is(source, "BEGIN");
                let first =
                    tokens.get(tokens.iter().rposition(begins)? + 1).filter(|first| first.is(source, "WITH"))?;
                Misplaced { span: place(first), ..at("`WITH`", SMALLER, "write its query as a subquery behind FROM") }
            }
            _ => return None,
        });
    }
    if word != "." {
        return None;
    }
    let tokens = token::tokens(source);
    let [.., keyword, database] = &tokens[..] else { return None };
    let is_main = database.unquoted(source).eq_ignore_ascii_case("main");
    let qualified = |what, instead| {
        let named = place(database).to(opaque.at);
        Some(Misplaced { span: named, idle: is_main.then_some(named), ..at(what, OWN_FILE, instead) })
    };
    if keyword.is(source, "REFERENCES") {
        return qualified("a database behind REFERENCES", "name the table alone, or keep both tables in one database");
    }
    if keyword.is(source, "ON") && opaque.kind.ends_with("INDEX") {
        return qualified(
            "a database behind ON",
            "write it before the index's name: CREATE INDEX other.name ON table (…)",
        );
    }
    None
}
