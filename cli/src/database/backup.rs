//! Exact, checked and durable copies of a database, made by SQLite's backup API and never by
//! copying files: the file alone lacks what a WAL or a journal still holds.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::open::{Database, immutable, us};
use super::{failure, says};
use crate::failure::{Exit, Failure};

/// Copies the database as a new connection sees it: who holds the write lock and has written
/// nothing yet copies exactly the state before. Returns where the copy is.
///
/// Until it is complete and checked it is called `.partial`; a backup that has its name is whole.
pub(crate) fn make(database: &Database, folder: Option<&Path>, wait: Duration) -> Result<PathBuf, Failure> {
    let place = place(database, folder)?;
    let source = database.plain_reader(wait)?;
    let stamp: String = source
        .query_row("SELECT strftime('%Y%m%dT%H%M%fZ', 'now')", (), |row| row.get(0))
        .map_err(|error| failure("the time cannot be told", &database.shown, &error))?;
    if folder.is_none() {
        remove_partial(database);
    }
    let name = database.path.file_name().unwrap_or_default().to_string_lossy();
    let (partial, whole) = claim(&place, &format!("{name}.remold-{}", stamp.replace('.', "")))?;
    match copy(database, &source, &partial).and_then(|()| publish(&partial, &whole, &place)) {
        Ok(()) => Ok(whole),
        Err(failure) => {
            // It is of no use to anyone; a failure to remove it is not worth another word.
            let _ = fs::remove_file(&partial);
            Err(failure)
        }
    }
}

/// The folder for the copy.
fn place(database: &Database, folder: Option<&Path>) -> Result<PathBuf, Failure> {
    let Some(folder) = folder else { return Ok(database.folder().to_owned()) };
    let shown = folder.display();
    let real = folder.canonicalize().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::say(Exit::Usage, format!("there is no folder `{shown}` for the backup")),
        _ => Failure::say(Exit::Failed, format!("the folder `{shown}` for the backup cannot be found: {error}")),
    })?;
    if real.is_dir() {
        Ok(real)
    } else {
        Err(Failure::say(Exit::Usage, format!("`{shown}` is no folder for a backup")))
    }
}

/// Removes what a killed run left of its copy. Copies beside the database are made under its write
/// lock alone, which we hold: nobody writes to these files.
fn remove_partial(database: &Database) {
    let Some(name) = database.path.file_name().and_then(|name| name.to_str()) else { return };
    let start = format!("{name}.remold-");
    let Ok(entries) = fs::read_dir(database.folder()) else { return };
    for entry in entries.filter_map(Result::ok) {
        let found = entry.file_name();
        let ours = found.to_str().is_some_and(|found| found.starts_with(&start) && found.ends_with(".backup.partial"));
        if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes the file for the copy, under a name that nobody has. Nothing is ever overwritten, and a
/// link that someone put there is not followed.
fn claim(place: &Path, name: &str) -> Result<(PathBuf, PathBuf), Failure> {
    let cannot = |error: &io::Error| {
        let folder = place.display();
        let message = match error.kind() {
            ErrorKind::PermissionDenied => format!("{} may not make a backup in the folder `{folder}`", us()),
            _ => format!("no backup can be made in the folder `{folder}`: {error}"),
        };
        Failure::say(Exit::Failed, message).help("name another folder with --backup-dir")
    };
    for number in 1.. {
        let name = if number == 1 { format!("{name}.backup") } else { format!("{name}-{number}.backup") };
        let (partial, whole) = (place.join(format!("{name}.partial")), place.join(name));
        match private().open(&partial) {
            // Whoever has the partial file alone may make the whole one.
            Ok(_) if fs::symlink_metadata(&whole).is_err() => return Ok((partial, whole)),
            Ok(_) => {
                let _ = fs::remove_file(&partial);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(cannot(&error)),
        }
        if number == 100 {
            return Err(cannot(&io::Error::from(ErrorKind::AlreadyExists)));
        }
    }
    Err(cannot(&io::Error::from(ErrorKind::AlreadyExists)))
}

/// A file that must be new, and that nobody else can read before it has its owner.
fn private() -> OpenOptions {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn copy(database: &Database, source: &Connection, partial: &Path) -> Result<(), Failure> {
    let failed =
        |error: &rusqlite::Error| failure("the backup failed, and nothing was changed", &database.shown, error);
    let copying = || -> rusqlite::Result<()> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut target = Connection::open_with_flags(partial, flags)?;
        // The file is synced once, when it is whole; until then it is worth nothing.
        target.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
        finished(Backup::new(source, &mut target)?.step(-1)?)
    };
    copying().map_err(|error| failed(&error))?;
    let synced = File::open(partial).and_then(|file| {
        like(database, partial)?;
        file.sync_all()
    });
    synced.map_err(|error| {
        Failure::say(Exit::Failed, format!("the backup could not be made durable, and nothing was changed: {error}"))
    })?;
    check(database, source, partial)
}

/// Whether a backup went through in one step.
pub(super) fn finished(step: StepResult) -> rusqlite::Result<()> {
    let code = match step {
        StepResult::Done => return Ok(()),
        StepResult::Locked => rusqlite::ffi::SQLITE_LOCKED,
        _ => rusqlite::ffi::SQLITE_BUSY,
    };
    Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None))
}

/// Gives the copy the database's owner and mode, so that who may use the one may use the other, and
/// nobody else.
#[cfg(unix)]
fn like(database: &Database, copy: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
    let wanted = fs::metadata(&database.path)?;
    let has = fs::metadata(copy)?;
    let same = has.uid() == wanted.uid() && has.gid() == wanted.gid();
    let given = same || chown(copy, Some(wanted.uid()), Some(wanted.gid())).is_ok();
    // Who is not root cannot give files away. Then the copy is for its maker alone.
    let mode = if given { wanted.mode() & 0o777 } else { wanted.mode() & 0o700 };
    fs::set_permissions(copy, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn like(_database: &Database, _copy: &Path) -> io::Result<()> {
    Ok(())
}

/// Checks the copy. What SQLite cannot check for want of a function or a collation is no fault of
/// the copy where it cannot be checked in the database either.
fn check(database: &Database, source: &Connection, copy: &Path) -> Result<(), Failure> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let found = Connection::open_with_flags(immutable(copy), flags).and_then(|copy| quick_check(&copy));
    let in_words = |found: rusqlite::Result<String>| found.map_err(|error| (error.sqlite_error_code(), says(&error)));
    let found = in_words(found);
    if found.as_deref() == Ok("ok") {
        return Ok(());
    }
    let in_source = in_words(quick_check(source));
    match (found, in_source) {
        (Err((Some(ErrorCode::OperationInterrupted), _)), _) => {
            Err(Failure::say(Exit::Failed, "interrupted while the backup was checked; nothing was changed"))
        }
        (Err((Some(ErrorCode::Unknown), found)), Err((_, in_source))) if found == in_source => Ok(()),
        (Ok(found) | Err((_, found)), Ok(sound)) if sound == "ok" => {
            Err(Failure::say(Exit::Failed, format!("the backup is not sound, and nothing was changed: {found}"))
                .help("look at the disk that it was written to; --backup-dir names another folder"))
        }
        (Ok(found) | Err((_, found)), _) => {
            let message = format!("`{}` is damaged, and nothing was changed: {found}", database.shown);
            Err(Failure::say(Exit::Failed, message).help(
                "`PRAGMA integrity_check` says more; restore a backup that passes it, or salvage with `.recover`",
            ))
        }
    }
}

fn quick_check(connection: &Connection) -> rusqlite::Result<String> {
    connection.query_row("PRAGMA main.quick_check(1)", (), |row| row.get(0))
}

/// Gives the copy its name, durably.
fn publish(partial: &Path, whole: &Path, place: &Path) -> Result<(), Failure> {
    let renamed = fs::rename(partial, whole).and_then(|()| sync_folder(place));
    renamed.map_err(|error| {
        Failure::say(Exit::Failed, format!("the backup could not be given its name, and nothing was changed: {error}"))
    })
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
