//! # A statement that could not be read
//!
//! What remold cannot read it cannot check, and it does not know what the statement does to the
//! schema. That is said, with the place, and never skipped. Mostly it is a slip, or SQL of another
//! database; where SQLite does take the statement, it is a gap of remold.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT,);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `near ")": syntax error`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "unreadable-statement", level: Level::Warning, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let Body::Opaque(opaque) = &statement.body else { return };
    let text = &cx.file.text;
    let is_said = foreign::find(text, statement).is_some()
        || misplaced::find(text, statement).is_some()
        || !reserved_names(text, statement).is_empty();
    if matches!(opaque.problem, Problem::Unsupported(_)) || is_said {
        return;
    }
    let expected = opaque.problem.words();
    let word = opaque.at.of(&cx.file.text).lines().next().unwrap_or_default();
    // It may be a string that never ends.
    let word = word.char_indices().nth(LONGEST_WORD + 1).map_or(word, |(end, _)| &word[..end]);
    let stop = if word.is_empty() { "its end".to_owned() } else { format!("`{word}`") };
    let message = format!("the statement could not be read at {stop}: {expected}");
    let place = if opaque.at.is_empty() { statement.span } else { opaque.at };
    out.report(place, message)
        .reason("what it does is not known, and the statements behind it are checked without it")
        .help("compare it with SQLite's grammar; if SQLite takes it, please report it");
}
