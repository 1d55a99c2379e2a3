//! # An upsert in a trigger whose columns no key keeps unique
//!
//! `ON CONFLICT (column)` needs a key on just these columns. SQLite looks when the trigger fires, not when
//! it is made nor when the unique index goes: from then on every write that fires it fails.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE counts (name TEXT, many INTEGER);
//! CREATE UNIQUE INDEX counts_name ON counts (name);
//! CREATE TRIGGER counted AFTER INSERT ON users BEGIN
//!   INSERT INTO counts (name, many) VALUES (new.name, 1) ON CONFLICT (name) DO UPDATE SET many = many + 1;
//! END;
//! -- file: 0002_index.sql
//! DROP INDEX counts_name;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE counts (name TEXT, many INTEGER);
//! CREATE UNIQUE INDEX counts_name ON counts (name);
//! CREATE TRIGGER counted AFTER INSERT ON users BEGIN
//!   INSERT INTO counts (name, many) VALUES (new.name, 1) ON CONFLICT (name) DO UPDATE SET many = many + 1;
//! END;
//! -- file: 0002_index.sql
//! DROP TRIGGER counted;
//! DROP INDEX counts_name;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `INSERT INTO users (id) VALUES (1)`: `ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "trigger-upsert-fits-no-key", level: Level::Error, since: "0.1.0", check: Check::Broken(check) };

fn check(_: &FileContext, broken: &Broken, out: &mut Findings) {
    let (FaultKind::Conflict, Some(error)) = (&broken.fault.kind, &broken.fault.error) else { return };
    let what = broken.what();
    let message = match &broken.deed {
        _ if broken.is_own() => format!("an upsert of {what} fits no key"),
        Deed::DropIndex(index) => format!("without index `{index}` an upsert of {what} fits no key"),
        _ => format!("an upsert of {what} fits no key any more"),
    };
    out.report(broken.span, message)
        .reason(format!("SQLite looks for the key when the trigger fires; {}", broken.consequence()))
        .help("keep a unique index on just the columns of ON CONFLICT, or make the trigger anew with another key")
        .sqlite(&**error);
}
