//! A database seen from outside, without writing to it.

use std::path::Path;

use remold_core::snapshot::Snapshot;

use crate::failure::{Exit, Failure};

/// Reads what a plan needs to know of the database. Nothing is written.
pub(crate) fn read(path: &Path) -> Result<Snapshot, Failure> {
    Err(Failure::say(Exit::Usage, format!("reading a database (`{}`) is not built yet", path.display())))
}
