//! Our ledger: the table `_remold_migrations`, one row for each time that a file was applied.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

use super::{Cost, PlannedFile, Purpose, Step, StepKind, step};
use crate::sqlite::name::{LEDGER, literal};

/// Makes the ledger. Its columns are final.
pub const CREATE: &str = "CREATE TABLE IF NOT EXISTS _remold_migrations (
  id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  hash TEXT NOT NULL,
  plan TEXT NOT NULL,
  schema_before TEXT NOT NULL,
  schema_after TEXT NOT NULL,
  reverse TEXT,
  engine TEXT NOT NULL,
  remold TEXT NOT NULL,
  backup TEXT,
  applied_at TEXT NOT NULL,
  duration_ms INTEGER NOT NULL,
  rolled_back_at TEXT
)";

/// Reads the ledger, in its order.
pub const READ: &str = "SELECT id, file, hash, schema_before, schema_after, reverse, backup, rolled_back_at \
                        FROM main._remold_migrations ORDER BY id";

pub(super) fn create() -> Step {
    Step { cost: Cost::Metadata, ..step(StepKind::Record, Some(CREATE), "the ledger, if it is not there yet") }
}

/// The row of one file. What only the executor knows comes in as parameters.
pub(super) fn record(purpose: &Purpose, at: usize, file: &PlannedFile) -> Step {
    let sql = match purpose {
        Purpose::Apply => insert(file),
        Purpose::RollBack(id) => format!("UPDATE {LEDGER} SET rolled_back_at = :now WHERE id = {id}"),
    };
    let why = match purpose {
        Purpose::Apply => format!("the ledger records file {} of the plan: `{}`", at + 1, file.path),
        Purpose::RollBack(_) => "the ledger records that it was rolled back".to_owned(),
    };
    Step { cost: Cost::Metadata, ..step(StepKind::Record, Some(&sql), &why) }
}

fn insert(file: &PlannedFile) -> String {
    let text = |value: &Option<String>| value.as_deref().map_or_else(|| "NULL".to_owned(), literal);
    let fingerprint = |value: &Option<String>| literal(value.as_deref().unwrap_or_default());
    format!(
        "INSERT INTO {LEDGER} (file, hash, plan, schema_before, schema_after, reverse, engine, remold, backup, \
         applied_at, duration_ms) VALUES ({}, {}, :plan, {}, {}, {}, :engine, :remold, :backup, :now, :duration_ms)",
        literal(&file.path),
        literal(&file.hash),
        fingerprint(&file.fingerprint_before),
        fingerprint(&file.fingerprint_after),
        text(&file.reverse),
    )
}
