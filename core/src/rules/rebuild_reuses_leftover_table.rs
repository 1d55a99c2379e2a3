//! # A rebuild that goes on with what a failed run has left
//!
//! Without a transaction, a file that stops half-way leaves its new table there, with some rows or all.
//! `CREATE TABLE IF NOT EXISTS` is content with it at the next run: the copy then fails on rows that are
//! there twice, or doubles them, and old rows of the first run stay. A transaction takes a failed run back.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! INSERT INTO users VALUES (1, 'ada');
//! -- file: 0002_rebuild.sql
//! CREATE TABLE IF NOT EXISTS new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
//! INSERT INTO new_users (id, name) SELECT id, name FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! INSERT INTO users VALUES (1, 'ada');
//! -- file: 0002_rebuild.sql
//! BEGIN IMMEDIATE;
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
//! INSERT INTO new_users (id, name) SELECT id, name FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! COMMIT;
//! ```
//!
//! Where no transaction can be, a `DROP TABLE IF EXISTS new_users` before it begins anew; but a run that failed
//! behind its `DROP TABLE users` has left the rows in `new_users` alone, and then it takes the last of them.
//!
//! ## Proof
//!
//! Running the flagged file up to `DROP TABLE users`, then all of it:
//! `UNIQUE constraint failed: new_users.id`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rebuild-reuses-leftover-table", level: Level::Warning, since: "0.1.0", check: Check::Rebuild(check) };

fn check(cx: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    let first = &rebuild.first_name;
    let leaves = rebuild.guarded && rebuild.transaction == InTransaction::No && rebuild.renamed.is_some();
    let is_cleared = cx.earlier.dropped(ObjectKind::Table, first) || cx.earlier.emptied(&rebuild.table);
    if !leaves || is_cleared || cx.start.get(first).is_some() {
        return;
    }
    out.report(rebuild.created, format!("a run that failed leaves `{first}` with rows, and this one goes on with it"))
        .reason("no transaction takes it back, and the copy then fails on rows that are there, or doubles them")
        .help(format!(
            "begin a transaction, which takes a failed run back; a `DROP TABLE IF EXISTS {}` before it would take the \
             only rows, where a run failed between DROP and RENAME",
            name::plain(first)
        ));
}
