//! # Rows that are left without their parents
//!
//! With foreign keys off, or where a check is put off, a file can leave rows behind that point to
//! nothing; SQLite says nothing, and later statements on these rows fail. remold ran the file with a
//! row in every table and a child for each foreign key, and compared `PRAGMA foreign_key_check`.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
//! INSERT INTO users VALUES (1, 'ada');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
//! INSERT INTO users VALUES (1, 'ada');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
//! INSERT INTO new_users SELECT id, name FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT "table" FROM pragma_foreign_key_check`: `posts`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "foreign-keys-violated", level: Level::Error, since: "0.1.0", check: Check::Replay(check) };

fn check(happening: &Happening, out: &mut Findings) {
    let Effect::Violates { table, parent, fault } = &happening.effect else { return };
    let behind = match happening.shown_rows() {
        Some(rows) => format!("`PRAGMA foreign_key_check` names it behind this file, where {rows} has run before"),
        None => "`PRAGMA foreign_key_check` names it behind this file, and did not before it".to_owned(),
    };
    match fault {
        KeyFault::Mismatch(error) => {
            out.report(happening.at, format!("a foreign key of `{table}` no longer fits `{parent}`"))
                .reason("a parent key must be the primary key or have a UNIQUE index of its own")
                .help("keep the index, or change the foreign key with it")
                .sqlite(&**error);
        }
        KeyFault::New => {
            out.report(happening.at, format!("rows of `{table}` are not checked against `{parent}`, a new parent"))
                .level(Level::Note)
                .reason(format!("foreign keys are off here, and the rows were never held to this one; {behind}"))
                .help("look at `PRAGMA foreign_key_check` before the transaction commits");
        }
        KeyFault::Orphans => {
            let report = out.report(happening.at, format!("rows of `{table}` are left without their `{parent}`"));
            if ["DELETE", "UPDATE", "REPLACE", "INSERT"].contains(&happening.kind) {
                report
                    .level(Level::Warning)
                    .reason(format!("foreign keys are off here, so that none of their actions is done; {behind}"))
                    .help("switch foreign keys on before the runner begins, or change the children too");
            } else {
                report.reason(behind).help("keep the parents' keys, or change the children in the same transaction");
            }
        }
    }
}
