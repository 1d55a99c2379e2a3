//! # A broken view or trigger that stops an ALTER TABLE of another table
//!
//! `RENAME` and `DROP COLUMN` look through the whole schema first. One view or trigger that names what is
//! not there, wherever it is and however long ago it broke, makes each of them fail, on every table.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, nick TEXT);
//! CREATE VIEW lost AS SELECT name FROM people;
//! ALTER TABLE users RENAME COLUMN nick TO name;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, nick TEXT);
//! CREATE VIEW lost AS SELECT name FROM people;
//! DROP VIEW lost;
//! ALTER TABLE users RENAME COLUMN nick TO name;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `error in view lost: no such table: main.people`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "broken-object-blocks-alter", level: Level::Error, since: "0.1.0", check: Check::Problem(check) };

fn check(cx: &Context, refusal: &Refusal, out: &mut Findings) {
    let Body::AlterTable(alter) = &cx.statement.body else { return };
    let Some((kind, name)) = refusal.broken_object() else { return };
    if let AlterAction::DropColumn(column) = &alter.action
        && let Some(table) = cx.before.find(&alter.name)
        && drop_column_blockers(cx.before, table, &column.text).iter().any(|blocker| !blocker.silent)
    {
        // Those who look at the drop name all that stands in its way.
        return;
    }
    let table = &alter.name.name.text;
    out.report(refusal.span, format!("{kind} `{name}` is broken, and keeps `{table}` from being altered"))
        .reason("SQLite looks through the whole schema; no RENAME and no DROP COLUMN works on any table until then")
        .help(help(cx, alter, kind, name))
        .sqlite(&*refusal.error);
}

fn help(cx: &Context, alter: &AlterTable, kind: &str, name: &str) -> String {
    match &alter.action {
        // A rebuild in the usual order: for a moment nothing bears the table's name.
        AlterAction::RenameTable(to) if cx.earlier.dropped(ObjectKind::Table, &to.text) => {
            format!("drop {kind} `{name}` before `{}` is dropped, and create it again behind this RENAME", to.text)
        }
        _ => format!("drop {kind} `{name}` first, and create it anew if it is needed"),
    }
}
