//! # The SQL of another database
//!
//! SQLite refuses words that `PostgreSQL`, `MySQL` or SQL Server know. Mostly such a file was written for
//! another database or by a tool that was told of another one.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY AUTO_INCREMENT, email TEXT);
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
//! Running the flagged file: `near "AUTO_INCREMENT": syntax error`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "foreign-dialect", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let Some((known, place)) = foreign::find(&cx.file.text, statement) else { return };
    let word = place.of(&cx.file.text).lines().next().unwrap_or_default();
    out.report(place, format!("`{word}` here is SQL for {}, and not for SQLite", known.of))
        .reason("no version of SQLite reads the statement, and the statements behind it are checked without it")
        .help(known.instead);
}
