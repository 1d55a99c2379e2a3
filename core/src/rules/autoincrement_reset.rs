//! # An AUTOINCREMENT counter that goes back
//!
//! `AUTOINCREMENT` promises that an id is never given twice. The counter is a row of `sqlite_sequence`
//! under the table's name, and `DROP TABLE` deletes it: a table rebuilt the usual way goes on from the
//! highest id that is still there, so ids of deleted rows are given again.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_orders.sql
//! CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL);
//! INSERT INTO orders VALUES (1, 9.5), (2, 7.0);
//! DELETE FROM orders WHERE id = 2;
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL NOT NULL DEFAULT 0);
//! INSERT INTO new_orders SELECT id, total FROM orders;
//! DROP TABLE orders;
//! ALTER TABLE new_orders RENAME TO orders;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_orders.sql
//! CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL);
//! INSERT INTO orders VALUES (1, 9.5), (2, 7.0);
//! DELETE FROM orders WHERE id = 2;
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total REAL NOT NULL DEFAULT 0);
//! INSERT INTO new_orders SELECT id, total FROM orders;
//! DELETE FROM sqlite_sequence WHERE name = 'new_orders';
//! INSERT INTO sqlite_sequence (name, seq) SELECT 'new_orders', seq FROM sqlite_sequence WHERE name = 'orders';
//! DROP TABLE orders;
//! ALTER TABLE new_orders RENAME TO orders;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `INSERT INTO orders (total) VALUES (5.5) RETURNING id`: `2`
//!
//! Running the better file, then `INSERT INTO orders (total) VALUES (5.5) RETURNING id`: `3`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "autoincrement-reset", level: Level::Warning, since: "0.1.0", check: Check::Replay(check) };

fn check(happening: &Happening, out: &mut Findings) {
    let Effect::Resets { table, before, after } = &happening.effect else { return };
    let now = after.map_or("nothing".to_owned(), |after| format!("{after}"));
    out.report(happening.at, format!("the AUTOINCREMENT counter of `{table}` goes back"))
        .reason(format!("it was {before} and is {now} behind this file, so ids of deleted rows are given again"))
        .help("copy the row of `sqlite_sequence` too, before the old table is dropped");
}
