//! # A statement that SQLite refuses
//!
//! remold runs each file in a real SQLite that holds the schema before it. This statement failed there,
//! whether the tables had rows or not, and no other rule says why.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! UPDATE users SET nickname = name;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, nickname TEXT);
//! UPDATE users SET nickname = name;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `no such column: nickname`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "statement-fails", level: Level::Error, since: "0.1.0", check: Check::Replay(check) };

fn check(happening: &Happening, out: &mut Findings) {
    let Effect::Fails { error, on: FailsOn::Any } = &happening.effect else { return };
    out.report(happening.at, format!("{} is refused", happening.what()))
        .reason(format!("SQLite {} was given the schema before this file, and refused it", happening.engine))
        .help("correct what SQLite names, or run before it what it needs")
        .sqlite(&**error);
}
