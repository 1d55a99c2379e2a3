//! # A foreign key whose child columns have no index
//!
//! When a parent row is deleted or its key changes, SQLite looks for its children. Without an index on
//! the child's columns it reads the whole child table, once for each parent row, with every writer
//! waiting.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! CREATE TABLE IF NOT EXISTS posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! CREATE TABLE IF NOT EXISTS posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
//! CREATE INDEX IF NOT EXISTS posts_author ON posts (author);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM pragma_index_list('posts')`: `0`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "foreign-key-not-indexed", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    for (table, place) in cx.changed_tables() {
        let Some(create) = table.as_table() else { continue };
        let rebuilt = cx.rebuilds.iter().find(|rebuild| name::same(&rebuild.table, &table.name));
        let known =
            rebuilt.map(|rebuild| &rebuild.before).or_else(|| cx.start.get(&table.name).filter(|_| !place.made));
        let known = known.and_then(|known| known.as_table());
        let is_old = |columns: &[&Name], key| known.is_some_and(|known| has_key(known, columns, key));
        let keys: Vec<_> = foreign_keys(create).filter(|(columns, key)| !is_old(columns, key)).collect();
        if keys.is_empty() {
            continue;
        }
        let indexes = index_list(cx.end, table);
        for (columns, key) in keys {
            let leads = |index: &IndexRow| !index.partial && begins_with(index, &columns);
            if indexes.iter().any(leads) || is_rowid(create, table, &columns) {
                continue;
            }
            let names: Vec<&str> = columns.iter().map(|column| column.text.as_str()).collect();
            let (table, names) = (&table.name, names.join(", "));
            out.report(
                place.span,
                format!("no index of `{table}` begins with `{names}`, a foreign key to `{}`", key.table.text),
            )
            .reason("each row that goes from the parent makes SQLite read the whole child table")
            .help(format!("add an index: `CREATE INDEX … ON {table} ({names})`"));
        }
    }
}

/// Whether the columns are the first of the index, in any order.
fn begins_with(index: &IndexRow, columns: &[&Name]) -> bool {
    let first = &index.terms[..columns.len().min(index.terms.len())];
    let is_one =
        |term: &TermRow| matches!(&term.term, Term::Column(_, name) if columns.iter().any(|column| column.is(name)));
    first.len() == columns.len() && first.iter().all(is_one)
}

/// Whether the column is the rowid, which needs no index.
fn is_rowid(create: &CreateTable, table: &Object, columns: &[&Name]) -> bool {
    let [column] = columns else { return false };
    rowid_alias(create, &table.sql).is_some_and(|alias| column.is(&alias.text))
}

fn has_key(create: &CreateTable, columns: &[&Name], key: &ForeignKey) -> bool {
    foreign_keys(create).any(|(known, other)| {
        other.table.is(&key.table.text)
            && known.len() == columns.len()
            && known.iter().zip(columns).all(|(one, other)| one.is(&other.text))
    })
}
