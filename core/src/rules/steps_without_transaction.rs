//! # Several steps without a transaction around them
//!
//! Each statement commits by itself. Where one fails, or the process ends in between, those before it
//! stay: the schema is one that nobody has tested, and a second run stops at what is there already. In
//! the middle of a rebuild other connections see the table gone, or empty.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_names.sql
//! ALTER TABLE users ADD COLUMN first_name TEXT;
//! ALTER TABLE users ADD COLUMN last_name TEXT;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_names.sql
//! BEGIN IMMEDIATE;
//! ALTER TABLE users ADD COLUMN first_name TEXT;
//! ALTER TABLE users ADD COLUMN last_name TEXT;
//! COMMIT;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file twice: `duplicate column name: first_name`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "steps-without-transaction", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let conduct = cx.earlier.conduct();
    // What can be done again is done by the next run.
    let Some(steps) = conduct.bare().filter(|steps| steps.changes_schema && steps.leaves_some) else { return };
    let bare = |rebuild: &&Rebuild| rebuild.dropped.is_some_and(|drop| drop.transaction == InTransaction::No);
    let (at, message, reason) = match cx.rebuilds.iter().find(bare) {
        Some(rebuild) => (
            rebuild.created,
            format!("the rebuild of `{}` runs without a transaction", rebuild.table),
            "until its last step other connections find the table gone or half full, and where the file stops it stays so",
        ),
        None => (
            steps.first.span,
            format!("the {} steps that begin here have no transaction around them", steps.count),
            "where one fails those before it stay, and another run of the file does not begin where this one ended",
        ),
    };
    let level = if steps.old { Level::Warning } else { Level::Note };
    let report = out
        .report(at, message)
        .level(level)
        .reason(reason)
        .help("write BEGIN IMMEDIATE before the first step and COMMIT behind the last, or have the runner do so");
    if !conduct.is_divided() && cx.targets.is_empty() {
        report.fix(Safety::Safe, around(&cx.file.text, steps));
    }
}

/// A transaction around the steps.
fn around(text: &str, steps: Bare) -> Vec<Edit> {
    let start = steps.first.span.start;
    let (end, before) = steps.last.behind(text);
    let begin = Edit { span: Span::new(start, start), text: "BEGIN IMMEDIATE;\n".to_owned() };
    Vec::from([begin, Edit { span: Span::new(end, end), text: whole!("{before}\nCOMMIT;") }])
}
