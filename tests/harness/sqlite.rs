//! The cases in a real SQLite.

use std::collections::BTreeSet;
use std::path::Path;

use remold_core::history::{RunnerTransaction, Runs};
use remold_core::parse;
use remold_core::sqlite::name;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

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
    let runner = &case.settings.runner;
    if runner.transaction == RunnerTransaction::All {
        execute(database, "BEGIN")?;
    }
    for file in case.run_files() {
        let transaction = runner.transaction_around(file);
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

/// A database, in the folder if the case wants a file, with the case's schema and rows, and with foreign keys as its runner has them.
fn made(case: &Case, folder: &Path) -> Result<Connection, String> {
    let database = if case.in_file { Connection::open(folder.join("test.db")).unwrap() } else { open(false) };
    execute(&database, case.schema.as_deref().unwrap_or_default())?;
    execute(&database, &case.rows)?;
    database.pragma_update(None, "foreign_keys", case.settings.runner.foreign_keys()).unwrap();
    Ok(database)
}

/// Runs the case from its own schema on, twice where it may run again.
pub(crate) fn run_as_told(case: &Case) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let database = made(case, folder.path())?;
    run(&database, case)?;
    if case.settings.runner.runs == Runs::Again { run(&database, case) } else { Ok(()) }
}

/// Puts one row into every table that is empty and takes it.
pub(crate) fn fill(database: &Connection) {
    fill_up_to(database, 1);
}

/// Puts rows into every table that takes them, until it has that many.
pub(crate) fn fill_up_to(database: &Connection, rows: i64) {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut tables = database.prepare(sql).unwrap();
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for table in names {
        let name = name::quote(&table);
        let there = database.query_row(&format!("SELECT count(*) FROM {name}"), [], |row| row.get(0));
        for _ in there.unwrap_or(rows)..rows {
            let _refused = database.execute(&format!("INSERT INTO {name} DEFAULT VALUES"), []);
        }
    }
}

/// Every error that the case's statements raise, each run on tables with a row, all of them twice
/// as a file that runs again does. A statement that fails changes nothing, and the next one runs.
/// What the views and triggers say behind them counts as well.
pub(crate) fn errors(case: &Case) -> BTreeSet<String> {
    let folder = tempfile::tempdir().unwrap();
    let database = made(case, folder.path()).unwrap();
    let mut found = BTreeSet::new();
    for _ in 0..2 {
        for file in case.run_files() {
            if case.settings.runner.transaction_around(file) != RunnerTransaction::None {
                execute(&database, "BEGIN").unwrap();
            }
            for statement in parse::statements(&file.text) {
                fill(&database);
                found.extend(execute(&database, statement.span.of(&file.text)).err());
            }
            if !database.is_autocommit() {
                found.extend(execute(&database, "COMMIT").err());
                let _ended = execute(&database, "ROLLBACK");
            }
        }
        found.extend(faults(&database));
        found.extend(
            case.settings
                .queries
                .iter()
                .flat_map(|query| [true, false].map(|quoted| asked(&database, &query.sql, quoted)))
                .flatten(),
        );
    }
    found
}

/// What is said to a query whose parameters are all 1; `quoted` is whether a name in double quotes may be a
/// string. Whatever it does is taken back.
pub(crate) fn asked(database: &Connection, query: &str, quoted: bool) -> Option<String> {
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, quoted).unwrap();
    database.execute_batch("SAVEPOINT asked").unwrap();
    let answered = database.prepare(query).and_then(|mut statement| {
        for parameter in 1..=statement.parameter_count() {
            statement.raw_bind_parameter(parameter, 1)?;
        }
        statement.raw_query().next().map(drop)
    });
    database.execute_batch("ROLLBACK TO asked; RELEASE asked").unwrap();
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, true).unwrap();
    answered.err().map(|error| words(&error))
}

/// What views, triggers and foreign keys say when they are used. A name in double quotes is a name.
fn faults(database: &Connection) -> Vec<String> {
    let names = |kind: &str| -> Vec<String> {
        let sql = format!("SELECT name FROM sqlite_schema WHERE type = '{kind}' AND name NOT LIKE 'sqlite_%'");
        let mut query = database.prepare(&sql).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false).unwrap();
    let mut uses: Vec<String> =
        names("view").iter().map(|view| format!("SELECT * FROM {}", name::quote(view))).collect();
    for table in names("table") {
        let table = name::quote(&table);
        uses.extend([format!("INSERT INTO {table} DEFAULT VALUES"), format!("DELETE FROM {table}")]);
    }
    uses.push("PRAGMA foreign_key_check".to_owned());
    let said = |sql: &String| {
        let used = database.prepare(sql).and_then(|mut statement| statement.query(())?.next().map(drop));
        used.err().map(|error| words(&error))
    };
    database.execute_batch("SAVEPOINT uses").unwrap();
    let found = uses.iter().filter_map(said).collect();
    database.execute_batch("ROLLBACK TO uses; RELEASE uses").unwrap();
    database.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, true).unwrap();
    found
}
