//! # A rebuild that relies on deferred foreign keys and renames
//!
//! With `PRAGMA defer_foreign_keys = ON` the old parent can be dropped, and SQLite counts one violation
//! for each child row. Renaming the new table to the old name brings none of them back: `COMMIT` fails
//! though `PRAGMA foreign_key_check` finds nothing. Only rows that are inserted into a table of the
//! parent's name are counted off again.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! PRAGMA foreign_keys = ON;
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
//! INSERT INTO users VALUES (1, 'Ada');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_rebuild.sql
//! BEGIN;
//! PRAGMA defer_foreign_keys = ON;
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
//! INSERT INTO new_users (id, name) SELECT id, name FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! COMMIT;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! PRAGMA foreign_keys = ON;
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
//! INSERT INTO users VALUES (1, 'Ada');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_rebuild.sql
//! BEGIN;
//! PRAGMA defer_foreign_keys = ON;
//! CREATE TEMP TABLE kept AS SELECT id, name FROM users;
//! DROP TABLE users;
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
//! INSERT INTO users (id, name) SELECT id, name FROM kept;
//! DROP TABLE kept;
//! COMMIT;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `FOREIGN KEY constraint failed`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "defer-foreign-keys-in-rebuild", level: Level::Error, since: "0.1.0", check: Check::Rebuild(check) };

fn check(cx: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    let Some(drop) = rebuild.dropped else { return };
    let waits = drop.foreign_keys && drop.deferred && drop.transaction != InTransaction::No;
    if !waits || rebuild.renamed.is_none() {
        return;
    }
    let has_rows = |child: &Object| {
        let stays = cx.end.get(&child.name).is_some_and(|now| now.kind == ObjectKind::Table);
        stays && !name::same(&child.name, &rebuild.table) && !cx.earlier.emptied(&child.name)
    };
    let held = [Action::NoAction, Action::Restrict]
        .into_iter()
        .flat_map(|action| children(cx.start, &rebuild.before.name, action, &has_rows));
    let held: Vec<String> = held.map(|child| format!("`{child}`")).collect();
    if held.is_empty() {
        return;
    }
    let message =
        format!("the rebuild of `{}` fails at COMMIT where there are rows in {}", rebuild.table, held.join(", "));
    out.report(drop.span, message)
        .reason("the DROP counts a violation for each child row, and the RENAME counts none of them off")
        .help("switch foreign keys off before the transaction, or copy out, create under the same name and copy in")
        .sqlite("FOREIGN KEY constraint failed");
}
