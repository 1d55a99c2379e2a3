//! # A table that one file rebuilds several times
//!
//! Each rebuild copies every row and builds every index anew, while all writers wait. Tools write one for
//! each change of a column; one rebuild can do all of them at once.
//!
//! Where a snapshot says how many rows the table has (`remold lint --schema`), so does the finding: below 10,000
//! it is a note, from there on a warning. Each million took 1 to 2 seconds, measured with SQLite 3.54.1.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE);
//! INSERT INTO new_users (id, name, email) SELECT id, name, email FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT DEFAULT 'nobody', email TEXT UNIQUE);
//! INSERT INTO new_users (id, name, email) SELECT id, name, email FROM users;
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
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT DEFAULT 'nobody', email TEXT UNIQUE);
//! INSERT INTO new_users (id, name, email) SELECT id, name, email FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Proof
//!
//! On 1,000 rows SQLite takes at least twice as many steps for the flagged file as for the better one

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "repeated-rebuild", level: Level::Warning, since: "0.1.0", check: Check::Rebuild(check) };

fn check(cx: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    if rebuild.between.is_empty() {
        return;
    }
    let times = rebuild.between.len() + 1;
    let rows = cx.rows.of(&rebuild.before.name);
    let with = rows.map_or_else(String::new, |rows| format!(", which has {},", about(rows)));
    out.report(rebuild.created, format!("`{}`{with} is rebuilt {times} times in this file", rebuild.table))
        .level(weight(rows, Level::Warning))
        .reason("each time every row is copied and every index built anew, while all writers wait")
        .help("make the table once, with all that is to change, and copy its rows once");
}
