//! # An UPDATE or DELETE of every row
//!
//! Without `WHERE` the statement reaches each row of the table, in production as well: what stood there
//! is gone, and no statement brings it back. Where that is meant, `WHERE true` says so to the next reader.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT);
//! INSERT INTO users VALUES (1, 'owner');
//! -- file: 0002_roles.sql
//! UPDATE users SET role = 'reader';
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, role TEXT);
//! INSERT INTO users VALUES (1, 'owner');
//! -- file: 0002_roles.sql
//! UPDATE users SET role = 'reader' WHERE role IS NULL;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM users WHERE role = 'owner'`: `0`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "missing-where", level: Level::Warning, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let Body::Data(data) = &statement.body else { return };
    let table = &data.table.name.text;
    let is_temporary = cx.before.find(&data.table).is_some_and(|known| known.temporary);
    if data.filter.is_some() || !data.limit.is_empty() || is_temporary || name::is_internal(table) {
        return;
    }
    // What was copied before is a rebuild, or a move.
    if cx.is_new(table) || cx.earlier.copied(table) {
        return;
    }
    match data.kind {
        DataKind::Delete => {
            out.report(data.table.span(), format!("every row of `{table}` is deleted"))
                .reason("it has no WHERE, and no statement brings the rows back")
                .help("say which rows are to go, or write `WHERE true` where all are");
        }
        DataKind::Update => update(cx, data, out),
        DataKind::Insert | DataKind::Replace => {}
    }
}

fn update(cx: &Context, data: &Data, out: &mut Findings) {
    let (table, text) = (&data.table.name.text, &cx.file.text);
    let conduct = cx.earlier.conduct();
    let is_old = |column: &&Word| !conduct.added(table, &column.text(text));
    // The values of a column that this file adds are nobody's yet.
    let old: Vec<String> = data
        .sets
        .iter()
        .flat_map(|assignment| &assignment.columns)
        .filter(is_old)
        .map(|column| format!("`{}`", column.text(text)))
        .collect();
    if old.is_empty() {
        return;
    }
    let keeps = data.sets.iter().all(|set| set.columns.iter().any(|column| reads(&set.value, *column, text)));
    let (level, reason) = if keeps {
        (
            Level::Note,
            "it has no WHERE; the new values are made from the old ones, which are gone, and a second run makes others",
        )
    } else {
        (Level::Warning, "it has no WHERE, and no statement brings the old values back")
    };
    out.report(data.table.span(), format!("every row of `{table}` gets another {}", old.join(", ")))
        .level(level)
        .reason(reason)
        .help("say which rows are meant, or write `WHERE true` where all are");
}

/// Whether the value is made from the column's own.
fn reads(value: &Expression, column: Word, text: &str) -> bool {
    value.parts.iter().any(|part| matches!(part, Part::Column { column: read, .. } if read.same(column, text)))
}
