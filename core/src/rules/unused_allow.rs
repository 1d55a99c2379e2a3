//! # An allow for what is not found
//!
//! The rule that the comment names finds nothing there. The file has changed since, or the comment stands
//! at the wrong statement; then it would hide the next thing that is found there.
//!
//! ## Flagged
//!
//! ```sql
//! -- remold: allow(drop-table) nobody ever used it
//! CREATE TABLE IF NOT EXISTS drafts (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS drafts (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Proof
//!
//! None: SQLite does not read comments

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "unused-allow", level: Level::Warning, since: "0.1.0", check: Check::Directive(check) };

fn check(text: &str, fault: &Fault, out: &mut Findings) {
    let Fault::Unused { comment, rule, id, alone } = fault else { return };
    let report = out
        .report(*rule, format!("`{id}` finds nothing here"))
        .reason("an allow that is left behind hides what is found there next")
        .help("take it out, or put it before the statement that is meant");
    if *alone {
        report.fix(Safety::Safe, Vec::from([Edit { span: line_of(text, *comment), text: String::new() }]));
    }
}

/// The comment, with the rest of its line where that is empty.
fn line_of(text: &str, comment: Span) -> Span {
    let (before, behind) = (&text[..comment.start as usize], &text[comment.end as usize..]);
    let begins = before.is_empty() || before.ends_with(['\n', '\r']);
    let end = if behind.starts_with("\r\n") { 2 } else { u32::from(behind.starts_with(['\n', '\r'])) };
    Span::new(comment.start, comment.end + if begins { end } else { 0 })
}
