//! # A statement that cannot run twice, and could
//!
//! A file that stops half-way, or that nothing records, is run again. Its first `CREATE` or `DROP`
//! without `IF NOT EXISTS` or `IF EXISTS` then fails, and the rest never runs. A file that runs once
//! and in one transaction needs no guard.
//!
//! The tables of a rebuild are left out: a whole second run finds them as the first did, and on what a
//! failed one has left `IF NOT EXISTS` would build with rows that are there already.
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
    Rule { id: "missing-existence-guard", level: Level::Note, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let runs_again = cx.runner.runs == Runs::Again;
    let of_rebuilds = places_of_rebuilds(cx);
    for statement in cx.earlier.unguarded() {
        let in_transaction = statement.transaction != InTransaction::No;
        let is_needed = runs_again || !in_transaction;
        if !is_needed || of_rebuilds.contains(&statement.name.span) || comes_by_it_again(cx, statement) {
            continue;
        }
        let Unguarded { keyword, guard, name, schema, .. } = statement;
        let text = &cx.file.text;
        let within = schema.map_or_else(String::new, |schema| format!("{}.", schema.text(text)));
        let name = name.text(text);
        let kind = keyword.of(&cx.file.text).to_ascii_lowercase();
        let (state, error) = match *guard {
            "IF EXISTS" => ("is gone", format!("no such {kind}: {within}{name}")),
            _ if kind == "index" => ("exists", format!("index {name} already exists")),
            _ => ("exists", format!("{kind} {name} already exists")),
        };
        let why = if runs_again { "nothing records that the file has run" } else { "no transaction holds it together" };
        let level = if runs_again && !in_transaction { Level::Warning } else { Level::Note };
        let at = Span::new(keyword.end, keyword.end);
        out.report(*keyword, format!("a second run stops here, where {kind} `{name}` {state} already"))
            .reason(format!("{why}, so the file may run again after it stopped half-way or at the next start"))
            .help(format!("write {guard} behind {}", keyword.of(&cx.file.text).to_ascii_uppercase()))
            .sqlite(error)
            .level(level)
            .fix(Safety::Safe, Vec::from([Edit { span: at, text: whole!(" {guard}") }]));
    }
}

/// Whether a second run finds there what the first found: the file itself makes what it drops.
fn comes_by_it_again(cx: &FileContext, statement: &Unguarded) -> bool {
    let was_there = || {
        let name = statement.name.text(&cx.file.text);
        cx.start.get(&name).is_some() || cx.start.trigger(&name).is_some()
    };
    statement.guard == "IF EXISTS" && statement.made && !was_there()
}

/// Where the tables of rebuilds are made and dropped.
fn places_of_rebuilds(cx: &FileContext) -> BTreeSet<Span> {
    let places = cx.rebuilds.iter().flat_map(|rebuild| {
        let dropped = rebuild.dropped.map(|drop| drop.span);
        rebuild.between.iter().copied().chain([rebuild.created]).chain(dropped)
    });
    gathered(places)
}
