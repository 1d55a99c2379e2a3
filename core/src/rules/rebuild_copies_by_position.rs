//! # A rebuild that copies by position into other columns
//!
//! An `INSERT` without a list of columns puts the first value into the first column, whatever both are
//! called. Where the new table has its columns in another order, a column gets the values of another one.
//! SQLite's columns take nearly any value, so no error says so.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
//! INSERT INTO users VALUES (1, 'Ada', 'ada@example.org');
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT);
//! INSERT INTO new_users SELECT * FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
//! INSERT INTO users VALUES (1, 'Ada', 'ada@example.org');
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT);
//! INSERT INTO new_users (id, email, name) SELECT id, email, name FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT email FROM users`: `Ada`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rebuild-copies-by-position", level: Level::Error, since: "0.1.0", check: Check::Rebuild(check) };

fn check(_: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    for copy in rebuild.copies.iter().filter(|copy| !copy.creates) {
        if copy.columns.is_some() && !copy.values.contains(&Value::All) {
            continue;
        }
        let into: BTreeSet<_> = gathered(copy.pairs.iter().map(|(column, _)| name::fold(column)));
        let astray: Vec<String> = copy
            .pairs
            .iter()
            .filter_map(|(column, value)| match value {
                Value::Column(from) if !name::same(column, from) && into.contains(&name::fold(from)) => {
                    Some(format!("the values of `{from}` into `{column}`"))
                }
                _ => None,
            })
            .collect();
        if !astray.is_empty() {
            out.report(copy.into.span, format!("the rebuild of `{}` puts {}", rebuild.table, astray.join(", ")))
                .reason("the values go into the columns by their places, and the tables have them in another order")
                .help("name the columns on both sides: `INSERT INTO … (…) SELECT … FROM …`");
        }
    }
}
