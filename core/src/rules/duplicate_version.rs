//! # Two migrations with one number
//!
//! Two of one number mostly come from branches that did not know of each other. Which of them runs first hangs
//! on the rest of their names; and the ledgers of sqlx, refinery, golang-migrate, diesel, Flyway and others know
//! a migration by its number alone, refuse such a folder or run one of the two.
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
    Rule { id: "duplicate-version", level: Level::Note, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let Some(twin) = cx.twin() else { return };
    let report = out
        .report(cx.head(), format!("`{}` has the number of `{twin}`", cx.file.path))
        .help("give the newer one the next number that is free");
    if cx.runner.keeps_numbers() {
        report.level(Level::Error).reason(format!(
            "the ledger of {} knows a migration by its number, and has one row for both",
            cx.runner.name
        ));
    } else {
        report.reason("which of them runs first hangs on the rest of their names, and tools that know a migration by its number refuse them");
    }
}
