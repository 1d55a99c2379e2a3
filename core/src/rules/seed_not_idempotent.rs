//! # Rows that a second run puts in again
//!
//! A file that nothing records may run again: after it stopped half-way, at the next start, on a copy
//! that has the rows already. An `INSERT` of fixed rows then puts them in a second time, or stops at the
//! first key that is taken, and what stands behind it never runs.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS roles (id INTEGER PRIMARY KEY, name TEXT);
//! INSERT INTO roles (name) VALUES ('admin');
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS roles (id INTEGER PRIMARY KEY, name TEXT);
//! INSERT INTO roles (name) SELECT 'admin' WHERE NOT EXISTS (SELECT 1 FROM roles WHERE name = 'admin');
//! ```
//!
//! ## Proof
//!
//! Running the flagged file twice, then `SELECT count(*) FROM roles`: `2`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "seed-not-idempotent", level: Level::Note, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let Body::Data(data) = &statement.body else { return };
    let guarded = data.conflict == Some(Conflict::Ignore) || !data.upserts.is_empty();
    if !cx.runs_again() || data.kind != DataKind::Insert || guarded || !is_literal(data) {
        return;
    }
    let name = &data.table.name;
    // What the file makes anew or empties before has no older rows.
    if cx.earlier.dropped(ObjectKind::Table, &name.text) || cx.earlier.emptied(&name.text) {
        return;
    }
    let table = cx.before.find(&data.table).filter(|table| table.knows_columns());
    let internal = name::is_internal(&name.text) || name::is_bookkeeping(&name.text);
    if internal || table.is_some_and(|table| table.temporary) || is_elsewhere(data) {
        return;
    }
    let key = table.and_then(|table| key(cx, table, data));
    if let Some(key) = key {
        let at = Span::new(statement.span.end, statement.span.end);
        let report = out
            .report(name.span, format!("a second run stops at the rows of `{}` that it put in before", name.text))
            .reason("nothing records that the file has run, and their key is taken then")
            .help("end the INSERT with ON CONFLICT DO NOTHING, or write INSERT OR IGNORE")
            .sqlite(format!("UNIQUE constraint failed: {key}"));
        if cx.engine >= version::UPSERT.since && data.returning.is_empty() {
            let edit = Edit { span: at, text: " ON CONFLICT DO NOTHING".to_owned() };
            report.fix(Safety::Safe, Vec::from([edit]));
        }
    } else {
        let reason = if table.is_some() {
            "nothing records that the file has run, and no key of theirs is in the way"
        } else {
            "nothing records that the file has run, and the rows come twice unless a key of theirs is in the way"
        };
        out.report(name.span, format!("a second run puts these rows into `{}` again", name.text)).reason(reason).help(
            "write INSERT INTO … SELECT … WHERE NOT EXISTS (…), or give the rows a key and add ON CONFLICT DO NOTHING",
        );
    }
}

fn is_elsewhere(data: &Data) -> bool {
    data.table.schema.as_ref().is_some_and(|schema| !schema.is("main"))
}

/// Whether the rows stand in the statement itself, and no condition keeps one back.
fn is_literal(data: &Data) -> bool {
    let Some(rows) = &data.rows else { return true };
    rows.with.is_empty() && rows.parts.iter().all(|part| part.from.is_empty() && part.filter.is_none())
}

/// The columns of a key of which the rows bring each value, as SQLite names them.
fn key(cx: &Context, table: &Object, data: &Data) -> Option<String> {
    let create = table.as_table()?;
    let first = data.rows.as_ref()?.parts.first()?;
    let text = &cx.file.text;
    // Where the statement names no columns it brings all that are not computed.
    let all: Vec<&str> =
        table.columns().iter().filter(|column| column.generated().is_none()).map(|it| it.name.text.as_str()).collect();
    let given = |column: &str| {
        let at = match data.columns.as_slice() {
            [] => all.iter().position(|known| name::same(known, column)),
            named => named.iter().position(|known| known.is(text, column)),
        };
        let value = at.and_then(|at| first.columns.get(at));
        matches!(value, Some(ResultColumn::Expression(value, _)) if !value.span.of(text).eq_ignore_ascii_case("NULL"))
    };
    if let Some(alias) = rowid_alias(create, &table.sql)
        && given(&alias.text)
    {
        return Some(format!("{}.{}", table.name, alias.text));
    }
    let mut indexes = index_list(cx.before, table);
    // SQLite looks at the oldest first.
    indexes.reverse();
    indexes.iter().filter(|index| index.unique && !index.partial).find_map(|index| {
        let terms = index.terms.iter().filter(|term| term.key);
        let columns: Option<Vec<&str>> = terms
            .map(|term| match &term.term {
                Term::Column(_, column) if given(column) => Some(column.as_str()),
                _ => None,
            })
            .collect();
        let columns = columns?;
        Some(columns.iter().map(|column| format!("{}.{column}", table.name)).collect::<Vec<_>>().join(", "))
    })
}
