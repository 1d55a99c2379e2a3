//! # A down half that does not take the migration back
//!
//! Each down half is followed behind its up half, and the schema compared with the one from before; where it is
//! another, the up half follows once more. The replay runs the down half on tables with rows as well. It is needed
//! when something has gone wrong, and then it stops, or leaves a schema that no file describes.
//!
//! Rows are not compared: what a `DROP TABLE` took, no down half brings back. One that does nothing is taken for
//! a decision, and a table whose columns come back in another order is a note.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.up.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY);
//! -- file: 0001_users.down.sql
//! DROP TABLE users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.up.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY);
//! -- file: 0001_users.down.sql
//! DROP TABLE posts;
//! DROP TABLE users;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT name FROM sqlite_schema`: `posts`
//!
//! Running the flagged file twice: `table posts already exists`
//!
//! Running the better file twice: it runs

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "down-does-not-restore", level: Level::Warning, since: "0.1.0", check: Check::Down(check) };

/// How many differences a finding names.
const NAMED: usize = 4;

fn check(back: &TakenBack, out: &mut Findings) {
    let (up, down) = (&back.up, &back.down);
    let what = if up == down { format!("the down half of `{up}`") } else { format!("`{down}`") };
    if let Some(refused) = &back.refused {
        let (message, level) = if refused.only_on_rows {
            (format!("{what} works on empty tables and fails on rows"), Level::Warning)
        } else {
            (format!("{what} fails behind its up half"), Level::Error)
        };
        out.report(refused.at, message)
            .level(level)
            .reason("it is run when the migration has to go, and then it stops here")
            .help("write what takes back each change of the up half, the last one first")
            .sqlite(&*refused.error);
        return;
    }
    let Some(first) = back.differences.first() else { return };
    let is_order = back.differences.iter().all(Difference::is_order);
    let reason = match &back.again {
        Some(error) => format!("the schema is another one than before, and the up half cannot run once more: {error}"),
        None if is_order => "statements that name no columns meet them in another order".to_owned(),
        None => "the schema is another one than before, which no file describes".to_owned(),
    };
    let named: Vec<String> = back.differences.iter().take(NAMED).map(told).collect();
    let more = back.differences.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    out.report(back.head, format!("{what} does not bring back what was before: {}{more}", named.join(", ")))
        .level(if is_order { Level::Note } else { Level::Warning })
        .reason(reason)
        .help(help(first));
}

fn told(difference: &Difference) -> String {
    let what = if difference.is_order() { format!("the {}", difference.what) } else { difference.what.clone() };
    match (&difference.expected, &difference.found) {
        (None, _) => format!("{what} stays"),
        (_, None) => format!("{what} is missing"),
        _ => format!("{what} is another"),
    }
}

fn help(first: &Difference) -> String {
    let what = &first.what;
    match (&first.expected, &first.found) {
        (None, _) => format!("have it drop {what} too"),
        _ if first.is_order() => "leave it, or rebuild the table with its columns as they were".to_owned(),
        _ => format!("have it bring back {what} as it was"),
    }
}
