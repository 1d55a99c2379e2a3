//! # A statement that cannot run twice, and could
//!
//! A file that stops half-way, or that nothing records, is run again. Its first `CREATE` or `DROP`
//! without `IF NOT EXISTS` or `IF EXISTS` then fails, and the rest never runs. A file that runs once
//! and in one transaction needs no guard.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file twice: `table users already exists`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "missing-existence-guard", level: Level::Note, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let in_transaction = cx.transaction != InTransaction::No;
    if in_transaction && !cx.runs_again() {
        return;
    }
    let Some((keyword, guard, name)) = unguarded(cx, &statement.body) else { return };
    let within = name.schema.as_ref().map_or_else(String::new, |schema| format!("{}.", schema.text));
    let name = &name.name.text;
    let kind = keyword.of(&cx.file.text).to_ascii_lowercase();
    let (state, error) = match guard {
        "IF EXISTS" => ("is gone", format!("no such {kind}: {within}{name}")),
        _ if kind == "index" => ("exists", format!("index {name} already exists")),
        _ => ("exists", format!("{kind} {name} already exists")),
    };
    let why =
        if cx.runs_again() { "nothing records that the file has run" } else { "no transaction holds it together" };
    let level = if cx.runs_again() && !in_transaction { Level::Warning } else { Level::Note };
    let at = Span::new(keyword.end, keyword.end);
    out.report(keyword, format!("a second run stops here, where {kind} `{name}` {state} already"))
        .reason(format!("{why}, so the file may run again after it stopped half-way or at the next start"))
        .help(format!("write {guard} behind {}", keyword.of(&cx.file.text).to_ascii_uppercase()))
        .sqlite(error)
        .level(level)
        .fix(Safety::Safe, Vec::from([Edit { span: at, text: whole!(" {guard}") }]));
}

/// The keyword that lacks its guard. None where a second run comes by the same state as the first:
/// what the file drops it may create, and what it creates it may drop.
fn unguarded<'body>(cx: &Context, body: &'body Body) -> Option<(Span, &'static str, &'body ObjectName)> {
    let create = "IF NOT EXISTS";
    let again = |kind, name: &ObjectName| cx.earlier.dropped(kind, &name.name.text);
    match body {
        Body::CreateTable(it) if it.if_not_exists.is_none() && !it.temporary && !again(ObjectKind::Table, &it.name) => {
            Some((it.keyword, create, &it.name))
        }
        Body::CreateVirtualTable(it) if it.if_not_exists.is_none() && !again(ObjectKind::Table, &it.name) => {
            Some((it.keyword, create, &it.name))
        }
        Body::CreateView(it) if it.if_not_exists.is_none() && !it.temporary && !again(ObjectKind::View, &it.name) => {
            Some((it.keyword, create, &it.name))
        }
        Body::CreateIndex(it)
            if it.if_not_exists.is_none()
                && !again(ObjectKind::Index, &it.name)
                && !cx.earlier.dropped(ObjectKind::Table, &it.table.text) =>
        {
            Some((it.keyword, create, &it.name))
        }
        Body::CreateTrigger(it)
            if it.if_not_exists.is_none()
                && !it.temporary
                && !again(ObjectKind::Trigger, &it.name)
                && !cx.earlier.dropped(ObjectKind::Table, &it.table.text) =>
        {
            Some((it.keyword, create, &it.name))
        }
        Body::Drop(it) if it.if_exists.is_none() && !cx.is_new(&it.name.name.text) => {
            Some((it.keyword, "IF EXISTS", &it.name))
        }
        _ => None,
    }
}
