//! A real SQLite behind the core's boundary: runs batches in databases in memory and says what
//! happened. It decides nothing, and reaches no file.

use remold_core::engine::{Answer, Batch, Engine};
use remold_core::sqlite::version::Version;
use remold_core::wire;

mod bounds;
mod session;
mod check;
mod watch;
mod course;
mod rehearsal;

pub use rehearsal::rehearse;

/// The SQLite that is linked in.
#[derive(Debug, Default)]
pub struct Linked;

impl Engine for Linked {
    fn version(&self) -> Option<Version> {
        rusqlite::version().parse().ok()
    }

    fn run(&mut self, batch: Batch) -> Option<Answer> {
        Some(course::run(&batch))
    }
}

/// Runs batches that came as JSON and returns the answers as JSON, or an object with an `error`:
/// `{"batches":[…]}` becomes `{"engine":"3.54.1","answers":[…]}`.
pub fn run_json(batches: &str) -> String {
    let mut engine = Linked;
    let Some(version) = engine.version() else {
        return wire::failure("the SQLite that is linked in has no version that is known");
    };
    match wire::read_batches(batches) {
        Ok(batches) => {
            let answers = batches.into_iter().filter_map(|batch| engine.run(batch)).collect();
            wire::answers(version, answers)
        }
        Err(message) => wire::failure(&message),
    }
}
