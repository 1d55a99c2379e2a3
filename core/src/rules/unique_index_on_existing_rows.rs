//! # A unique index over rows that may not be unique
//!
//! SQLite builds the index from the rows that are there, and fails at the first two that are equal. A
//! test database has none; production has those that the index is meant to keep out.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! INSERT INTO users (email) VALUES ('ada@example.org'), ('ada@example.org');
//! -- file: 0002_unique.sql
//! CREATE UNIQUE INDEX users_email ON users (email);
//! ```
//!
//! ## Instead
//!
//! Decide in the same file what becomes of them:
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! INSERT INTO users (email) VALUES ('ada@example.org'), ('ada@example.org');
//! -- file: 0002_unique.sql
//! DELETE FROM users WHERE id NOT IN (SELECT min(id) FROM users GROUP BY email);
//! CREATE UNIQUE INDEX users_email ON users (email);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `UNIQUE constraint failed: users.email`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "unique-index-on-existing-rows", level: Level::Warning, since: "0.1.0", check: Check::Change(check) };

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let (Change::Create { kind: ObjectKind::Index, .. }, Body::CreateIndex(index)) = (change, &cx.statement.body)
    else {
        return;
    };
    let table = &index.table.text;
    let conduct = cx.earlier.conduct();
    // Where it replaces one of that name, or rows were taken out, somebody has thought of it.
    let is_corrected = |column: &Name| conduct.corrected(table, &column.text);
    let thought_of = conduct.thinned(table).is_some()
        || cx.earlier.dropped(ObjectKind::Index, &index.name.name.text)
        || index.columns.iter().flat_map(|term| &term.column).any(is_corrected);
    if !index.unique
        || cx.is_new(table)
        || cx.is_empty(table)
        || thought_of
        || is_implied(cx, index)
        || has_only_nulls(cx, index)
    {
        return;
    }
    let text = &cx.file.text;
    let terms: Vec<&str> = index.columns.iter().map(|term| term.expression.of(text)).collect();
    out.report(index.name.span(), format!("rows of `{table}` may be equal in `{}`", terms.join(", ")))
        .reason("the index is built from the rows that are there, and two that are equal make the statement fail")
        .help(format!("look for them, and decide what becomes of them before this: `{}`", duplicates(cx, index)))
        .sqlite(error(cx, index));
}

/// Whether a key that is there keeps equal rows out already.
fn is_implied(cx: &Context, index: &CreateIndex) -> bool {
    let Some(table) = cx.before.get(&index.table.text) else { return false };
    let Some(create) = table.as_table() else { return false };
    let alias = rowid_alias(create, &table.sql);
    if alias.is_some_and(|alias| index.columns.iter().flat_map(|term| &term.column).any(|name| name.is(&alias.text))) {
        return true;
    }
    let own = index_list(cx.after, table);
    let Some(own) = own.iter().find(|row| index.name.name.is(&row.name)) else { return false };
    let keeps_out =
        |row: &IndexRow| row.unique && !row.partial && keys(row).all(|term| keys(own).any(|own| is_same(term, own)));
    let start = cx.file_start.get(&index.table.text);
    let before = start.map(|table| index_list(cx.file_start, table)).unwrap_or_default();
    index_list(cx.before, table).iter().chain(&before).any(keeps_out)
}

fn keys(row: &IndexRow) -> impl Iterator<Item = &TermRow> {
    row.terms.iter().filter(|term| term.key)
}

/// Whether both are the same column, compared in the same way.
fn is_same(one: &TermRow, other: &TermRow) -> bool {
    let column = match (&one.term, &other.term) {
        (Term::Column(_, one), Term::Column(_, other)) => name::same(one, other),
        (Term::Rowid, Term::Rowid) => true,
        _ => false,
    };
    column && name::same(&one.collation, &other.collation)
}

/// Whether a column is new in this file and empty in every row: no two rows are then equal.
fn has_only_nulls(cx: &Context, index: &CreateIndex) -> bool {
    let table = &index.table.text;
    let conduct = cx.earlier.conduct();
    let declared = |column: &Name| cx.before.get(table).and_then(|known| known.column(&column.text));
    index.columns.iter().flat_map(|term| &term.column).any(|column| {
        let is_plain = declared(column).is_some_and(|known| known.default().is_none() && known.generated().is_none());
        is_plain && conduct.added(table, &column.text) && conduct.updated(table, &column.text).is_none()
    })
}

/// The query that finds what would be refused.
fn duplicates(cx: &Context, index: &CreateIndex) -> String {
    let text = &cx.file.text;
    let known = cx.before.get(&index.table.text);
    let is_never_null = |term: &IndexedColumn| {
        let column = term.column.as_ref().and_then(|column| known?.column(&column.text));
        column.is_some_and(|column| column.not_null().is_some())
    };
    let term = |term: &IndexedColumn| {
        let collation = term.collation.as_ref().map_or_else(String::new, |name| format!(" COLLATE {}", name.text));
        format!("{}{collation}", term.expression.of(text))
    };
    let terms: Vec<String> = index.columns.iter().map(term).collect();
    let nulls = index.columns.iter().filter(|term| !is_never_null(term));
    let mut conditions: Vec<String> = nulls.map(|term| format!("{} IS NOT NULL", term.expression.of(text))).collect();
    conditions.extend(index.condition.map(|condition| format!("({})", condition.of(text))));
    let filter = if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) };
    let (table, terms) = (name::plain(&index.table.text), terms.join(", "));
    format!("SELECT {terms}, count(*) FROM {table}{filter} GROUP BY {terms} HAVING count(*) > 1")
}

/// What SQLite says of two rows that are equal.
fn error(cx: &Context, index: &CreateIndex) -> String {
    let known = cx.before.get(&index.table.text);
    let table = known.map_or(&*index.table.text, |table| &table.name);
    let spelt = |column: &Name| {
        let declared = known.and_then(|known| known.column(&column.text));
        declared.map_or_else(|| column.text.clone(), |declared| declared.name.text.clone())
    };
    let columns: Option<Vec<String>> =
        index.columns.iter().map(|term| Some(format!("{table}.{}", spelt(term.column.as_ref()?)))).collect();
    let what = columns.map_or_else(|| format!("index '{}'", index.name.name.text), |columns| columns.join(", "));
    format!("UNIQUE constraint failed: {what}")
}
