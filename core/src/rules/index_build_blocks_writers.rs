//! # An index that is built while others wait to write
//!
//! `CREATE INDEX` reads the whole table and sorts it: 3 seconds for 2,000,000 rows. It holds the one lock
//! for writing from beginning to end, and SQLite has no way to build an index beside other writers. Those
//! that read go on in WAL mode. On a small table it does not matter.
//!
//! Where a snapshot says how many rows the table has (`remold lint --schema`), so does the finding: below 10,000
//! it is a note, from there on a warning. Each million took 1 to 2 seconds, measured with SQLite 3.54.1.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_names.sql
//! CREATE INDEX users_name ON users (name);
//! ```
//!
//! ## Instead
//!
//! Make the index with its table:
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE INDEX users_name ON users (name);
//! ```
//!
//! ## Proof
//!
//! While the last statement of the flagged file runs, `INSERT INTO users VALUES (1, 'ada')` by another connection:
//! `database is locked`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "index-build-blocks-writers", level: Level::Note, since: "0.1.0", check: Check::Change(check) };

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let (Change::Create { kind: ObjectKind::Index, name }, Body::CreateIndex(index)) = (change, &cx.statement.body)
    else {
        return;
    };
    let table = &index.table.text;
    let is_temporary = cx.before.get(table).is_some_and(|known| known.temporary);
    // A table that the file makes, also one that takes another's place, is nobody else's yet.
    if cx.earlier.created(table) || is_temporary {
        return;
    }
    let rows = cx.rows_of(table);
    if rows == Some(0) {
        return;
    }
    let which = rows.map_or_else(|| "all rows".to_owned(), about);
    let verb = if rows == Some(1) { "is" } else { "are" };
    let when = if cx.transaction == InTransaction::No { "until it is built" } else { "until the transaction commits" };
    out.report(name.span, format!("{which} of `{table}` {verb} read and sorted for the index"))
        .level(weight(rows, Level::Note))
        .reason(format!("{when} every other connection that wants to write waits, or fails with `database is locked`"))
        .help("where the table is large, run it when nobody needs to write, in a file of its own");
}
