//! # A view or a trigger that names a column which is not there
//!
//! A rebuild that leaves a column out, a `RENAME COLUMN` that does not edit what names it, and a spelling
//! mistake all leave a view or a trigger that SQLite keeps and that fails at its next use. Two kinds do not
//! even fail: a trigger on `UPDATE OF` the column never fires again, and a name in double quotes becomes a
//! string, the same for each row.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
//! CREATE VIEW nicks AS SELECT nick FROM users;
//! -- file: 0002_rebuild.sql
//! CREATE TABLE kept AS SELECT id, name FROM users;
//! DROP TABLE users;
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! INSERT INTO users (id, name) SELECT id, name FROM kept;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, nick TEXT);
//! CREATE VIEW nicks AS SELECT nick FROM users;
//! -- file: 0002_drop.sql
//! DROP VIEW nicks;
//! ALTER TABLE users DROP COLUMN nick;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT * FROM nicks`: `no such column: nick`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "stale-column-name", level: Level::Error, since: "0.1.0", check: Check::Broken(check) };

fn check(_: &FileContext, broken: &Broken, out: &mut Findings) {
    // A column that ALTER TABLE drops is the concern of those who look at the drop.
    if broken.key.is_some() || matches!(broken.deed, Deed::DropColumn(_)) {
        return;
    }
    let what = broken.what();
    let help = if broken.is_own() {
        "correct the name".to_owned()
    } else {
        format!("drop {what} before, and create it anew with the columns that are there")
    };
    match (&broken.fault.kind, &broken.fault.error) {
        (FaultKind::Column | FaultKind::Other, Some(error)) => {
            let (works, unseen) = if broken.is_own() {
                ("does not work", "SQLite stores it without a look at the columns")
            } else {
                ("no longer works", "SQLite lets the table change without a look at who names its columns")
            };
            let message = format!("{what} {works}");
            out.report(broken.span, message)
                .reason(format!("{unseen}; {}", broken.consequence()))
                .help(help)
                .sqlite(&**error);
        }
        (FaultKind::NeverFires(column), _) => {
            out.report(broken.span, format!("{what} waits for a change of `{column}`, which is no column"))
                .level(Level::Warning)
                .reason("SQLite does not look at the columns of UPDATE OF; the trigger never fires, and nobody is told")
                .help(help);
        }
        // One that is made so is a string and may be meant as one.
        (FaultKind::String(name), Some(error)) if !broken.is_own() => {
            out.report(broken.span, format!("`{name}` in {what} no longer is a column, and so is a string"))
                .reason("SQLite takes a name in double quotes that means no column for a string, the same for each row")
                .help(help)
                .sqlite(&**error);
        }
        _ => {}
    }
}
