//! # A new column that is UNIQUE or the primary key
//!
//! `ADD COLUMN` takes neither, in no version and on no table, be it empty or not.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! ALTER TABLE users ADD COLUMN email TEXT UNIQUE;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! ALTER TABLE users ADD COLUMN email TEXT;
//! CREATE UNIQUE INDEX users_email ON users (email);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `Cannot add a UNIQUE column`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "add-unique-or-primary-key-column", level: Level::Error, since: "0.1.0", check: Check::Change(check) };

fn check(_: &Context, change: &Change, out: &mut Findings) {
    let Change::AddColumn { table, column } = change else { return };
    let (table, name) = (&table.text, &column.name.text);
    if let Some(key) = column.primary_key() {
        out.report(key.span, format!("`{table}.{name}` cannot be added as a primary key"))
            .reason("the key decides how SQLite stores the table, which ADD COLUMN does not rewrite")
            .help("create a new table with the key and copy the rows into it")
            .sqlite("Cannot add a PRIMARY KEY column");
    } else if let Some(unique) = column.unique() {
        let index = format!(
            "CREATE UNIQUE INDEX {} ON {} ({})",
            name::plain(&format!("{table}_{name}")),
            name::plain(table),
            name::plain(name)
        );
        out.report(unique.span, format!("`{table}.{name}` cannot be added as UNIQUE"))
            .reason("a UNIQUE constraint needs an index, which ADD COLUMN does not build")
            .help(format!("add the column without it, then `{index}`"))
            .sqlite("Cannot add a UNIQUE column");
    }
}
