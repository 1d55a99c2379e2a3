//! # A rebuild that turns text into numbers
//!
//! A column's type decides what SQLite converts a value to when it is stored. Text that is copied into a
//! column of a number's type becomes a number wherever it looks like one: `007` is 7 from then on, `1e3`
//! is 1000, a long number loses its last digits. No error says so, and nothing brings the text back.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_parts.sql
//! CREATE TABLE parts (id INTEGER PRIMARY KEY, code TEXT);
//! INSERT INTO parts VALUES (1, '007');
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_parts (id INTEGER PRIMARY KEY, code INTEGER);
//! INSERT INTO new_parts (id, code) SELECT id, code FROM parts;
//! DROP TABLE parts;
//! ALTER TABLE new_parts RENAME TO parts;
//! ```
//!
//! ## Instead
//!
//! Keep the type; or see first that nothing is lost, and say in the copy that it is meant:
//!
//! ```sql
//! -- file: 0001_parts.sql
//! CREATE TABLE parts (id INTEGER PRIMARY KEY, code TEXT);
//! INSERT INTO parts VALUES (1, '007');
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_parts (id INTEGER PRIMARY KEY, code INTEGER);
//! INSERT INTO new_parts (id, code) SELECT id, CAST(code AS INTEGER) FROM parts;
//! DROP TABLE parts;
//! ALTER TABLE new_parts RENAME TO parts;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT code FROM parts`: `7`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rebuild-narrows-type", level: Level::Warning, since: "0.1.0", check: Check::Rebuild(check) };

fn check(_: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    let old = table_xinfo(&rebuild.before);
    for row in table_xinfo(&rebuild.after) {
        let Some(from) = rebuild.origin(&row.name) else { continue };
        let Some(was) = old.iter().find(|known| name::same(&known.name, &from)) else { continue };
        let is_number = matches!(row.affinity, Affinity::Integer | Affinity::Numeric | Affinity::Real);
        let keeps_text = was.affinity == Affinity::Text || was.declared_type.is_empty();
        if !is_number || !keeps_text || row.hidden != Hidden::No {
            continue;
        }
        let (table, new) = (&rebuild.table, &row.declared_type);
        let had = if was.declared_type.is_empty() { "it had no type" } else { "its type was text" };
        out.report(rebuild.created, format!("the rebuild turns text of `{table}.{}` into numbers", row.name))
            .reason(format!("{had} and is {new} now, in which `007` becomes 7 and `1e3` becomes 1000"))
            .help(format!(
                "keep the type; or see that `SELECT {0} FROM {1} WHERE CAST(CAST({0} AS NUMERIC) AS TEXT) <> {0}` finds \
                 nothing, and write the CAST into the copy",
                name::plain(&from),
                name::plain(table),
            ));
    }
}
