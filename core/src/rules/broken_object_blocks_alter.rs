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
    if let AlterAction::RenameTable(to) = &alter.action
        && cx.earlier.dropped(ObjectKind::Table, &to.text)
        && let names = broken_without(cx.before, &to.text)
        && names.contains(&format!("{kind} `{name}`"))
    {
        return blocked_rebuild(refusal, table, &to.text, names, out);
    }
    out.report(refusal.span, format!("{kind} `{name}` is broken, and keeps `{table}` from being altered"))
        .reason("SQLite looks through the whole schema; no RENAME and no DROP COLUMN works on any table until then")
        .help(format!("drop {kind} `{name}` first, and create it anew if it is needed"))
        .sqlite(&*refusal.error);
}

/// The views and triggers that name the table and do not work.
fn broken_without(schema: &Schema, table: &str) -> Vec<String> {
    let is_query = |object: &&Rc<Object>| matches!(object.kind, ObjectKind::View | ObjectKind::Trigger);
    let objects = schema.mentioning(table).into_iter().filter(is_query);
    let mut sound = Sound::default();
    let broken = objects.filter(|object| fault(schema, object, &mut sound).is_some());
    broken.map(|object| format!("{} `{}`", object.kind.as_str(), object.name)).collect()
}

/// A rebuild in the usual order: for a moment nothing bears the table's name, and all that needs it is broken.
fn blocked_rebuild(refusal: &Refusal, table: &str, to: &str, mut names: Vec<String>, out: &mut Findings) {
    let (verb, again) = if names.len() == 1 { ("keeps", "it") } else { ("keep", "them") };
    let last = names.pop().unwrap_or_default();
    let listed = if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) };
    out.report(refusal.span, format!("{listed} {verb} `{table}` from taking the place of `{to}`, which is dropped"))
        .reason("SQLite looks through the whole schema when it renames, and what needs the dropped table is broken")
        .help(format!("drop {listed} before `{to}` is dropped, and create {again} again behind this RENAME"))
        .sqlite(&*refusal.error);
}
