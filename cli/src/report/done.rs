//! What was done to a database: each step as it happens, and the result.

use std::time::Duration;

use remold_core::plan::{FileOutcome, Plan, Step, StepKind};
use remold_core::render::json::plan_hash;
use serde_json::{Value, json};

use crate::apply::Done;
use crate::terminal::{FAINT, paint, visible};

/// A step that is done, on one line, with the time it took.
pub(crate) fn step(step: &Step, took: Duration) -> String {
    let kind = step.kind.as_str();
    let what = match (&step.sql, step.kind) {
        (Some(sql), StepKind::Pragma | StepKind::Begin | StepKind::Run | StepKind::Rebuild | StepKind::Commit) => {
            format!("{}  ", one_line(sql))
        }
        _ => String::new(),
    };
    let rest = format!("{} ({})", step.why, time(took));
    format!("  {kind:<8} {}{}\n", visible(&what), paint(FAINT, &visible(&rest)))
}

fn one_line(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A length of time, as exact as people want it.
pub(crate) fn time(took: Duration) -> String {
    let ms = took.as_secs_f64() * 1000.0;
    if ms < 1000.0 { format!("{ms:.1} ms") } else { format!("{:.1} s", ms / 1000.0) }
}

/// The result as JSON, version 1: `status` is `applied`, `rolled-back`, `restored`,
/// `nothing-to-do` or `refused`; `steps` are those that were carried out.
pub(crate) fn json(status: &str, database: &str, plan: &Plan, done: Option<&Done>) -> String {
    let steps: Vec<Value> = match done {
        Some(done) => plan.steps.iter().zip(&done.took).map(|(step, took)| step_json(step, *took)).collect(),
        None => Vec::new(),
    };
    let files: Vec<Value> = plan
        .files
        .iter()
        .filter(|file| file.outcome != FileOutcome::Down)
        .map(|file| json!({ "path": file.path, "outcome": file.outcome.as_str() }))
        .collect();
    let refusals: Vec<Value> = plan
        .refusals
        .iter()
        .map(|refusal| {
            json!({
                "kind": refusal.kind.as_str(),
                "message": refusal.message,
                "help": refusal.help,
                "sqlite_error": refusal.sqlite_error,
            })
        })
        .collect();
    print(&json!({
        "format": "remold-result",
        "version": 1,
        "status": status,
        "database": database,
        "plan": plan_hash(plan),
        "fingerprint_before": plan.fingerprint_before,
        "fingerprint_after": plan.fingerprint_after,
        "backup": done.and_then(|done| done.backup.as_ref()).map(|backup| backup.display().to_string()),
        "files": files,
        "broken_before": plan.information.broken_before,
        "hazards": plan.hazards.iter().map(|hazard| json!({ "id": hazard.id, "allowed": hazard.allowed })).collect::<Vec<_>>(),
        "refusals": refusals,
        "sqlite": rusqlite::version(),
        "steps": steps,
    }))
}

fn step_json(step: &Step, took: Duration) -> Value {
    json!({
        "kind": step.kind.as_str(),
        "sql": step.sql,
        "why": step.why,
        "ms": (took.as_secs_f64() * 1_000_000.0).round() / 1000.0,
    })
}

/// Pretty JSON with a line feed at its end.
pub(crate) fn print(value: &Value) -> String {
    format!("{value:#}\n")
}
