//! # A check whose answer nobody reads
//!
//! `PRAGMA foreign_key_check`, `integrity_check` and `quick_check` answer with rows and never fail. In a
//! file of migrations the rows go nowhere: what is violated is committed all the same.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
//! INSERT INTO posts (author) VALUES (7);
//! PRAGMA foreign_key_check;
//! ```
//!
//! ## Instead
//!
//! Make rows of the answer break a constraint:
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
//! CREATE TEMP TABLE violations (none INTEGER CHECK (none = 0));
//! INSERT INTO violations (none) SELECT 1 FROM pragma_foreign_key_check;
//! DROP TABLE violations;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM pragma_foreign_key_check`: `1`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "ignored-check", level: Level::Warning, since: "0.1.0", check: Check::Statement(check) };

fn check(_: &Context, statement: &Statement, out: &mut Findings) {
    let Body::Pragma(pragma) = &statement.body else { return };
    let name = &pragma.name.name;
    let Some(known) = ["foreign_key_check", "integrity_check", "quick_check"].into_iter().find(|known| name.is(known))
    else {
        return;
    };
    let (what, table) = match known {
        "foreign_key_check" => ("rows without their parents are committed", "pragma_foreign_key_check"),
        "integrity_check" => ("damage stays unseen", "pragma_integrity_check WHERE integrity_check <> 'ok'"),
        _ => ("damage stays unseen", "pragma_quick_check WHERE quick_check <> 'ok'"),
    };
    out.report(name.span, format!("`{known}` in a file checks nothing"))
        .reason(format!("it answers with rows, which nobody reads, and never fails: {what}"))
        .help(format!("let the answer break a CHECK: `INSERT INTO … SELECT 1 FROM {table}`"));
}
