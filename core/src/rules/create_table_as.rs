//! # A table that is made from a query
//!
//! `CREATE TABLE … AS` keeps names and values alone. The new table has no primary key, no NOT NULL, no
//! default, no UNIQUE, no CHECK and no foreign key, and of a declared type what remains is INT, TEXT,
//! NUM, REAL or nothing. As a copy that takes the place of its source it lets in whatever comes, and the
//! application's `id` stays NULL from then on.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
//! -- file: 0002_members.sql
//! CREATE TABLE members AS SELECT id, email FROM users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
//! -- file: 0002_members.sql
//! CREATE TABLE members (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
//! INSERT INTO members (id, email) SELECT id, email FROM users;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT max(pk) FROM pragma_table_info('members')`: `0`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "create-table-as", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    for (name, queried) in cx.earlier.queried() {
        // What was made and has gone again was a step on the way.
        let Some(table) = cx.end.get(name) else { continue };
        let replaces = cx.start.get(name).is_some();
        let lost = kept_by_sources(queried);
        let without = if lost.is_empty() { "keys and constraints".to_owned() } else { lost.join(", ") };
        let (message, level) = if replaces {
            (format!("`{}` comes back without {without}", table.name), Level::Error)
        } else {
            (format!("`{}` is made from a query, without {without}", table.name), Level::Warning)
        };
        out.report(queried.span, message)
            .reason("CREATE TABLE … AS takes over names and values, and nothing of what its sources demand")
            .help("declare the table with CREATE TABLE, and fill it with INSERT INTO … SELECT")
            .level(level);
    }
}

/// What the tables that the query reads have and the new table has not.
fn kept_by_sources(queried: &Queried) -> Vec<String> {
    let known = queried.from.iter().filter(|table| table.knows_columns());
    let mut found = Vec::new();
    for table in known {
        for (part, says) in parts(table) {
            if says && !found.iter().any(|known| known == part) {
                found.push(part.to_owned());
            }
        }
    }
    found
}

fn parts(table: &Object) -> [(&'static str, bool); 8] {
    let Some(create) = table.as_table() else { return [("", false); 8] };
    let definition = &create.definition;
    let of_table = |wanted: fn(&TableConstraintKind) -> bool| definition.constraints.iter().any(|it| wanted(&it.kind));
    let of_column = |wanted: fn(&ColumnConstraintKind) -> bool| {
        definition.columns.iter().flat_map(|column| &column.constraints).any(|it| wanted(&it.kind))
    };
    [
        (
            "PRIMARY KEY",
            of_table(|kind| matches!(kind, TableConstraintKind::PrimaryKey { .. }))
                || of_column(|kind| matches!(kind, ColumnConstraintKind::PrimaryKey { .. })),
        ),
        ("NOT NULL", of_column(|kind| matches!(kind, ColumnConstraintKind::NotNull))),
        ("DEFAULT", of_column(|kind| matches!(kind, ColumnConstraintKind::Default(_)))),
        (
            "UNIQUE",
            of_table(|kind| matches!(kind, TableConstraintKind::Unique(_)))
                || of_column(|kind| matches!(kind, ColumnConstraintKind::Unique)),
        ),
        (
            "CHECK",
            of_table(|kind| matches!(kind, TableConstraintKind::Check(_)))
                || of_column(|kind| matches!(kind, ColumnConstraintKind::Check(_))),
        ),
        ("REFERENCES", foreign_keys(create).next().is_some()),
        ("COLLATE", of_column(|kind| matches!(kind, ColumnConstraintKind::Collate(_)))),
        ("STRICT", definition.strict.is_some()),
    ]
}
