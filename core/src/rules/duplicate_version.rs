//! # Two migrations with one number
//!
//! A ledger knows a migration by its number. Two of one number come from branches that did not know of each
//! other: sqlx, refinery, golang-migrate, diesel and Flyway refuse to run such a folder or record only one of
//! them, and which of the two runs first hangs on the rest of their names.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_ledger.sql
//! CREATE TABLE ledger (version INTEGER PRIMARY KEY);
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0002_email.sql
//! ALTER TABLE users ADD COLUMN email TEXT;
//! -- file: 0002_name.sql
//! ALTER TABLE users ADD COLUMN name TEXT;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_ledger.sql
//! CREATE TABLE ledger (version INTEGER PRIMARY KEY);
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0002_email.sql
//! ALTER TABLE users ADD COLUMN email TEXT;
//! -- file: 0003_name.sql
//! ALTER TABLE users ADD COLUMN name TEXT;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `INSERT INTO ledger (version) VALUES (1), (2), (2)`:
//! `UNIQUE constraint failed: ledger.version`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "duplicate-version", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let Some(twin) = cx.twin() else { return };
    let report = out
        .report(cx.head(), format!("`{}` has the number of `{twin}`", cx.file.path))
        .reason("a ledger knows a migration by its number, and takes the two for one")
        .help("give the newer one the next number that is free");
    // Whoever keeps a ledger by numbers refuses the folder.
    if cx.runner.runs == Runs::Once && !cx.runner.is_remold() {
        report.level(Level::Error);
    }
}
