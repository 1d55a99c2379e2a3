//! Our ledger in a real database: its rows, and the values that only the executor knows.

use remold_core::plan::ledger::{CREATE, READ};
use remold_core::snapshot::{LedgerRow, Snapshot};
use remold_core::sqlite::name::LEDGER;
use rusqlite::{Connection, ToSql};

use super::open::Database;
use super::{execute, failure};
use crate::failure::{Exit, Failure};

/// What only the executor knows of a row that it writes.
#[derive(Debug)]
pub(crate) struct Entry<'run> {
    /// The plan's hash.
    pub(crate) plan: &'run str,
    /// Where the backup from before lies.
    pub(crate) backup: Option<&'run str>,
    /// The time, in UTC.
    pub(crate) now: String,
    /// How long it has taken so far.
    pub(crate) duration_ms: i64,
}

/// Whether there is a table of our ledger's name.
pub(crate) fn is_there(snapshot: &Snapshot) -> bool {
    snapshot.objects.iter().any(|row| row.kind == "table" && row.name.eq_ignore_ascii_case(LEDGER))
}

/// Whether that table has all of our ledger's columns.
pub(crate) fn has_columns(connection: &Connection) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1, 'main')")?;
    let known: Vec<String> = statement.query_map([LEDGER], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let needed = CREATE.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    Ok(needed.into_iter().all(|column| known.iter().any(|known| known.eq_ignore_ascii_case(column))))
}

/// Refuses a database in which someone else's table has our ledger's name.
pub(crate) fn is_ours(connection: &Connection, snapshot: &Snapshot, database: &Database) -> Result<(), Failure> {
    let shown = &database.shown;
    if !is_there(snapshot) {
        return Ok(());
    }
    match has_columns(connection) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::say(
            Exit::Refused,
            format!("`{shown}` has a table `{LEDGER}`, but not with the columns of remold's ledger"),
        )
        .help("it may be from a newer version of remold, or somebody else's: look at it before you go on")),
        Err(error) => Err(failure(&format!("the ledger of `{shown}` cannot be read"), shown, &error)),
    }
}

/// Every row, in its order.
pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Vec<LedgerRow>> {
    let mut statement = connection.prepare(READ)?;
    let rows = statement.query_map((), |row| {
        Ok(LedgerRow {
            id: row.get("id")?,
            file: row.get("file")?,
            hash: row.get("hash")?,
            schema_before: row.get("schema_before")?,
            schema_after: row.get("schema_after")?,
            reverse: row.get("reverse")?,
            backup: row.get("backup")?,
            rolled_back_at: row.get("rolled_back_at")?,
        })
    })?;
    rows.collect()
}

/// Carries out a record step, with those of our values that it asks for.
pub(crate) fn record(connection: &Connection, sql: &str, entry: &Entry<'_>) -> rusqlite::Result<()> {
    let mut statement = execute::single(connection, sql)?;
    for at in 1..=statement.parameter_count() {
        let value: &dyn ToSql = match statement.parameter_name(at) {
            Some(":plan") => &entry.plan,
            Some(":engine") => &rusqlite::version(),
            Some(":remold") => &env!("CARGO_PKG_VERSION"),
            Some(":backup") => &entry.backup,
            Some(":now") => &entry.now,
            Some(":duration_ms") => &entry.duration_ms,
            other => {
                let name = other.unwrap_or("?").to_owned();
                return Err(rusqlite::Error::InvalidParameterName(name));
            }
        };
        statement.raw_bind_parameter(at, value)?;
    }
    statement.raw_execute()?;
    Ok(())
}

/// The time in UTC, as RFC 3339 has it.
pub(crate) fn now(connection: &Connection) -> rusqlite::Result<String> {
    connection.query_row("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')", (), |row| row.get(0))
}
