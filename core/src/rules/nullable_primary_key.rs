//! # A primary key that takes NULL
//!
//! In SQLite `PRIMARY KEY` does not mean `NOT NULL`: by an old mistake that nobody may mend any more, a
//! key takes NULL, and as many of them as come, for no NULL equals another. `INTEGER PRIMARY KEY`,
//! `STRICT` tables and tables `WITHOUT ROWID` are the exceptions.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE countries (code TEXT PRIMARY KEY, name TEXT);
//! INSERT INTO countries VALUES (NULL, 'nowhere'), (NULL, 'nowhere else');
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE countries (code TEXT NOT NULL PRIMARY KEY, name TEXT);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM countries`: `2`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "nullable-primary-key", level: Level::Note, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    for table in cx.made_tables() {
        // That one is never numbered, which is worse and said elsewhere.
        if unnumbered_key(table.create, table.sql).is_some() {
            continue;
        }
        let columns = nullable_key(table.made);
        let before = table.was.map(nullable_key).unwrap_or_default();
        let new: Vec<&String> =
            columns.iter().filter(|column| !before.iter().any(|old| name::same(old, column))).collect();
        let Some(first) = new.first() else { continue };
        let names: Vec<String> = new.iter().map(|column| format!("`{column}`")).collect();
        let (names, many) = (names.join(", "), if new.len() > 1 { "take" } else { "takes" });
        let report = out
            .report(
                table.at(key_place(table.create, first)),
                format!("the key {names} of `{}` {many} NULL", table.name),
            )
            .reason("PRIMARY KEY alone does not keep NULL out, and any number of rows may have it")
            .help("write NOT NULL behind the type of each column of the key");
        let definitions = table.create.definition.columns.iter();
        let edits = definitions.filter(|column| new.iter().any(|name| column.name.is(name))).map(|column| {
            let end = column.declared_type.unwrap_or(column.name.span).end;
            Edit { span: table.at(Span::new(end, end)), text: " NOT NULL".to_owned() }
        });
        report.fix(Safety::Unsafe, edits.collect());
    }
}

/// The columns of the key that take NULL.
fn nullable_key(table: &Object) -> Vec<String> {
    if table.as_table().and_then(|create| rowid_alias(create, &table.sql)).is_some() {
        return Vec::new();
    }
    let rows = table_xinfo(table).into_iter().filter(|row| row.primary_key > 0 && !row.not_null);
    rows.map(|row| row.name).collect()
}

/// Where the key is declared.
fn key_place(create: &CreateTable, column: &str) -> Span {
    let of_column = create.definition.columns.iter().find_map(|column| column.primary_key());
    let is_key = |constraint: &&TableConstraint| matches!(constraint.kind, TableConstraintKind::PrimaryKey { .. });
    let of_table = create.definition.constraints.iter().find(is_key);
    let named = create.definition.columns.iter().find(|known| known.name.is(column));
    let place = of_column.map(|key| key.span).or_else(|| of_table.map(|key| key.span));
    place.or_else(|| named.map(|column| column.span)).unwrap_or(create.name.name.span)
}
