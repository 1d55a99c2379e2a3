//! The cases in a real SQLite.

use std::collections::BTreeSet;

use remold_core::history::{RunnerTransaction, Runs};
use remold_core::parse;
use rusqlite::Connection;

use super::fixture::Case;

/// An empty database, without foreign keys as SQLite itself has it, or with them.
pub(crate) fn open(foreign_keys: bool) -> Connection {
    let database = Connection::open_in_memory().unwrap();
    database.pragma_update(None, "foreign_keys", foreign_keys).unwrap();
    database
}

/// SQLite's words for an error, without rusqlite's.
pub(crate) fn words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(words)) => words.clone(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

fn execute(database: &Connection, sql: &str) -> Result<(), String> {
    database.execute_batch(sql).map_err(|error| words(&error))
}

/// Runs the case's files as its runner does, once.
pub(crate) fn run(database: &Connection, case: &Case) -> Result<(), String> {
    let transaction = case.settings.runner.transaction;
    if transaction == RunnerTransaction::All {
        execute(database, "BEGIN")?;
    }
    for file in &case.files {
        if transaction == RunnerTransaction::File {
            execute(database, "BEGIN")?;
        }
        execute(database, &file.text)?;
        if transaction == RunnerTransaction::File && !database.is_autocommit() {
            execute(database, "COMMIT")?;
        }
    }
    if database.is_autocommit() { Ok(()) } else { execute(database, "COMMIT") }
}

/// Runs the case from its own schema on, twice where it may run again.
pub(crate) fn run_as_told(case: &Case) -> Result<(), String> {
    let database = open(false);
    execute(&database, case.schema.as_deref().unwrap_or_default())?;
    run(&database, case)?;
    if case.settings.runner.runs == Runs::Again { run(&database, case) } else { Ok(()) }
}

/// Puts one row into every table that is empty and takes it.
pub(crate) fn fill(database: &Connection) {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut tables = database.prepare(sql).unwrap();
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for name in names {
        let name = remold_core::sqlite::name::quote(&name);
        let empty = database.query_row(&format!("SELECT count(*) FROM {name}"), [], |row| row.get::<_, i64>(0));
        if empty == Ok(0) {
            let _refused = database.execute(&format!("INSERT INTO {name} DEFAULT VALUES"), []);
        }
    }
}

/// Every error that the case's statements raise, each run on tables with a row, all of them twice
/// as a file that runs again does. A statement that fails changes nothing, and the next one runs.
pub(crate) fn errors(case: &Case) -> BTreeSet<String> {
    let database = open(false);
    execute(&database, case.schema.as_deref().unwrap_or_default()).unwrap();
    let mut found = BTreeSet::new();
    for _ in 0..2 {
        for file in &case.files {
            for statement in parse::statements(&file.text) {
                fill(&database);
                found.extend(execute(&database, statement.span.of(&file.text)).err());
            }
        }
    }
    found
}
