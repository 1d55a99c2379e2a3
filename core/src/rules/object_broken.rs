//! # A view or a trigger that this file breaks
//!
//! SQLite lets much of a schema be changed without a look at the views and triggers that need it: they
//! stay, and fail at their next use. remold compiles every one that the file can concern, before the
//! file and behind it; what did not compile before is not counted.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE VIEW names AS SELECT name FROM users;
//! -- file: 0002_people.sql
//! DROP TABLE users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE VIEW names AS SELECT name FROM users;
//! -- file: 0002_people.sql
//! DROP VIEW names;
//! DROP TABLE users;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT * FROM names`: `no such table: main.users`

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
