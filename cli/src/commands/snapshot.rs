//! `remold snapshot`: a database's schema and what else a plan needs, without any data.

use remold_core::snapshot::print_sql;

use crate::args::SnapshotArgs;
use crate::database::snapshot;
use crate::failure::{Exit, Failure};
use crate::{files, terminal};

/// Prints the snapshot, or the `SELECT` that makes one anywhere.
pub(crate) fn run(args: &SnapshotArgs) -> Result<Exit, Failure> {
    let text = match &args.db {
        Some(db) => snapshot::read(db)?.to_json(),
        None => print_sql(),
    };
    match &args.output {
        Some(path) => files::write(path, &text)?,
        None => terminal::print_exact(&text)?,
    }
    Ok(Exit::Done)
}
