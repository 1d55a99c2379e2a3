//! # A table that is dropped with its rows
//!
//! `DROP TABLE` deletes the table's rows, its indexes and its triggers. No statement brings the rows
//! back. Where foreign keys are enforced it deletes row by row, and `ON DELETE CASCADE` of other
//! tables fires.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0002_no_users.sql
//! DROP TABLE users;
//! ```
//!
//! ## Instead
//!
//! Give the table another name, and drop it when nobody has missed it:
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0002_no_users.sql
//! ALTER TABLE users RENAME TO users_unused;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT * FROM users`: `no such table: users`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "drop-table", level: Level::Error, since: "0.1.0", check: Check::Change(check) };

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let Change::Drop { kind: ObjectKind::Table, name } = change else { return };
    let temporary = cx.before.get(&name.text).is_some_and(|table| table.temporary);
    // What was copied before is a rebuild, or a move, of which other rules say what it loses.
    if cx.is_new(&name.text) || temporary || cx.earlier.copied(&name.text) {
        return;
    }
    out.report(name.span, format!("dropping `{}` deletes its rows", name.text))
        .reason("no statement brings them back, nor the table's indexes and triggers")
        .help(format!("rename it for a while, or allow it by name: `--allow drop-table:{}`", name.text));
}
