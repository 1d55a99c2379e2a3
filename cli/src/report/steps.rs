//! A plan as text: what stands in the way, what is lost, the steps, and what the schema becomes.

use annotate_snippets::Level as Shown;
use remold_core::history::Project;
use remold_core::layout;
use remold_core::plan::{Cost, FileOutcome, Plan, Refusal, RefusalKind, Status, Step, StepKind};
use remold_core::render::json::plan_hash;
use remold_core::text::lines::LineIndex;
use remold_core::text::{SourceFile, Span};
use similar::{ChangeTag, TextDiff};

use super::counted;
use super::marked::{Mark, Message, draw, one_line};
use crate::terminal::{self, BAD, CARE, FAINT, GOOD, HELP, STRONG, paint, visible};

/// Where the text of a step begins: behind its number and its kind.
const INDENT: usize = 14;

/// The plan, and the command to type `next`, if there is one.
pub(crate) fn plan(plan: &Plan, project: &Project, next: &str) -> String {
    let mut text: String = plan.refusals.iter().map(|refusal| refused(refusal, plan, project)).collect();
    text.push_str(&hazards(plan));
    text.push_str(&files(plan, project));
    text.push_str(&steps(plan, project));
    if plan.schema_before != plan.schema_after {
        let title = if conflicts(plan) { "schema, as far as it is planned" } else { "schema after" };
        text.push_str(&paint(STRONG, title));
        text.push_str(&format!("\n{}\n", difference(&plan.schema_before, &plan.schema_after)));
    }
    text.push_str(&undo(plan, project));
    text.push_str(&foot(plan));
    if !next.is_empty() {
        text.push_str(&format!("{} {}\n", paint(HELP, "next:"), visible(next)));
    }
    text
}

/// The steps; of a plan with a conflict only those of the files, for the frame around them would
/// suggest that it could run.
fn steps(plan: &Plan, project: &Project) -> String {
    let conflict = conflicts(plan);
    let mut text = String::new();
    for (at, step) in plan.steps.iter().enumerate() {
        if !conflict || step.source.is_some() {
            text.push_str(&shown(at + 1, step, plan, project));
        }
    }
    if !text.is_empty() {
        text.push('\n');
        if conflict {
            text.insert_str(0, &format!("{}\n", paint(STRONG, "the rest of the files would come to this")));
        }
    }
    text
}

/// Whether more than a consent is missing.
fn conflicts(plan: &Plan) -> bool {
    plan.refusals.iter().any(|refusal| refusal.kind != RefusalKind::Consent)
}

fn refused(refusal: &Refusal, plan: &Plan, project: &Project) -> String {
    let place = refusal.source.as_ref();
    let file = place.and_then(|place| plan.files.iter().find(|file| file.path == place.path));
    let lines = file.map(|file| LineIndex::new(&file.text));
    let mark = place.zip(file).zip(lines.as_ref()).map(|((place, file), lines)| Mark {
        path: path(project, &place.path),
        text: &file.text,
        lines,
        span: Span::new(place.start, place.end),
        label: None,
    });
    let mut notes = Vec::new();
    if let Some(error) = &refusal.sqlite_error {
        notes.push((Shown::NOTE, format!("SQLite says: {error}")));
    }
    notes.push((Shown::HELP, refusal.help.clone()));
    draw(Message {
        level: Shown::ERROR,
        id: refusal.kind.as_str(),
        title: &refusal.message,
        marks: mark.into_iter().collect(),
        notes,
    })
}

fn hazards(plan: &Plan) -> String {
    let mut text = String::new();
    for hazard in &plan.hazards {
        let word = if hazard.allowed { paint(CARE, "allowed") } else { paint(BAD, "not allowed") };
        text.push_str(&format!("{}, {word}\n", paint(STRONG, &visible(&hazard.id))));
        text.push_str(&format!("  {}\n", visible(&hazard.message)));
        text.push_str(&format!("  how many: {}\n", one_line(&hazard.count_sql)));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// What becomes of the files, where that is not simply that each is carried out.
fn files(plan: &Plan, project: &Project) -> String {
    let mut text = String::new();
    for file in &plan.files {
        let outcome = match file.outcome {
            FileOutcome::Applied => "was applied before",
            FileOutcome::Satisfied if plan.status != Status::Refused => "asks for nothing that is not there already",
            FileOutcome::Pending | FileOutcome::Satisfied | FileOutcome::Down => continue,
        };
        text.push_str(&format!("{} {outcome}\n", visible(&path(project, &file.path))));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Names the files that no SQL can undo.
fn undo(plan: &Plan, project: &Project) -> String {
    let acts = |path: &str| {
        let of_file = |step: &&Step| step.source.as_ref().is_some_and(|source| source.path == path);
        plan.steps.iter().filter(of_file).any(|step| matches!(step.kind, StepKind::Run | StepKind::Rebuild))
    };
    let migrations = layout::migrations(&project.files);
    let mut text = String::new();
    for file in plan.files.iter().filter(|file| file.reverse.is_none() && acts(&file.path)) {
        let down = migrations.iter().any(|migration| migration.up.path == file.path && migration.down.is_some());
        let how = if down { "its down file, or the backup" } else { "restoring the backup; no SQL can" };
        let name = path(project, &file.path);
        text.push_str(&format!("{} {}: {how}\n", paint(STRONG, "undo of"), visible(&name)));
    }
    text
}

fn shown(number: usize, step: &Step, plan: &Plan, project: &Project) -> String {
    let style = match step.kind {
        StepKind::Run => GOOD,
        StepKind::Rebuild => CARE,
        StepKind::Skip
        | StepKind::Backup
        | StepKind::Pragma
        | StepKind::Begin
        | StepKind::Check
        | StepKind::Record
        | StepKind::Commit => FAINT,
    };
    let kind = paint(style, &format!("{:7}", step.kind.as_str()));
    let why = visible(&step.why);
    let mut text = format!("{number:4}  {kind} ");
    match (&step.sql, step.kind) {
        (Some(sql), kind) if kind != StepKind::Record => {
            text.push_str(&cut(&one_line(sql)));
            text.push('\n');
            text.push_str(&beneath(&why));
        }
        _ => text.push_str(&format!("{}\n", cut(&one_line(&why)))),
    }
    let mut facts = Vec::new();
    if let Some(place) = &step.source {
        facts.push(format!("{}:{}", visible(&path(project, &place.path)), place.line));
    }
    if let Some(cost) = cost(step.cost) {
        facts.push(rows(step, plan).map_or_else(|| cost.to_owned(), |rows| format!("{cost} ({rows})")));
    }
    if !facts.is_empty() {
        text.push_str(&beneath(&facts.join(", ")));
    }
    if let Some(undo) = &step.undo {
        text.push_str(&beneath(&format!("undo: {}", one_line(undo))));
    }
    text
}

/// A line beneath a step's SQL.
fn beneath(line: &str) -> String {
    format!("{:INDENT$}{}\n", "", paint(FAINT, &cut(line)))
}

/// The line as far as it fits on the terminal; all of it where there is none.
fn cut(line: &str) -> String {
    let Some(room) = terminal::width().map(|width| width.saturating_sub(INDENT)) else { return line.to_owned() };
    if line.chars().count() <= room {
        return line.to_owned();
    }
    let mut cut: String = line.chars().take(room.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

const fn cost(cost: Cost) -> Option<&'static str> {
    match cost {
        Cost::None => None,
        Cost::Metadata => Some("changes metadata only"),
        Cost::Scan => Some("reads every row"),
        Cost::Rewrite => Some("rewrites every row"),
    }
}

/// How many rows the step has to do with, where it is about one table whose rows were estimated.
fn rows(step: &Step, plan: &Plan) -> Option<String> {
    let [(_, rows)] = plan.information.rows.as_slice() else { return None };
    let acts = matches!(step.kind, StepKind::Run | StepKind::Rebuild);
    let rows = usize::try_from(*rows).ok()?;
    (acts && step.cost > Cost::Metadata).then(|| format!("about {}", counted(rows, "row")))
}

/// Both schemas as one, with what goes and what comes marked.
fn difference(before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let mut text = String::new();
    for (at, group) in diff.grouped_ops(3).iter().enumerate() {
        if at > 0 {
            text.push_str("  …\n");
        }
        for change in group.iter().flat_map(|operation| diff.iter_changes(operation)) {
            let line = visible(change.value().trim_end_matches(['\n', '\r']));
            text.push_str(&match change.tag() {
                ChangeTag::Equal => format!("    {line}\n"),
                ChangeTag::Delete => format!("{}\n", paint(BAD, &format!("  - {line}"))),
                ChangeTag::Insert => format!("{}\n", paint(GOOD, &format!("  + {line}"))),
            });
        }
    }
    text
}

fn foot(plan: &Plan) -> String {
    let keys = plan.options.foreign_keys.as_str();
    let verdict = match plan.status {
        Status::NothingToDo => paint(GOOD, "nothing to do"),
        Status::Ready if plan.hazards.is_empty() => paint(GOOD, "ready; nothing is lost"),
        Status::Ready => paint(CARE, "ready; loses what was allowed by name"),
        Status::Refused => paint(BAD, "refused; a decision is needed first"),
    };
    let mut text = paint(
        FAINT,
        &format!("executed by SQLite {}, read by {}, foreign keys {keys}", plan.options.engine, plan.options.versions),
    );
    text.push_str(&paint(FAINT, &format!("\nschema {}\nplan   {}", plan.fingerprint_before, plan_hash(plan))));
    text.push_str(&format!("\n{} {verdict}\n", paint(STRONG, "plan:")));
    text
}

fn path(project: &Project, path: &str) -> String {
    let file = project.files.iter().find(|file| file.path == path);
    file.map_or_else(|| path.to_owned(), |file: &SourceFile| project.shown(file))
}
