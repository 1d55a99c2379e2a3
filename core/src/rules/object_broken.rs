//! # A view or a trigger that this file breaks
//!
//! SQLite lets much of a schema be changed without a look at the views and triggers that need it: they
//! stay, and fail at their next use. remold compiles every one that the file can concern, before the
//! file and behind it; what did not compile before is not counted. Where reading the files tells as much,
//! as it does but for the columns of virtual tables, it is told without an engine and not again.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_notes.sql
//! CREATE VIRTUAL TABLE notes USING fts5 (title, body);
//! CREATE VIEW titles AS SELECT title FROM notes;
//! -- file: 0002_bodies.sql
//! DROP TABLE notes;
//! CREATE VIRTUAL TABLE notes USING fts5 (body);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_notes.sql
//! CREATE VIRTUAL TABLE notes USING fts5 (title, body);
//! CREATE VIEW titles AS SELECT title FROM notes;
//! -- file: 0002_bodies.sql
//! DROP VIEW titles;
//! DROP TABLE notes;
//! CREATE VIRTUAL TABLE notes USING fts5 (body);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT * FROM titles`: `no such column: title`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "object-broken", level: Level::Error, since: "0.1.0", check: Check::Replay(check) };

fn check(happening: &Happening, out: &mut Findings) {
    let Effect::Breaks { kind, name, on, error } = &happening.effect else { return };
    let message = match (&**kind, on) {
        ("table", Some(on)) => format!("`{on}` no longer works"),
        ("trigger", Some(on)) => format!("trigger `{name}` no longer works, and with it `{on}`"),
        _ => format!("{kind} `{name}` no longer works"),
    };
    let made_here = happening.object.is_some_and(|object| name::same(object, name));
    let reason = match (made_here, &**kind) {
        (true, _) => "SQLite took it without a look at what it uses",
        (false, "table") => "the statement compiled before this file, and behind it does not",
        (false, _) => "it compiled before this file, and behind it does not; SQLite changed nothing of it",
    };
    let help = match &**kind {
        "table" => "give the table what the statement needs, in this file",
        "view" => "drop it before, and create it anew behind the change",
        _ => "drop the trigger before, and create it anew behind the change",
    };
    out.report(happening.at, message).reason(reason).help(help).sqlite(&**error);
}
