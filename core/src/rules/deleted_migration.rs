//! # A migration that was released and is gone
//!
//! Databases ran it, and keep what it made. A new database never gets that, so that from then on there are
//! databases of two kinds; and sqlx, refinery, Flyway and Prisma refuse to go on where the ledger names a file
//! that is missing.
//!
//! ## Flagged
//!
//! ```sql
//! -- deleted: 0002_drafts.sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0002_drafts.sql
//! CREATE TABLE drafts (id INTEGER PRIMARY KEY);
//! -- added: 0003_no_drafts.sql
//! -- file: 0003_no_drafts.sql
//! DROP TABLE drafts;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM drafts`: `no such table: drafts`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "deleted-migration", level: Level::Error, since: "0.1.0", check: Check::Deleted(check) };

fn check(since: &Since, path: &str, out: &mut Findings) {
    out.report(Span::new(0, 0), format!("`{path}` is in `{}`, and is gone since", since.base))
        .reason("databases that ran it keep what it made, and a new one never gets it")
        .help("put it back, and undo what it does in a new migration");
}
