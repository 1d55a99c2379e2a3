//! The boundary to a real SQLite: what a replay asks of it, and what it answers. Plain values.
//!
//! Core never calls SQLite. For each file it states in a [`Batch`] what to make, what to run and
//! what to look at; whoever has a SQLite, the command line or a page, runs the batch in a fresh
//! database in memory and hands back an [`Answer`]. A batch depends on no answer, so that a page can
//! ask for all batches at once, run them elsewhere, and come back with all answers.
//!
//! These values are wire types by nature: they travel as JSON between two WASM modules.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::sqlite::version::Version;

mod cut;
mod seed;
mod record;
pub mod judge;
pub mod watch;
pub(crate) mod play;

/// What to run for one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The file's path below the project's root: what the answer belongs to.
    pub path: String,
    /// What the runner sets on its connection before the file; run before the setup's end.
    pub pragmas: Vec<String>,
    /// Makes the tables before the file and their indexes, in this order.
    pub tables: Vec<Setup>,
    /// Puts a row into each table, parents first.
    pub seeds: Vec<Seed>,
    /// Makes the views and triggers before the file, which must not see the seeding.
    pub observers: Vec<Setup>,
    /// The transaction that the runner puts around the file.
    pub around: Around,
    /// The file's statements, in their order.
    pub tasks: Vec<Task>,
    /// Whether the file can leave rows behind that violate a foreign key.
    pub keys: Look,
    /// Tables that the file makes and fills with rows of its own alone, which tell nothing of others.
    pub own: Vec<String>,
    /// Makes what only the queries need, behind all else: without rows, since the file touches none of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Setup>,
    /// The application's queries that the file may concern.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub queries: Vec<Asked>,
}

/// A query of the application, to be prepared before the file and behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Which of the application's queries it is.
    pub query: u32,
    /// Its text.
    pub sql: String,
    /// For an `INSERT`, one that gives values to the same columns and can be run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insert: Option<String>,
}

/// An object to be made before the file runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Its name.
    pub name: String,
    /// The statement that makes it.
    pub sql: String,
}

/// A row for one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seed {
    /// The table.
    pub table: String,
    /// Statements that put the row in: the first that leaves a row in the table counts.
    pub attempts: Vec<String>,
}

/// The transaction around a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Around {
    /// None: each statement commits by itself.
    #[default]
    Nothing,
    /// `BEGIN` before the file and `COMMIT` behind it.
    Transaction,
}

/// One statement of the file, and what to look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Which of the file's statements it is; some are not run.
    pub statement: u32,
    /// Its text.
    pub sql: String,
    /// What the model foresees.
    #[serde(default)]
    pub foreseen: Foreseen,
    /// Whether to tell what `sqlite_schema` has afterwards.
    #[serde(default)]
    pub look: Look,
    /// Numbers to read before and after it: each a query that answers one row of integers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<String>,
}

/// What the model foresees of a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Foreseen {
    /// It runs. Where it does not, it is run on empty tables too.
    #[default]
    Runs,
    /// SQLite refuses it; the next one runs all the same.
    Refused,
    /// It puts in rows of its own: where such a key is there already, or a parent is not, that tells
    /// nothing, and the next one runs.
    RunsWithOwnRows,
}

/// Whether to look at something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// It cannot have changed.
    #[default]
    Away,
    /// It may have changed.
    There,
}

/// What happened in a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// The batch's path.
    pub path: String,
    /// What could not be made before the file.
    pub unmade: Vec<Trouble>,
    /// Tables that no attempt could put a row into.
    pub unseeded: Vec<Trouble>,
    /// What the engine lacks and was given a stand-in for: `function lower2`, `collation natural`.
    pub stubs: Vec<String>,
    /// What came of each task that was run, in their order.
    pub observations: Vec<Observation>,
    /// What came of the runner's `COMMIT` behind the file, where SQLite refused it.
    pub commit: Option<Observation>,
    /// Views and triggers that worked before the file and do not behind it.
    pub broken: Vec<Broken>,
    /// Foreign keys that are violated behind the file and were not before it.
    pub violations: Vec<Violation>,
    /// `AUTOINCREMENT` tables with what `sqlite_sequence` had for them before the file and behind it.
    pub sequences: Vec<Sequence>,
    /// The rows before the file, as statements that put them in: for the tables that a failure or a
    /// loss concerns.
    pub rows: Vec<SeededRow>,
    /// Why the engine stopped before the last task.
    pub stopped: Option<String>,
    /// Queries that could not be prepared before the file, in the batch's order: what SQLite said last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unprepared: Vec<Unprepared>,
    /// Those of them that can be prepared behind it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub new_queries: Vec<u32>,
    /// Queries that could be prepared before the file, and that work no longer behind it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub broken_queries: Vec<BrokenQuery>,
}

/// A query that SQLite refused to prepare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unprepared {
    /// Which of the application's queries it is.
    pub query: u32,
    /// What SQLite said.
    pub error: String,
}

/// A query that works no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenQuery {
    /// Which of the application's queries it is.
    pub query: u32,
    /// What SQLite says.
    pub error: String,
    /// How it fails.
    pub fault: QueryFault,
    /// The first statement from which on SQLite says so.
    pub since: u32,
}

/// How a query fails that worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QueryFault {
    /// It cannot be prepared.
    Refused,
    /// It can be prepared only as SQLite takes an unknown name in double quotes for a string.
    ReadsString,
    /// It can be prepared, and puts no row in for want of a value.
    LacksValue,
}

/// Something that could not be done, and what SQLite said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The object.
    pub name: String,
    /// What SQLite said.
    pub error: String,
}

/// What the engine saw of one statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Observation {
    /// Which of the file's statements it is.
    pub statement: u32,
    /// What SQLite said, where it refused the statement.
    pub error: Option<String>,
    /// What it said on empty tables, where it was tried there too.
    pub on_empty: OnEmpty,
    /// Objects that are new or have another text than when the schema was looked at last; none where
    /// it was not looked at.
    pub stored: Option<Vec<Stored>>,
    /// Objects that have gone: the kind, a space and the name.
    pub gone: Vec<String>,
    /// The numbers that changed: which measure, what it was and what it is.
    pub measured: Vec<Measured>,
}

/// What a statement that failed does on empty tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnEmpty {
    /// It was not tried.
    #[default]
    Untried,
    /// It runs.
    Runs,
    /// It fails there too, with these words.
    Fails(String),
}

/// A row of `sqlite_schema`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// `table`, `index`, `view` or `trigger`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its text; none for an index that a constraint made.
    pub sql: Option<String>,
}

/// A measure that a statement changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Which of the task's measures.
    pub measure: u32,
    /// The numbers before.
    pub before: Vec<i64>,
    /// The numbers after; none where the query no longer makes sense.
    pub after: Vec<i64>,
}

/// A view or a trigger that no longer works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// `view`, `trigger`, or `table` where no trigger is at fault.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// For a trigger, the statement that no longer compiles: `INSERT ON orders`.
    pub on: Option<String>,
    /// What SQLite says.
    pub error: String,
    /// The statement that broke it.
    pub since: u32,
}

/// Rows that violate a foreign key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The child table.
    pub table: String,
    /// The parent table.
    pub parent: String,
    /// How many rows.
    pub rows: u64,
    /// The statement after which they were violated.
    pub since: u32,
    /// What SQLite says where the check itself fails, as for a key that fits no parent.
    pub error: Option<String>,
}

/// What `sqlite_sequence` has for a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// The table.
    pub table: String,
    /// The number before the file.
    pub before: i64,
    /// The number behind it; none where the table has none any more.
    pub after: Option<i64>,
}

/// A row that a table was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeededRow {
    /// The table.
    pub table: String,
    /// An `INSERT` that puts the row in.
    pub sql: String,
}

/// A real SQLite, or none.
pub trait Engine {
    /// Which version answers; none where there is no engine.
    fn version(&self) -> Option<Version>;

    /// Whether it takes batches, be it for another engine.
    fn listens(&self) -> bool {
        self.version().is_some()
    }

    /// Runs a batch and tells what happened; nothing where it was not run.
    fn run(&mut self, batch: Batch) -> Option<Answer>;
}

/// Stands where no SQLite is at hand: it observes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoEngine;

impl Engine for NoEngine {
    fn version(&self) -> Option<Version> {
        None
    }

    fn run(&mut self, _batch: Batch) -> Option<Answer> {
        None
    }
}

/// Keeps the batches for an engine that is somewhere else.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    /// The batches, in the order of the files.
    pub batches: Vec<Batch>,
}

impl Engine for Recorder {
    fn version(&self) -> Option<Version> {
        None
    }

    fn listens(&self) -> bool {
        true
    }

    fn run(&mut self, batch: Batch) -> Option<Answer> {
        self.batches.push(batch);
        None
    }
}

/// The answers of an engine that was somewhere else, in the order of the files.
#[derive(Clone, Debug)]
pub struct Answered {
    version: Version,
    answers: alloc::vec::IntoIter<Answer>,
}

impl Answered {
    /// The answers that an engine of that version gave to all batches.
    pub fn new(version: Version, answers: Vec<Answer>) -> Self {
        Self { version, answers: answers.into_iter() }
    }
}

impl Engine for Answered {
    fn version(&self) -> Option<Version> {
        Some(self.version)
    }

    fn run(&mut self, batch: Batch) -> Option<Answer> {
        // An answer to another file is no answer.
        self.answers.next().filter(|answer| answer.path == batch.path)
    }
}
