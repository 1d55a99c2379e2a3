//! # A clause where SQLite does not take it
//!
//! The body of a trigger has a smaller grammar: no `WITH` before a statement, no `RETURNING`, no `ORDER BY`
//! or `LIMIT` of an `UPDATE`, no `DEFAULT VALUES`. And a foreign key or an index is in the database of its
//! table, so that none can be named before it. SQLite refuses the statement.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TRIGGER copied AFTER DELETE ON users BEGIN
//!   INSERT INTO users (name) VALUES (old.name) RETURNING id;
//! END;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TRIGGER copied AFTER DELETE ON users BEGIN
//!   INSERT INTO users (name) VALUES (old.name);
//! END;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `cannot use RETURNING in a trigger`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "misplaced-clause", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let text = &cx.file.text;
    let Some(found) = misplaced::find(text, statement) else { return };
    if foreign::find(text, statement).is_some() {
        return;
    }
    let report = out
        .report(found.span, format!("{} may not stand here", found.what))
        .reason(found.why)
        .help(found.instead)
        .sqlite(found.error);
    if let Some(idle) = found.idle {
        report.fix(Safety::Unsafe, Vec::from([Edit { span: idle, text: String::new() }]));
    }
}
