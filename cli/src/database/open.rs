//! Opens a database without ever creating one, and says what a file is that is none.

use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::{failure, interrupt};
use crate::failure::{Exit, Failure};

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Nothing is written.
    Read,
    /// The plan's steps.
    Write,
}

/// How SQLite keeps the database whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Journal {
    /// By a journal of the old pages.
    Rollback,
    /// By a log of the new ones.
    Wal,
}

/// A file that is a SQLite database, as far as its header can tell.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    /// Its path as it was typed.
    pub(crate) shown: String,
    /// The file itself, behind all links.
    pub(crate) path: PathBuf,
    /// How it is kept whole.
    pub(crate) journal: Journal,
}

/// The first bytes of every SQLite database that is not encrypted.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// What file names of databases end in.
const EXTENSIONS: [&str; 4] = ["db", "sqlite", "sqlite3", "db3"];

impl Database {
    /// Looks at the file. This is done before SQLite opens it: closing a file of our own would let
    /// go the locks that SQLite holds on it.
    pub(crate) fn identify(path: &Path, access: Access) -> Result<Self, Failure> {
        let shown = path.display().to_string();
        let metadata = metadata(path, &shown)?;
        if metadata.is_dir() {
            return Err(with_nearby(Failure::say(Exit::Usage, format!("`{shown}` is a folder")), path));
        }
        if !metadata.is_file() {
            return Err(Failure::say(Exit::Usage, format!("`{shown}` is no regular file")));
        }
        if metadata.len() == 0 {
            let empty = Failure::say(Exit::Usage, format!("`{shown}` is empty, not initialised: it has no tables"));
            return Err(with_nearby(empty, path));
        }
        let start = header(path, &shown)?;
        if !start.starts_with(MAGIC) {
            return Err(no_database(&shown, &start, path));
        }
        let real = path.canonicalize().map_err(|error| {
            Failure::say(Exit::Failed, format!("the real path of `{shown}` cannot be found: {error}"))
        })?;
        // Bytes 18 and 19: 2 means a write-ahead log (fileformat.html, 1.3).
        let journal = if start.get(18..20) == Some(&[2, 2]) { Journal::Wal } else { Journal::Rollback };
        let database = Self { shown, path: real, journal };
        if access == Access::Write {
            database.writable()?;
        }
        Ok(database)
    }

    /// The folder that the database, its journal and, unless told otherwise, its backups are in.
    pub(crate) fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// The file of SQLite's own that stands beside the database.
    fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(suffix);
        PathBuf::from(name)
    }

    /// Whether a journal with something in it stands beside the database: of a process that writes
    /// now, or of one that died.
    pub(crate) fn has_journal(&self) -> bool {
        fs::metadata(self.beside("-journal")).is_ok_and(|journal| journal.len() > 0)
    }

    /// A connection that writes. It never creates the file, distrusts what the schema calls, keeps
    /// SQLite's own tables safe, and is durable.
    pub(crate) fn writer(&self, wait: Duration) -> Result<Connection, Failure> {
        let opened = Connection::open_with_flags(
            &self.path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        );
        let prepared = opened.and_then(|mut connection| {
            prepare(&mut connection, wait)?;
            // EXTRA also syncs the folder after the journal is deleted: without that, a power cut can
            // bring the journal, and so the old state, back after COMMIT. A WAL needs FULL alone.
            let level = match self.journal {
                Journal::Rollback => "EXTRA",
                Journal::Wal => "FULL",
            };
            connection.pragma_update(None, "synchronous", level)?;
            Ok(connection)
        });
        prepared.map_err(|error| failure(&format!("`{}` cannot be opened", self.shown), &self.shown, &error))
    }

    /// A connection that reads.
    pub(crate) fn reader(&self, wait: Duration) -> Result<Reader, Failure> {
        self.open_reader(wait, self.quiet())
    }

    /// A connection that reads, and leaves files beside the database as SQLite does. For a second
    /// look at a database that we have open already.
    pub(crate) fn plain_reader(&self, wait: Duration) -> Result<Connection, Failure> {
        Ok(self.open_reader(wait, None)?.connection)
    }

    fn open_reader(&self, wait: Duration, quiet: Option<Stamp>) -> Result<Reader, Failure> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = match quiet {
            Some(_) => Connection::open_with_flags(immutable(&self.path), flags | OpenFlags::SQLITE_OPEN_URI),
            None => Connection::open_with_flags(&self.path, flags),
        };
        let prepared = opened.and_then(|mut connection| {
            prepare(&mut connection, wait)?;
            Ok(Reader { connection, quiet, database: self.clone() })
        });
        prepared.map_err(|error| failure(&format!("`{}` cannot be opened", self.shown), &self.shown, &error))
    }

    /// The state of a WAL database that nobody has open; none where someone may have.
    ///
    /// Such a database is read as an immutable file: a reader that takes locks would have to make a
    /// WAL and a shared memory beside it, and would leave them there.
    fn quiet(&self) -> Option<Stamp> {
        if self.journal != Journal::Wal || self.beside("-wal").exists() || self.beside("-shm").exists() {
            return None;
        }
        let metadata = fs::metadata(&self.path).ok()?;
        Some(Stamp { length: metadata.len(), modified: metadata.modified().ok()? })
    }
}

/// What tells whether a file was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: SystemTime,
}

/// A connection that reads.
#[derive(Debug)]
pub(crate) struct Reader {
    /// The connection.
    pub(crate) connection: Connection,
    quiet: Option<Stamp>,
    database: Database,
}

impl Reader {
    /// Whether what was read was whole: nobody opened the database while we read it without locks.
    pub(crate) fn was_undisturbed(&self) -> bool {
        self.quiet.is_none() || self.quiet == self.database.quiet()
    }
}

/// A path as a URI for a database that nobody changes.
pub(super) fn immutable(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' => uri.push(char::from(*byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?immutable=1"
}

/// Sets what every connection of ours has, before its first statement.
fn prepare(connection: &mut Connection, wait: Duration) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    let mut since = Instant::now();
    connection.busy_handler(Some(move |count| {
        if count == 0 {
            since = Instant::now();
        }
        let go_on = since.elapsed() < wait && !interrupt::requested();
        if go_on {
            std::thread::sleep(Duration::from_millis(if count < 20 { 5 } else { 25 }));
        }
        go_on
    }))?;
    interrupt::guard(connection)
}

fn metadata(path: &Path, shown: &str) -> Result<Metadata, Failure> {
    fs::metadata(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound if fs::symlink_metadata(path).is_ok() => {
            Failure::say(Exit::Usage, format!("`{shown}` is a link, and what it points to is not there"))
        }
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            with_nearby(Failure::say(Exit::Usage, format!("there is no file `{shown}`")), path)
        }
        ErrorKind::PermissionDenied => Failure::say(
            Exit::Failed,
            format!("{} may not look for `{shown}`: a folder on the way is closed to it", us()),
        )
        .help("run it as the user that the database belongs to"),
        _ => Failure::say(Exit::Failed, format!("`{shown}` cannot be looked at: {error}")),
    })
}

/// The first hundred bytes, which are the header of a database.
fn header(path: &Path, shown: &str) -> Result<Vec<u8>, Failure> {
    let mut start = Vec::with_capacity(100);
    let read = File::open(path).and_then(|file| file.take(100).read_to_end(&mut start));
    read.map_err(|error| match error.kind() {
        ErrorKind::PermissionDenied => {
            Failure::say(Exit::Failed, format!("{} may not read `{shown}`: {}", us(), owner(path)))
                .help("run it as the user that the database belongs to, or as root")
        }
        _ => Failure::say(Exit::Failed, format!("`{shown}` cannot be read: {error}")),
    })?;
    Ok(start)
}

fn no_database(shown: &str, start: &[u8], path: &Path) -> Failure {
    let what = if start.starts_with(&[0x1f, 0x8b]) {
        "it is compressed by gzip"
    } else if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        "it is compressed by zstd"
    } else if start.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()) {
        "it is text"
    } else {
        "it is something else, or encrypted; encrypted databases cannot be read"
    };
    with_nearby(Failure::say(Exit::Usage, format!("`{shown}` is not a SQLite database: {what}")), path)
}

/// Names the databases near a path that leads to none.
fn with_nearby(failure: Failure, path: &Path) -> Failure {
    let near = nearby(path);
    failure
        .help(near.unwrap_or_else(|| "remold never creates a database; give the path of one that is there".to_owned()))
}

/// Names the databases near a path that leads to none, or perhaps to the wrong one.
pub(crate) fn nearby(path: &Path) -> Option<String> {
    let names: Vec<String> = near(path).iter().map(|path| format!("`{}`", path.display())).collect();
    (!names.is_empty()).then(|| format!("databases nearby: {}", names.join(", ")))
}

/// The files that look like databases in the path's folder and in the folder above.
fn near(path: &Path) -> Vec<PathBuf> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let above = if folder == Path::new(".") { PathBuf::from("..") } else { folder.join("..") };
    let above = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(above, Path::to_owned);
    let mut found: Vec<PathBuf> = [folder, &above].into_iter().flat_map(databases_in).collect();
    found.retain(|found| found != path);
    found.truncate(8);
    found
}

fn databases_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let named = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
    };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| named(path) && path.is_file())
        .map(|path| path.strip_prefix(".").map_or_else(|_| path.clone(), Path::to_owned))
        .collect();
    found.sort();
    found
}

#[cfg(unix)]
impl Database {
    /// Whether the file, and the journal beside it, can be written. What is asked is asked of the
    /// system, which knows of mounts, lists and flags, and never by trying.
    fn writable(&self) -> Result<(), Failure> {
        use rustix::fs::Access;
        use rustix::io::Errno;

        let shown = &self.shown;
        match may(&self.path, Access::WRITE_OK) {
            Ok(()) => {}
            Err(Errno::ROFS) => {
                return Err(Failure::say(
                    Exit::Failed,
                    format!("`{shown}` lies on a file system that is mounted read-only"),
                )
                .help(format!("mount it for writing; `findmnt -T {shown}` says which it is")));
            }
            Err(_) => {
                return Err(Failure::say(
                    Exit::Failed,
                    format!("{} may not write to `{shown}`: {}", us(), owner(&self.path)),
                )
                .help("run it as the user that the database belongs to, or as root"));
            }
        }
        // A database in WAL mode that is open elsewhere has its two files beside it already.
        let has_files = self.journal == Journal::Wal && self.beside("-wal").exists() && self.beside("-shm").exists();
        match may(self.folder(), Access::WRITE_OK | Access::EXEC_OK) {
            Err(_) if !has_files => {
                let folder = self.folder().display();
                let message = format!(
                    "{} may not write to the folder `{folder}` of `{shown}`, so SQLite can make no journal there: {}",
                    us(),
                    owner(self.folder())
                );
                Err(Failure::say(Exit::Failed, message)
                    .help("run it as the user that the folder belongs to, or let this user write to the folder"))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(unix)]
pub(super) fn may(path: &Path, access: rustix::fs::Access) -> rustix::io::Result<()> {
    rustix::fs::accessat(rustix::fs::CWD, path, access, rustix::fs::AtFlags::EACCESS)
}

/// Who runs this.
#[cfg(unix)]
pub(super) fn us() -> String {
    format!("user {}", rustix::process::geteuid().as_raw())
}

/// Whom the file belongs to, and who may do what with it.
#[cfg(unix)]
pub(super) fn owner(path: &Path) -> String {
    use std::os::unix::fs::MetadataExt as _;
    match fs::metadata(path) {
        Ok(found) => format!("it belongs to user {} and has mode {:o}", found.uid(), found.mode() & 0o7777),
        Err(error) => error.to_string(),
    }
}

#[cfg(not(unix))]
impl Database {
    fn writable(&self) -> Result<(), Failure> {
        let read_only = fs::metadata(&self.path).is_ok_and(|found| found.permissions().readonly());
        if read_only {
            return Err(Failure::say(Exit::Failed, format!("`{}` is marked read-only", self.shown)));
        }
        Ok(())
    }
}

#[cfg(not(unix))]
pub(super) fn us() -> String {
    "this user".to_owned()
}

#[cfg(not(unix))]
pub(super) fn owner(_path: &Path) -> String {
    "its permissions do not allow it".to_owned()
}
