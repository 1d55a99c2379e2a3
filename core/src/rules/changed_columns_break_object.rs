//! # A view or a trigger that another number of columns breaks
//!
//! SQLite adds a column without a look at who reads or fills the table. A view with a list of names over
//! `SELECT *`, a `UNION` of `SELECT *`, a name that two tables now have, and an `INSERT` without column
//! names in a trigger all fail at their next use.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_log.sql
//! CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
//! CREATE VIEW notes (number, text) AS SELECT * FROM log;
//! -- file: 0002_at.sql
//! ALTER TABLE log ADD COLUMN at TEXT;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_log.sql
//! CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT);
//! CREATE VIEW notes (number, text) AS SELECT id, note FROM log;
//! -- file: 0002_at.sql
//! ALTER TABLE log ADD COLUMN at TEXT;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT * FROM notes`: `expected 2 columns for 'notes' but got 3`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "changed-columns-break-object", level: Level::Error, since: "0.1.0", check: Check::Broken(check) };

fn check(_: &FileContext, broken: &Broken, out: &mut Findings) {
    let (FaultKind::Columns, Some(error)) = (&broken.fault.kind, &broken.fault.error) else { return };
    let what = broken.what();
    let message = match &broken.deed {
        _ if broken.is_own() => format!("{what} does not work"),
        Deed::AddColumn(column) => format!("the new column `{column}` breaks {what}"),
        _ => format!("{what} no longer works"),
    };
    let help = if broken.is_own() {
        "name the columns that are meant".to_owned()
    } else {
        format!("drop {what} before, and create it anew behind the change, with the columns by name")
    };
    let unseen = if broken.is_own() {
        "SQLite stores it without a look at the columns"
    } else {
        "SQLite changes the table without a look at who counts its columns"
    };
    out.report(broken.span, message).reason(format!("{unseen}; {}", broken.consequence())).help(help).sqlite(&**error);
}
