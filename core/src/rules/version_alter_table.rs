//! # An ALTER TABLE that the executing SQLite does not have
//!
//! `RENAME COLUMN` came with 3.25, `DROP COLUMN` with 3.35 (sound since 3.35.5), `ADD CONSTRAINT …
//! CHECK`, `DROP CONSTRAINT` and `SET NOT NULL` with 3.53. Since 3.54 a column called `rowid`, `oid`
//! or `_rowid_` can no longer be added or dropped, and a foreign key can be.
//!
//! ## Flagged
//!
//! ```sql
//! -- engine: 3.34.1
//! CREATE TABLE users (id INTEGER PRIMARY KEY, nick TEXT);
//! ALTER TABLE users RENAME COLUMN nick TO nickname;
//! ALTER TABLE users DROP COLUMN nickname;
//! ```
//!
//! ## Instead
//!
//! Let `remold plan` rebuild the table, or run the file with a newer SQLite:
//!
//! ```sql
//! -- engine: 3.35.5
//! CREATE TABLE users (id INTEGER PRIMARY KEY, nick TEXT);
//! ALTER TABLE users RENAME COLUMN nick TO nickname;
//! ALTER TABLE users DROP COLUMN nickname;
//! ```
//!
//! ## Proof
//!
//! In SQLite 3.24.0, running the flagged file: `near "COLUMN": syntax error`
//!
//! In SQLite 3.34.0, running the flagged file: `near "DROP": syntax error`
//!
//! In SQLite 3.51.3, running the better file, then `ALTER TABLE users ALTER id SET NOT NULL`:
//! `near "ALTER": syntax error`
//!
//! In SQLite 3.53.0, running the better file, then `ALTER TABLE users ALTER id SET NOT NULL`: it runs
//!
//! In SQLite 3.53.3, running the better file, then `ALTER TABLE users ADD COLUMN oid`: it runs
//!
//! In SQLite 3.54.0, running the better file, then `ALTER TABLE users ADD COLUMN oid`:
//! `cannot add rowid alias: oid`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "version-alter-table", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let Body::AlterTable(alter) = &statement.body else { return };
    for (feature, span) in &statement.features {
        if !version::is_alter(*feature) || cx.engine >= feature.since {
            continue;
        }
        let message = format!("needs SQLite {} for {}, but {} runs the file", feature.since, feature.name, cx.engine);
        if cx.engine >= Version::new(3, 35, 0) && *feature == version::DROP_COLUMN {
            out.report(*span, message)
                .reason("3.35.0 to 3.35.4 have DROP COLUMN, but it could corrupt the database")
                .help(feature.instead);
        } else {
            out.report(*span, message)
                .reason("an older SQLite does not know it and stops there")
                .help(feature.instead)
                .sqlite(format!("near \"{}\": syntax error", refused_word(cx, alter, *span)));
        }
    }
    if cx.engine >= Version::new(3, 54, 0) {
        rowid_alias(cx, alter, out);
    } else if cx.engine >= version::ALTER_DROP_CONSTRAINT.since {
        foreign_key(cx, alter, out);
    }
}

/// The word at which an older SQLite stops.
fn refused_word<'cx>(cx: &Context<'cx>, alter: &AlterTable, span: Span) -> &'cx str {
    let words = span.of(&cx.file.text);
    let second = matches!(alter.action, AlterAction::RenameColumn { .. } | AlterAction::AddConstraint(_))
        || (matches!(alter.action, AlterAction::DropConstraint(_)) && cx.engine >= Version::new(3, 35, 0));
    words.split_whitespace().nth(usize::from(second)).unwrap_or(words)
}

/// Since 3.54 a column that would hide the rowid cannot be added or dropped.
fn rowid_alias(cx: &Context, alter: &AlterTable, out: &mut Findings) {
    let (column, [verb, past]) = match &alter.action {
        AlterAction::AddColumn(column) => (&column.name, ["add", "added"]),
        AlterAction::DropColumn(column) => (column, ["drop", "dropped"]),
        _ => return,
    };
    let table = cx.before.find(&alter.name).and_then(|table| table.as_table());
    let has_rowid = table.is_none_or(|table| table.definition.without_rowid.is_none());
    if has_rowid && ["rowid", "oid", "_rowid_"].iter().any(|alias| column.is(alias)) {
        out.report(column.span, format!("column `{}` cannot be {past} since SQLite 3.54", column.text))
            .reason("the name stands for the row's own number, which the column would hide or uncover")
            .help("choose another name")
            .sqlite(format!("cannot {verb} rowid alias: {}", column.text));
    }
}

/// 3.53 drops a CHECK or a NOT NULL by its name, and a foreign key only since 3.54.
fn foreign_key(cx: &Context, alter: &AlterTable, out: &mut Findings) {
    let AlterAction::DropConstraint(name) = &alter.action else { return };
    let Some(table) = cx.before.find(&alter.name) else { return };
    let Some(definition) = table.as_table().map(|table| &table.definition) else { return };
    let is_it = |known: &Option<Name>| known.as_ref().is_some_and(|known| known.is(&name.text));
    let of_table = definition
        .constraints
        .iter()
        .any(|known| is_it(&known.name) && matches!(known.kind, TableConstraintKind::ForeignKey { .. }));
    let of_column = definition
        .columns
        .iter()
        .flat_map(|column| &column.constraints)
        .any(|known| is_it(&known.name) && matches!(known.kind, ColumnConstraintKind::References(_)));
    if of_table || of_column {
        out.report(
            name.span,
            format!("needs SQLite 3.54.0 to drop foreign key `{}`, but {} runs the file", name.text, cx.engine),
        )
        .reason("3.53 drops a CHECK or a NOT NULL, and no foreign key")
        .help(version::ALTER_DROP_CONSTRAINT.instead)
        .sqlite(format!("constraint may not be dropped: {}", name.text));
    }
}
