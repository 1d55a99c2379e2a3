//! # A column added by a file that may run twice
//!
//! SQLite has no `ADD COLUMN IF NOT EXISTS`. When a file that nothing records is run again, after a
//! crash or at the next start, its `ADD COLUMN` fails and the rest of the file never runs.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! ALTER TABLE users ADD COLUMN email TEXT;
//! ```
//!
//! ## Instead
//!
//! Let a tool run the file that records it, such as `remold apply`, which also looks before it
//! adds; or create the table with the column:
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email TEXT);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file twice: `duplicate column name: email`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "add-column-rerun", level: Level::Warning, since: "0.1.0", check: Check::Change(check) };

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let Change::AddColumn { table, column } = change else { return };
    if !cx.runs_again() {
        return;
    }
    let (table, name) = (&table.text, &column.name.text);
    out.report(column.name.span, format!("`{table}.{name}` is added again when this file runs again"))
        .reason("SQLite has no ADD COLUMN IF NOT EXISTS, and nothing records that the file has run")
        .help("let `remold apply` run it, which looks before it adds, or another tool with a ledger")
        .sqlite(format!("duplicate column name: {name}"));
}
