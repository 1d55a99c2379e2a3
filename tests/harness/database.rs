//! Real databases: the runbook's case, and what must be true of a database after anything.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use remold_core::schema::fingerprint::sha256;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::binary;

/// The runbook's table before the migration, with what else a real database has around it.
pub(crate) const SCHEMA: &str = "
CREATE TABLE assets (
    id TEXT PRIMARY KEY,
    user_id INTEGER,
    client_id TEXT NOT NULL,
    campaign_id TEXT,
    name TEXT NOT NULL,
    asset_type TEXT NOT NULL, -- image, video, audio or document
    url TEXT NOT NULL,
    size INTEGER,
    uploaded_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    format TEXT NOT NULL,
    tags TEXT,
    width INTEGER,
    height INTEGER,
    duration INTEGER,
    thumbnail_url TEXT,
    waveform_url TEXT,
    page_count INTEGER
);
CREATE TABLE asset_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    asset_id TEXT NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
    what TEXT NOT NULL
);
CREATE INDEX assets_by_client ON assets (client_id, uploaded_at DESC);
CREATE TRIGGER assets_removed AFTER DELETE ON assets BEGIN
    INSERT INTO asset_events (asset_id, what) VALUES (OLD.id, 'removed');
END;
CREATE VIEW asset_names AS SELECT id, name FROM assets;
";

/// The runbook's migration.
pub(crate) const MIGRATION: &str = "ALTER TABLE assets ADD COLUMN blob_data BLOB;\n";

/// How SQLite keeps a database whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Delete,
    Wal,
}

impl Mode {
    pub(crate) const BOTH: [Self; 2] = [Self::Delete, Self::Wal];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Wal => "wal",
        }
    }
}

/// A folder with a database `app.db`, and with migrations.
pub(crate) struct Case {
    /// Kept so that the folder is removed in the end.
    _temporary: TempDir,
    /// The folder.
    pub(crate) folder: PathBuf,
}

impl Case {
    /// A folder without anything.
    pub(crate) fn empty() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().canonicalize().unwrap();
        Self { _temporary: temporary, folder }
    }

    /// A database that this script makes.
    pub(crate) fn with(mode: Mode, script: &str) -> Self {
        let case = Self::empty();
        let connection = Connection::open(case.db()).unwrap();
        connection.pragma_update(None, "journal_mode", mode.as_str()).unwrap();
        connection.pragma_update(None, "foreign_keys", "OFF").unwrap();
        connection.execute_batch(script).unwrap();
        connection.close().unwrap();
        case
    }

    /// The runbook's database with so many rows, and its migration in `migrations/`.
    pub(crate) fn runbook(mode: Mode, rows: u32) -> Self {
        let fill = format!(
            "{SCHEMA}
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO assets (rowid, id, user_id, client_id, name, asset_type, url, size, uploaded_at, format, width)
            SELECT i * 3, 'asset-' || i, i % 97, 'client-' || (i % 13), 'näme ' || i, 'image', '/files/' || i, i * 1.5,
                   '2026-11-24 12:00:00', 'png', CASE WHEN i % 2 THEN i END FROM n;
            INSERT INTO asset_events (asset_id, what) SELECT id, 'added' FROM assets WHERE rowid % 2;
            DELETE FROM asset_events WHERE id > (SELECT max(id) - 10 FROM asset_events);
            ANALYZE;"
        );
        let case = Self::with(mode, &format!("BEGIN; {fill} COMMIT;"));
        case.write("migrations/add_blob_data_column.sql", MIGRATION);
        case
    }

    pub(crate) fn db(&self) -> PathBuf {
        self.folder.join("app.db")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs the binary in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&binary::command(&self.folder).args(arguments).output().unwrap())
    }

    /// Runs the command line, split at blanks, and expects this exit code.
    pub(crate) fn expect(&self, exit: i32, line: &str) -> Ran {
        let ran = self.run(&line.split(' ').collect::<Vec<_>>());
        assert_eq!(ran.exit, Some(exit), "remold {line}\n{}{}", ran.out, ran.said);
        ran
    }

    /// A connection that may write, as an application has. Foreign keys are off, as SQLite's own
    /// default is; our build's is not.
    pub(crate) fn open(&self) -> Connection {
        let connection = Connection::open_with_flags(self.db(), OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
        connection.pragma_update(None, "foreign_keys", "OFF").unwrap();
        connection
    }

    /// The hash of the database file's bytes.
    pub(crate) fn bytes(&self) -> String {
        sha256(&fs::read(self.db()).unwrap())
    }

    /// The names of all files in the folder.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The backups in the folder, oldest first.
    pub(crate) fn backups(&self) -> Vec<PathBuf> {
        let backup = |name: &String| name.ends_with(".backup");
        self.files().into_iter().filter(backup).map(|name| self.folder.join(name)).collect()
    }
}

/// How a run ended.
pub(crate) struct Ran {
    /// The exit code; none where a signal ended it.
    pub(crate) exit: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) said: String,
}

impl Ran {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            exit: output.status.code(),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            said: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }
}

/// What SQLite finds wrong with the database: nothing, if all is well.
pub(crate) fn faults(connection: &Connection) -> Vec<String> {
    let mut faults = lines(connection, "PRAGMA integrity_check");
    faults.retain(|line| line != "ok");
    faults.extend(lines(connection, "PRAGMA foreign_key_check"));
    faults
}

/// The rows that a query answers, each as the SQLite shell prints it.
pub(crate) fn lines(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query(()).unwrap();
    let mut lines = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let values: Vec<String> = (0..columns)
            .map(|at| match row.get_ref(at).unwrap() {
                ValueRef::Null => String::new(),
                ValueRef::Integer(value) => value.to_string(),
                ValueRef::Real(value) => value.to_string(),
                ValueRef::Text(value) | ValueRef::Blob(value) => String::from_utf8_lossy(value).into_owned(),
            })
            .collect();
        lines.push(values.join("|"));
    }
    lines
}

/// A hash over every row of the runbook's tables, with their rowids and types, but for the new
/// column; and over what SQLite itself counts and knows of them.
pub(crate) fn rows(connection: &Connection) -> String {
    let columns = "rowid, id, user_id, client_id, campaign_id, name, asset_type, url, size, uploaded_at, format, tags, \
                   width, height, duration, thumbnail_url, waveform_url, page_count";
    let quoted: Vec<String> = columns.split(", ").map(|column| format!("quote({})", column.trim())).collect();
    // SQLite joins the rows itself, which is much faster than a hundred thousand texts of ours.
    let joined = format!(
        "SELECT group_concat(line, char(10)) FROM (SELECT {} AS line FROM assets ORDER BY rowid)",
        quoted.join(" || '|' || ")
    );
    let events = "SELECT group_concat(line, char(10)) FROM
                  (SELECT id || quote(asset_id) || quote(what) AS line FROM asset_events ORDER BY id)";
    let mut all = lines(connection, &joined);
    all.extend(lines(connection, events));
    all.extend(lines(connection, "SELECT * FROM sqlite_sequence ORDER BY name"));
    all.extend(lines(connection, "SELECT * FROM sqlite_stat1 ORDER BY tbl, idx"));
    sha256(all.join("\n").as_bytes())
}

/// The columns of `assets`, as `PRAGMA table_info` has them.
pub(crate) fn columns(connection: &Connection) -> Vec<String> {
    lines(connection, "PRAGMA table_info(assets)")
}

/// The text with what differs from run to run written out: times and the names of backups.
pub(crate) fn masked(text: &str, folder: &Path) -> String {
    let text = text.replace(folder.to_str().unwrap(), "[folder]");
    let mut shown = String::new();
    for line in text.split_inclusive('\n') {
        shown.push_str(&without_stamps(&without_times(line)));
    }
    shown
}

fn without_times(line: &str) -> String {
    let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    for at in 1..words.len() {
        let number = words[at - 1].trim_start_matches('(');
        let is_unit = ["ms", "s"].contains(&words[at].trim_end().trim_end_matches(')'));
        if is_unit && number.parse::<f64>().is_ok() {
            words[at - 1] = words[at - 1].replace(number, "[time]");
            words[at] = words[at].replacen("ms", "", 1).replacen('s', "", 1);
        }
    }
    words.join(" ").replace("[time] ", "[time]")
}

fn without_stamps(line: &str) -> String {
    let mut parts = line.split(".remold-");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown.push_str(".remold-[stamp]");
        shown.push_str(part.find(".backup").map_or("", |at| &part[at..]));
    }
    shown
}
