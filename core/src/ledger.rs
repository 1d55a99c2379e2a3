//! What migration tools record in a database: which migrations were run there, and which of them are other files now.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::hash::{Hash as _, Hasher as _};

use sha2::{Digest, Sha256, Sha384};
use siphasher::sip::SipHasher13;

use crate::history::{Project, Since};
use crate::layout;
use crate::parse::statement::ObjectKind;
use crate::schema::Schema;
use crate::schema::fingerprint::text_hash;
use crate::text::SourceFile;

mod known;

use known::KNOWN;

/// What is known of a tool's ledger. One tool, one value.
#[derive(Debug)]
struct Facts {
    tool: &'static str,
    table: &'static str,
    /// The columns that it has, perhaps beside others.
    columns: &'static [&'static str],
    /// Those that another tool's table of that name has.
    never: &'static [&'static str],
    /// The table that is there as well.
    beside: Option<&'static str>,
    /// The one that is not.
    without: Option<&'static str>,
    key: Key,
    checksum: Option<Checksum>,
    lock: Option<Lock>,
    /// The query that reads it.
    read: &'static str,
}

/// What a ledger knows a migration by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    /// Its path.
    Path,
    /// The end of its path, with the file's whole name.
    File,
    /// The name of its file or of its folder, without what follows a point.
    Stem,
    /// The number that its name begins with.
    Number,
    /// That, or the file's name where it has none.
    NumberOrFile,
    /// The number of the last one that was run; those before it were as well.
    Current,
    /// The hash of its text.
    Text,
    /// Its path, for each set of changes in the file; the checksum is how many were run.
    Sets,
    /// None that a file of SQL has.
    None,
}

/// How a ledger knows what a file said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Checksum {
    /// By our own hash.
    Remold,
    /// By SHA-384 over the bytes.
    Sha384,
    /// By SHA-256 over the bytes.
    Sha256,
    /// By SHA-256 over the bytes, be the lines ended as they may.
    Sha256OfLines,
    /// By SipHash-1-3 over the name, the version and the text, as Rust hashes them.
    Refinery,
}

/// A table with a row that says whether somebody migrates.
#[derive(Debug)]
struct Lock {
    table: &'static str,
    held: &'static str,
}

/// The ledger of a tool that is known.
#[derive(Clone, Copy, Debug)]
pub struct Ledger(&'static Facts);

/// The tool that keeps the count of its migrations in `user_version`, and nothing else.
static COUNT: Facts = Facts {
    tool: "rusqlite_migration",
    table: "user_version",
    columns: &[],
    never: &[],
    beside: None,
    without: None,
    key: Key::Current,
    checksum: None,
    lock: None,
    read: "SELECT user_version, NULL, NULL, NULL, 'applied', NULL FROM pragma_user_version WHERE user_version > 0",
};

impl Ledger {
    /// The ledgers that a database has, by the names and the columns of its tables.
    pub fn all_in(schema: &Schema) -> Vec<Self> {
        let has_table = |name: &str| schema.get(name).is_some_and(|object| object.kind == ObjectKind::Table);
        let is_there = |facts: &&Facts| {
            let Some(table) = schema.get(facts.table).filter(|table| table.kind == ObjectKind::Table) else {
                return false;
            };
            facts.columns.iter().all(|column| table.column(column).is_some())
                && facts.never.iter().all(|column| table.column(column).is_none())
                && facts.beside.is_none_or(has_table)
                && !facts.without.is_some_and(has_table)
        };
        KNOWN.iter().filter(is_there).map(Self).collect()
    }

    /// The ledger that is no table: the count in `PRAGMA user_version`, where the files are of the tool that counts.
    pub fn counted(project: &Project) -> Option<Self> {
        (project.recognised.runner() == Some(COUNT.tool)).then_some(Self(&COUNT))
    }

    /// Those that a tool keeps, by its name.
    pub fn of(tool: &str) -> impl Iterator<Item = Self> {
        KNOWN.iter().chain([&COUNT]).filter(move |facts| facts.tool == tool).map(Self)
    }

    /// Whose it is.
    pub const fn tool(self) -> &'static str {
        self.0.tool
    }

    /// Its table, or the pragma that serves for one.
    pub const fn table(self) -> &'static str {
        self.0.table
    }

    /// Whether what it records may be files of SQL.
    pub fn knows_files(self) -> bool {
        self.0.key != Key::None
    }

    /// The query that reads it. Each row has what a migration is known by, a name, when it was run, a checksum,
    /// `applied`, `failed`, `undone` or `baseline`, and a remark.
    pub const fn query(self) -> &'static str {
        self.0.read
    }

    /// The query that says whether somebody migrates, or died while doing so, where the database has the table.
    pub fn lock_query(self, schema: &Schema) -> Option<String> {
        let Lock { table, held } = self.0.lock.as_ref()?;
        let known = schema.get(table)?;
        known.column(held)?;
        Some(format!("SELECT EXISTS (SELECT 1 FROM main.{table} WHERE {held})"))
    }
}

/// A ledger's row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What the migration is known by.
    pub key: String,
    /// What else it is called.
    pub name: Option<String>,
    /// When it was run.
    pub at: Option<String>,
    /// The checksum of the file that was run.
    pub checksum: Option<String>,
    /// `applied`, `failed`, `undone` or `baseline`.
    pub state: String,
    /// What is said of it.
    pub remark: Option<String>,
}

impl Row {
    /// What people call it.
    pub fn label(&self) -> String {
        match &self.name {
            Some(name) if !name.contains(&self.key) => format!("{}_{}", self.key, name.replace(' ', "_")),
            Some(name) => name.clone(),
            None => self.key.clone(),
        }
    }
}

/// A ledger with its rows.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The ledger.
    pub ledger: Ledger,
    /// Its rows, in their order.
    pub rows: Vec<Row>,
    /// Whether its lock is held.
    pub locked: bool,
}

/// What became of a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was run.
    Applied,
    /// It was begun, and is not done.
    Failed,
    /// It was not run.
    Pending,
}

impl State {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Failed => "failed",
            Self::Pending => "pending",
        }
    }
}

/// Whether a file is still what was run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fidelity {
    /// It is.
    Same,
    /// Its lines end otherwise.
    LineEnds,
    /// It has another text.
    Edited,
    /// The ledger does not tell, or not in a way that is known.
    Unknown,
}

impl Fidelity {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::LineEnds => "line-ends",
            Self::Edited => "edited",
            Self::Unknown => "unknown",
        }
    }
}

/// A migration, and what the ledger says of it.
#[derive(Clone, Debug)]
pub struct Migrated {
    /// Its file, below the project's root.
    pub path: String,
    /// What became of it.
    pub state: State,
    /// When it was run.
    pub at: Option<String>,
    /// Whether the file is still what was run.
    pub fidelity: Fidelity,
    /// A migration that was run and comes behind this one, which was not.
    pub overtaken: Option<String>,
    /// What the ledger says of it.
    pub remark: Option<String>,
}

/// The files beside a ledger.
#[derive(Clone, Debug)]
pub struct Status {
    /// Every migration, in the order in which they are run.
    pub migrations: Vec<Migrated>,
    /// What was recorded, and has no file.
    pub missing: Vec<Row>,
}

impl Recorded {
    /// Holds the files against the rows.
    pub fn status(&self, project: &Project) -> Status {
        let facts = self.ledger.0;
        let files: Vec<&SourceFile> = project.migrations().iter().map(|migration| migration.up).collect();
        let rows = self.last_rows();
        let mut of_file: Vec<Option<&Row>> = files.iter().map(|file| facts.row_of(file, &rows)).collect();
        if facts.key == Key::Text {
            pair(&mut of_file, &rows.all);
        }
        let mut migrations: Vec<Migrated> =
            files.iter().zip(&of_file).map(|(file, row)| facts.migrated(file, *row)).collect();
        facts.fill_up(&mut migrations, &rows);
        let mut behind: Option<&str> = None;
        let mut overtaken: BTreeMap<String, String> = BTreeMap::new();
        for migration in migrations.iter().rev() {
            match (migration.state, behind) {
                (State::Pending, Some(path)) => _ = overtaken.insert(migration.path.clone(), path.to_owned()),
                (State::Pending, None) => {}
                _ => behind = Some(&migration.path),
            }
        }
        for migration in &mut migrations {
            migration.overtaken = overtaken.remove(&migration.path);
        }
        let used: BTreeSet<&str> = of_file.into_iter().flatten().map(|row| row.key.as_str()).collect();
        let is_missing = |row: &&&Row| row.state != UNDONE && row.state != BASELINE && !used.contains(row.key.as_str());
        let missing = rows.all.iter().filter(is_missing).map(|row| (**row).clone()).collect();
        Status { migrations, missing }
    }

    /// How many of the project's migrations the ledger knows.
    pub fn fit(&self, project: &Project) -> usize {
        let status = self.status(project);
        status.migrations.iter().filter(|migration| migration.state != State::Pending).count()
    }

    /// The last row of each migration: what was taken back may have been run again.
    fn last_rows(&self) -> Rows<'_> {
        let last: BTreeMap<&str, usize> =
            self.rows.iter().enumerate().map(|(at, row)| (row.key.as_str(), at)).collect();
        let is_last = |(at, row): (usize, &Row)| last.get(row.key.as_str()) == Some(&at);
        let rows: Vec<&Row> =
            self.rows.iter().enumerate().filter(|(at, row)| is_last((*at, row))).map(|(_, row)| row).collect();
        let keys = rows.iter().map(|row| (self.ledger.0.normal(&row.key), *row)).collect();
        let ends = rows.iter().flat_map(|row| ends(&row.key).map(|end| (end, *row))).collect();
        Rows { all: rows, keys, ends }
    }
}

const UNDONE: &str = "undone";
const BASELINE: &str = "baseline";
const FAILED: &str = "failed";

/// Rows, in their order and by their keys.
struct Rows<'ledger> {
    all: Vec<&'ledger Row>,
    keys: BTreeMap<String, &'ledger Row>,
    /// The same by what of a key is behind each folder in it.
    ends: BTreeMap<&'ledger str, &'ledger Row>,
}

impl<'ledger> Rows<'ledger> {
    fn get(&self, key: &str) -> Option<&'ledger Row> {
        self.keys.get(key).copied()
    }
}

impl Facts {
    /// The key of a row in the form in which the keys of files are.
    fn normal(&self, key: &str) -> String {
        match self.key {
            Key::Number | Key::NumberOrFile | Key::Current if key.starts_with(|at: char| at.is_ascii_digit()) => {
                key.trim_start_matches('0').to_owned()
            }
            Key::Stem => stem(key).to_owned(),
            _ => key.to_owned(),
        }
    }

    /// The row of a file.
    fn row_of<'ledger>(&self, file: &SourceFile, rows: &Rows<'ledger>) -> Option<&'ledger Row> {
        let path = file.path.as_str();
        let by_number = || layout::number(path).and_then(|number| rows.get(&number.digits));
        let by_end = || ends(path).find_map(|end| rows.get(end));
        match self.key {
            Key::Path => rows.get(path),
            Key::File => by_end(),
            Key::Number | Key::Current => by_number(),
            Key::NumberOrFile => by_number().or_else(by_end),
            Key::Stem => rows.get(migration_stem(path)),
            Key::Text => texts(&file.text).iter().find_map(|text| rows.get(&hex(&Sha256::digest(text.as_bytes())))),
            // Liquibase has the path as it was typed, or as it is on the class path.
            Key::Sets => by_end().or_else(|| rows.ends.get(path).copied()),
            Key::None => None,
        }
    }

    fn migrated(&self, file: &SourceFile, row: Option<&Row>) -> Migrated {
        let row = row.filter(|row| row.state != UNDONE);
        let mut remark = row.and_then(|row| row.remark.clone());
        let mut state = match row {
            None => State::Pending,
            Some(row) if row.state == FAILED => State::Failed,
            Some(_) => State::Applied,
        };
        if let (Key::Sets, Some(row)) = (self.key, row) {
            let done: usize = row.checksum.as_ref().and_then(|count| count.parse().ok()).unwrap_or(0);
            let all = sets(&file.text);
            if done < all {
                state = State::Failed;
                remark = Some(format!("{done} of {all} changes"));
            }
        }
        let recorded = row.and_then(|row| row.checksum.as_ref());
        let fidelity = match (self.checksum, recorded) {
            (Some(checksum), Some(recorded)) => checksum.compare(file, recorded),
            _ => Fidelity::Unknown,
        };
        Migrated {
            path: file.path.clone(),
            state,
            at: row.and_then(|row| row.at.clone()),
            fidelity,
            overtaken: None,
            remark,
        }
    }

    /// Marks what was run before a row that stands for all before it.
    fn fill_up(&self, migrations: &mut [Migrated], rows: &Rows) {
        let stands_for_all = |row: &&&Row| self.key == Key::Current || row.state == BASELINE;
        let last = rows.all.iter().rfind(stands_for_all).and_then(|row| row.key.parse::<u64>().ok());
        let Some(last) = last else { return };
        for migration in migrations.iter_mut().filter(|migration| migration.state == State::Pending) {
            let number = layout::number(&migration.path).and_then(|number| number.value());
            if number.is_some_and(|number| number <= last) {
                migration.state = State::Applied;
            }
        }
    }
}

/// Gives the files whose text was never run the rows whose text no file has, in their order: those were edited.
fn pair<'ledger>(of_file: &mut [Option<&'ledger Row>], rows: &[&'ledger Row]) {
    let used: BTreeSet<String> = of_file.iter().flatten().map(|row| row.key.clone()).collect();
    for (row, place) in rows.iter().zip(of_file) {
        if place.is_none() && !used.contains(&row.key) {
            *place = Some(row);
        }
    }
}

/// The ledger that the files are held against: that of the tool that runs them, or else the one that knows most of
/// them.
pub fn foremost<'all>(recorded: &'all [Recorded], project: &Project) -> Option<&'all Recorded> {
    let runner = project.recognised.runner();
    let own = recorded.iter().find(|recorded| runner == Some(recorded.ledger.tool()));
    own.or_else(|| recorded.iter().rev().max_by_key(|recorded| recorded.fit(project)))
}

impl Status {
    /// That of files of which nothing is recorded.
    pub fn pending(project: &Project) -> Self {
        let pending = |file: &SourceFile| COUNT.migrated(file, None);
        let migrations = project.migrations().iter().map(|migration| pending(migration.up)).collect();
        Self { migrations, missing: Vec::new() }
    }

    /// Whether there is nothing to do and nothing to look at.
    pub fn is_settled(&self) -> bool {
        let is_settled = |migration: &Migrated| {
            migration.state == State::Applied && !matches!(migration.fidelity, Fidelity::Edited | Fidelity::LineEnds)
        };
        self.missing.is_empty() && self.migrations.iter().all(is_settled)
    }

    /// What the files bring that the database does not know, as if it were the release.
    pub fn since(&self, base: &str) -> Since {
        let paths = |is_meant: fn(&Migrated) -> bool| {
            self.migrations.iter().filter(move |migration| is_meant(migration)).map(|migration| migration.path.clone())
        };
        Since {
            base: base.to_owned(),
            added: paths(|migration| migration.state != State::Applied).collect(),
            rewritten: paths(|migration| {
                migration.state == State::Applied && matches!(migration.fidelity, Fidelity::Edited | Fidelity::LineEnds)
            })
            .collect(),
            deleted: self.missing.iter().map(Row::label).collect(),
            ..Since::default()
        }
    }
}

impl Checksum {
    fn compare(self, file: &SourceFile, recorded: &str) -> Fidelity {
        let is_same = |text: &String| match self {
            Self::Remold => text_hash(text) == recorded,
            Self::Sha384 => hex(&Sha384::digest(text.as_bytes())) == recorded,
            Self::Sha256 | Self::Sha256OfLines => hex(&Sha256::digest(text.as_bytes())) == recorded,
            Self::Refinery => refinery(&file.path, text).is_some_and(|hashes| hashes.contains(&recorded.to_owned())),
        };
        match texts(&file.text).iter().position(is_same) {
            Some(0) => Fidelity::Same,
            Some(_) if self == Self::Sha256OfLines => Fidelity::Same,
            Some(_) => Fidelity::LineEnds,
            None => Fidelity::Edited,
        }
    }
}

/// The text, and the same with its lines ended in the other ways.
fn texts(text: &str) -> [String; 3] {
    let bare = text.replace("\r\n", "\n");
    [text.to_owned(), bare.clone(), bare.replace('\n', "\r\n")]
}

/// The hashes that refinery may have of a migration: its versions have four bytes, or eight if it is built so.
fn refinery(path: &str, text: &str) -> Option<Vec<String>> {
    let name = path.rsplit('/').next().unwrap_or(path).strip_suffix(".sql")?;
    let (version, name) = name.strip_prefix(['U', 'V'])?.split_once("__")?;
    let hash = |hash_version: &dyn Fn(&mut SipHasher13)| {
        let mut hasher = SipHasher13::new();
        name.hash(&mut hasher);
        hash_version(&mut hasher);
        text.hash(&mut hasher);
        hasher.finish().to_string()
    };
    let long: i64 = version.parse().ok()?;
    let short = i32::try_from(long).ok().map(|short| hash(&|hasher| short.hash(hasher)));
    Some(short.into_iter().chain([hash(&|hasher| long.hash(hasher))]).collect())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |hex, byte| hex + &format!("{byte:02x}"))
}

/// The path, and what of it is behind each of its folders.
fn ends(path: &str) -> impl Iterator<Item = &str> {
    core::iter::once(path).chain(path.match_indices('/').map(|(at, _)| &path[at + 1..]))
}

/// The name without what follows its first point.
fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// What a migration is called: its folder where the file has a name that all have.
fn migration_stem(path: &str) -> &str {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    match file {
        "up.sql" | "migration.sql" => folder.rsplit('/').next().unwrap_or(folder),
        _ => stem(file),
    }
}

/// How many sets of changes are in a text of Liquibase's.
fn sets(text: &str) -> usize {
    let begins = |line: &str| {
        let said = line.trim_start().strip_prefix("--").map(str::trim_start);
        said.is_some_and(|said| said.get(..10).is_some_and(|word| word.eq_ignore_ascii_case("changeset ")))
    };
    text.lines().filter(|line| begins(line)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::name::is_ledger;

    #[test]
    fn no_ledger_is_taken_for_the_applications_own_but_where_it_may_be() {
        let own: Vec<&str> = KNOWN.iter().map(|facts| facts.table).filter(|table| !is_ledger(table)).collect();
        // Of sqitch, in a database of its own, and of TypeORM.
        assert_eq!(own, ["changes", "migrations"]);
        let locks = KNOWN.iter().filter_map(|facts| facts.lock.as_ref()).map(|lock| lock.table);
        let own: Vec<&str> = locks.filter(|table| !is_ledger(table)).collect();
        assert_eq!(own, Vec::<&str>::new());
    }
}
