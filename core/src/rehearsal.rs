//! What each step of a plan needs of the SQLite that carries it out, found out before anything is
//! locked: an application's own functions, collations and modules are in no other program.
//!
//! Core states in a [`Rehearsal`] what to make, what to look at and which steps to try; whoever has a
//! SQLite does that in a database in memory with the very schema and no row, and says what it
//! [`Heard`]. Nothing stands in there for what is missing: an index over a stand-in is corruption.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::parse;
use crate::parse::statement::{Body, Statement, TriggerEvent};
use crate::parse::token;
use crate::plan::{BrokenBefore, Expectation, FileOutcome, Plan, Refusal, RefusalKind, Status, Step, StepKind, ledger};
use crate::snapshot::{SchemaRow, Snapshot};
use crate::sqlite::name::{self, quote};
use crate::text::gathered;

/// What to make, to look at and to try.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rehearsal {
    /// The objects of the database, in its own order.
    pub objects: Vec<Object>,
    /// The steps to try behind that, in their order.
    pub tasks: Vec<Task>,
}

/// A row of `sqlite_schema`, and how to tell whether the object works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The row.
    pub row: SchemaRow,
    /// What holds its content.
    pub content: Content,
    /// Whether others may share that.
    pub tree: Tree,
    /// What compiles where the object works.
    pub probes: Vec<Probe>,
}

/// What holds an object's content in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A tree of rows with their numbers.
    Rows,
    /// A tree of keys: an index, or a table `WITHOUT ROWID`.
    Keys,
    /// What its module makes.
    Module,
    /// Nothing: a view or a trigger.
    Nothing,
}

/// Whether an object's content has a place of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tree {
    /// It has: a step names the object, and may drop it.
    Own,
    /// It need not have: it stays empty, and stays.
    Shared,
}

/// Something to compile, and not to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// This statement.
    Statement(String),
    /// An `UPDATE` of the column, or of any that can be written.
    Update {
        /// The table or view.
        table: String,
        /// The column.
        column: Option<String>,
    },
}

/// A step to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its place in the plan.
    pub step: usize,
    /// Its SQL.
    pub sql: String,
    /// How it is tried.
    pub trial: Trial,
}

/// How a step is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// It runs, for the steps behind it stand on what it makes.
    Run,
    /// It is compiled: it changes rows, of which there are none, and SQLite finds what it needs then.
    Compile,
}

/// What a SQLite said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// The objects that did not work, by their place in the rehearsal, and what was said of each.
    pub broken: Vec<(usize, String)>,
    /// The tasks that did not go through, by their place in the rehearsal, and what was said of each.
    pub failed: Vec<(usize, String)>,
}

/// What to rehearse of the plan, against the database that it was made for.
pub fn of(plan: &Plan, snapshot: &Snapshot) -> Rehearsal {
    let tasks: Vec<Task> = plan.steps.iter().enumerate().filter_map(|(at, step)| task(at, step)).collect();
    let named: BTreeSet<String> =
        gathered(tasks.iter().filter(|task| task.trial == Trial::Run).flat_map(|task| words(&task.sql)));
    Rehearsal { objects: snapshot.objects.iter().map(|row| object(row, &named)).collect(), tasks }
}

/// The words of a text, and what it has in quotes, in the form in which names are compared.
fn words(sql: &str) -> Vec<String> {
    token::tokens(sql).iter().map(|token| name::fold(&token.unquoted(sql)).into_owned()).collect()
}

fn object(row: &SchemaRow, named: &BTreeSet<String>) -> Object {
    let statement = row.sql.as_deref().and_then(parse::one);
    let body = statement.as_ref().map(|statement| &statement.body);
    let content = match (&*row.kind, body) {
        ("table", Some(Body::CreateVirtualTable(_))) => Content::Module,
        ("table", Some(Body::CreateTable(create))) if create.definition.without_rowid.is_some() => Content::Keys,
        ("table", _) => Content::Rows,
        ("index", _) => Content::Keys,
        _ => Content::Nothing,
    };
    let probes = if name::is_internal(&row.name) { Vec::new() } else { probes(row, content, body) };
    let is_named = [&row.name, &row.table].into_iter().any(|name| named.contains(&*name::fold(name)));
    let tree = if is_named { Tree::Own } else { Tree::Shared };
    Object { row: row.clone(), content, tree, probes }
}

/// What tells whether an object works. An `INSERT` needs all that a table's constraints and defaults
/// call, and the collations of its own keys; a query all that its generated columns call.
fn probes(row: &SchemaRow, content: Content, body: Option<&Body>) -> Vec<Probe> {
    let spelt = quote(&row.name);
    let query = Probe::Statement(format!("SELECT * FROM main.{spelt}"));
    match (&*row.kind, content, body) {
        ("table", Content::Module, _) | ("view", ..) => Vec::from([query]),
        ("table", ..) => Vec::from([Probe::Statement(format!("INSERT INTO main.{spelt} DEFAULT VALUES")), query]),
        ("index", ..) => Vec::from([Probe::Statement(format!("REINDEX main.{spelt}"))]),
        ("trigger", _, Some(Body::CreateTrigger(create))) => {
            let table = quote(&row.table);
            Vec::from([match create.event {
                TriggerEvent::Insert => Probe::Statement(format!("INSERT INTO main.{table} DEFAULT VALUES")),
                TriggerEvent::Delete => Probe::Statement(format!("DELETE FROM main.{table}")),
                TriggerEvent::Update => {
                    let column = create.update_of.first().map(|column| column.text.clone());
                    Probe::Update { table: row.table.clone(), column }
                }
            }])
        }
        _ => Vec::new(),
    }
}

fn task(at: usize, step: &Step) -> Option<Task> {
    let sql = match (step.kind, &step.expect) {
        (StepKind::Check, Some(Expectation::Answer { sql, .. })) => sql,
        (StepKind::Skip | StepKind::Backup | StepKind::Commit | StepKind::Check, _) => return None,
        _ => step.sql.as_ref()?,
    };
    let body = parse::one(sql).map(|statement| statement.body);
    let trial = if let Some(Body::Data(_) | Body::Query(_)) = body { Trial::Compile } else { Trial::Run };
    Some(Task { step: at, sql: sql.clone(), trial })
}

/// Refuses the plan where a step needs what was not there, and otherwise names what did not work
/// before: that fails no plan.
pub fn judged(mut plan: Plan, rehearsal: &Rehearsal, heard: &Heard) -> Plan {
    let broken: Vec<BrokenBefore> =
        heard.broken.iter().filter_map(|(at, error)| named(rehearsal, *at, error)).collect();
    let mut refusals: Vec<Refusal> = Vec::new();
    for (at, error) in &heard.failed {
        let Some(task) = rehearsal.tasks.get(*at) else { continue };
        let Some(lack) = Lack::read(error) else {
            // What is behind a statement that did not run may be a consequence.
            if task.trial == Trial::Run {
                break;
            }
            continue;
        };
        let Some(step) = plan.steps.get(task.step) else { continue };
        let refusal = refusal(step, &lack, error, &culprits(rehearsal, step, &lack, error, &broken));
        // The steps of one rebuild come from one statement, and need the same.
        if !refusals.contains(&refusal) {
            refusals.push(refusal);
        }
    }
    plan.information.broken_before = broken;
    if !refusals.is_empty() {
        refuse(&mut plan, refusals);
    }
    plan
}

fn named(rehearsal: &Rehearsal, at: usize, error: &str) -> Option<BrokenBefore> {
    let row = &rehearsal.objects.get(at)?.row;
    let on = (row.kind == "index" || row.kind == "trigger").then(|| row.table.clone());
    Some(BrokenBefore { kind: row.kind.clone(), name: row.name.clone(), on, error: error.to_owned() })
}

/// A plan that is refused has the steps of its files alone, as one that was refused when it was made.
fn refuse(plan: &mut Plan, refusals: Vec<Refusal>) {
    for file in &mut plan.files {
        let is_in = |refusal: &Refusal| refusal.source.as_ref().is_some_and(|place| place.path == file.path);
        if refusals.iter().any(is_in) {
            file.outcome = FileOutcome::Refused;
        }
    }
    let is_of_a_file = |step: &Step| step.kind == StepKind::Record && step.sql.as_deref() != Some(ledger::CREATE);
    plan.steps.retain(|step| step.source.is_some() || is_of_a_file(step));
    plan.refusals.extend(refusals);
    plan.status = Status::Refused;
}

/// What an engine lacks, as its words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lack<'error> {
    what: &'static str,
    name: &'error str,
}

impl<'error> Lack<'error> {
    fn read(error: &'error str) -> Option<Self> {
        let words = [
            ("no such function: ", "function"),
            // What a stored text calls is not looked for before code is made of it.
            ("unknown function: ", "function"),
            ("no such collation sequence: ", "collation"),
            ("no such module: ", "module"),
            ("no such tokenizer: ", "tokenizer"),
            ("unknown tokenizer: ", "tokenizer"),
        ];
        words.into_iter().find_map(|(words, what)| {
            let (_, name) = error.split_once(words)?;
            Some(Self { what, name: name.trim_end_matches("()") })
        })
    }
}

fn refusal(step: &Step, lack: &Lack<'_>, error: &str, culprits: &[Culprit]) -> Refusal {
    let Lack { what, name } = lack;
    let shown: Vec<&str> = culprits.iter().map(|culprit| culprit.shown.as_str()).collect();
    let shown = shown.join(", ");
    let because = if shown.is_empty() { String::new() } else { format!(", because of {shown}") };
    let subject = match step.source {
        Some(_) => "the statement".to_owned(),
        None => format!("the step `{}` ({})", step.kind.as_str(), step.why),
    };
    let otherwise = if !culprits.is_empty() && culprits.iter().all(|culprit| culprit.kind != "table") {
        format!("; or drop {shown} before this, and have the application make it again")
    } else {
        String::new()
    };
    Refusal {
        kind: RefusalKind::Unsupported,
        message: format!("{subject} needs the {what} `{name}`, which remold's SQLite does not have{because}"),
        help: format!("let the application make this change, over a connection that has `{name}`{otherwise}"),
        source: step.source.clone(),
        sqlite_error: Some(error.to_owned()),
    }
}

/// An object for whose sake a step needs what is missing.
struct Culprit {
    kind: String,
    shown: String,
}

impl Culprit {
    fn new(object: &BrokenBefore) -> Self {
        Self { kind: object.kind.clone(), shown: object.shown() }
    }
}

/// For whose sake the step needs what is missing: that which SQLite names, else those of the step's
/// table that did not work before for want of the same, else the table itself where its text names
/// it. None where the step's own text does.
fn culprits(rehearsal: &Rehearsal, step: &Step, lack: &Lack<'_>, error: &str, broken: &[BrokenBefore]) -> Vec<Culprit> {
    let said = |object: &&BrokenBefore| {
        let behind = error.strip_prefix(&format!("error in {} {}", object.kind, object.name));
        behind.is_some_and(|behind| behind.starts_with([':', ' ']))
    };
    if let Some(object) = broken.iter().find(said) {
        return Vec::from([Culprit::new(object)]);
    }
    let sql = step.sql.as_deref().unwrap_or_default();
    let statement = parse::one(sql).filter(|_| !names(sql, lack.name));
    let Some(table) = statement.as_ref().and_then(table) else { return Vec::new() };
    let fires = matches!(statement.as_ref().map(|statement| &statement.body), Some(Body::Data(_)));
    let lacks = |object: &&BrokenBefore| Lack::read(&object.error).as_ref() == Some(lack);
    let same: Vec<&BrokenBefore> = broken.iter().filter(lacks).collect();
    let concerned = |object: &&BrokenBefore| {
        name::same(object.on.as_ref().unwrap_or(&object.name), table) && (fires || object.kind != "trigger")
    };
    let of_table: Vec<Culprit> = same.iter().copied().filter(concerned).map(Culprit::new).collect();
    match same.as_slice() {
        _ if !of_table.is_empty() => of_table,
        // Rows are changed elsewhere too, by triggers and foreign keys.
        [only] if fires => Vec::from([Culprit::new(only)]),
        _ => rehearsal.objects.iter().filter_map(|object| named_by(&object.row, table, lack.name)).collect(),
    }
}

/// The table, where its text has the name.
fn named_by(row: &SchemaRow, table: &str, name: &str) -> Option<Culprit> {
    let is_it = row.kind == "table" && name::same(&row.name, table) && names(row.sql.as_deref()?, name);
    is_it.then(|| Culprit { kind: row.kind.clone(), shown: format!("table `{}`", row.name) })
}

/// Whether the text has the name, in quotes or without.
fn names(sql: &str, name: &str) -> bool {
    words(sql).iter().any(|word| name::same(word, name))
}

/// The table that the statement changes.
fn table(statement: &Statement) -> Option<&str> {
    match &statement.body {
        Body::AlterTable(alter) => Some(&alter.name.name.text),
        Body::CreateIndex(create) => Some(&create.table.text),
        Body::Data(data) => Some(&data.table.name.text),
        Body::Drop(drop) => Some(&drop.name.name.text),
        _ => None,
    }
}
