//! Whether what a plan expects holds in a real database.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use remold_core::plan::Expectation;
use remold_core::schema::fingerprint::fingerprint as fingerprint_of;
use remold_core::snapshot::Snapshot;
use remold_core::sqlite::name::quote;
use rusqlite::Connection;

use super::{execute, says, snapshot};

/// Foreign keys that point nowhere, table by table: how often each parent misses for each row; or
/// why that table cannot be checked.
pub(crate) type Violations = BTreeMap<String, Result<BTreeMap<(Option<i64>, String), usize>, String>>;

/// The fingerprint of the schema that the connection sees.
pub(crate) fn fingerprint(connection: &Connection) -> rusqlite::Result<String> {
    let seen = Snapshot { objects: snapshot::schema(connection)?, ..Snapshot::default() };
    Ok(fingerprint_of(&seen.schema()))
}

/// The value that a query answers, as text; none for NULL or no row.
pub(crate) fn answer(connection: &Connection, sql: &str) -> rusqlite::Result<Option<String>> {
    let mut statement = execute::single(connection, sql)?;
    let mut rows = statement.raw_query();
    let first = rows.next()?;
    first.map_or(Ok(None), |row| row.get_ref(0).map(snapshot::text))
}

/// Every violation there is now. A table that cannot be checked, as for want of its parent's key,
/// keeps no other from being checked.
pub(crate) fn violations(connection: &Connection) -> rusqlite::Result<Violations> {
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name")?
        .query_map((), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut found = BTreeMap::new();
    for table in tables {
        let of_table = violations_of(connection, &table);
        if let Err(error) = &of_table
            && error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted)
        {
            return of_table.map(|_| Violations::new());
        }
        found.insert(table, of_table.map_err(|error| says(&error)));
    }
    Ok(found)
}

fn violations_of(connection: &Connection, table: &str) -> rusqlite::Result<BTreeMap<(Option<i64>, String), usize>> {
    let mut statement = connection.prepare(&format!("PRAGMA main.foreign_key_check({})", quote(table)))?;
    let mut rows = statement.query(())?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        // The number of the key within its table is left out: a rebuild counts them anew.
        *found.entry((row.get(1)?, row.get(2)?)).or_insert(0) += 1;
    }
    Ok(found)
}

/// What was expected and is not so.
#[derive(Debug)]
pub(crate) enum Unmet {
    /// Something else was found.
    Found(String),
    /// SQLite could not tell.
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Unmet {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// Checks one expectation; `before` are the violations from when the transaction began.
pub(crate) fn holds(connection: &Connection, expected: &Expectation, before: &Violations) -> Result<(), Unmet> {
    match expected {
        Expectation::Fingerprint(expected) => {
            let found = fingerprint(connection)?;
            equal("the schema's fingerprint", expected, Some(&found))
        }
        Expectation::Answer { sql, value } => {
            let found = answer(connection, sql)?;
            equal(&format!("`{sql}`"), value, found.as_deref())
        }
        Expectation::NoNewForeignKeyViolations => {
            let new = new_violations(before, &violations(connection)?);
            if new.is_empty() { Ok(()) } else { Err(Unmet::Found(new)) }
        }
    }
}

fn equal(what: &str, expected: &str, found: Option<&str>) -> Result<(), Unmet> {
    if found == Some(expected) {
        return Ok(());
    }
    Err(Unmet::Found(format!("{what} is `{}`, and `{expected}` was expected", found.unwrap_or("NULL"))))
}

/// The violations that were not there before, in words; empty where there are none.
fn new_violations(before: &Violations, after: &Violations) -> String {
    let mut said = String::new();
    for (table, found) in after {
        let known = before.get(table);
        match found {
            Err(error) if !known.is_some_and(Result::is_err) => {
                let _ = write!(said, "the foreign keys of `{table}` can no longer be checked: {error}; ");
            }
            Err(_) => {}
            Ok(found) => {
                let known = known.and_then(|known| known.as_ref().ok());
                let unchecked = before.get(table).is_some_and(Result::is_err);
                let count = |key| known.and_then(|known| known.get(key)).copied().unwrap_or(0);
                let new = found.iter().filter(|(key, many)| !unchecked && **many > count(key));
                let mut parents: BTreeMap<&str, usize> = BTreeMap::new();
                for ((_, parent), _) in new {
                    *parents.entry(parent).or_insert(0) += 1;
                }
                for (parent, many) in parents {
                    let _ = write!(said, "{many} of `{table}` now point to nothing in `{parent}`; ");
                }
            }
        }
    }
    said.trim_end_matches("; ").to_owned()
}
