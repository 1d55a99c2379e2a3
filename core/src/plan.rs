//! From files and a database's snapshot to a plan: a flat list of steps, all decided.
//!
//! The planner is pure. Whoever executes the plan decides nothing: what it does stands here.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

use serde::{Deserialize, Serialize};

use crate::directive::{Directive, Reasons, Scope, directives};
use crate::history::Project;
use crate::layout::Layout;
use crate::layout::Migration;
use crate::parse::Source;
use crate::parse::statement::Statement;
use crate::schema::Schema;
use crate::schema::fingerprint::{Running, fingerprint, text_hash};
use crate::schema::replay::Outcome;
use crate::snapshot::{LedgerRow, Snapshot};
use crate::sqlite::version::{BUNDLED, Version, VersionRange};
use crate::text::lines::LineIndex;
use crate::text::{SourceFile, gathered};

mod decide;
pub mod ledger;
mod rebuild;
mod reverse;

use decide::{Here, Undo};

/// What the planner needs to know beside the files and the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The versions that must be able to read the result.
    pub versions: VersionRange,
    /// The version that executes the plan.
    pub engine: Version,
    /// Whether foreign keys are enforced while the user's own statements run.
    pub foreign_keys: ForeignKeys,
    /// What may be lost, by name: `drop-column:assets.blob_data`.
    pub allow: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            versions: VersionRange::from(BUNDLED),
            engine: BUNDLED,
            foreign_keys: ForeignKeys::Off,
            allow: Vec::new(),
        }
    }
}

/// Whether SQLite enforces foreign keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForeignKeys {
    /// It does not, as is SQLite's own default.
    #[default]
    Off,
    /// It does.
    On,
}

impl ForeignKeys {
    /// `off` or `on`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
        }
    }
}

/// What is planned for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Files are applied.
    Apply,
    /// The migration with this number in the ledger is taken back.
    RollBack(i64),
}

/// All that will be done, and all that was needed to decide it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What it is for.
    pub purpose: Purpose,
    /// With what it was made.
    pub options: Options,
    /// Whether it can be carried out.
    pub status: Status,
    /// Why it cannot.
    pub refusals: Vec<Refusal>,
    /// What will be lost.
    pub hazards: Vec<Hazard>,
    /// What is done, in this order.
    pub steps: Vec<Step>,
    /// The files it was made from.
    pub files: Vec<PlannedFile>,
    /// How they are laid out.
    pub layout: Layout,
    /// The fingerprint of the schema that it was made for.
    pub fingerprint_before: String,
    /// The fingerprint of the schema that it leads to; none where that cannot be told beforehand.
    pub fingerprint_after: Option<String>,
    /// The schema that it was made for, as a script.
    pub schema_before: String,
    /// The schema that it leads to, as a script.
    pub schema_after: String,
    /// For people, and no part of the hash: what was known of the database.
    pub information: Information,
}

/// Whether a plan can be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It can.
    Ready,
    /// There is nothing to do.
    NothingToDo,
    /// Someone has to decide something first.
    Refused,
}

impl Status {
    /// The status as the JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::NothingToDo => "nothing-to-do",
            Self::Refused => "refused",
        }
    }
}

/// A reason not to carry out the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What kind of decision is needed.
    pub kind: RefusalKind,
    /// What is in the way.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Where, if a statement is at fault.
    pub source: Option<Place>,
    /// What SQLite would say.
    pub sqlite_error: Option<String>,
}

/// The kinds of refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// The database has something else than the file expects.
    Conflict,
    /// Data would be lost, and nobody allowed it by name.
    Consent,
    /// The file was edited after it was applied.
    Edited,
    /// SQLite, or a version of it, cannot do this.
    Unsupported,
    /// The statement could not be read.
    Unreadable,
}

impl RefusalKind {
    /// The kind as the JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Consent => "consent",
            Self::Edited => "edited",
            Self::Unsupported => "unsupported",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Data that the plan loses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hazard {
    /// Its name, by which it is allowed: `drop-column:assets.blob_data`.
    pub id: String,
    /// What is lost.
    pub message: String,
    /// A query that counts what is lost.
    pub count_sql: String,
    /// Whether it was allowed.
    pub allowed: bool,
    /// Why, where a comment in the file consents.
    pub reason: Option<String>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's path below the root.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What kind of step.
    pub kind: StepKind,
    /// The SQL that is executed, or that a skipped statement has.
    pub sql: Option<String>,
    /// What it is for, in a few words.
    pub why: String,
    /// How much of the database it touches.
    pub cost: Cost,
    /// The SQL that takes it back without loss.
    pub undo: Option<String>,
    /// The stored text of the table that the step alters, as it is afterwards.
    pub altered: Option<String>,
    /// The statement that it comes from.
    pub source: Option<Place>,
    /// What must hold, for a check; and what a pragma must read back.
    pub expect: Option<Expectation>,
}

/// The kinds of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// The database is copied with SQLite's backup API.
    Backup,
    /// A pragma is set, and read back.
    Pragma,
    /// The transaction begins.
    Begin,
    /// Something must hold, or all is rolled back.
    Check,
    /// A statement of the user's runs.
    Run,
    /// A statement of the user's does not run.
    Skip,
    /// A part of a table's rebuild runs.
    Rebuild,
    /// The ledger gets a row.
    Record,
    /// The transaction is committed.
    Commit,
}

impl StepKind {
    /// The kind as the JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Backup => "backup",
            Self::Pragma => "pragma",
            Self::Begin => "begin",
            Self::Check => "check",
            Self::Run => "run",
            Self::Skip => "skip",
            Self::Rebuild => "rebuild",
            Self::Record => "record",
            Self::Commit => "commit",
        }
    }
}

/// How much of the database a step touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// Nothing.
    None,
    /// The schema alone, whatever the number of rows.
    Metadata,
    /// Rows are read.
    Scan,
    /// Rows are written.
    Rewrite,
}

impl Cost {
    /// The cost as the JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Metadata => "metadata",
            Self::Scan => "scan",
            Self::Rewrite => "rewrite",
        }
    }
}

/// What must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// The schema has this fingerprint.
    Fingerprint(String),
    /// `PRAGMA foreign_key_check` finds nothing that it did not find when the transaction began.
    NoNewForeignKeyViolations,
    /// The query answers this one value.
    Answer {
        /// The query.
        sql: String,
        /// The value, as text.
        value: String,
    },
}

/// A file of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFile {
    /// Its path below the root, which is its name in the ledger.
    pub path: String,
    /// The hash of its text.
    pub hash: String,
    /// Its text.
    pub text: String,
    /// Whether it is one that undoes another, and so is not run.
    pub is_down: bool,
    /// What becomes of it.
    pub outcome: FileOutcome,
    /// The fingerprint of the schema before it.
    pub fingerprint_before: Option<String>,
    /// The fingerprint of the schema after it.
    pub fingerprint_after: Option<String>,
    /// The SQL that takes back what it does without loss; none where only the backup can.
    pub reverse: Option<String>,
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileOutcome {
    /// The ledger has it already.
    Applied,
    /// It is carried out.
    Pending,
    /// All that it says holds already; only the ledger gets its row.
    Satisfied,
    /// Something in it is refused.
    Refused,
    /// It is kept for undoing another.
    Down,
}

impl FileOutcome {
    /// The outcome as the JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Pending => "pending",
            Self::Satisfied => "satisfied",
            Self::Refused => "refused",
            Self::Down => "down",
        }
    }
}

/// What was known of the database: no part of the hash, and no reason to refuse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Information {
    /// The version of SQLite that read the database.
    pub sqlite: String,
    /// How many rows each table that the plan touches has, as an estimate.
    pub rows: Vec<(String, u64)>,
    /// What did not work before, and is none of the plan's business.
    pub broken_before: Vec<BrokenBefore>,
}

/// An object that SQLite cannot prepare or check in the database as it is, as for want of a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenBefore {
    /// `table`, `index`, `view` or `trigger`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The table or view that an index or a trigger belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// What SQLite says.
    pub error: String,
}

impl BrokenBefore {
    /// What it is, by name.
    pub fn shown(&self) -> String {
        let on = self.on.as_ref().map_or_else(String::new, |on| format!(" on `{on}`"));
        format!("{} `{}`{on}", self.kind, self.name)
    }
}

/// Plans the project's files against the database.
pub fn plan(project: &Project, snapshot: &Snapshot, options: &Options) -> Plan {
    plan_to(project, snapshot, options).0
}

/// The same, and the schema that it leads to.
pub fn plan_to(project: &Project, snapshot: &Snapshot, options: &Options) -> (Plan, Schema) {
    let live = snapshot.schema();
    let mut draft = Draft::new(Purpose::Apply, project, snapshot, options, &live);
    for migration in project.migrations() {
        draft.file(migration.up);
    }
    let after = draft.schema.clone();
    (draft.finish(), after)
}

/// Plans to take back the migration that was applied last: by its down file if the project has one,
/// else by the reverse that the ledger keeps. Nothing where the ledger has no migration, or where
/// only the backup can take it back.
pub fn plan_rollback(project: &Project, snapshot: &Snapshot, options: &Options) -> Option<Plan> {
    let row = snapshot.last_applied()?;
    let migrations = project.migrations();
    let migration = migrations.iter().find(|migration| migration.up.path == row.file);
    let source = match (migration.and_then(Migration::taking_back), &row.reverse) {
        (Some(down), _) => down,
        (None, Some(reverse)) => SourceFile::new(format!("{} (reverse)", row.file), reverse.clone()),
        (None, None) => return None,
    };
    let live = snapshot.schema();
    let mut draft = Draft::new(Purpose::RollBack(row.id), project, snapshot, options, &live);
    draft.file(&source);
    Some(draft.finish())
}

fn planned(file: &SourceFile, outcome: FileOutcome) -> PlannedFile {
    PlannedFile {
        path: file.path.clone(),
        hash: text_hash(&file.text),
        text: file.text.clone(),
        is_down: outcome == FileOutcome::Down,
        outcome,
        fingerprint_before: None,
        fingerprint_after: None,
        reverse: None,
    }
}

/// A file whose statements are being decided.
struct OpenFile<'run> {
    file: &'run SourceFile,
    lines: LineIndex<'run>,
    planned: PlannedFile,
    /// How many steps and refusals there were before it.
    steps: usize,
    refusals: usize,
    undo: Vec<String>,
    lossless: bool,
}

/// A plan that is being made.
pub(crate) struct Draft<'run> {
    purpose: Purpose,
    snapshot: &'run Snapshot,
    options: &'run Options,
    live: &'run Schema,
    project: &'run Project,
    pub(crate) schema: Schema,
    /// Whether the schema after the steps can be told.
    certain: bool,
    /// What the statement does that is being decided, if it runs.
    followed: Option<Outcome>,
    /// The fingerprint of the schema, kept up to date.
    running: Running,
    /// The definitions that a table has in the course of the files, by its name.
    known: OnceCell<Vec<(String, String)>>,
    steps: Vec<Step>,
    refusals: Vec<Refusal>,
    hazards: Vec<Hazard>,
    /// What the open file consents to lose, and why.
    consents: BTreeMap<String, String>,
    files: Vec<PlannedFile>,
    open: Option<OpenFile<'run>>,
    touched: Vec<String>,
}

impl<'run> Draft<'run> {
    pub(crate) fn new(
        purpose: Purpose,
        project: &'run Project,
        snapshot: &'run Snapshot,
        options: &'run Options,
        live: &'run Schema,
    ) -> Self {
        Self {
            purpose,
            snapshot,
            options,
            live,
            project,
            schema: live.clone(),
            certain: true,
            followed: None,
            running: Running::default(),
            known: OnceCell::new(),
            steps: Vec::new(),
            refusals: Vec::new(),
            hazards: Vec::new(),
            consents: BTreeMap::new(),
            files: Vec::new(),
            open: None,
            touched: Vec::new(),
        }
    }

    /// Decides one file with all its statements.
    fn file(&mut self, file: &'run SourceFile) {
        self.begin(file);
        for statement in Source::of(file).statements() {
            self.statement(&statement);
        }
        self.end();
    }

    /// Enters the next file: has the ledger got it, and is it the same?
    pub(crate) fn begin(&mut self, file: &'run SourceFile) {
        let mut planned = planned(file, FileOutcome::Pending);
        if self.purpose == Purpose::Apply
            && let Some(row) = self.recorded(&file.path)
        {
            planned.outcome = FileOutcome::Applied;
            if row.hash != planned.hash {
                self.refusals.push(Refusal {
                    kind: RefusalKind::Edited,
                    message: format!("`{}` was edited after it was applied", file.path),
                    help: "put the text back as it was, and write what is new into a new file".to_owned(),
                    source: None,
                    sqlite_error: None,
                });
            }
            self.files.push(planned);
            return;
        }
        self.schema.settle();
        planned.fingerprint_before = Some(self.fingerprint());
        let (directives, _) = directives(&file.text, Reasons::Required);
        let consents = directives.into_iter().filter(|directive| directive.scope == Scope::Consent);
        self.consents = gathered(consents.flat_map(|Directive { names, reason, .. }| {
            names.into_iter().map(move |name| (name.text, reason.clone()))
        }));
        self.open = Some(OpenFile {
            file,
            lines: LineIndex::new(&file.text),
            planned,
            steps: self.steps.len(),
            refusals: self.refusals.len(),
            undo: Vec::new(),
            lossless: true,
        });
    }

    /// Decides the next statement of the file. Returns what it does to the schema, if it runs.
    pub(crate) fn statement(&mut self, statement: &Statement) -> Option<Outcome> {
        let mut open = self.open.take()?;
        let span = statement.span;
        let line = open.lines.position(span.start).line;
        let place = Place { path: open.file.path.clone(), line, start: span.start, end: span.end };
        match self.decide(&Here { text: &open.file.text, statement, place }) {
            Undo::Nothing => {}
            Undo::By(sql) => open.undo.push(sql),
            Undo::BackupOnly => open.lossless = false,
        }
        self.open = Some(open);
        self.followed.take()
    }

    /// Leaves the file, and has the ledger record it.
    pub(crate) fn end(&mut self) {
        let Some(open) = self.open.take() else { return };
        let mut planned = open.planned;
        let after = self.fingerprint();
        planned.fingerprint_after = self.certain.then_some(after);
        planned.reverse = open.lossless.then(|| open.undo.into_iter().rev().map(|sql| sql + ";\n").collect());
        if self.refusals.len() > open.refusals {
            planned.outcome = FileOutcome::Refused;
        } else if self.steps[open.steps..].iter().all(|step| step.kind == StepKind::Skip) {
            planned.outcome = FileOutcome::Satisfied;
        }
        let at = self.files.len();
        self.steps.push(ledger::record(&self.purpose, at, &planned));
        self.files.push(planned);
    }

    fn fingerprint(&mut self) -> String {
        let changed = self.schema.take_changed();
        self.running.update(&self.schema, changed)
    }

    /// Keeps the files that undo others; they are not run.
    fn add_downs(&mut self) {
        if self.purpose != Purpose::Apply {
            return;
        }
        let known: BTreeSet<&str> = gathered(self.files.iter().map(|planned| planned.path.as_str()));
        let downs = self.project.files.iter().filter(|file| !known.contains(file.path.as_str()));
        let downs: Vec<PlannedFile> = downs.map(|file| planned(file, FileOutcome::Down)).collect();
        self.files.extend(downs);
    }

    fn recorded(&self, path: &str) -> Option<&'run LedgerRow> {
        self.snapshot.ledger.iter().rev().find(|row| row.file == path && row.rolled_back_at.is_none())
    }

    /// Puts the transaction, the backup and the checks around the steps.
    pub(crate) fn finish(mut self) -> Plan {
        self.add_downs();
        let works = self.steps.iter().any(|step| matches!(step.kind, StepKind::Run | StepKind::Rebuild));
        let records = self.steps.iter().any(|step| step.kind == StepKind::Record);
        let status = if !self.refusals.is_empty() {
            Status::Refused
        } else if records {
            Status::Ready
        } else {
            Status::NothingToDo
        };
        let fingerprint_before = fingerprint(self.live);
        let after = self.fingerprint();
        let fingerprint_after = self.certain.then_some(after);
        let steps = if status == Status::Ready {
            surround(self.steps, self.options, works, &fingerprint_before, fingerprint_after.as_deref())
        } else {
            self.steps
        };
        let mut rows: Vec<(String, u64)> = self
            .touched
            .iter()
            .filter_map(|table| self.snapshot.row_count(table).map(|count| (table.clone(), count)))
            .collect();
        rows.sort();
        rows.dedup();
        Plan {
            purpose: self.purpose,
            options: self.options.clone(),
            status,
            refusals: self.refusals,
            hazards: self.hazards,
            steps,
            files: self.files,
            layout: self.project.recognised.layout,
            fingerprint_before,
            fingerprint_after,
            schema_before: self.live.to_sql(),
            schema_after: self.schema.to_sql(),
            information: Information { sqlite: self.snapshot.sqlite.clone(), rows, broken_before: Vec::new() },
        }
    }
}

fn step(kind: StepKind, sql: Option<&str>, why: &str) -> Step {
    Step {
        kind,
        sql: sql.map(ToOwned::to_owned),
        why: why.to_owned(),
        cost: Cost::None,
        undo: None,
        altered: None,
        source: None,
        expect: None,
    }
}

/// The frame of every plan: what stands before and behind the user's own statements.
fn surround(inner: Vec<Step>, options: &Options, works: bool, before: &str, after: Option<&str>) -> Vec<Step> {
    let mut steps = Vec::with_capacity(inner.len() + 9);
    let (sql, value) = match options.foreign_keys {
        ForeignKeys::Off => ("PRAGMA foreign_keys = OFF", "0"),
        ForeignKeys::On => ("PRAGMA foreign_keys = ON", "1"),
    };
    let answer = Expectation::Answer { sql: "PRAGMA foreign_keys".to_owned(), value: value.to_owned() };
    let why = "whether foreign keys are enforced is stated, and cannot change inside a transaction";
    steps.push(Step { expect: Some(answer), ..step(StepKind::Pragma, Some(sql), why) });
    steps.push(step(StepKind::Begin, Some("BEGIN IMMEDIATE"), "takes the write lock before anything is read"));
    steps.push(Step {
        expect: Some(Expectation::Fingerprint(before.to_owned())),
        ..step(StepKind::Check, None, "the schema is still the one that the plan was made for")
    });
    if works {
        let why = "a copy by SQLite's backup API, under the lock, so that it is exactly the state before";
        steps.push(Step { cost: Cost::Scan, ..step(StepKind::Backup, None, why) });
    }
    steps.push(ledger::create());
    steps.extend(inner);
    if works {
        steps.push(Step {
            expect: Some(Expectation::NoNewForeignKeyViolations),
            cost: Cost::Scan,
            ..step(StepKind::Check, Some("PRAGMA foreign_key_check"), "no foreign key is broken that was not before")
        });
    }
    let reached = after.map(|after| Step {
        expect: Some(Expectation::Fingerprint(after.to_owned())),
        ..step(StepKind::Check, None, "the schema is the one that the plan foretold")
    });
    steps.extend(reached.clone());
    steps.push(step(StepKind::Commit, Some("COMMIT"), "makes everything permanent at once"));
    steps.extend(reached.map(|step| Step { why: "a new connection sees the same schema".to_owned(), ..step }));
    steps
}
