//! The boundary to a real SQLite: what a replay asks of it, and what it observed. Plain values.
//!
//! Core never calls SQLite. Whoever has one, the command line or a page, runs one batch for each
//! file and hands back what it saw.

use alloc::string::String;
use alloc::vec::Vec;

use crate::sqlite::version::Version;

/// What to run for one file: in a fresh database in memory, first the setup, then each statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// The file's path.
    pub path: String,
    /// Makes the schema before the file, as far as the file can touch it.
    pub setup: Vec<String>,
    /// Puts rows into the tables.
    pub seed: Vec<String>,
    /// The file's statements, in their order.
    pub statements: Vec<String>,
}

/// What the engine saw of one statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observation {
    /// What SQLite said, where it refused the statement.
    pub error: Option<String>,
    /// Each row of `sqlite_schema` afterwards: its name and its text.
    pub schema: Vec<(String, String)>,
    /// How many rows each table has afterwards.
    pub rows: Vec<(String, u64)>,
}

/// A real SQLite, or none.
pub trait Engine {
    /// Which version answers; none where there is no engine.
    fn version(&self) -> Option<Version>;

    /// Runs a batch and tells what happened after each statement.
    fn run(&mut self, batch: &Batch) -> Vec<Observation>;
}

/// Stands where no SQLite is at hand: it observes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoEngine;

impl Engine for NoEngine {
    fn version(&self) -> Option<Version> {
        None
    }

    fn run(&mut self, _batch: &Batch) -> Vec<Observation> {
        Vec::new()
    }
}
