//! # A query of the application that works no longer
//!
//! `[queries]` in `remold.toml`, or `--queries`, names the statements that a binary prepares: what sqlx
//! saves in `.sqlx`, sqlc's files, or plain SQL. remold has SQLite prepare each before every file and behind
//! it, and finds the ones that it took before and refuses then. Name the queries of the binary that is
//! running: those of the release before, where they change together with the migration.
//!
//! It is an error and no guess: whoever has this query, the old binary or the new one, fails with it as
//! soon as the file has run. What SQLite refused before is no finding, and the report says how many queries
//! that are. An `INSERT` that gives no value to a column which is now required is prepared and fails all the
//! same; it is found where the replay has a row in the table. A name in double quotes that is no column any
//! more is a string to SQLite, so such a query goes on and answers nonsense: that is a warning.
//!
//! ## Flagged
//!
//! ```sql
//! -- queries: app/queries.sql
//! -- name: GetName :one
//! SELECT name FROM users WHERE id = sqlc.arg(id);
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_full_name.sql
//! ALTER TABLE users RENAME COLUMN name TO full_name;
//! ```
//!
//! ## Instead
//!
//! Keep what it names until no binary with it runs, here by a generated column that shows the old name:
//!
//! ```sql
//! -- queries: app/queries.sql
//! -- name: GetName :one
//! SELECT name FROM users WHERE id = sqlc.arg(id);
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_full_name.sql
//! ALTER TABLE users RENAME COLUMN name TO full_name;
//! ALTER TABLE users ADD COLUMN name TEXT AS (full_name);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT name FROM users WHERE id = 1`: `no such column: name`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "query-breaks", level: Level::Error, since: "0.1.0", check: Check::Query(check) };

fn check(happening: &Happening, out: &mut Findings) {
    let Effect::BreaksQuery { query, error, fault } = &happening.effect else { return };
    let (shown, place) = (query.shown(), query.place());
    let what = happening.what();
    match fault {
        QueryFault::Refused => out
            .report(happening.at, format!("query {shown} no longer works"))
            .reason(format!("it is in `{place}`; SQLite prepared it before this file, and from {what} on refuses it"))
            .help("keep what it names until no binary with this query runs"),
        QueryFault::ReadsString => out
            .report(happening.at, format!("query {shown} reads a string where it read a column"))
            .level(Level::Warning)
            .reason(format!(
                "it is in `{place}`; from {what} on SQLite takes the name in double quotes for a string, unless it is \
                 compiled to refuse that"
            ))
            .help("keep the column until no binary with this query runs, and write names without quotes"),
        QueryFault::LacksValue => out
            .report(happening.at, format!("query {shown} no longer puts a row in"))
            .reason(format!(
                "it is in `{place}`; SQLite prepares it, and from {what} on it gives no value to a column that needs one"
            ))
            .help("give the column a default until no binary with this query runs"),
    }
    .sqlite(&**error);
}
