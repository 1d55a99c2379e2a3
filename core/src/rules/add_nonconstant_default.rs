//! # A new column whose default must be computed
//!
//! `ADD COLUMN` writes no row: what older rows show is the default in the schema, which must
//! therefore be one value. `CURRENT_TIMESTAMP` and expressions are refused as soon as the table has
//! one row; on an empty one SQLite has accepted them since 3.32, so the failure waits for production.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0002_created.sql
//! ALTER TABLE users ADD COLUMN created TEXT DEFAULT CURRENT_TIMESTAMP;
//! ```
//!
//! ## Instead
//!
//! Add the column empty, fill the older rows, and let the application write it; or let
//! `remold plan` rebuild the table:
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0002_created.sql
//! ALTER TABLE users ADD COLUMN created TEXT;
//! UPDATE users SET created = CURRENT_TIMESTAMP WHERE created IS NULL;
//! ```
//!
//! ## Proof
//!
//! On tables with one row: `Cannot add a column with non-constant default`
//!
//! Running the flagged file: it runs
//!
//! In SQLite 3.31.1, running the flagged file: `Cannot add a column with non-constant default`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "add-nonconstant-default", level: Level::Error, since: "0.1.0", check: Check::Change(check) };

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let Change::AddColumn { table, column } = change else { return };
    let Some(default) = column.default() else { return };
    let accepts_empty = cx.engine >= Version::new(3, 32, 0);
    if is_constant(&cx.file.text, default) || (accepts_empty && cx.is_empty(&table.text)) {
        return;
    }
    let (table, name) = (&table.text, &column.name.text);
    let reason = if accepts_empty {
        "it passes on an empty table, and fails as soon as the table has one row"
    } else {
        "before 3.32 SQLite refuses it even on an empty table"
    };
    out.report(default, format!("the default of `{table}.{name}` is not a constant"))
        .reason(reason)
        .help("add the column without a default and fill it with UPDATE, or rebuild the table")
        .sqlite("Cannot add a column with non-constant default");
}
