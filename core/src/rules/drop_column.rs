//! # A column that is dropped with its values
//!
//! `DROP COLUMN` rewrites every row without the column. No statement brings the values back, and an
//! application that still names the column fails from then on.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! -- file: 0002_no_email.sql
//! ALTER TABLE users DROP COLUMN email;
//! ```
//!
//! ## Instead
//!
//! Copy what may be needed again, and drop the column when nothing reads it any more:
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! -- file: 0002_no_email.sql
//! CREATE TABLE users_email AS SELECT id, email FROM users;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT email FROM users`: `no such column: email`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "drop-column", level: Level::Error, since: "0.1.0", check: Check::Change(check) };

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let Change::DropColumn { table, column } = change else { return };
    let (known, at_start) = (cx.before.get(&table.text), cx.file_start.get(&table.text));
    let came_here = at_start.is_some_and(|start| start.knows_columns() && start.column(&column.text).is_none());
    let computed = known.and_then(|known| known.column(&column.text)).is_some_and(|known| known.generated().is_some());
    if cx.is_new(&table.text) || came_here || computed {
        return;
    }
    let (table, name) = (&table.text, &column.text);
    let report = out.report(column.span, format!("dropping `{table}.{name}` deletes its value in every row"));
    match cx.earlier.carried(table, name) {
        Some(_) => report
            .level(Level::Warning)
            .reason("a statement before it puts them elsewhere; what that leaves out is gone")
            .help(format!(
                "look whether it takes them all, and allow it by name: `--allow drop-column:{table}.{name}`"
            )),
        None => report
            .reason("no statement brings the values back")
            .help(format!("copy them first, or allow it by name: `--allow drop-column:{table}.{name}`")),
    };
}
