//! # A new column that the running application does not know and must fill
//!
//! While the migration runs, and until the last old process is gone, the old application still writes. Its
//! `INSERT` does not name the new column; where that is `NOT NULL` and has no default, each one fails.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_email.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT, email TEXT NOT NULL);
//! INSERT INTO new_users SELECT id, name, '' FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_email.sql
//! ALTER TABLE users ADD COLUMN email TEXT NOT NULL DEFAULT '';
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `INSERT INTO users (name) VALUES ('ada')`: `NOT NULL constraint failed: users.email`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "new-required-column", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    for declared in cx.declared_columns() {
        let Some(before) = before(cx, &declared) else { continue };
        let (table, column) = (declared.table, &declared.column.name);
        if before.column(&column.text).is_some() || !is_required(table, &column.text) {
            continue;
        }
        // What is NOT NULL as ADD COLUMN declares it fails at once, which is said elsewhere.
        if declared.is_added() && declared.column.not_null().is_some() {
            continue;
        }
        let (name, column_name) = (&table.name, &column.text);
        let report = out.report(
            declared.at(column.span),
            format!("each INSERT into `{name}` must give the new `{name}.{column_name}`"),
        );
        // Queries that are known to fail are said to.
        let report = if cx.asks_queries { report.level(Level::Note) } else { report };
        report
            .reason(
                "it is NOT NULL and has no default, and an application that is older than the column does not name it",
            )
            .help("give it a DEFAULT until no old application runs, or let it be NULL until then");
    }
}

/// The table before the file, where its rows are still there.
fn before<'run>(cx: &FileContext<'run>, declared: &DeclaredColumn<'run>) -> Option<&'run Object> {
    let rebuilt = cx.rebuilds.iter().find(|rebuild| name::same(&rebuild.table, &declared.table.name));
    let before = rebuilt.map(|rebuild| &*rebuild.before);
    let before = before.or_else(|| cx.start.get(&declared.table.name).map(|table| &**table))?;
    (before.knows_columns() && declared.table.knows_columns()).then_some(before)
}

/// Whether a row cannot be without the column.
fn is_required(table: &Object, column: &str) -> bool {
    let is_plain = |create: &CreateTable| {
        let definition = &create.definition;
        definition.without_rowid.is_none() && definition.strict.is_none()
    };
    // Mostly this is all there is to know.
    if table.as_table().is_some_and(is_plain) && table.column(column).is_some_and(|column| column.not_null().is_none())
    {
        return false;
    }
    let rows = table_xinfo(table);
    let Some(row) = rows.iter().find(|row| name::same(&row.name, column)) else { return false };
    let alias = table.as_table().and_then(|create| rowid_alias(create, &table.sql));
    let has_default = row.default.as_deref().is_some_and(|text| !name::same(text.trim(), "null"));
    row.not_null && !has_default && row.hidden == Hidden::No && alias.is_none_or(|alias| !alias.is(column))
}
