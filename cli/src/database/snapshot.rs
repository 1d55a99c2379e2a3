//! A database seen from outside, without writing to it.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use remold_core::parse::statement::ObjectKind;
use remold_core::snapshot::{FORMAT, LedgerRow, SchemaRow, Snapshot};
use remold_core::sqlite::name::{self, quote};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::open::{Access, Database, Journal};
use super::{failure, ledger};
use crate::failure::Failure;

/// How long a reader waits while another connection commits.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// What we say of the settings.
const PRAGMAS: [&str; 6] = ["application_id", "auto_vacuum", "encoding", "journal_mode", "page_size", "user_version"];

/// Reads what a plan needs to know of the database. Nothing is written.
pub(crate) fn read(path: &Path) -> Result<Snapshot, Failure> {
    loop {
        let database = Database::identify(path, Access::Read)?;
        let reader = database.reader(PATIENCE)?;
        let snapshot = of(&reader.connection, &database)?;
        if reader.was_undisturbed() {
            return Ok(snapshot);
        }
    }
}

/// The same for a database that is about to be written to. Where a process died in the middle of a
/// transaction, it is first repaired, as SQLite does whenever someone opens it who may write.
pub(crate) fn before_writing(path: &Path, wait: Duration) -> Result<Snapshot, Failure> {
    if Database::identify(path, Access::Read)?.has_journal() {
        let database = Database::identify(path, Access::Write)?;
        return of(&database.writer(wait)?, &database);
    }
    read(path)
}

/// The snapshot that a connection sees, read at one moment.
pub(crate) fn of(connection: &Connection, database: &Database) -> Result<Snapshot, Failure> {
    let reading = || -> rusqlite::Result<Snapshot> {
        // Inside a transaction all is read at one moment already.
        let outer = connection.is_autocommit();
        if outer {
            connection.execute_batch("BEGIN")?;
        }
        let objects = schema(connection)?;
        let mut snapshot = Snapshot {
            format: FORMAT.to_owned(),
            version: 1,
            sqlite: rusqlite::version().to_owned(),
            pragmas: pragmas(connection, database)?,
            objects,
            rows: BTreeMap::new(),
            ledger: Vec::new(),
        };
        snapshot.rows = rows(connection, &snapshot);
        snapshot.ledger = ledger(connection, &snapshot)?;
        if outer {
            connection.execute_batch("COMMIT")?;
        }
        Ok(snapshot)
    };
    let snapshot =
        reading().map_err(|error| failure(&format!("`{}` cannot be read", database.shown), &database.shown, &error))?;
    ledger::is_ours(connection, &snapshot, database)?;
    Ok(snapshot)
}

/// The rows of `sqlite_schema`, in their order.
pub(crate) fn schema(connection: &Connection) -> rusqlite::Result<Vec<SchemaRow>> {
    let mut statement =
        connection.prepare("SELECT type, name, tbl_name, sql FROM main.sqlite_master ORDER BY rowid")?;
    let rows = statement.query_map((), |row| {
        let text = |at| row.get_ref(at).map(text);
        Ok(SchemaRow {
            kind: text(0)?.unwrap_or_default(),
            name: text(1)?.unwrap_or_default(),
            table: text(2)?.unwrap_or_default(),
            sql: text(3)?,
        })
    })?;
    rows.collect()
}

/// A value as text, as the SQLite shell would print it.
pub(crate) fn text(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn pragmas(connection: &Connection, database: &Database) -> rusqlite::Result<BTreeMap<String, String>> {
    let mut pragmas = BTreeMap::new();
    for pragma in PRAGMAS {
        let value = connection.query_row(&format!("PRAGMA main.{pragma}"), (), |row| row.get_ref(0).map(text))?;
        pragmas.insert(pragma.to_owned(), value.unwrap_or_default());
    }
    // A connection that reads an immutable file has a journal mode of its own.
    if database.journal == Journal::Wal {
        pragmas.insert("journal_mode".to_owned(), "wal".to_owned());
    }
    Ok(pragmas)
}

/// How many rows each ordinary table has, about: what the highest rowid says, which one look at the
/// table's end tells however long it is. Where only "none" can be told so cheaply, only that is told.
fn rows(connection: &Connection, snapshot: &Snapshot) -> BTreeMap<String, u64> {
    let schema = snapshot.schema();
    let tables = schema.objects().into_iter().filter(|object| {
        object.kind == ObjectKind::Table && object.as_table().is_some() && !name::is_bookkeeping(&object.name)
    });
    let mut rows = BTreeMap::new();
    for table in tables {
        let one = |sql: &str| connection.query_row(sql, (), |row| row.get::<_, Option<i64>>(0));
        let spelt = quote(&table.name);
        // A table that cannot be read, as for want of a collation, is one whose rows are not known.
        let Ok(Some(any)) = one(&format!("SELECT EXISTS (SELECT 1 FROM main.{spelt})")) else { continue };
        if any == 0 {
            rows.insert(table.name.clone(), 0);
            continue;
        }
        let ordinary = table.as_table().is_some_and(|create| create.definition.without_rowid.is_none());
        let rowid = ["rowid", "_rowid_", "oid"].into_iter().find(|rowid| table.column(rowid).is_none());
        if let Some(rowid) = rowid.filter(|_| ordinary)
            && let Ok(Some(highest)) = one(&format!("SELECT max({rowid}) FROM main.{spelt}"))
        {
            rows.insert(table.name.clone(), u64::try_from(highest).unwrap_or(0).max(1));
        }
    }
    rows
}

fn ledger(connection: &Connection, snapshot: &Snapshot) -> rusqlite::Result<Vec<LedgerRow>> {
    if ledger::is_there(snapshot) && ledger::has_columns(connection)? {
        ledger::read(connection)
    } else {
        Ok(Vec::new())
    }
}
