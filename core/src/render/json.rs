//! The JSON that the command line and the page share, byte for byte. Version 1 is final: what is
//! there stays; more may be added.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Linted;
use super::place::{Located, Places};
use crate::diagnostics::{Finding, Level};
use crate::engine::judge::Replay;
use crate::engine::watch::Watched;
use crate::history::{Project, Step as HistoryStep};
use crate::layout::setup::Setup;
use crate::layout::setup::list::List;
use crate::layout::{Layout, Recognised};
use crate::lint::{Report, Settings};
use crate::parse::statement::Body;
use crate::plan::{BrokenBefore, Expectation, ForeignKeys, Information, Options, Place, Plan, Purpose};
use crate::queries::Query;
use crate::schema::fingerprint::sha256;
use crate::text::lines::{LineIndex, Position};
use crate::text::{SourceFile, Span};
#[cfg(feature = "pages")]
use crate::{rule::Entry, rules::RULES};

/// Pretty JSON with a line feed at its end.
pub fn print(value: &impl Serialize) -> String {
    // Our types hold no map with keys that are not text, which is all that can fail.
    let mut json = serde_json::to_string_pretty(value).unwrap_or_default();
    json.push('\n');
    json
}

#[derive(Serialize)]
struct PositionJson {
    line: u32,
    column: u32,
    utf16: u32,
}

impl From<Position> for PositionJson {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column, utf16: position.utf16 }
    }
}

#[derive(Serialize)]
struct SpanJson {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct PlaceJson {
    path: String,
    span: SpanJson,
    start: PositionJson,
    end: PositionJson,
}

#[derive(Serialize)]
struct FindingJson<'run> {
    rule: &'run str,
    level: &'run str,
    message: &'run str,
    #[serde(flatten)]
    place: PlaceJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'run str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'run str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sqlite_error: Option<&'run str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedJson<'run>>,
    /// Why a comment allows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<&'run str>,
}

#[derive(Serialize)]
struct RelatedJson<'run> {
    message: &'run str,
    #[serde(flatten)]
    place: PlaceJson,
}

#[derive(Serialize)]
struct LintJson<'run> {
    format: &'run str,
    version: u32,
    settings: SettingsJson<'run>,
    summary: SummaryJson,
    findings: Vec<FindingJson<'run>>,
    /// What comments in the files allow.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    allowed: Vec<FindingJson<'run>>,
    /// What a baseline knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<LeftJson>,
    files: Vec<FileJson>,
    /// What came of the application's queries; nothing where none was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    queries: Option<QueriesJson<'run>>,
    /// What a real SQLite did; nothing where none was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    replay: Option<ReplayJson<'run>>,
}

#[derive(Serialize)]
struct SettingsJson<'run> {
    sqlite: String,
    engine: String,
    layout: LayoutJson<'run>,
    runner: String,
    /// The file that says so, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    runner_by: Option<&'run str>,
    /// Why it may be another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    runner_doubt: Option<&'run str>,
    foreign_keys: &'static str,
    targets: Vec<&'static str>,
}

/// How the files were read.
#[derive(Serialize)]
struct LayoutJson<'run> {
    name: &'static str,
    /// By what it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'run str>,
    /// Why that may be wrong, or what else is to be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<&'run str>,
    /// The files that its tool does not run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unseen: Vec<String>,
}

#[derive(Serialize)]
struct SummaryJson {
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize)]
struct LeftJson {
    known: usize,
    gone: usize,
}

#[derive(Serialize)]
struct FileJson {
    path: String,
    statements: u32,
}

#[derive(Serialize)]
struct QueriesJson<'run> {
    named: usize,
    /// Prepared before a file that changes what they name, and behind it.
    watched: usize,
    /// Prepared only behind a file.
    new: usize,
    /// No file changes what they name.
    untouched: usize,
    unwatched: Vec<UnwatchedJson<'run>>,
}

#[derive(Serialize)]
struct UnwatchedJson<'run> {
    path: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'run str>,
    reason: &'run str,
}

fn queries_json<'run>(queries: &'run [Query], came: &'run [Watched]) -> QueriesJson<'run> {
    let count = |wanted: &Watched| came.iter().filter(|came| *came == wanted).count();
    let unwatched = queries.iter().zip(came).filter_map(|(query, came)| match came {
        Watched::No(reason) => {
            Some(UnwatchedJson { path: &query.path, line: query.line, name: query.name.as_deref(), reason })
        }
        _ => None,
    });
    QueriesJson {
        named: queries.len(),
        watched: count(&Watched::Yes),
        new: count(&Watched::New),
        untouched: count(&Watched::Untouched),
        unwatched: unwatched.collect(),
    }
}

#[derive(Serialize)]
struct ReplayJson<'run> {
    engine: String,
    foreign_keys: &'run str,
    files: u32,
    statements: u32,
    remarks: Vec<RemarkJson<'run>>,
    disagreements: Vec<DisagreementJson<'run>>,
}

#[derive(Serialize)]
struct RemarkJson<'run> {
    kind: &'run str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    message: &'run str,
}

#[derive(Serialize)]
struct DisagreementJson<'run> {
    #[serde(flatten)]
    place: PlaceJson,
    about: &'run str,
    model: Option<&'run str>,
    sqlite: Option<&'run str>,
}

fn replay_json<'run>(replay: &'run Replay, places: &mut Places<'_>) -> ReplayJson<'run> {
    let remarks = replay.remarks.iter().map(|remark| {
        let place = place_json(places, &remark.path, remark.span.unwrap_or_default());
        RemarkJson {
            kind: remark.kind.as_str(),
            line: remark.span.map(|_| place.start.line),
            path: place.path,
            message: &remark.message,
        }
    });
    let remarks = remarks.collect();
    let disagreements = replay.disagreements.iter().map(|disagreement| DisagreementJson {
        place: place_json(places, &disagreement.path, disagreement.span),
        about: &disagreement.about,
        model: disagreement.model.as_deref(),
        sqlite: disagreement.sqlite.as_deref(),
    });
    ReplayJson {
        engine: replay.engine.to_string(),
        foreign_keys: replay.foreign_keys,
        files: replay.files,
        statements: replay.statements,
        remarks,
        disagreements: disagreements.collect(),
    }
}

fn layout_json(project: &Project) -> LayoutJson<'_> {
    let recognised = &project.recognised;
    let unseen = recognised.unseen(&project.files).into_iter().map(|path| project.shown_path(path)).collect();
    LayoutJson {
        name: recognised.layout.name(),
        by: recognised.by.as_deref(),
        doubt: recognised.doubt.as_deref(),
        unseen,
    }
}

#[derive(Serialize)]
struct DatabasesJson<'run> {
    format: &'run str,
    version: u32,
    databases: Vec<DatabaseJson<'run>>,
}

#[derive(Serialize)]
struct DatabaseJson<'run> {
    name: &'run str,
    lint: LintJson<'run>,
}

/// The findings of each database; of one that has no name as [`lint`] has them.
pub fn lint_all(all: &[Linted]) -> String {
    if let [Linted { database: None, project, settings, report, .. }] = all {
        return lint(project, settings, report);
    }
    let databases = all.iter().map(|linted| DatabaseJson {
        name: linted.database.unwrap_or_default(),
        lint: lint_json(linted.project, linted.settings, linted.report),
    });
    print(&DatabasesJson { format: "remold-lint-databases", version: 1, databases: databases.collect() })
}

/// The findings of a project.
pub fn lint(project: &Project, settings: &Settings, report: &Report) -> String {
    print(&lint_json(project, settings, report))
}

fn lint_json<'run>(project: &'run Project, settings: &'run Settings, report: &'run Report) -> LintJson<'run> {
    let count = |level| report.findings.iter().filter(|finding| finding.level == level).count();
    let mut places = Places::new(project);
    LintJson {
        format: "remold-lint",
        version: 1,
        settings: SettingsJson {
            sqlite: settings.versions.to_string(),
            engine: settings.engine.to_string(),
            layout: layout_json(project),
            runner: settings.runner.name.clone(),
            runner_by: project.recognised.runner_by(&settings.runner.name),
            runner_doubt: project.recognised.runner_doubt.as_deref(),
            foreign_keys: settings.runner.foreign_keys(),
            targets: settings.targets.iter().map(|target| target.as_str()).collect(),
        },
        summary: SummaryJson {
            errors: count(Level::Error),
            warnings: count(Level::Warning),
            notes: count(Level::Note),
        },
        findings: report.findings.iter().map(|finding| finding_json(finding, &mut places)).collect(),
        allowed: report
            .allowed
            .iter()
            .map(|allowed| FindingJson {
                allowed: Some(&allowed.reason),
                ..finding_json(&allowed.finding, &mut places)
            })
            .collect(),
        baseline: report.left.map(|left| LeftJson { known: left.known, gone: left.gone }),
        files: report
            .statements
            .iter()
            .map(|(path, statements)| FileJson { path: places.shown(path), statements: *statements })
            .collect(),
        queries: (!settings.queries.is_empty()).then(|| queries_json(&settings.queries, &report.queries)),
        replay: report.replay.as_ref().map(|replay| replay_json(replay, &mut places)),
    }
}

fn finding_json<'run>(finding: &'run Finding, places: &mut Places<'_>) -> FindingJson<'run> {
    let related = finding.related.iter();
    FindingJson {
        rule: finding.rule,
        level: finding.level.as_str(),
        message: &finding.message,
        place: place_json(places, &finding.path, finding.span),
        reason: finding.reason.as_deref(),
        help: finding.help.as_deref(),
        sqlite_error: finding.sqlite_error.as_deref(),
        related: related
            .map(|related| RelatedJson {
                message: &related.message,
                place: place_json(places, &related.path, related.span),
            })
            .collect(),
        allowed: None,
    }
}

fn place_json(places: &mut Places<'_>, path: &str, span: Span) -> PlaceJson {
    let Located { path, start, end } = places.at(path, span);
    PlaceJson { path, span: SpanJson { start: span.start, end: span.end }, start: start.into(), end: end.into() }
}

#[cfg(feature = "pages")]
#[derive(Serialize)]
struct RulesJson<'run> {
    format: &'run str,
    version: u32,
    rules: Vec<RuleJson<'run>>,
}

#[cfg(feature = "pages")]
#[derive(Serialize)]
struct RuleJson<'run> {
    id: &'run str,
    level: &'run str,
    since: &'run str,
    title: &'run str,
    page: &'run str,
}

/// Every rule with its page.
#[cfg(feature = "pages")]
pub fn rules() -> String {
    let rule = |entry: &Entry| RuleJson {
        id: entry.rule.id,
        level: entry.rule.level.as_str(),
        since: entry.rule.since,
        title: entry.title(),
        page: entry.page,
    };
    print(&RulesJson { format: "remold-rules", version: 1, rules: RULES.iter().map(rule).collect() })
}

#[derive(Serialize)]
struct InspectJson {
    format: &'static str,
    version: u32,
    path: String,
    statements: Vec<StatementJson>,
}

/// One statement as it was read.
#[derive(Serialize)]
pub struct StatementJson {
    /// The statement's first words.
    pub kind: String,
    span: SpanJson,
    start: PositionJson,
    end: PositionJson,
    /// The name of the object that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it changes, in words.
    pub changes: Vec<String>,
    /// Whether it could not be read.
    pub opaque: bool,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// One statement for `inspect`.
pub fn statement(step: &HistoryStep, lines: &LineIndex) -> StatementJson {
    let span = step.statement.span;
    let problem = match &step.statement.body {
        Body::Opaque(opaque) => Some(opaque.problem.words()),
        _ => None,
    };
    StatementJson {
        kind: step.statement.kind(),
        span: SpanJson { start: span.start, end: span.end },
        start: lines.position(span.start).into(),
        end: lines.position(span.end).into(),
        name: step.statement.object().map(|name| match &name.schema {
            Some(schema) => format!("{}.{}", schema.text, name.name.text),
            None => name.name.text.clone(),
        }),
        changes: step.changes.iter().map(crate::schema::change::Change::summary).collect(),
        opaque: problem.is_some(),
        problem,
    }
}

/// How a file was read.
pub fn inspect(path: &str, statements: Vec<StatementJson>) -> String {
    print(&InspectJson { format: "remold-inspect", version: 1, path: path.to_owned(), statements })
}

/// The value of `format` in a plan's JSON.
pub const PLAN_FORMAT: &str = "remold-plan";

#[derive(Serialize)]
struct PlanJson<'run> {
    format: &'run str,
    version: u32,
    hash: String,
    remold: &'run str,
    purpose: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger_row: Option<i64>,
    status: &'run str,
    options: OptionsJson,
    fingerprint_before: &'run str,
    fingerprint_after: Option<&'run str>,
    refusals: Vec<RefusalJson<'run>>,
    hazards: Vec<HazardJson<'run>>,
    steps: Vec<StepJson<'run>>,
    /// How the files are laid out, unless they are plain ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    layout: Option<&'run str>,
    files: Vec<PlannedFileJson<'run>>,
    schema_before: &'run str,
    schema_after: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    information: Option<InformationJson>,
}

#[derive(Serialize, Deserialize)]
struct OptionsJson {
    sqlite: String,
    engine: String,
    foreign_keys: String,
    allow: Vec<String>,
}

#[derive(Serialize)]
struct RefusalJson<'run> {
    kind: &'run str,
    message: &'run str,
    help: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceJson<'run>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sqlite_error: Option<&'run str>,
}

#[derive(Serialize)]
struct HazardJson<'run> {
    id: &'run str,
    message: &'run str,
    count_sql: &'run str,
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'run str>,
}

#[derive(Serialize)]
struct SourceJson<'run> {
    path: &'run str,
    line: u32,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct StepJson<'run> {
    kind: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sql: Option<&'run str>,
    why: &'run str,
    cost: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    undo: Option<&'run str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    altered: Option<&'run str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceJson<'run>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expect: Option<ExpectJson<'run>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum ExpectJson<'run> {
    Fingerprint { fingerprint: &'run str },
    NoNewForeignKeyViolations,
    Answer { sql: &'run str, value: &'run str },
}

#[derive(Serialize)]
struct PlannedFileJson<'run> {
    path: &'run str,
    hash: &'run str,
    outcome: &'run str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint_before: Option<&'run str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint_after: Option<&'run str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reverse: Option<&'run str>,
    text: &'run str,
}

#[derive(Default, Serialize, Deserialize)]
struct InformationJson {
    sqlite: String,
    rows: BTreeMap<String, u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    broken_before: Vec<BrokenBefore>,
}

/// A plan. Its hash is over all of it but the hash itself and the information.
pub fn plan(plan: &Plan) -> String {
    let mut json = plan_json(plan);
    json.hash = plan_hash(plan);
    json.information = Some(InformationJson {
        sqlite: plan.information.sqlite.clone(),
        rows: plan.information.rows.iter().cloned().collect(),
        broken_before: plan.information.broken_before.clone(),
    });
    print(&json)
}

/// The hash of a plan: SHA-256 of its JSON with an empty hash and without the information.
pub fn plan_hash(plan: &Plan) -> String {
    format!("v1:{}", sha256(print(&plan_json(plan)).as_bytes()))
}

fn plan_json(plan: &Plan) -> PlanJson<'_> {
    PlanJson {
        format: PLAN_FORMAT,
        version: 1,
        hash: String::new(),
        remold: env!("CARGO_PKG_VERSION"),
        purpose: match plan.purpose {
            Purpose::Apply => "apply",
            Purpose::RollBack(_) => "roll-back",
        },
        ledger_row: match plan.purpose {
            Purpose::Apply => None,
            Purpose::RollBack(row) => Some(row),
        },
        status: plan.status.as_str(),
        options: OptionsJson {
            sqlite: plan.options.versions.to_string(),
            engine: plan.options.engine.to_string(),
            foreign_keys: plan.options.foreign_keys.as_str().to_owned(),
            allow: plan.options.allow.clone(),
        },
        fingerprint_before: &plan.fingerprint_before,
        fingerprint_after: plan.fingerprint_after.as_deref(),
        refusals: plan
            .refusals
            .iter()
            .map(|refusal| RefusalJson {
                kind: refusal.kind.as_str(),
                message: &refusal.message,
                help: &refusal.help,
                source: refusal.source.as_ref().map(source),
                sqlite_error: refusal.sqlite_error.as_deref(),
            })
            .collect(),
        hazards: plan
            .hazards
            .iter()
            .map(|hazard| HazardJson {
                id: &hazard.id,
                message: &hazard.message,
                count_sql: &hazard.count_sql,
                allowed: hazard.allowed,
                reason: hazard.reason.as_deref(),
            })
            .collect(),
        steps: plan
            .steps
            .iter()
            .map(|step| StepJson {
                kind: step.kind.as_str(),
                sql: step.sql.as_deref(),
                why: &step.why,
                cost: step.cost.as_str(),
                undo: step.undo.as_deref(),
                altered: step.altered.as_deref(),
                source: step.source.as_ref().map(source),
                expect: step.expect.as_ref().map(|expect| match expect {
                    Expectation::Fingerprint(fingerprint) => ExpectJson::Fingerprint { fingerprint },
                    Expectation::NoNewForeignKeyViolations => ExpectJson::NoNewForeignKeyViolations,
                    Expectation::Answer { sql, value } => ExpectJson::Answer { sql, value },
                }),
            })
            .collect(),
        layout: (plan.layout != Layout::default()).then(|| plan.layout.name()),
        files: plan
            .files
            .iter()
            .map(|file| PlannedFileJson {
                path: &file.path,
                hash: &file.hash,
                outcome: file.outcome.as_str(),
                fingerprint_before: file.fingerprint_before.as_deref(),
                fingerprint_after: file.fingerprint_after.as_deref(),
                reverse: file.reverse.as_deref(),
                text: &file.text,
            })
            .collect(),
        schema_before: &plan.schema_before,
        schema_after: &plan.schema_after,
        information: None,
    }
}

fn source(place: &Place) -> SourceJson<'_> {
    SourceJson { path: &place.path, line: place.line, start: place.start, end: place.end }
}

/// What a saved plan says of its own making: enough to make it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedPlan {
    /// The hash that it bears.
    pub hash: String,
    /// The version of remold that made it.
    pub remold: String,
    /// The options that it was made with.
    pub options: Options,
    /// The files that it was made from.
    pub project: Project,
    /// The fingerprint of the schema that it was made for.
    pub fingerprint_before: String,
    /// The schema that it was made for, as a script.
    pub schema_before: String,
    /// What was known of the database then.
    pub information: Information,
}

#[derive(Deserialize)]
struct SavedJson {
    format: String,
    version: u32,
    hash: String,
    remold: String,
    purpose: String,
    options: OptionsJson,
    fingerprint_before: String,
    schema_before: String,
    layout: Option<String>,
    files: Vec<SavedFileJson>,
    information: Option<InformationJson>,
}

#[derive(Deserialize)]
struct SavedFileJson {
    path: String,
    text: String,
}

/// Reads what a saved plan was made from. Nothing else of it is believed: whoever applies it makes
/// it again and compares the bytes.
///
/// # Errors
/// What is wrong with the text.
pub fn read_plan(text: &str) -> Result<SavedPlan, String> {
    let saved: SavedJson =
        serde_json::from_str(text).map_err(|error| format!("this is not a plan of remold: {error}"))?;
    if saved.format != PLAN_FORMAT {
        return Err(format!("this JSON is not a plan of remold: its `format` is `{}`", saved.format));
    }
    if saved.version != 1 {
        return Err(format!("this plan has version {}, and only version 1 is known", saved.version));
    }
    if saved.purpose != "apply" {
        return Err("this plan is not for applying; `remold rollback` makes its own".to_owned());
    }
    let information = saved.information.unwrap_or_default();
    let layout = saved.layout.as_deref().unwrap_or(Layout::default().name());
    // They were saved in the order in which they are run.
    let paths = saved.files.iter().map(|file| file.path.clone()).collect();
    let setup = Setup { list: Some(List { runner: None, paths }), ..Setup::default() };
    Ok(SavedPlan {
        hash: saved.hash,
        remold: saved.remold,
        options: Options {
            versions: saved.options.sqlite.parse()?,
            engine: saved.options.engine.parse()?,
            foreign_keys: foreign_keys(&saved.options.foreign_keys)?,
            allow: saved.options.allow,
        },
        project: Project::laid_out(
            String::new(),
            saved.files.into_iter().map(|file| SourceFile::new(file.path, file.text)).collect(),
            Recognised { setup, ..Recognised::named(layout.parse()?) },
        ),
        fingerprint_before: saved.fingerprint_before,
        schema_before: saved.schema_before,
        information: Information {
            sqlite: information.sqlite,
            rows: information.rows.into_iter().collect(),
            broken_before: information.broken_before,
        },
    })
}

/// Reads `on` or `off`.
///
/// # Errors
/// Says which words are known.
pub fn foreign_keys(word: &str) -> Result<ForeignKeys, String> {
    match word {
        "off" => Ok(ForeignKeys::Off),
        "on" => Ok(ForeignKeys::On),
        _ => Err(format!("`{word}` does not say whether foreign keys are enforced; write on or off")),
    }
}
