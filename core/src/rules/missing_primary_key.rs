//! # A table without a primary key
//!
//! Its rows have nothing but SQLite's own `rowid` to be told apart by, which `VACUUM` and every rebuild
//! may number anew. A row cannot be updated or deleted for sure, and no foreign key can point to it.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE events (at TEXT, what TEXT);
//! INSERT INTO events VALUES ('2024-01-30', 'a'), ('2024-01-31', 'b');
//! DELETE FROM events WHERE what = 'a';
//! VACUUM;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE events (id INTEGER PRIMARY KEY, at TEXT, what TEXT);
//! INSERT INTO events (at, what) VALUES ('2024-01-30', 'a'), ('2024-01-31', 'b');
//! DELETE FROM events WHERE what = 'a';
//! VACUUM;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT rowid FROM events WHERE what = 'b'`: `1`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "missing-primary-key", level: Level::Note, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    for table in cx.made_tables() {
        if has_key(cx, table.now) || table.was.is_some_and(|was| !has_primary_key(was)) {
            continue;
        }
        out.report(table.place, format!("`{}` has no primary key", table.name))
            .reason("nothing but the rowid tells two rows apart, and VACUUM or a rebuild may number the rows anew")
            .help("give it a column `id INTEGER PRIMARY KEY`, or a key of the columns that tell the rows apart");
    }
}

fn has_primary_key(table: &Object) -> bool {
    let is_key = |constraint: &TableConstraint| matches!(constraint.kind, TableConstraintKind::PrimaryKey { .. });
    table.columns().iter().any(|column| column.primary_key().is_some())
        || table.as_table().is_some_and(|create| create.definition.constraints.iter().any(is_key))
}

/// Whether there is a key, or an index that does the same: columns that no two rows have, none of them NULL.
fn has_key(cx: &FileContext, table: &Object) -> bool {
    if has_primary_key(table) {
        return true;
    }
    let rows = table_xinfo(table);
    let is_given = |term: &TermRow| match &term.term {
        Term::Column(_, name) => rows.iter().any(|row| row.not_null && name::same(&row.name, name)),
        _ => false,
    };
    let identifies =
        |index: &IndexRow| index.unique && !index.partial && index.terms.iter().filter(|term| term.key).all(is_given);
    index_list(cx.end, table).iter().any(identifies)
}
