//! # A keyword where a name should stand
//!
//! `order`, `group`, `index` and 55 other words are never names in SQLite unless quotes make them so, and
//! the statement is refused. `RETURNING` is one of them since 3.35.0 and `NOTHING` since 3.24.0: a schema
//! that was made before has them bare, and a newer SQLite calls the whole file malformed.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE lines (id INTEGER PRIMARY KEY, order INTEGER);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE lines (id INTEGER PRIMARY KEY, "order" INTEGER);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `near "order": syntax error`
//!
//! In SQLite 3.34.0, running the better file, then `CREATE TABLE notes (returning)`: it runs
//!
//! Running the better file, then `CREATE TABLE notes (returning)`: `near "returning": syntax error`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "reserved-word-as-name", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let names = reserved_names(&cx.file.text, statement);
    let quoted = |span: &Span| Edit { span: *span, text: name::quote(span.of(&cx.file.text)) };
    for (count, span) in names.iter().enumerate() {
        let word = span.of(&cx.file.text);
        let since = SINCE.iter().find(|(late, _)| late.eq_ignore_ascii_case(word)).map(|(_, since)| *since);
        let reason = match since {
            Some(since) => {
                format!("before {since} SQLite takes it for a name; since then it refuses it, in a schema as well")
            }
            None => "no version of SQLite takes it for a name unless it stands in quotes".to_owned(),
        };
        let report = out
            .report(*span, format!("`{word}` is a keyword, and stands here as a name"))
            .reason(reason)
            .help(format!("write {} here and wherever it is used, or call it something else", name::quote(word)));
        // SQLite stops at the first of them, and the statement needs all of the quotes.
        if count == 0 {
            let report = report.fix(Safety::Unsafe, names.iter().map(quoted).collect());
            if since.is_none_or(|since| cx.engine >= since) {
                report.sqlite(format!("near \"{word}\": syntax error"));
            }
        }
    }
}

/// Words that were names before.
const SINCE: [(&str, Version); 2] = [("NOTHING", Version::new(3, 24, 0)), ("RETURNING", Version::new(3, 35, 0))];
