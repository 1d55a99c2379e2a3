//! # A new migration before one that was released
//!
//! In the order of their names it stands before a file that databases have run already. There it runs after
//! that one, in an order that nobody tried, or not at all: golang-migrate and Drizzle skip what is older than
//! the last migration that they know, and Flyway refuses it.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- added: 0002_index.sql
//! -- file: 0002_index.sql
//! CREATE INDEX users_name ON users (name);
//! -- file: 0003_full_name.sql
//! ALTER TABLE users RENAME COLUMN name TO full_name;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0003_full_name.sql
//! ALTER TABLE users RENAME COLUMN name TO full_name;
//! -- added: 0004_index.sql
//! -- file: 0004_index.sql
//! CREATE INDEX users_full_name ON users (full_name);
//! ```
//!
//! ## Proof
//!
//! Running the released files, then the added ones: `no such column: name`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "out-of-order-migration", level: Level::Error, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let (Some(since), Some(released)) = (cx.since, cx.overtaken()) else { return };
    out.report(
        cx.head(),
        format!("`{}` is new and comes before `{released}`, which is in `{}` already", cx.file.path, since.base),
    )
    .reason("databases that ran the released one run this after it, in an order that nobody tried, or never")
    .help("give it a number behind the last one that is released");
}
