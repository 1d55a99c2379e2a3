//! Restores a backup into the live file by SQLite's backup API: connections that have it open see
//! the restored database, and a crash leaves the old or the restored one. Never by moving files.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use remold_core::snapshot::{LedgerRow, Snapshot};
use remold_core::sqlite::name::{is_internal, quote};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::open::{Access, Database, Journal, immutable};
use super::{backup, failure, interrupt, snapshot, verify};
use crate::failure::{Exit, Failure};

/// A backup that was found whole, and what it holds.
#[derive(Debug)]
pub(crate) struct Found {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// The database in it.
    pub(crate) snapshot: Snapshot,
    /// The fingerprint of its schema.
    pub(crate) fingerprint: String,
    connection: Connection,
}

/// Opens the backup that the ledger names: where it was made, or beside the database, should both
/// have been moved. It must be sound, and the state that the ledger says was before.
pub(crate) fn find(database: &Database, named: &str, before: &str) -> Result<Found, Failure> {
    let named = Path::new(named);
    let beside = named.file_name().map(|name| database.folder().join(name));
    let path = [Some(named.to_owned()), beside].into_iter().flatten().find(|path| path.is_file());
    let Some(path) = path else {
        let message = format!("the backup `{}` is no longer there", named.display());
        return Err(Failure::say(Exit::Refused, message)
            .help(format!("put it back, there or beside `{}`; nothing was changed", database.shown)));
    };
    let copy = Database::identify(&path, Access::Read)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let failed =
        |error: rusqlite::Error| failure(&format!("the backup `{}` cannot be read", copy.shown), &copy.shown, &error);
    let connection = Connection::open_with_flags(immutable(&path), flags).map_err(failed)?;
    let sound: String = connection.query_row("PRAGMA main.quick_check(1)", (), |row| row.get(0)).map_err(failed)?;
    let fingerprint = verify::fingerprint(&connection).map_err(failed)?;
    if sound != "ok" {
        return Err(Failure::say(Exit::Refused, format!("the backup `{}` is damaged: {sound}", copy.shown))
            .help("nothing was changed; restore another copy by hand"));
    }
    if fingerprint != before {
        let message = format!("the backup `{}` does not have the schema that the ledger says was before", copy.shown);
        return Err(
            Failure::say(Exit::Refused, message).help("nothing was changed; is it the backup of another database?")
        );
    }
    let snapshot = snapshot::of(&connection, &copy)?;
    Ok(Found { path, snapshot, fingerprint, connection })
}

/// The applied migrations that restoring takes out of the ledger.
pub(crate) fn undone<'now>(now: &'now Snapshot, found: &Found) -> Vec<&'now LedgerRow> {
    let held = |rows: &[LedgerRow], id| rows.iter().any(|row| row.id == id && row.rolled_back_at.is_none());
    let gone = now.ledger.iter().filter(|row| row.rolled_back_at.is_none());
    gone.filter(|row| !held(&found.snapshot.ledger, row.id)).collect()
}

/// How many rows each table has now, and in the backup; only where the numbers can be told.
pub(crate) fn rows(live: &Connection, now: &Snapshot, found: &Found) -> BTreeMap<String, [Option<u64>; 2]> {
    let mut rows: BTreeMap<String, [Option<u64>; 2]> = BTreeMap::new();
    for (side, (connection, snapshot)) in [(live, now), (&found.connection, &found.snapshot)].into_iter().enumerate() {
        let tables = snapshot.objects.iter().filter(|row| row.kind == "table" && !is_internal(&row.name));
        for table in tables {
            let sql = format!("SELECT count(*) FROM main.{}", quote(&table.name));
            let count = connection.query_row(&sql, (), |row| row.get::<_, i64>(0)).ok();
            rows.entry(table.name.clone()).or_default()[side] = count.and_then(|count| u64::try_from(count).ok());
        }
    }
    rows
}

/// What was done.
#[derive(Debug)]
pub(crate) struct Restored {
    /// Where the state from before restoring was saved.
    pub(crate) saved: PathBuf,
}

/// Saves the present state, and then puts the backup in its place, without a moment between in
/// which somebody's write could get lost.
pub(crate) fn restore(
    database: &Database,
    found: &Found,
    seen: &Snapshot,
    folder: Option<&Path>,
    wait: Duration,
) -> Result<Restored, Failure> {
    // Closing a file of our own would let go SQLite's locks on it, so this one is never closed.
    let counter = std::mem::ManuallyDrop::new(
        File::open(&database.path)
            .map_err(|error| Failure::say(Exit::Failed, format!("`{}` cannot be read: {error}", database.shown)))?,
    );
    let mut live = database.writer(wait)?;
    let failed = |error: &rusqlite::Error| failure("restoring failed", &database.shown, error);

    let mut saved = None;
    let mut stood_at = None;
    if database.journal == Journal::Rollback {
        // While a backup is being restored nobody can read such a database, so its present state is
        // saved before. Whether somebody wrote in between, the header's change counter tells.
        super::lock::take(&live, database, "BEGIN IMMEDIATE")?;
        unchanged(&live, database, seen)?;
        saved = Some(backup::make(database, folder, wait)?);
        stood_at = Some(change_counter(&counter)?);
        live.execute_batch("ROLLBACK").map_err(|error| failed(&error))?;
    }

    interrupt::unguard(&mut live).map_err(|error| failed(&error))?;
    let restoring = Backup::new(&found.connection, &mut live).map_err(|error| failed(&error))?;
    lock(&restoring, wait, database)?;
    if stood_at.is_some_and(|stood_at| change_counter(&counter).ok() != Some(stood_at)) {
        drop(restoring);
        return Err(moved(database, saved.as_deref()));
    }
    let saved = if let Some(saved) = saved {
        saved
    } else {
        // In WAL mode readers go on, and the lock that restoring has keeps writers away.
        let reader = database.plain_reader(wait)?;
        unchanged(&reader, database, seen)?;
        drop(reader);
        backup::make(database, folder, wait)?
    };
    if interrupt::requested() {
        return Err(Failure::say(Exit::Failed, "interrupted before anything was restored; nothing was changed"));
    }
    let done = restoring.step(-1).and_then(backup::finished);
    drop(restoring);
    done.map_err(|error| not_restored(database, seen, &saved, &error, wait))?;
    keep_journal_mode(&live, database);
    let reached = verified(database, found, wait);
    drop(live);
    reached.map_err(|why| {
        let message = format!(
            "`{}` was restored, but {why}. The state from before is in `{}`, the backup in `{}`.",
            database.shown,
            saved.display(),
            found.path.display()
        );
        Failure::say(Exit::NeedsHands, message).help("look at `PRAGMA integrity_check` before anyone writes to it")
    })?;
    Ok(Restored { saved })
}

/// Takes the lock for restoring: a step of no pages takes it and copies nothing.
fn lock(restoring: &Backup<'_, '_>, wait: Duration, database: &Database) -> Result<(), Failure> {
    let since = Instant::now();
    loop {
        match restoring.step(0) {
            Ok(StepResult::Done | StepResult::More) => return Ok(()),
            Ok(_) if since.elapsed() < wait && !interrupt::requested() => std::thread::sleep(Duration::from_millis(20)),
            Ok(_) => {
                let message =
                    format!("`{}` is locked, so nothing was restored and nothing was changed", database.shown);
                return Err(Failure::say(Exit::Locked, message).help(super::lock::advice(&database.path)));
            }
            Err(error) => return Err(failure("restoring failed, and nothing was changed", &database.shown, &error)),
        }
    }
}

/// Whether the database is still the one that the person who consented was told of.
fn unchanged(connection: &Connection, database: &Database, seen: &Snapshot) -> Result<(), Failure> {
    let now = snapshot::of(connection, database)?;
    if now.objects == seen.objects && now.ledger == seen.ledger { Ok(()) } else { Err(moved(database, None)) }
}

fn moved(database: &Database, saved: Option<&Path>) -> Failure {
    let kept = saved.map_or_else(String::new, |saved| format!(" (a backup was made: `{}`)", saved.display()));
    let message = format!("somebody wrote to `{}` meanwhile; nothing was restored{kept}", database.shown);
    Failure::say(Exit::Refused, message).help("look again at what would be lost, and run it again")
}

/// The file's change counter, which every commit counts up unless the database is in WAL mode
/// (fileformat.html, 1.3.3).
fn change_counter(mut file: &File) -> Result<[u8; 4], Failure> {
    let mut counter = [0; 4];
    let read = file.seek(SeekFrom::Start(24)).and_then(|_| file.read_exact(&mut counter));
    read.map_err(|error| Failure::say(Exit::Failed, format!("the header cannot be read: {error}")))?;
    Ok(counter)
}

/// A backup brings its own journal mode along; the application expects the one that it had.
fn keep_journal_mode(live: &Connection, database: &Database) {
    let mode = if database.journal == Journal::Wal { "WAL" } else { "DELETE" };
    // It is the same nearly always, and nothing is lost where it cannot be set now.
    let _ = live.query_row(&format!("PRAGMA main.journal_mode = {mode}"), (), |row| row.get::<_, String>(0));
}

/// Looks at the restored database through a new connection.
fn verified(database: &Database, found: &Found, wait: Duration) -> Result<(), String> {
    let fresh = database.plain_reader(wait).map_err(|failure| failure.message)?;
    let fingerprint = verify::fingerprint(&fresh).map_err(|error| super::says(&error))?;
    let now = snapshot::of(&fresh, database).map_err(|failure| failure.message)?;
    if fingerprint == found.fingerprint && now.ledger == found.snapshot.ledger {
        Ok(())
    } else {
        Err("a new connection does not see what the backup has".to_owned())
    }
}

/// Restoring stopped half way: SQLite takes back what it wrote, and a new connection proves it.
fn not_restored(
    database: &Database,
    seen: &Snapshot,
    saved: &Path,
    error: &rusqlite::Error,
    wait: Duration,
) -> Failure {
    let failed = failure("restoring failed", &database.shown, error);
    let now = database.writer(wait).and_then(|fresh| snapshot::of(&fresh, database));
    match now {
        Ok(now) if now.objects == seen.objects && now.ledger == seen.ledger => Failure {
            message: format!(
                "{}. The database is as it was before. A copy of it: `{}`",
                failed.message,
                saved.display()
            ),
            ..failed
        },
        _ => {
            let message = format!(
                "{}. The state of `{}` needs a look; before, it was `{}`",
                failed.message,
                database.shown,
                saved.display()
            );
            Failure::say(Exit::NeedsHands, message).help("look at `PRAGMA integrity_check` before anyone writes to it")
        }
    }
}
