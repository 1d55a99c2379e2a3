//! # A rebuild that loses an index or a trigger
//!
//! `DROP TABLE` takes the table's indexes and triggers with it, and the new table has none. Queries
//! become slow, a unique index keeps nothing out any more, and what a trigger kept up to date goes stale.
//! No error says so.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE UNIQUE INDEX users_by_email ON users (email);
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
//! INSERT INTO new_users (id, email) SELECT id, email FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE UNIQUE INDEX users_by_email ON users (email);
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
//! INSERT INTO new_users (id, email) SELECT id, email FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! CREATE UNIQUE INDEX users_by_email ON users (email);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM pragma_index_list('users')`: `0`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rebuild-loses-index-or-trigger", level: Level::Error, since: "0.1.0", check: Check::Rebuild(check) };

fn check(cx: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    let owned = cx.start.mentioning(&rebuild.before.name);
    let lost: Vec<&Object> = owned
        .into_iter()
        .map(|object| &**object)
        .filter(|object| object.belongs_to(&rebuild.before.name) && !object.temporary && object.certain)
        .filter(|object| is_lost(cx, rebuild, object))
        .collect();
    if lost.is_empty() {
        return;
    }
    let names: Vec<String> = lost.iter().map(|object| format!("{} `{}`", object.kind.as_str(), object.name)).collect();
    let only_slow =
        lost.iter().all(|object| matches!(&object.statement().body, Body::CreateIndex(index) if !index.unique));
    let at = rebuild.dropped.map_or(rebuild.created, |drop| drop.span);
    let report = out
        .report(at, format!("the rebuild of `{}` loses {}", rebuild.table, names.join(", ")))
        .reason("they go with the old table, and the new one has none of them")
        .help(help(rebuild, &lost));
    if only_slow {
        report.level(Level::Warning);
    }
}

fn help(rebuild: &Rebuild, lost: &[&Object]) -> String {
    let again = format!("create them again on `{}` when the rows are there", rebuild.table);
    match lost {
        [only] if !only.sql.contains(['\n', '\r', '`']) => format!("{again}: `{}`", only.sql),
        _ => again,
    }
}

/// Whether the file leaves nothing in its place, and does not say that it is to go.
fn is_lost(cx: &FileContext, rebuild: &Rebuild, object: &Object) -> bool {
    if cx.earlier.dropped(object.kind, &object.name) {
        return false;
    }
    let now = if object.kind == ObjectKind::Trigger { cx.end.trigger(&object.name) } else { cx.end.get(&object.name) };
    if now.is_some_and(|now| now.kind == object.kind && now.belongs_to(&rebuild.table)) {
        return false;
    }
    match &object.statement().body {
        Body::CreateIndex(index) => !goes_with_column(rebuild, object, index) && !has_twin(cx, rebuild, object, index),
        Body::CreateTrigger(_) => !has_other_name(cx, rebuild, object),
        _ => false,
    }
}

/// Whether the index is on a column that the new table does not have.
fn goes_with_column(rebuild: &Rebuild, object: &Object, index: &CreateIndex) -> bool {
    let is_gone = |name: &str| rebuild.before.column(name).is_some() && rebuild.moved(name).is_none();
    let spans = index.columns.iter().map(|term| term.expression).chain(index.condition);
    spans.filter_map(|span| expression(&object.sql, span)).flat_map(|read| read.parts).any(|part| match part {
        Part::Column { column, .. } => is_gone(&column.text(&object.sql)),
        _ => false,
    })
}

/// Whether an index of the new table, under whichever name, does what the old one did.
fn has_twin(cx: &FileContext, rebuild: &Rebuild, object: &Object, index: &CreateIndex) -> bool {
    let wanted: Option<Vec<&str>> =
        index.columns.iter().map(|term| rebuild.moved(&term.column.as_ref()?.text)).collect();
    let Some(wanted) = wanted.filter(|_| index.condition.is_none()) else {
        return has_other_name(cx, rebuild, object);
    };
    let is_wanted =
        |(term, column): (&TermRow, &&str)| matches!(&term.term, Term::Column(_, name) if name::same(name, column));
    index_list(cx.end, &rebuild.after).iter().any(|known| {
        let keys = known.terms.iter().filter(|term| term.key).count();
        let begins = keys >= wanted.len() && known.terms.iter().zip(&wanted).all(is_wanted);
        begins && !known.partial && (!index.unique || (known.unique && keys == wanted.len()))
    })
}

/// Whether the new table has the same under another name.
fn has_other_name(cx: &FileContext, rebuild: &Rebuild, object: &Object) -> bool {
    let bare = |object: &Object| {
        let text = folded(&object.sql);
        let own = name::fold(&object.name).into_owned();
        text.split(' ').filter(|word| *word != own).collect::<Vec<_>>().join(" ")
    };
    let wanted = bare(object);
    let owned = cx.end.mentioning(&rebuild.table);
    owned.iter().any(|known| known.kind == object.kind && known.belongs_to(&rebuild.table) && bare(known) == wanted)
}
