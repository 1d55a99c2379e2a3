//! # A key that goes while somebody upserts by it
//!
//! `ON CONFLICT (column)` needs a key on just these columns. A file that seeds by an upsert runs once, but the
//! application that it belongs to mostly upserts in the same way: without the key each of its statements is
//! refused.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_settings.sql
//! CREATE TABLE settings (id INTEGER PRIMARY KEY, name TEXT, value TEXT);
//! CREATE UNIQUE INDEX settings_name ON settings (name);
//! INSERT INTO settings (name, value) VALUES ('theme', 'dark') ON CONFLICT (name) DO UPDATE SET value = excluded.value;
//! -- file: 0002_index.sql
//! DROP INDEX settings_name;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_settings.sql
//! CREATE TABLE settings (id INTEGER PRIMARY KEY, name TEXT, value TEXT);
//! CREATE UNIQUE INDEX settings_name ON settings (name);
//! INSERT INTO settings (name, value) VALUES ('theme', 'dark') ON CONFLICT (name) DO UPDATE SET value = excluded.value;
//! -- file: 0002_index.sql
//! DROP INDEX settings_name;
//! CREATE UNIQUE INDEX settings_by_name ON settings (name);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `INSERT INTO settings (name) VALUES ('theme') ON CONFLICT (name) DO NOTHING`: `ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "upsert-key-dropped", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    for (table, at) in cx.earlier.keys_lost() {
        let (Some(was), Some(now)) = (cx.start.get(table), cx.end.get(table)) else { continue };
        for (columns, path) in cx.upserts.of(table) {
            let had_one = was.kind == ObjectKind::Table && has_key_on(cx.start, was, columns);
            let stays = columns.iter().all(|column| now.column(column).is_some());
            if !had_one || !stays || !now.knows_columns() || has_key_on(cx.end, now, columns) {
                continue;
            }
            let key = format!("`{} ({})`", now.name, columns.join(", "));
            out.report(at, format!("no key is on {key} any more, and `{path}` upserts by it"))
                .reason("an application that does so too is refused: no key fits its ON CONFLICT")
                .help("keep a unique index on just these columns until nobody upserts by them");
        }
    }
}
