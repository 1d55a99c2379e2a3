//! # A view, a trigger or a foreign key on a table that is not there
//!
//! SQLite lets a table or a view go, and with `legacy_alter_table` lets it be renamed, without a look at
//! who needs it, and it takes a view or a trigger that names a table which nobody made. What needs the
//! table fails at its next use. As long as such a view or trigger stands in the schema, `RENAME` and
//! `DROP COLUMN` fail on every table. The same goes for an index that `INDEXED BY` names.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE VIEW names AS SELECT name FROM users;
//! -- file: 0002_people.sql
//! DROP TABLE users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE VIEW names AS SELECT name FROM users;
//! -- file: 0002_people.sql
//! DROP VIEW names;
//! DROP TABLE users;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT * FROM names`: `no such table: main.users`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "dangling-reference", level: Level::Error, since: "0.1.0", check: Check::Broken(check) };

fn check(cx: &FileContext, broken: &Broken, out: &mut Findings) {
    // What followed the old table of a rebuild when that was renamed is told with the rebuild.
    let followed = cx
        .rebuilds
        .iter()
        .any(|rebuild| rebuild.moved_away.is_some() && rebuild.dropped.is_some_and(|drop| drop.span == broken.span));
    if followed {
        return;
    }
    let (message, help) = match (&broken.fault.kind, &broken.key) {
        (FaultKind::Table(table), None) => {
            let message = format!("{} needs `{table}`, {}", broken.what(), gone(&broken.deed));
            (message, help(broken))
        }
        (FaultKind::Index(index), None) => {
            let message = format!("{} asks for index `{index}`, {}", broken.what(), gone(&broken.deed));
            let help = match broken.deed {
                _ if broken.is_own() => "create the index first, or leave INDEXED BY out".to_owned(),
                _ => format!("keep the index, or drop {} before and create it anew without INDEXED BY", broken.what()),
            };
            (message, help)
        }
        (FaultKind::Parent(ParentFault::Missing), Some(key)) if !broken.is_own() => {
            let message =
                format!("a foreign key of `{}` points to `{}`, {}", broken.object.name, key.parent, gone(&broken.deed));
            (message, "drop or rebuild the child first, or keep the parent".to_owned())
        }
        _ => return,
    };
    let report = out.report(broken.span, message).reason(broken.consequence()).help(help);
    if let Some(error) = &broken.fault.error {
        report.sqlite(&**error);
    }
}

fn gone(deed: &Deed) -> String {
    match deed {
        Deed::Drop | Deed::DropIndex(_) => "which is dropped here".to_owned(),
        Deed::RenameTo(name) => format!("which is `{name}` from here on"),
        _ => "which is not there".to_owned(),
    }
}

fn help(broken: &Broken) -> String {
    match broken.deed {
        _ if broken.is_own() => "create the table first, or correct the name".to_owned(),
        Deed::RenameTo(_) => {
            "rename with `PRAGMA legacy_alter_table = OFF`, which edits what names the table".to_owned()
        }
        _ => format!("drop {} before, and create it anew on what is there", broken.what()),
    }
}
