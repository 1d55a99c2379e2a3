//! Findings and plans as Markdown, for a pull request.

use alloc::format;
use alloc::string::{String, ToString};

use super::json::plan_hash;
use super::place::{Places, encoded};
use crate::plan::{FileOutcome, Plan, Status, Step, StepKind};
use crate::schema::{Knowledge, Schema};
use crate::snapshot::Snapshot;

mod difference;
mod lint;
mod runbook;
mod sql;
mod words;

pub use lint::lint;

use sql::Sql;
use words::{Secrets, code, fence, safe_code};

/// Whether literals of the SQL are shown, which may be secrets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Literals {
    /// Something stands for them.
    #[default]
    Hidden,
    /// They are.
    Shown,
}

/// How a page looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look<'run> {
    /// The address below which the files can be read; where there is none, links are relative.
    pub files: Option<&'run str>,
    /// Whether literals are shown.
    pub literals: Literals,
}

impl Look<'_> {
    /// Where a file, or a line of it, can be read.
    fn address(&self, places: &Places<'_>, path: &str, line: Option<u32>) -> String {
        let path = encoded(&places.relative(path));
        let line = line.map_or_else(String::new, |line| format!("#L{line}"));
        match self.files {
            // What could end the link, and nothing else, is written otherwise.
            Some(files) => {
                let files = files.trim_end_matches('/').chars();
                let files: String = files
                    .map(|character| match character {
                        '!'..='\'' | '*'..=';' | '=' | '?'..='~' if character != '\\' => character.to_string(),
                        other => encoded(other.encode_utf8(&mut [0; 4])),
                    })
                    .collect();
                format!("{files}/{path}{line}")
            }
            None => format!("{path}{line}"),
        }
    }
}

/// The plan as Markdown.
pub fn plan(plan: &Plan, literals: Literals) -> String {
    let secrets = Secrets::of(literals);
    let sql = Sql::of([&plan.schema_before, &plan.schema_after].map(|script| schema(script)), literals);
    let mut out = String::from("## Plan\n\n");
    out.push_str(&verdict(plan));
    for refusal in &plan.refusals {
        let place =
            refusal.source.as_ref().map_or_else(String::new, |at| format!(" ({}:{})", safe_code(&at.path), at.line));
        let (message, help) = (secrets.inline(&refusal.message), sql.help(&refusal.help));
        out.push_str(&format!("- **{message}**{place}: {help}\n"));
        if let Some(error) = &refusal.sqlite_error {
            out.push_str(&format!("  SQLite says: {}\n", secrets.error(error)));
        }
    }
    end_list(&mut out, plan.refusals.is_empty());
    for hazard in &plan.hazards {
        let state = match (&hazard.reason, hazard.allowed) {
            (Some(reason), _) => format!("allowed in the file: {}", secrets.inline(reason)),
            (None, true) => String::from("allowed"),
            (None, false) => String::from("not allowed"),
        };
        out.push_str(&format!("- {}: {} ({state})\n", safe_code(&hazard.id), secrets.inline(&hazard.message)));
    }
    end_list(&mut out, plan.hazards.is_empty());
    for object in &plan.information.broken_before {
        let (shown, error) = (secrets.inline(&object.shown()), secrets.error(&object.error));
        out.push_str(&format!("- {shown} did not work before, in remold's SQLite: {error}\n"));
    }
    end_list(&mut out, plan.information.broken_before.is_empty());
    for (at, step) in plan.steps.iter().enumerate() {
        out.push_str(&item(at + 1, step, &secrets, &sql));
    }
    end_list(&mut out, plan.steps.is_empty());
    if plan.schema_before != plan.schema_after {
        out.push_str("### Schema after\n\n");
        out.push_str(&fence("sql", &script(&plan.schema_after, &sql)));
    }
    if plan.status != Status::Refused {
        out.push_str(&undo(plan, &sql));
    }
    out.push_str(&format!("Foreign keys: {}. ", plan.options.foreign_keys.as_str()));
    out.push_str(&format!("Executed by SQLite {}. ", plan.options.engine));
    out.push_str(&format!("Schema fingerprint: {}. ", code(&plan.fingerprint_before)));
    out.push_str(&format!("Plan hash: {}.\n", code(&plan_hash(plan))));
    out
}

fn schema(script: &str) -> Schema {
    Snapshot::read(script).map_or_else(|_| Schema::new(Knowledge::Complete), |snapshot| snapshot.schema())
}

fn end_list(out: &mut String, is_empty: bool) {
    if !is_empty {
        out.push('\n');
    }
}

/// The statements of a script, each in its own lines.
fn script(text: &str, sql: &Sql) -> String {
    sql.lines(text).into_iter().map(|(_, shown)| shown + "\n").collect()
}

/// How each file that does something is taken back.
fn undo(plan: &Plan, sql: &Sql) -> String {
    let mut out = String::new();
    for file in plan.files.iter().filter(|file| file.outcome == FileOutcome::Pending) {
        let path = safe_code(&file.path);
        match file.reverse.as_deref() {
            Some(reverse) if reverse.trim().is_empty() => {}
            Some(reverse) => {
                out.push_str(&format!("### Undo of {path}\n\n{}", fence("sql", &script(reverse, sql))));
            }
            None => out.push_str(&format!("### Undo of {path}\n\nOnly the backup can take it back.\n\n")),
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

/// A step; in a list, for no bar of somebody's ends an item.
fn item(number: usize, step: &Step, secrets: &Secrets, sql: &Sql) -> String {
    let shown = match (step.kind, &step.sql) {
        (StepKind::Record, _) | (_, None) => String::new(),
        (_, Some(text)) => format!(" {}", safe_code(&sql.line(text))),
    };
    let (kind, cost, why) = (step.kind.as_str(), step.cost.as_str(), secrets.ours(&step.why));
    format!("{number}. {kind}{shown} (cost: {cost}): {why}\n")
}
