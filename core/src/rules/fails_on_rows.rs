//! # A statement that works on empty tables and fails on rows
//!
//! remold runs each file in a real SQLite, once with a row in every table and, where that fails, once
//! without. A test database that is always empty never sees the difference; production does. The
//! finding has the rows that show it.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_prices.sql
//! CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL);
//! -- file: 0002_gross.sql
//! ALTER TABLE prices ADD COLUMN gross REAL DEFAULT 0 CHECK (gross > 0);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_prices.sql
//! CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL);
//! -- file: 0002_gross.sql
//! ALTER TABLE prices ADD COLUMN gross REAL CHECK (gross > 0);
//! ```
//!
//! ## Proof
//!
//! On tables with one row: `CHECK constraint failed`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "fails-on-rows", level: Level::Error, since: "0.1.0", check: Check::Replay(check) };

fn check(happening: &Happening, out: &mut Findings) {
    let Effect::Fails { error, on } = &happening.effect else { return };
    let what = happening.what();
    let message = match on {
        FailsOn::Any => return,
        FailsOn::Rows => format!("{what} works on empty tables and fails on rows"),
        FailsOn::RowsAtCommit => "the file works on empty tables and with rows it fails when it commits".to_owned(),
    };
    let reason = match happening.shown_rows() {
        Some(rows) => format!("it fails where {rows} has run before"),
        None => "it fails where the tables have a row each".to_owned(),
    };
    out.report(happening.at, message)
        .reason(reason)
        .help("make the rows fit before this statement, or write it so that they need not")
        .sqlite(&**error);
}
