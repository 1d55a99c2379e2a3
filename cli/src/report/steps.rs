//! A plan as text: what stands in the way, what is lost, the steps, and what the schema becomes.

use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::Level as Shown;
use remold_core::history::Project;
use remold_core::plan::{Cost, FileOutcome, Plan, Refusal, RefusalKind, Status, Step, StepKind};
use remold_core::render::json::plan_hash;
use remold_core::text::lines::LineIndex;
use remold_core::text::{SourceFile, Span};

use super::marked::{Mark, Message, draw};
use super::{difference, one_line, wrapped};
use crate::terminal::{self, BAD, CARE, FAINT, GOOD, HELP, STRONG, paint, visible};

/// Where the text of a step begins: behind its number and its kind.
const INDENT: usize = 14;

/// The plan, and the command to type `next`, if there is one.
pub(crate) fn plan(plan: &Plan, project: &Project, next: &str) -> String {
    let paths = Paths::of(project);
    let mut text: String = plan.refusals.iter().map(|refusal| refused(refusal, plan, &paths)).collect();
    text.push_str(&hazards(plan));
    text.push_str(&broken_before(plan));
    text.push_str(&files(plan, &paths));
    text.push_str(&steps(plan, &paths));
    if plan.schema_before != plan.schema_after {
        let title = if conflicts(plan) { "schema, as far as it is planned" } else { "schema after" };
        text.push_str(&paint(STRONG, title));
        text.push_str(&format!("\n{}\n", difference(&plan.schema_before, &plan.schema_after)));
    }
    text.push_str(&undo(plan, project, &paths));
    text.push_str(&foot(plan));
    if !next.is_empty() {
        text.push_str(&format!("{} {}\n", paint(HELP, "next:"), visible(next)));
    }
    text
}

/// The steps; of a plan with a conflict only those of the files, for the frame around them would
/// suggest that it could run.
fn steps(plan: &Plan, paths: &Paths) -> String {
    let conflict = conflicts(plan);
    let mut text = String::new();
    for (at, step) in plan.steps.iter().enumerate() {
        if !conflict || step.source.is_some() {
            text.push_str(&shown(at + 1, step, plan, paths));
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

fn refused(refusal: &Refusal, plan: &Plan, paths: &Paths) -> String {
    let place = refusal.source.as_ref();
    let file = place.and_then(|place| plan.files.iter().find(|file| file.path == place.path));
    let lines = file.map(|file| LineIndex::new(&file.text));
    let mark = place.zip(file).zip(lines.as_ref()).map(|((place, file), lines)| Mark {
        path: paths.shown(&place.path),
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
        let word = match (&hazard.reason, hazard.allowed) {
            (Some(reason), _) => paint(CARE, &visible(&format!("allowed in the file: {reason}"))),
            (None, true) => paint(CARE, "allowed"),
            (None, false) => paint(BAD, "not allowed"),
        };
        text.push_str(&format!("{}, {word}\n", paint(STRONG, &visible(&hazard.id))));
        text.push_str(&format!("  {}\n", visible(&hazard.message)));
        text.push_str(&format!("  how many: {}\n", one_line(&hazard.count_sql)));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Names what did not work before, which is no fault of the plan.
pub(crate) fn broken_before(plan: &Plan) -> String {
    let mut text = String::new();
    for object in &plan.information.broken_before {
        let (shown, error) = (one_line(&object.shown()), one_line(&object.error));
        text.push_str(&format!("{} did not work before, in remold's SQLite: {error}\n", paint(CARE, &shown)));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// What becomes of the files, where that is not simply that each is carried out.
fn files(plan: &Plan, paths: &Paths) -> String {
    let mut text = String::new();
    for file in &plan.files {
        let outcome = match file.outcome {
            FileOutcome::Applied => "was applied before",
            FileOutcome::Satisfied => "asks for nothing that is not there already",
            FileOutcome::Pending | FileOutcome::Refused | FileOutcome::Down => continue,
        };
        text.push_str(&format!("{} {outcome}\n", visible(&paths.shown(&file.path))));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Names the files that no SQL can undo.
fn undo(plan: &Plan, project: &Project, paths: &Paths) -> String {
    let acting = plan.steps.iter().filter(|step| matches!(step.kind, StepKind::Run | StepKind::Rebuild));
    let acting: BTreeSet<&str> = acting.filter_map(|step| Some(step.source.as_ref()?.path.as_str())).collect();
    let migrations = project.migrations();
    let with_down = migrations.iter().filter(|migration| migration.down.is_some());
    let with_down: BTreeSet<&str> = with_down.map(|migration| migration.up.path.as_str()).collect();
    let mut text = String::new();
    for file in plan.files.iter().filter(|file| file.reverse.is_none() && acting.contains(&*file.path)) {
        let down = with_down.contains(&*file.path);
        let how = if down { "its down file, or the backup" } else { "restoring the backup; no SQL can" };
        text.push_str(&format!("{} {}: {how}\n", paint(STRONG, "undo of"), visible(&paths.shown(&file.path))));
    }
    text
}

fn shown(number: usize, step: &Step, plan: &Plan, paths: &Paths) -> String {
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
    let why = wrapped(&one_line(&step.why), room());
    let mut text = format!("{number:4}  {kind} ");
    match (&step.sql, step.kind) {
        (Some(sql), kind) if kind != StepKind::Record => {
            text.push_str(&format!("{}\n{}", cut(&one_line(sql)), beneath(&why)));
        }
        _ => {
            let (first, rest) = why.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
            text.push_str(&format!("{first}\n{}", beneath(rest)));
        }
    }
    let place = step.source.as_ref().map(|place| format!("{}:{}", paths.shown(&place.path), place.line));
    let cost = cost(step.cost).map(|cost| format!("{cost}{}", rows(step, plan)));
    let facts: Vec<String> = place.into_iter().chain(cost).collect();
    if !facts.is_empty() {
        text.push_str(&beneath(&wrapped(&one_line(&facts.join(", ")), room())));
    }
    if let Some(undo) = &step.undo {
        text.push_str(&beneath(&[cut(&one_line(&format!("undo: {undo}")))]));
    }
    text
}

/// Lines beneath a step's SQL.
fn beneath(lines: &[String]) -> String {
    lines.iter().map(|line| " ".repeat(INDENT) + &paint(FAINT, line) + "\n").collect()
}

/// The line as far as it fits on the terminal; all of it where there is none.
fn cut(line: &str) -> String {
    match room() {
        Some(room) if line.chars().count() > room => line.chars().take(room - 1).chain(['…']).collect(),
        _ => line.to_owned(),
    }
}

/// How many characters fit behind a step's number and kind.
fn room() -> Option<usize> {
    terminal::width().map(|width| width.saturating_sub(INDENT).max(2))
}

const fn cost(cost: Cost) -> Option<&'static str> {
    match cost {
        Cost::None => None,
        Cost::Metadata => Some("changes metadata only"),
        Cost::Scan => Some("reads rows"),
        Cost::Rewrite => Some("writes rows"),
    }
}

/// How many rows that is, where the plan is about one table whose rows were estimated.
fn rows(step: &Step, plan: &Plan) -> String {
    let acts = matches!(step.kind, StepKind::Run | StepKind::Rebuild) && step.cost > Cost::Metadata;
    match plan.information.rows.as_slice() {
        [(_, 1)] if acts => String::from(" (about 1 row)"),
        [(_, rows)] if acts => format!(" (about {rows} rows)"),
        _ => String::new(),
    }
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

/// The files of the project by their paths.
struct Paths<'run> {
    project: &'run Project,
    files: BTreeMap<&'run str, &'run SourceFile>,
}

impl<'run> Paths<'run> {
    fn of(project: &'run Project) -> Self {
        Self { project, files: project.files.iter().map(|file| (file.path.as_str(), file)).collect() }
    }

    /// The path as people type it; what is no file of the project has no folder before it.
    fn shown(&self, path: &str) -> String {
        self.files.get(path).map_or_else(|| path.to_owned(), |file| self.project.shown(file))
    }
}
