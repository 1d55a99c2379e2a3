//! Findings and plans as Markdown, for a pull request.

use alloc::format;
use alloc::string::String;

use super::json::plan_hash;
use crate::plan::{FileOutcome, Plan, Status, Step, StepKind};

mod lint;

pub use lint::lint;

/// The plan as Markdown.
pub fn plan(plan: &Plan) -> String {
    let mut out = String::from("## Plan\n\n");
    out.push_str(&verdict(plan));
    for refusal in &plan.refusals {
        let place = refusal.source.as_ref().map_or_else(String::new, |at| format!(" ({}:{})", code(&at.path), at.line));
        out.push_str(&format!("- **{}**{place}: {}\n", text(&refusal.message), text(&refusal.help)));
        if let Some(error) = &refusal.sqlite_error {
            out.push_str(&format!("  SQLite says: {}\n", code(error)));
        }
    }
    if !plan.refusals.is_empty() {
        out.push('\n');
    }
    for hazard in &plan.hazards {
        let state = match (&hazard.reason, hazard.allowed) {
            (Some(reason), _) => format!("allowed in the file: {}", text(reason)),
            (None, true) => String::from("allowed"),
            (None, false) => String::from("not allowed"),
        };
        out.push_str(&format!("- {}: {} ({state})\n", code(&hazard.id), text(&hazard.message)));
    }
    if !plan.hazards.is_empty() {
        out.push('\n');
    }
    for object in &plan.information.broken_before {
        let (shown, error) = (text(&object.shown()), code(&object.error));
        out.push_str(&format!("- {shown} did not work before, in remold's SQLite: {error}\n"));
    }
    if !plan.information.broken_before.is_empty() {
        out.push('\n');
    }
    if !plan.steps.is_empty() {
        out.push_str("| | step | cost | why |\n|--:|---|---|---|\n");
        for (at, step) in plan.steps.iter().enumerate() {
            out.push_str(&row(at + 1, step));
        }
        out.push('\n');
    }
    let changed = plan.schema_before != plan.schema_after;
    if changed {
        out.push_str("### Schema after\n\n");
        out.push_str(&fence(&plan.schema_after));
    }
    if plan.status != Status::Refused {
        out.push_str(&undo(plan));
    }
    out.push_str(&format!("Foreign keys: {}. ", plan.options.foreign_keys.as_str()));
    out.push_str(&format!("Executed by SQLite {}. ", plan.options.engine));
    out.push_str(&format!("Schema fingerprint: {}. ", code(&plan.fingerprint_before)));
    out.push_str(&format!("Plan hash: {}.\n", code(&plan_hash(plan))));
    out
}

/// How each file that does something is taken back.
fn undo(plan: &Plan) -> String {
    let mut out = String::new();
    for file in plan.files.iter().filter(|file| file.outcome == FileOutcome::Pending) {
        match file.reverse.as_deref() {
            Some(reverse) if reverse.trim().is_empty() => {}
            Some(reverse) => out.push_str(&format!("### Undo of {}\n\n{}", code(&file.path), fence(reverse))),
            None => out.push_str(&format!("### Undo of {}\n\nOnly the backup can take it back.\n\n", code(&file.path))),
        }
    }
    out
}

fn verdict(plan: &Plan) -> String {
    match plan.status {
        Status::NothingToDo => String::from("**Nothing to do.**\n\n"),
        Status::Refused => String::from("**Refused: a decision is needed.** Nothing would be changed.\n\n"),
        Status::Ready => {
            let worst = plan.steps.iter().filter(|step| acts(step)).map(|step| step.cost).max();
            let cost = worst.map_or("none", crate::plan::Cost::as_str);
            let loses = if plan.hazards.is_empty() { "loses nothing" } else { "loses what was allowed by name" };
            format!("**Ready**: {loses}; costs {cost}.\n\n")
        }
    }
}

const fn acts(step: &Step) -> bool {
    matches!(step.kind, StepKind::Run | StepKind::Rebuild)
}

fn row(number: usize, step: &Step) -> String {
    let sql = match (step.kind, &step.sql) {
        (StepKind::Record, _) | (_, None) => String::new(),
        (_, Some(sql)) => format!(" {}", cell(&code(&one_line(sql)))),
    };
    format!("| {number} | {}{sql} | {} | {} |\n", step.kind.as_str(), step.cost.as_str(), cell(&text(&step.why)))
}

fn one_line(sql: &str) -> String {
    sql.split_whitespace().collect::<alloc::vec::Vec<_>>().join(" ")
}

/// Inline code that no text can leave.
fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    if longest == 0 { format!("`{text}`") } else { format!("{marks} {text} {marks}") }
}

/// A block of SQL that no text can leave.
fn fence(sql: &str) -> String {
    let longest = sql.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest.max(2) + 1);
    format!("{marks}sql\n{}\n{marks}\n\n", sql.trim_end())
}

/// Text in which nothing but our own backticks means something.
fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for character in plain.chars() {
        match character {
            '\n' | '\r' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '*' | '_' | '[' | ']' | '\\' | '#' if !plain.contains('`') => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
