//! # A rebuilt table that refers to itself under a name that is gone
//!
//! A foreign key of the new table that points to the table itself may be written with its first name, and
//! `RENAME` then edits it: since SQLite 3.26, and not with `legacy_alter_table` on. Where it does not, the
//! key points to a table that is not there, and every write fails where foreign keys are on.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id));
//! -- file: 0002_rebuild.sql
//! PRAGMA legacy_alter_table = ON;
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, boss INTEGER NOT NULL REFERENCES new_users (id));
//! INSERT INTO new_users (id, boss) SELECT id, boss FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! PRAGMA legacy_alter_table = OFF;
//! PRAGMA foreign_keys = ON;
//! ```
//!
//! ## Instead
//!
//! Write the name that the table will have:
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES users (id));
//! -- file: 0002_rebuild.sql
//! PRAGMA legacy_alter_table = ON;
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, boss INTEGER NOT NULL REFERENCES users (id));
//! INSERT INTO new_users (id, boss) SELECT id, boss FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! PRAGMA legacy_alter_table = OFF;
//! PRAGMA foreign_keys = ON;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `INSERT INTO users VALUES (1, 1)`: `no such table: main.new_users`
//!
//! In SQLite 3.25.2, running the flagged file, then `INSERT INTO users VALUES (1, 1)`:
//! `no such table: main.new_users`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rebuild-leaves-self-reference", level: Level::Error, since: "0.1.0", check: Check::Rebuild(check) };

fn check(cx: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    let Some(create) = rebuild.after.as_table().filter(|_| rebuild.after.certain) else { return };
    let is_gone = |parent: &Name| {
        let was_own = parent.is(&rebuild.first_name) || parent.is(&rebuild.old_name);
        was_own && !parent.is(&rebuild.table) && cx.end.get(&parent.text).is_none()
    };
    let Some((columns, key)) = foreign_keys(create).find(|(_, key)| is_gone(&key.table)) else { return };
    let names: Vec<&str> = columns.iter().map(|column| column.text.as_str()).collect();
    let (table, names, parent) = (&rebuild.table, names.join(", "), &key.table.text);
    let message = format!("`{table}` refers to itself as `{parent}` by `{names}`, a name that is gone");
    out.report(rebuild.renamed.unwrap_or(rebuild.created), message)
        .reason("this RENAME leaves foreign keys as they are, and where they are on every write to the table fails")
        .help(format!("write `REFERENCES {}` in the new table, the name that it will have", name::plain(table)))
        .sqlite(format!("no such table: main.{parent}"));
}
