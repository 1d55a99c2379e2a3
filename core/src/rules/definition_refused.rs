//! # A definition that SQLite refuses
//!
//! The statement is well written, but what it defines makes no sense in itself or beside what is there:
//! a column named twice, a table without rowids that has no primary key, a type that a `STRICT` table
//! does not know, a view that a renamed table would break.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, email TEXT);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `duplicate column name: email`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "definition-refused", level: Level::Error, since: "0.1.0", check: Check::Problem(check) };

fn check(cx: &Context, refusal: &Refusal, out: &mut Findings) {
    // DROP COLUMN has a rule of its own, which names all that stands in the way.
    let drops_column =
        matches!(&cx.statement.body, Body::AlterTable(alter) if matches!(alter.action, AlterAction::DropColumn(_)));
    // So has a view or a trigger that was broken before.
    let was_broken = refusal.broken_object().is_some();
    // So has a virtual table, of which SQLite changes nothing but the name.
    let is_virtual =
        cx.statement.object().and_then(|name| cx.before.find(name)).is_some_and(|object| object.is_virtual());
    let alters_virtual = is_virtual
        && matches!(&cx.statement.body, Body::AlterTable(alter) if !matches!(alter.action, AlterAction::RenameTable(_)));
    if !matches!(refusal.kind, RefusalKind::Blocked) || drops_column || alters_virtual || was_broken {
        return;
    }
    let (what, reason, help) = match &cx.statement.body {
        Body::AlterTable(_) => (
            "the change",
            "SQLite reads the whole schema anew when a table is altered, and refuses what does not hold together",
            "change what SQLite names first",
        ),
        _ => (
            "the definition",
            "the statement reads well, but what it defines does not hold together",
            "correct what SQLite names",
        ),
    };
    out.report(refusal.span, format!("{what} is refused")).reason(reason).help(help).sqlite(&*refusal.error);
}
