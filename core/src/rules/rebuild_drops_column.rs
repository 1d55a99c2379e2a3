//! # A rebuild that leaves a column behind
//!
//! A table is rebuilt by copying its rows into a new one. A column that the new table does not have is
//! gone with the old table, and no error says so. Where that is meant, `DROP COLUMN` says it, and a
//! reviewer sees it.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
//! INSERT INTO new_users SELECT id, name FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', email TEXT);
//! INSERT INTO new_users SELECT id, name, email FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT email FROM users`: `no such column: email`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rebuild-drops-column", level: Level::Error, since: "0.1.0", check: Check::Rebuild(check) };

fn check(_: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    if rebuild.dropped.is_none() || !rebuild.before.knows_columns() || !rebuild.after.knows_columns() {
        return;
    }
    // What is computed has no value of its own, and what the copy reads may stand under another name.
    let lost = rebuild.before.columns().iter().filter(|column| {
        column.generated().is_none()
            && rebuild.after.column(&column.name.text).is_none()
            && !rebuild.copies.iter().any(|copy| reads(copy, &column.name.text))
    });
    for column in lost {
        let (table, name) = (&rebuild.table, &column.name.text);
        let report = out.report(rebuild.created, format!("the rebuild of `{table}` leaves `{table}.{name}` behind"));
        let report = if rebuild.carried.contains(&*name::fold(name)) {
            report
                .level(Level::Warning)
                .reason("a statement puts its values elsewhere; what that leaves out goes with the old table")
        } else {
            report.reason("the old table goes with its values, and no statement brings them back")
        };
        report.help(format!(
            "give the new table the column, or say what is meant: `ALTER TABLE {table} DROP COLUMN {name}`"
        ));
    }
}

/// Whether the copy puts the column's values somewhere.
fn reads(copy: &Copy, column: &str) -> bool {
    let named = |value: &Value| match value {
        Value::All => false,
        Value::Column(known) => name::same(known, column),
        // What is computed may be computed from it.
        Value::Expression(_) => true,
    };
    copy.values.is_empty() || copy.values.iter().any(named)
}
