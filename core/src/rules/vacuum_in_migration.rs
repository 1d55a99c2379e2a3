//! # A VACUUM in a migration
//!
//! `VACUUM` writes the whole database anew: it needs the disk for it once more, and for its journal, and
//! nobody else can write before it is done. Rows of a table without an `INTEGER PRIMARY KEY` get other
//! rowids, and what has kept those refers to other rows from then on.
//!
//! Where a snapshot says how many rows the tables have (`remold lint --schema`), so does the finding: below 10,000
//! it is a note, from there on a warning. Each million took 1 to 2 seconds, measured with SQLite 3.54.1.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS notes (text TEXT);
//! INSERT INTO notes VALUES ('a'), ('b');
//! DELETE FROM notes WHERE text = 'a';
//! VACUUM;
//! ```
//!
//! ## Instead
//!
//! Run it by itself when nobody needs the database, and give each table its own key:
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT);
//! INSERT INTO notes (text) VALUES ('a'), ('b');
//! DELETE FROM notes WHERE text = 'a';
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT rowid FROM notes WHERE text = 'b'`: `1`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "vacuum-in-migration", level: Level::Warning, since: "0.1.0", check: Check::Statement(check) };

/// How many tables a finding names.
const NAMED: usize = 5;

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    // In a transaction it is refused, of which another rule speaks.
    if !matches!(statement.body, Body::Other(Other::Vacuum)) || cx.transaction != InTransaction::No {
        return;
    }
    let renumbered: Vec<String> = renumbered(cx).iter().map(|table| format!("`{table}`")).collect();
    let cost = "it writes the whole database anew, needs its size once more on the disk, and no one else can write";
    let reason = match renumbered.as_slice() {
        [] => cost.to_owned(),
        tables => {
            let named = tables.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = if tables.len() > NAMED { format!(" and {} more", tables.len() - NAMED) } else { String::new() };
            format!("{cost}; rows of {named}{more} get other rowids, since they have no INTEGER PRIMARY KEY")
        }
    };
    let rows = cx.rows.total();
    let with = rows.map_or_else(String::new, |rows| format!(", {}", about(rows)));
    out.report(statement.span, format!("`VACUUM` makes everyone wait for a copy of the whole database{with}"))
        .level(weight(rows, Level::Warning))
        .reason(reason)
        .help("leave it to maintenance, when nobody needs the database");
}

/// The tables whose rows have nothing but a rowid that SQLite gave them.
fn renumbered(cx: &Context) -> Vec<String> {
    let has_loose_rowids = |object: &Object| {
        let Some(create) = object.as_table() else { return false };
        let is_certain = object.certain && !object.temporary && !name::is_internal(&object.name);
        is_certain
            && create.query.is_none()
            && create.definition.without_rowid.is_none()
            && rowid_alias(create, &object.sql).is_none()
    };
    let objects = cx.before.objects();
    objects.iter().filter(|object| has_loose_rowids(object)).map(|object| object.name.clone()).collect()
}
