//! # A NOT NULL column without a value for the rows that are there
//!
//! The new column of every row would be NULL, which it must not be. SQLite refuses as soon as the
//! table has one row; on an empty one, such as that of a test, it has accepted the statement since
//! 3.32, so the failure waits for production.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0002_email.sql
//! ALTER TABLE users ADD COLUMN email TEXT NOT NULL;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0002_email.sql
//! ALTER TABLE users ADD COLUMN email TEXT NOT NULL DEFAULT '';
//! ```
//!
//! ## Proof
//!
//! On tables with one row: `Cannot add a NOT NULL column with default value NULL`
//!
//! Running the flagged file: it runs
//!
//! In SQLite 3.31.1, running the flagged file: `Cannot add a NOT NULL column with default value NULL`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "add-not-null-without-default", level: Level::Error, since: "0.1.0", check: Check::Change(check) };

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let Change::AddColumn { table, column } = change else { return };
    let Some(not_null) = column.not_null() else { return };
    let has_value =
        column.default().is_some_and(|value| normal(value.of(&cx.file.text)).replace(['(', ')', ' '], "") != "null");
    let accepts_empty = cx.engine >= Version::new(3, 32, 0);
    if has_value || column.generated().is_some() || (accepts_empty && cx.is_empty(&table.text)) {
        return;
    }
    let (table, name) = (&table.text, &column.name.text);
    let reason = if accepts_empty {
        "it passes on an empty table, and fails as soon as the table has one row, which would be NULL there"
    } else {
        "before 3.32 SQLite refuses it even on an empty table"
    };
    out.report(not_null.span, format!("`{table}.{name}` is NOT NULL but has no default for the rows that are there"))
        .reason(reason)
        .help("give it a DEFAULT that is a constant, or add it without NOT NULL and fill it first")
        .sqlite("Cannot add a NOT NULL column with default value NULL");
}
