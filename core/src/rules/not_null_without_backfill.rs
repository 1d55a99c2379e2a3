//! # NOT NULL over rows that may be NULL
//!
//! A column that allowed NULL has rows in which it is NULL, or somebody would have declared it otherwise.
//! `SET NOT NULL` and the copy of a rebuild fail at the first of them. A test database has none.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! INSERT INTO users (name) VALUES (NULL);
//! -- file: 0002_names.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
//! INSERT INTO new_users (id, name) SELECT id, name FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! INSERT INTO users (name) VALUES (NULL);
//! -- file: 0002_names.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
//! INSERT INTO new_users (id, name) SELECT id, coalesce(name, '') FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `NOT NULL constraint failed: new_users.name`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "not-null-without-backfill", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    cx.earlier.conduct().tightened().iter().for_each(|tightened| set_not_null(cx, tightened, out));
    for rebuild in cx.rebuilds {
        if rebuild.before.knows_columns() && rebuild.after.knows_columns() {
            rebuilt(cx, rebuild, out);
        }
    }
}

fn set_not_null(cx: &FileContext, tightened: &Tightened, out: &mut Findings) {
    let (table, column) = (&tightened.table.text, &tightened.column.text);
    let known = cx.start.get(table).and_then(|known| known.column(column));
    let is_filled = cx.earlier.conduct().updated(table, column).is_some_and(|at| at < tightened.column.span.start);
    let is_demanded = cx.start.get(table).is_some_and(|known| never_null(known).contains(&*name::fold(column)));
    let is_new = known.is_none() && cx.earlier.conduct().added(table, column);
    if known.is_some_and(|known| known.not_null().is_some()) || is_demanded || is_filled || is_new {
        return;
    }
    out.report(tightened.column.span, format!("`{table}.{column}` may be NULL in rows that are there"))
        .reason("SQLite looks at each row, and the first that is NULL makes the statement fail")
        .help(help(table, column))
        .sqlite("constraint failed");
}

fn rebuilt(cx: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    let demanded = never_null(&rebuild.before);
    let nullable: Vec<_> = table_xinfo(&rebuild.before)
        .into_iter()
        .filter(|column| !column.not_null && !demanded.contains(&*name::fold(&column.name)))
        .collect();
    let alias = |table: &Object| {
        let create = table.as_table();
        create.and_then(|create| rowid_alias(create, &table.sql)).map(|alias| alias.text.clone())
    };
    let (old_alias, new_alias) = (alias(&rebuild.before), alias(&rebuild.after));
    let is_alias = |alias: &Option<String>, column: &str| alias.as_ref().is_some_and(|alias| name::same(alias, column));
    for column in table_xinfo(&rebuild.after).iter().filter(|column| column.not_null) {
        let copied = rebuild.copies.iter().find_map(|copy| Some((copy, source(rebuild, copy, &column.name)?)));
        let Some((copy, from)) = copied else { continue };
        let old = nullable.iter().find(|known| name::same(&known.name, &from));
        let old = old.filter(|_| !is_alias(&old_alias, &from));
        let start = copy.statement.start;
        let filled = |table: &str| cx.earlier.conduct().updated(table, &from).is_some_and(|at| at < start);
        let Some(old) = old else { continue };
        if is_alias(&new_alias, &column.name) || filled(&copy.from) || filled(&rebuild.before.name) {
            continue;
        }
        let into = &copy.into.text;
        let report = out.report(copy.into.span, format!("`{}.{from}` may be NULL in rows that are copied", copy.from));
        // A key takes NULL, but hardly anybody writes a row without one.
        let report = if old.primary_key > 0 { report.level(Level::Note) } else { report };
        report
            .reason(format!("`{into}.{}` is NOT NULL, and the first row that is NULL makes the copy fail", column.name))
            .help(help(&copy.from, &from))
            .sqlite(format!("NOT NULL constraint failed: {into}.{}", column.name));
    }
}

fn help(table: &str, column: &str) -> String {
    let (table, column) = (name::plain(table), name::plain(column));
    format!(
        "decide what stands there instead, and fill it before: `UPDATE {table} SET {column} = … WHERE {column} IS NULL`"
    )
}

/// The column of the old table whose values the copy puts into the new one's, where it does so for all rows
/// and as they are.
fn source(rebuild: &Rebuild, copy: &Copy, column: &str) -> Option<String> {
    if copy.partial || copy.skips.is_some() || copy.creates {
        return None;
    }
    let plain = |table: &Object| -> Vec<String> {
        let columns = table.columns().iter().filter(|column| column.generated().is_none());
        columns.map(|column| column.name.text.clone()).collect()
    };
    let into = copy.columns.clone().unwrap_or_else(|| plain(&rebuild.after));
    let at = into.iter().position(|known| name::same(known, column))?;
    match copy.values.as_slice() {
        [Value::All] => plain(&rebuild.before).get(at).cloned(),
        values if values.contains(&Value::All) => None,
        values => match values.get(at)? {
            Value::Column(from) => Some(from.clone()),
            _ => None,
        },
    }
}
