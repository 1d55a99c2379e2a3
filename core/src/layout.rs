//! How a folder of migrations is read: which files, in which order, which of them undo which, and which part
//! of a file is run. Each tool has its own way, and its files tell it.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use crate::sqlite::name;
use crate::text::{Halves, SourceFile};

mod names;
mod sections;
mod sign;

mod atlas;
mod dbmate;
mod diesel;
mod drizzle;
mod flyway;
mod golang_migrate;
mod goose;
mod liquibase;
mod plain;
mod prisma;
mod refinery;
mod rusqlite_migration;
mod sql_migrate;
mod sqlx;
mod wrangler;
mod yoyo;

pub use sign::Sign;

/// All layouts. What a file says in its text goes before what it is called.
static ALL: [&Facts; 16] = [
    &plain::LAYOUT,
    &dbmate::LAYOUT,
    &goose::LAYOUT,
    &sql_migrate::LAYOUT,
    &liquibase::LAYOUT,
    &drizzle::LAYOUT,
    &prisma::LAYOUT,
    &atlas::LAYOUT,
    &yoyo::LAYOUT,
    &rusqlite_migration::LAYOUT,
    &diesel::LAYOUT,
    &refinery::LAYOUT,
    &flyway::LAYOUT,
    &golang_migrate::LAYOUT,
    &sqlx::LAYOUT,
    &wrangler::LAYOUT,
];

/// The files in the folder above the migrations that tell whose they are, by their names.
pub const ABOVE: [&str; 7] =
    ["diesel.toml", "flyway.conf", "flyway.toml", "refinery.toml", "wrangler.json", "wrangler.jsonc", "wrangler.toml"];

/// A migration: the file that makes the change, and the one that takes it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration<'files> {
    /// The file that is run.
    pub up: &'files SourceFile,
    /// The file that undoes it, where there is one. It is the same one where that has both halves.
    pub down: Option<&'files SourceFile>,
}

/// A way in which a tool lays out its files. One tool, one file, one value.
#[derive(Debug)]
struct Facts {
    name: &'static str,
    /// Who runs them, if not people or tools that are not known.
    runner: Option<&'static str>,
    recognise: fn(&Folder) -> Sureness,
    /// How many folders of its own each migration has; none where files are looked for at every depth, and
    /// `place` is shown their whole paths.
    folders: Option<usize>,
    place: fn(&str) -> Place,
    order: fn(&str, &str) -> Ordering,
    /// The halves of a text that has both.
    halves: Option<fn(&str) -> Option<Halves>>,
    /// What is to be known beside, where these are the files.
    remark: fn(&Folder) -> Option<&'static str>,
}

/// What a file is to a tool, by its path.
enum Place {
    /// A migration, known by this.
    Up(String),
    /// What takes that migration back.
    Down(String),
    /// Nothing: it is not run.
    Unseen,
}

/// What is known of a folder.
struct Folder<'files> {
    files: &'files [SourceFile],
    /// The paths of the files that are not SQL.
    beside: &'files [String],
}

impl Folder<'_> {
    /// Whether a file of that name, or whose path ends so, lies beside the migrations.
    fn has(&self, name: &str) -> bool {
        let ends = |path: &String| path.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        self.beside.iter().any(ends)
    }

    /// The names of the files, below the folders that are not the migrations' own.
    fn names(&self, folders: usize) -> impl Iterator<Item = &str> {
        self.files.iter().map(move |file| tail(&file.path, folders))
    }

    /// How sure it is that the files are the tool's that marks the heads of its files so. Those in folders
    /// below the others say nothing.
    fn marked(&self, names: fn(&str) -> Place, is_mark: fn(&str) -> bool) -> Sureness {
        let depth = |file: &SourceFile| file.path.matches('/').count();
        let is_its = |file: &&SourceFile| matches!(names(tail(&file.path, 0)), Place::Up(_));
        let least = self.files.iter().filter(is_its).map(depth).min();
        let files = self.files.iter().filter(is_its).filter(|file| Some(depth(file)) == least);
        let (marked, bare): (Vec<&SourceFile>, Vec<_>) =
            files.partition(|file| sections::head(&file.text).any(is_mark));
        match (marked.len(), bare.len()) {
            (0, _) => Sureness::No,
            (_, 0) => Sureness::Certain,
            (marked, bare) if marked > bare => Sureness::Likely,
            _ => Sureness::No,
        }
    }
}

/// How sure it is that files are a tool's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sureness {
    No,
    Likely,
    Certain,
}

/// A way in which a tool lays out its files, or that of plain files.
#[derive(Clone, Copy)]
pub struct Layout(&'static Facts);

impl Default for Layout {
    fn default() -> Self {
        Self(&plain::LAYOUT)
    }
}

impl PartialEq for Layout {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Layout {}

impl fmt::Debug for Layout {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.name)
    }
}

impl FromStr for Layout {
    type Err = String;

    /// Reads the name of a layout.
    fn from_str(word: &str) -> Result<Self, String> {
        ALL.into_iter().find(|facts| facts.name == word).map(Self).ok_or_else(|| {
            let meant = name::nearest(word, Self::names()).map_or_else(
                || format!("write one of {}", Self::names().collect::<Vec<_>>().join(", ")),
                |nearest| format!("is `{nearest}` meant?"),
            );
            format!("`{word}` is not a layout that is known; {meant}")
        })
    }
}

impl Layout {
    /// The names by which a layout can be asked for.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        ALL.iter().map(|facts| facts.name)
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// Who runs the files, by the name of a runner; none where that is not known.
    pub const fn runner(self) -> Option<&'static str> {
        self.0.runner
    }

    /// The migrations among the files, in the order in which they are run.
    pub fn migrations(self, files: &[SourceFile]) -> Vec<Migration<'_>> {
        let depth = self.depth(files);
        let (mut ups, mut downs) = (Vec::new(), BTreeMap::new());
        for file in files {
            let (folder, name) = cut(&file.path, depth);
            match (self.0.place)(name) {
                Place::Up(key) => ups.push((file, (folder, key))),
                Place::Down(key) => {
                    downs.insert((folder, key), file);
                }
                Place::Unseen => {}
            }
        }
        let has_half = |file: &SourceFile| file.halves.as_ref().is_some_and(|halves| !halves.down.is_empty());
        let found = ups.into_iter();
        let found = found
            .map(|(up, key)| Migration { up, down: if has_half(up) { Some(up) } else { downs.get(&key).copied() } });
        let mut found: Vec<Migration> = found.collect();
        found.sort_by(|one, other| (self.0.order)(&one.up.path, &other.up.path));
        found
    }

    /// The files that its tool does not run, by their paths: neither as migrations nor as what undoes them.
    pub fn unseen(self, files: &[SourceFile]) -> Vec<&str> {
        let depth = self.depth(files);
        let is_unseen = |path: &&str| matches!((self.0.place)(cut(path, depth).1), Place::Unseen);
        files.iter().map(|file| file.path.as_str()).filter(is_unseen).collect()
    }

    /// Whether the file is one that takes a migration back.
    pub fn takes_back(self, path: &str) -> bool {
        matches!((self.0.place)(tail(path, self.0.folders.unwrap_or(usize::MAX))), Place::Down(_))
    }

    /// The halves of a text that has both, or of which another part is not run.
    pub fn halves(self, text: &str) -> Option<Halves> {
        self.0.halves.and_then(|halves| halves(text))
    }

    /// How many folders all migrations are below.
    fn depth(self, files: &[SourceFile]) -> usize {
        let Some(folders) = self.0.folders else { return 0 };
        let is_up = |path: &&str| matches!((self.0.place)(tail(path, folders)), Place::Up(_));
        let ups = files.iter().map(|file| file.path.as_str()).filter(is_up);
        ups.map(|path| path.matches('/').count().saturating_sub(folders)).min().unwrap_or(0)
    }

    /// The paths of the migrations that come behind the one of that name: its path, its file's name with or
    /// without `.sql`, or the number that this begins with. The error is the nearest name, if one is near.
    pub fn behind(self, files: &[SourceFile], name: &str) -> Result<BTreeSet<String>, Option<String>> {
        let migrations = self.migrations(files);
        let is_named = |path: &str| {
            let file = path.rsplit('/').next().unwrap_or(path);
            let stem = file.trim_end_matches(".sql").trim_end_matches(".up");
            let number = &file[..file.find(|at: char| !at.is_ascii_digit()).unwrap_or(file.len())];
            [path, file, stem, number].contains(&name)
        };
        let Some(at) = migrations.iter().rposition(|migration| is_named(&migration.up.path)) else {
            let files = migrations.iter().map(|migration| migration.up.path.rsplit('/').next().unwrap_or_default());
            return Err(name::nearest(name, files).map(String::from));
        };
        Ok(migrations[at + 1..].iter().map(|migration| migration.up.path.clone()).collect())
    }
}

/// What the files were recognised as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognised {
    /// The layout by which they are read.
    pub layout: Layout,
    /// Why that may be wrong, or what else is to be known; none where there is no doubt.
    pub doubt: Option<String>,
}

impl Recognised {
    /// The layout that somebody named.
    pub const fn named(layout: Layout) -> Self {
        Self { layout, doubt: None }
    }

    /// The layout of the files, beside which lie files that are not SQL, with these paths.
    pub fn of(files: &[SourceFile], beside: &[String]) -> Self {
        let folder = Folder { files, beside };
        let mut likely = Vec::new();
        for facts in ALL {
            match (facts.recognise)(&folder) {
                Sureness::Certain => {
                    let doubt = (facts.remark)(&folder).map(ToString::to_string);
                    return Self { layout: Layout(facts), doubt };
                }
                Sureness::Likely => likely.push(facts),
                Sureness::No => {}
            }
        }
        match likely.as_slice() {
            [] => Self::default(),
            [only] => {
                let remark = (only.remark)(&folder).map_or_else(String::new, |remark| format!("; {remark}"));
                let doubt = format!("likely, but not certain: --layout says it{remark}");
                Self { layout: Layout(only), doubt: Some(doubt) }
            }
            several => {
                let names: Vec<&str> = several.iter().map(|facts| facts.name).collect();
                let doubt = format!("they may be those of {}: --layout says it", names.join(" or "));
                Self { layout: Layout::default(), doubt: Some(doubt) }
            }
        }
    }
}

/// The last part of a path: its name, and so many folders.
fn tail(path: &str, folders: usize) -> &str {
    let slash = path.rmatch_indices('/').nth(folders);
    slash.map_or(path, |(at, _)| &path[at + 1..])
}

/// The path in two, behind so many folders; all of it is the second where it has fewer.
fn cut(path: &str, folders: usize) -> (&str, &str) {
    let Some(last) = folders.checked_sub(1) else { return ("", path) };
    path.match_indices('/').nth(last).map_or(("", path), |(at, _)| (&path[..at], &path[at + 1..]))
}

const fn no_remark(_: &Folder) -> Option<&'static str> {
    None
}

/// What tells a migration from the others of its folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number<'path> {
    /// The folder.
    pub folder: &'path str,
    /// The number that its name begins with: `0003` and `3` are the same one, and `2024-01-31` is `20240131`.
    pub digits: String,
    /// A letter behind it: `040a`, `002_b_…`.
    pub letter: &'path str,
}

/// The number of a migration, where its name begins with one.
pub fn number(path: &str) -> Option<Number<'_>> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let (folder, name) = match file {
        "up.sql" | "migration.sql" => folder.rsplit_once('/').unwrap_or(("", folder)),
        _ => (folder, file),
    };
    // Flyway and refinery write a letter before it.
    let lettered = name.strip_prefix(['V', 'U']).and_then(|rest| rest.split_once("__"));
    if let Some((version, _)) = lettered.filter(|(version, _)| version.starts_with(|at: char| at.is_ascii_digit())) {
        let digits = version.replace('_', ".").trim_start_matches('0').into();
        return Some(Number { folder, digits, letter: "" });
    }
    if !name.starts_with(|at: char| at.is_ascii_digit()) {
        return None;
    }
    let end = name.find(|at: char| !(at.is_ascii_digit() || at == '-' || at == '.')).unwrap_or(name.len());
    let digits: String = name[..end].chars().filter(|at| at.is_ascii_digit() || *at == '.').collect();
    let word = name[end..].trim_start_matches('_').split(['_', '-', '.']).next().unwrap_or_default();
    let letter = if word.len() == 1 { word } else { "" };
    Some(Number { folder, digits: digits.trim_matches('.').trim_start_matches('0').into(), letter })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files with their texts, as `recognised` reads them.
    pub(super) fn files(of: &[(&str, &str)]) -> Vec<SourceFile> {
        of.iter().map(|(path, text)| SourceFile::new(*path, *text)).collect()
    }

    /// What the files are recognised as.
    pub(super) fn recognised(of: &[(&str, &str)], beside: &[&str]) -> (&'static str, bool) {
        let beside: Vec<String> = beside.iter().map(ToString::to_string).collect();
        let found = Recognised::of(&files(of), &beside);
        (found.layout.name(), found.doubt.is_none())
    }

    /// The migrations of the layout, each with what undoes it, and the files that its tool does not run.
    pub(super) fn read(layout: &'static Facts, paths: &[&str]) -> Vec<String> {
        let files: Vec<SourceFile> = paths.iter().map(|path| SourceFile::new(*path, "")).collect();
        let layout = Layout(layout);
        let shown = |migration: Migration| match migration.down {
            Some(down) => format!("{} ({})", migration.up.path, down.path),
            None => migration.up.path.clone(),
        };
        let migrations = layout.migrations(&files).into_iter().map(shown);
        migrations.chain(layout.unseen(&files).into_iter().map(|path| format!("not {path}"))).collect()
    }

    /// What of the text is run, and what takes it back.
    pub(super) fn halves(layout: &'static Facts, text: &str) -> (Vec<String>, Vec<String>) {
        let file = SourceFile { halves: Layout(layout).halves(text), ..SourceFile::new("1.sql", text) };
        let statements = |file: &SourceFile| {
            let source = crate::parse::Source::of(file);
            source.spans().map(|span| span.of(text).to_string()).collect()
        };
        (statements(&file), statements(&file.turned()))
    }

    #[test]
    fn plain_files_are_nobodys() {
        let plain = [("1_a.sql", "CREATE TABLE a (b);"), ("2_b.sql", "")];
        assert_eq!(recognised(&plain, &["README.md"]), ("plain", true));
        assert_eq!(recognised(&[], &[]), ("plain", true));
    }

    #[test]
    fn a_number_tells_a_migration_from_others() {
        let number = |path| number(path).map(|number| (number.folder, number.digits, number.letter));
        assert_eq!(number("a/0003_b.sql"), Some(("a", "3".into(), "b")));
        assert_eq!(number("a/0003_table.sql"), Some(("a", "3".into(), "")));
        assert_eq!(number("2024-01-31-000000_b/up.sql"), Some(("", "20240131000000".into(), "b")));
        assert_eq!(number("V1_2__b.sql"), Some(("", "1.2".into(), "")));
        assert_eq!(number("R__b.sql"), None);
    }

    #[test]
    fn a_word_that_is_no_layout_is_an_error() {
        assert_eq!("goose".parse::<Layout>().unwrap().name(), "goose");
        assert_eq!("gose".parse::<Layout>().unwrap_err(), "`gose` is not a layout that is known; is `goose` meant?");
    }
}
