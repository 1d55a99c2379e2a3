//! # A statement that takes rows of other tables with it
//!
//! With foreign keys on, `ON DELETE CASCADE` or `SET NULL` acts on the children of every row that goes, and
//! `ON UPDATE` on those of a row whose key changes. The migration reports success, and rows of tables that
//! it does not name are gone or cut off. remold ran the file in a real SQLite and counted.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! INSERT INTO users VALUES (1, 'ada');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_clean.sql
//! PRAGMA foreign_keys = ON;
//! DELETE FROM users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! INSERT INTO users VALUES (1, 'ada');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_clean.sql
//! PRAGMA foreign_keys = ON;
//! DELETE FROM users WHERE NOT EXISTS (SELECT 1 FROM posts WHERE author = users.id);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM posts`: `0`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rows-lost", level: Level::Error, since: "0.1.0", check: Check::Replay(check) };

fn check(happening: &Happening, out: &mut Findings) {
    let Effect::Loses(losses) = &happening.effect else { return };
    let gone: Vec<String> =
        losses.iter().filter(|loss| loss.gone > 0).map(|loss| happening.counts.named(&loss.table)).collect();
    let of = |loss: &Loss| loss.nulled.iter().map(|column| format!("`{}.{column}`", loss.table)).collect::<Vec<_>>();
    let nulled: Vec<String> = losses.iter().flat_map(of).collect();
    let deletes = (!gone.is_empty()).then(|| format!("deletes rows of {}", gone.join(", ")));
    let nulls = (!nulled.is_empty()).then(|| format!("sets {} to NULL", nulled.join(", ")));
    let does: Vec<String> = deletes.into_iter().chain(nulls).collect();
    let (level, why, help) = match happening.kind {
        "DROP TABLE" => (
            Level::Error,
            "foreign keys are on, so SQLite deletes each row before it drops the table",
            "switch foreign keys off before any transaction begins, and look at `PRAGMA foreign_key_check` behind it",
        ),
        "DELETE" => (Level::Note, "foreign keys are on", "leave it so where these rows are to go as well"),
        "UPDATE" => (Level::Note, "foreign keys are on", "leave it so where these rows are to follow"),
        _ => (
            Level::Warning,
            "foreign keys are on, and SQLite deletes the old row before it puts in the new one",
            "write `INSERT … ON CONFLICT … DO UPDATE`, which keeps the row",
        ),
    };
    let reason = match happening.shown_rows() {
        Some(rows) => format!("{why}; seen where {rows} has run before"),
        None => why.to_owned(),
    };
    out.report(happening.at, format!("{} {}", happening.what(), does.join(" and ")))
        .level(level)
        .reason(reason)
        .help(help);
}
