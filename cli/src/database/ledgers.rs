//! The ledgers of migration tools in a real database. Nothing is written.

use std::path::Path;

use remold_core::history::Project;
use remold_core::ledger::{Ledger, Recorded, Row};
use remold_core::schema::Schema;
use remold_core::snapshot::Snapshot;
use rusqlite::Connection;

use super::failure;
use super::open::{Access, Database};
use super::snapshot::{PATIENCE, schema, text};
use crate::failure::Failure;

/// Reads all that are known; also the count that stands for one, where the files are of the tool that counts.
pub(crate) fn read(path: &Path, project: &Project) -> Result<Vec<Recorded>, Failure> {
    loop {
        let database = Database::identify(path, Access::Read)?;
        let reader = database.reader(PATIENCE)?;
        let recorded = all(&reader.connection, project).map_err(|error| {
            failure(&format!("the ledger of `{}` cannot be read", database.shown), &database.shown, &error)
        })?;
        if reader.was_undisturbed() {
            return Ok(recorded);
        }
    }
}

/// All of them, at one moment.
fn all(connection: &Connection, project: &Project) -> rusqlite::Result<Vec<Recorded>> {
    connection.execute_batch("BEGIN")?;
    let schema = Snapshot { objects: schema(connection)?, ..Snapshot::default() }.schema();
    let found = Ledger::all_in(&schema).into_iter().chain(Ledger::counted(project));
    let recorded = found.map(|ledger| recorded(connection, ledger, &schema)).collect();
    connection.execute_batch("COMMIT")?;
    recorded
}

fn recorded(connection: &Connection, ledger: Ledger, schema: &Schema) -> rusqlite::Result<Recorded> {
    let mut statement = connection.prepare(ledger.query())?;
    let rows = statement.query_map((), |row| {
        let value = |at| row.get_ref(at).map(text);
        Ok(Row {
            key: value(0)?.unwrap_or_default(),
            name: value(1)?,
            at: value(2)?,
            checksum: value(3)?,
            state: value(4)?.unwrap_or_default(),
            remark: value(5)?,
        })
    })?;
    let rows = rows.collect::<Result<_, _>>()?;
    let held = ledger.lock_query(schema).map(|sql| connection.query_row(&sql, (), |row| row.get(0))).transpose()?;
    Ok(Recorded { ledger, rows, locked: held.unwrap_or(false) })
}
