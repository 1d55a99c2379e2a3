//! The core behind one door for those who speak JSON: a request in, the very bytes of the command
//! line's `--format json` out.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::engine::{Answer, Answered, Batch, Recorder};
use crate::history::{Project, Runner};
use crate::layout::Recognised;
use crate::layout::setup::Setup;
use crate::lint::{self, Settings};
use crate::plan::{self, Options};
use crate::render::{json, markdown};
use crate::review;
use crate::schema::{Knowledge, Schema};
use crate::snapshot::Snapshot;
use crate::sqlite::version::{BUNDLED, Version, VersionRange};
use crate::text::SourceFile;

/// What is asked, as JSON has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    #[serde(default)]
    root: String,
    files: Vec<FileRequest>,
    #[serde(default)]
    schema: Option<String>,
    #[serde(default)]
    sqlite: Option<String>,
    #[serde(default)]
    engine: Option<String>,
    #[serde(default)]
    foreign_keys: Option<String>,
    #[serde(default)]
    allow: Vec<String>,
    #[serde(default)]
    runner: Option<String>,
    #[serde(default)]
    today: Option<String>,
    /// How the files are laid out, where that is known.
    #[serde(default)]
    layout: Option<String>,
    /// The paths of the files beside the migrations that are not SQL.
    #[serde(default)]
    beside: Vec<String>,
}

#[derive(Deserialize)]
struct FileRequest {
    path: String,
    text: String,
}

#[derive(Serialize)]
struct Both {
    lint: String,
    plan: String,
}

#[derive(Serialize)]
struct Failure {
    error: Message,
}

#[derive(Serialize)]
struct Message {
    message: String,
}

#[derive(Serialize, Deserialize)]
struct Batches {
    batches: Vec<Batch>,
}

#[derive(Serialize, Deserialize)]
struct Answers {
    engine: String,
    answers: Vec<Answer>,
}

/// Lints what the request holds: the bytes of `remold lint --format json`, or an object with an
/// `error`.
pub fn lint(request: &str) -> String {
    answer(request, |request| {
        let (project, settings) = asked(&request)?;
        let report = lint::lint(&project, &settings);
        Ok(json::lint(&project, &settings, &report))
    })
}

/// What an engine elsewhere is to run so that the request can be linted, or reviewed, with a replay:
/// `{"batches":[…]}`, or an object with an `error`.
pub fn lint_batches(request: &str) -> String {
    answer(request, |request| {
        let (project, settings) = asked(&request)?;
        let mut recorder = Recorder::default();
        lint::lint_on(&project, &settings, &mut recorder);
        serde_json::to_string(&Batches { batches: recorder.batches }).map_err(|error| error.to_string())
    })
}

/// Lints what the request holds with what the engine answered: the bytes of
/// `remold lint --format json`, or an object with an `error`.
pub fn lint_replayed(request: &str, answers: &str) -> String {
    answer(request, |request| {
        let (project, settings) = asked(&request)?;
        let report = lint::lint_on(&project, &settings, &mut answered(answers)?);
        Ok(json::lint(&project, &settings, &report))
    })
}

/// Does both in one reading with what the engine answered: an object whose `lint` and `plan` are the
/// bytes of the command line.
pub fn review_replayed(request: &str, answers: &str) -> String {
    answer(request, |request| {
        let (project, settings) = asked(&request)?;
        let (snapshot, options) = (snapshot(&request)?, options(&request)?);
        let (report, plan) = review::review_on(&project, &settings, &snapshot, &options, &mut answered(answers)?);
        Ok(json::print(&Both { lint: json::lint(&project, &settings, &report), plan: json::plan(&plan) }))
    })
}

fn answered(answers: &str) -> Result<Answered, String> {
    let read: Answers = serde_json::from_str(answers).map_err(|error| format!("these are no answers: {error}"))?;
    Ok(Answered::new(read.engine.parse()?, read.answers))
}

/// Reads the batches that an engine elsewhere is to run: `{"batches":[…]}`.
///
/// # Errors
/// What is wrong with the text.
pub fn read_batches(text: &str) -> Result<Vec<Batch>, String> {
    let read: Batches = serde_json::from_str(text).map_err(|error| format!("these are no batches: {error}"))?;
    Ok(read.batches)
}

/// What an engine of that version answered to batches: `{"engine":"3.54.1","answers":[…]}`.
pub fn answers(engine: Version, answers: Vec<Answer>) -> String {
    serde_json::to_string(&Answers { engine: engine.to_string(), answers }).unwrap_or_default()
}

/// An object with an `error`.
pub fn failure(message: &str) -> String {
    json::print(&Failure { error: Message { message: message.into() } })
}

/// Plans what the request holds: the bytes of `remold plan --format json`, or an object with an
/// `error`.
pub fn plan(request: &str) -> String {
    answer(request, |request| planned(&request).map(|plan| json::plan(&plan)))
}

/// Does both in one reading: an object whose `lint` and `plan` are those bytes.
pub fn review(request: &str) -> String {
    answer(request, |request| {
        let (project, settings) = asked(&request)?;
        let (report, plan) = review::review(&project, &settings, &snapshot(&request)?, &options(&request)?);
        Ok(json::print(&Both { lint: json::lint(&project, &settings, &report), plan: json::plan(&plan) }))
    })
}

/// The same plan as Markdown: the bytes of `remold plan --format markdown`.
pub fn plan_markdown(request: &str) -> String {
    answer(request, |request| planned(&request).map(|plan| markdown::plan(&plan, markdown::Literals::Hidden)))
}

/// Every rule with its page: the bytes of `remold rules --format json`.
#[cfg(feature = "pages")]
pub fn rules() -> String {
    json::rules()
}

/// The version of remold.
pub const fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

fn answer(request: &str, work: impl FnOnce(Request) -> Result<String, String>) -> String {
    let read = serde_json::from_str(request).map_err(|error| format!("the request is not what was expected: {error}"));
    read.and_then(work).unwrap_or_else(|message| json::print(&Failure { error: Message { message } }))
}

fn planned(request: &Request) -> Result<plan::Plan, String> {
    Ok(plan::plan(&project(request)?, &snapshot(request)?, &options(request)?))
}

fn settings(request: &Request, project: &Project) -> Result<Settings, String> {
    let engine = request.engine.as_deref().map(str::parse).transpose()?;
    let runner = request.runner.as_deref().or_else(|| project.recognised.runner());
    let mut runner = runner.map_or_else(|| Ok(Runner::by_hand()), str::parse)?;
    if let Some(word) = &request.foreign_keys {
        runner = runner.with_foreign_keys(json::foreign_keys(word)?.as_str());
    }
    let mut settings = Settings::new(versions(request)?, engine, runner);
    if let Some(snapshot) = schema(request)? {
        settings.start = Some(snapshot.schema());
        settings.rows = snapshot.counts();
    }
    settings.today.clone_from(&request.today);
    Ok(settings)
}

fn options(request: &Request) -> Result<Options, String> {
    Ok(Options {
        versions: versions(request)?.unwrap_or(VersionRange::from(BUNDLED)),
        engine: request.engine.as_deref().map(str::parse).transpose()?.unwrap_or(BUNDLED),
        foreign_keys: json::foreign_keys(request.foreign_keys.as_deref().unwrap_or("off"))?,
        allow: request.allow.clone(),
    })
}

/// The database that is planned for: an empty one where no schema is given.
fn snapshot(request: &Request) -> Result<Snapshot, String> {
    Ok(schema(request)?.unwrap_or_else(|| Snapshot::of(&Schema::new(Knowledge::Complete))))
}

fn asked(request: &Request) -> Result<(Project, Settings), String> {
    let project = project(request)?;
    let settings = settings(request, &project)?;
    Ok((project, settings))
}

fn project(request: &Request) -> Result<Project, String> {
    let file = |file: &FileRequest| SourceFile::new(file.path.clone(), file.text.clone());
    let files: Vec<SourceFile> = request.files.iter().map(file).collect();
    let recognised = match &request.layout {
        Some(name) => Recognised::named(name.parse()?),
        None => Recognised::of(&files, &request.beside, Setup::default()),
    };
    Ok(Project::laid_out(request.root.clone(), files, recognised))
}

fn versions(request: &Request) -> Result<Option<VersionRange>, String> {
    request.sqlite.as_deref().map(str::parse).transpose()
}

fn schema(request: &Request) -> Result<Option<Snapshot>, String> {
    let given = request.schema.as_deref().filter(|text| !text.trim().is_empty());
    given.map(|text| Snapshot::read(text).map_err(|error| format!("the schema cannot be read: {error}"))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUNBOOK: &str = r#"{"files":[{"path":"add_blob_data_column.sql","text":"ALTER TABLE assets ADD COLUMN blob_data BLOB;\n"}],
        "schema":"CREATE TABLE assets (id TEXT PRIMARY KEY, url TEXT NOT NULL);"}"#;

    #[test]
    fn the_runbook_has_one_warning_and_a_plan() {
        let found = lint(RUNBOOK);
        assert!(found.contains("\"warnings\": 1"), "{found}");
        let planned = plan(RUNBOOK);
        assert!(planned.contains("\"status\": \"ready\""), "{planned}");
        assert!(planned.contains("ALTER TABLE assets DROP COLUMN blob_data"), "{planned}");
    }

    #[test]
    fn one_reading_gives_the_same_bytes() {
        let both: serde_json::Value = serde_json::from_str(&review(RUNBOOK)).unwrap();
        assert_eq!(both["lint"], lint(RUNBOOK));
        assert_eq!(both["plan"], plan(RUNBOOK));
    }

    #[test]
    fn a_bad_request_is_an_error_in_words() {
        assert!(lint("{}").contains("missing field `files`"));
        assert!(plan(r#"{"files":[],"engine":"new"}"#).contains("is not a version of SQLite"));
    }
}
