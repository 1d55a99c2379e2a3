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
    let lost = rebuild.before.columns().iter().map(|column| &column.name.text).filter(|column| {
        let known = rebuild.before.column(column);
        known.is_some_and(|known| known.generated().is_none())
            && rebuild.after.column(column).is_none()
            && !rebuild.copies.iter().any(|copy| reads(copy, column))
    });
    let (kept, gone): (Vec<_>, Vec<_>) = lost.partition(|column| rebuild.carried.contains(&*name::fold(column)));
    for (columns, level, reason) in [
        (gone, Level::Error, "the old table goes with its values, and no statement brings them back"),
        (kept, Level::Warning, "a statement puts their values elsewhere; what that leaves out goes with the old table"),
    ] {
        let Some(first) = columns.first() else { continue };
        let table = &rebuild.table;
        let names: Vec<String> = columns.iter().map(|column| format!("`{table}.{column}`")).collect();
        out.report(rebuild.created, format!("the rebuild of `{table}` leaves {} behind", names.join(", ")))
            .level(level)
            .reason(reason)
            .help(format!(
                "give the new table what it lacks, or say what is meant: `ALTER TABLE {table} DROP COLUMN {first}`"
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
