//! # A new foreign key whose rows refer to a default
//!
//! Every row that is there refers to the default at once, whether the parent has such a row or not.
//! With foreign keys on SQLite refuses that as soon as the table has one row; with foreign keys off it
//! takes it, and the rows may refer to nothing.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE teams (id INTEGER PRIMARY KEY);
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0002_teams.sql
//! ALTER TABLE users ADD COLUMN team INTEGER DEFAULT 1 REFERENCES teams (id);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE teams (id INTEGER PRIMARY KEY);
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0002_teams.sql
//! INSERT OR IGNORE INTO teams (id) VALUES (1);
//! ALTER TABLE users ADD COLUMN team INTEGER REFERENCES teams (id);
//! UPDATE users SET team = 1 WHERE team IS NULL;
//! ```
//!
//! ## Proof
//!
//! With foreign keys on, on tables with one row: `Cannot add a REFERENCES column with non-NULL default value`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "add-references-with-default", level: Level::Error, since: "0.1.0", check: Check::Change(check) };

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let Change::AddColumn { table, column } = change else { return };
    let (Some(key), Some(default)) = (column.references(), column.default()) else { return };
    let is_null = normal(default.of(&cx.file.text)).replace(['(', ')', ' '], "") == "null";
    let accepts_empty = !cx.foreign_keys || cx.engine >= Version::new(3, 32, 0);
    if is_null || (accepts_empty && cx.is_empty(&table.text)) {
        return;
    }
    let (name, parent) = (format!("{}.{}", table.text, column.name.text), &key.table.text);
    let help = "add the column without a default, see to it that the parent has the row, and fill it with UPDATE";
    if cx.foreign_keys {
        out.report(default, format!("`{name}` refers to `{parent}` and has a default"))
            .reason(
                "foreign keys are on, so it fails as soon as the table has one row, which would refer to the default",
            )
            .help(help)
            .sqlite("Cannot add a REFERENCES column with non-NULL default value");
    } else {
        out.report(default, format!("every row of `{}` refers to this row of `{parent}` at once", table.text))
            .level(Level::Warning)
            .reason("foreign keys are off here, so nobody asks whether it is there; with foreign keys on SQLite refuses the column")
            .help(help);
    }
}
