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
use setup::{Named, Setup, Weight};

mod names;
mod sections;
pub mod setup;

mod atlas;
mod db_migrate;
mod dbmate;
mod diesel;
mod drizzle;
mod drizzle_folders;
mod flyway;
mod geni;
mod golang_migrate;
mod goose;
mod liquibase;
mod plain;
mod prisma;
mod refinery;
mod rusqlite_migration;
mod sqitch;
mod sql_migrate;
mod sqlx;
mod wrangler;
mod yoyo;

/// All layouts. What a file says in its text goes before what it is called.
static ALL: [&Facts; 20] = [
    &plain::LAYOUT,
    &dbmate::LAYOUT,
    &goose::LAYOUT,
    &sql_migrate::LAYOUT,
    &liquibase::LAYOUT,
    &drizzle::LAYOUT,
    &drizzle_folders::LAYOUT,
    &prisma::LAYOUT,
    &sqitch::LAYOUT,
    &db_migrate::LAYOUT,
    &atlas::LAYOUT,
    &yoyo::LAYOUT,
    &rusqlite_migration::LAYOUT,
    &diesel::LAYOUT,
    &refinery::LAYOUT,
    &flyway::LAYOUT,
    &geni::LAYOUT,
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

impl Migration<'_> {
    /// What takes the change back, as a file of which all that is run; none where there is nothing.
    pub fn taking_back(&self) -> Option<SourceFile> {
        let down = self.down?;
        Some(if down.path == self.up.path { down.turned() } else { down.clone() })
    }
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
    /// One of the tool's other files, which changes nothing.
    Other,
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
            (_, 0) => Sureness::Certain("the files\' marks"),
            (marked, bare) if marked > bare => Sureness::Likely("the files\' marks"),
            _ => Sureness::No,
        }
    }
}

/// How sure it is that files are a tool's, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sureness {
    No,
    Likely(&'static str),
    Certain(&'static str),
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

    /// The migrations among the files, in the order of their names.
    fn migrations(self, files: &[SourceFile], place: impl Fn(&str, &str) -> Place) -> Vec<Migration<'_>> {
        let depth = self.depth(files);
        let (mut ups, mut downs) = (Vec::new(), BTreeMap::new());
        for file in files {
            let (folder, name) = cut(&file.path, depth);
            match place(&file.path, name) {
                Place::Up(key) => ups.push((file, (folder, key))),
                Place::Down(key) => {
                    downs.insert((folder, key), file);
                }
                Place::Other | Place::Unseen => {}
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
}

/// What the files were recognised as: who wrote them, who runs them, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognised {
    /// The layout by which they are read.
    pub layout: Layout,
    /// By what it is known, where nobody named it.
    pub by: Option<String>,
    /// Why that may be wrong, or what else is to be known; none where there is no doubt.
    pub doubt: Option<String>,
    /// Who runs them, where something says so beside the layout.
    pub runner: Option<Named>,
    /// Why it may be somebody else.
    pub runner_doubt: Option<String>,
    /// What the tools' own files say.
    pub setup: Setup,
}

impl Recognised {
    /// The layout that somebody named.
    pub fn named(layout: Layout) -> Self {
        Self { layout, ..Self::default() }
    }

    /// The same, with what the tools' own files say.
    #[must_use]
    pub fn with(self, setup: Setup) -> Self {
        let facts = self.layout.0;
        let setup = setup.of(facts);
        let (runner, doubts) = who_runs(facts, &setup);
        Self { doubt: joined(&setup.doubts), runner, runner_doubt: joined(&doubts), setup, ..self }
    }

    /// The layout of the files, beside which lie files that are not SQL, with these paths.
    pub fn of(files: &[SourceFile], beside: &[String], setup: Setup) -> Self {
        let folder = Folder { files, beside };
        let mut likely = Vec::new();
        let mut may = Vec::new();
        for facts in ALL {
            match (facts.recognise)(&folder) {
                Sureness::Certain(by) => {
                    return Self::known(facts, by, None, &folder, setup);
                }
                Sureness::Likely(by) => likely.push((facts, by)),
                Sureness::No if MARKED.contains(&facts.name) => continue,
                Sureness::No => {}
            }
            may.extend(setup.says(facts).filter(|_| facts.could_be(files)).map(|named| (facts, named)));
        }
        // What lies nearer says more; and who is set up to run these very files, the most.
        let place = |named: &Named| setup.runners.iter().position(|known| known == named);
        let nearest =
            may.iter().min_by_key(|(_, named)| place(named)).map(|(_, named)| setup::folder(&named.by).to_string());
        may.retain(|(_, named)| named.weight == Weight::Folder || nearest.as_deref() == Some(setup::folder(&named.by)));
        let most = may.iter().map(|(_, named)| named.weight).max();
        may.retain(|(_, named)| Some(named.weight) == most);
        match (may.as_slice(), likely.as_slice()) {
            ([(facts, named)], _) => {
                let (facts, by) = (*facts, named.by.clone());
                let doubt = (named.weight == Weight::Dependency).then_some(UNCERTAIN);
                Self::known(facts, &by, doubt, &folder, setup)
            }
            ([], []) => Self::nobodys(Vec::new(), setup),
            ([], [(facts, by)]) => Self::known(facts, by, Some(UNCERTAIN), &folder, setup),
            (several, others) => {
                let named = several.iter().map(|(facts, _)| facts.name);
                let names: Vec<&str> = match several {
                    [] => others.iter().map(|(facts, _)| facts.name).collect(),
                    _ => named.collect(),
                };
                let doubt = format!("they may be those of {}: --layout says it", names.join(" or "));
                Self::nobodys(Vec::from([doubt]), setup)
            }
        }
    }

    /// Nothing tells whose the files are.
    fn nobodys(mut doubts: Vec<String>, setup: Setup) -> Self {
        let setup = setup.of(&plain::LAYOUT);
        doubts.extend(setup.doubts.iter().cloned());
        Self { doubt: joined(&doubts), setup, ..Self::default() }
    }

    /// The files are a tool's; who runs them may be another one.
    fn known(facts: &'static Facts, by: &str, doubt: Option<&str>, folder: &Folder, setup: Setup) -> Self {
        let mut doubts: Vec<String> = doubt.map(ToString::to_string).into_iter().collect();
        let setup = setup.of(facts);
        doubts.extend(setup.doubts.iter().cloned());
        let (runner, mut runner_doubts) = who_runs(facts, &setup);
        if runner.is_none() {
            runner_doubts.extend((facts.remark)(folder).map(ToString::to_string));
        }
        let (doubt, runner_doubt) = (joined(&doubts), joined(&runner_doubts));
        Self { layout: Layout(facts), by: Some(by.to_string()), doubt, runner, runner_doubt, setup }
    }

    /// The same files, run by somebody who was named.
    pub fn run_by(&mut self, runner: &str, by: &str) {
        self.runner_doubt = None;
        self.runner = Some(Named { runner: runner.to_string(), by: by.to_string(), weight: Weight::Folder });
    }

    /// Who runs the files, by the name of a runner; none where that is not known.
    pub fn runner(&self) -> Option<&str> {
        self.runner.as_ref().map(|named| named.runner.as_str()).or(self.layout.runner())
    }

    /// Who says that this runner runs the files, where somebody does.
    pub fn runner_by(&self, runner: &str) -> Option<&str> {
        self.runner.as_ref().filter(|named| named.runner == runner).map(|named| named.by.as_str())
    }

    /// The migrations among the files, in the order in which they are run.
    pub fn migrations<'files>(&self, files: &'files [SourceFile]) -> Vec<Migration<'files>> {
        let mut found = self.layout.migrations(files, |path, name| self.place(path, name));
        let list = self.setup.list.as_ref().filter(|list| list.runner.is_none_or(|of| self.runner() == Some(of)));
        if let Some(list) = list {
            let positions = setup::positions(&list.paths);
            found.sort_by_key(|migration| positions.get(migration.up.path.as_str()).copied().unwrap_or(usize::MAX));
        }
        found
    }

    /// The files that are not run, by their paths: neither as migrations nor as what undoes them.
    pub fn unseen<'files>(&self, files: &'files [SourceFile]) -> Vec<&'files str> {
        let depth = self.layout.depth(files);
        let is_unseen =
            |path: &&str| self.is_hidden(path) || matches!(self.place(path, cut(path, depth).1), Place::Unseen);
        files.iter().map(|file| file.path.as_str()).filter(is_unseen).collect()
    }

    /// Of the files that are not run those that look like migrations, and why they are not.
    pub fn overlooked<'run>(&'run self, files: &'run [SourceFile]) -> Vec<Overlooked<'run>> {
        if self.layout == Layout::default() && self.sight().is_none() {
            return Vec::new();
        }
        let depth = self.layout.depth(files);
        let folders = self.layout.0.folders;
        let other = self.runner().filter(|runner| self.layout.runner() != Some(*runner));
        let own = other.and_then(|runner| ALL.into_iter().find(|facts| facts.runner == Some(runner)));
        let found = files.iter().filter_map(|file| {
            let path = file.path.as_str();
            let name = cut(path, depth).1;
            let place = self.place(path, name);
            let is_run = matches!(place, Place::Up(_));
            let why = if self.is_hidden(path) {
                let is_one = is_numbered(path) && (is_in_its_own_folder(path) || !name.contains('/'));
                self.sight().filter(|_| is_run || is_one).map(Blind::Pattern)
            } else if is_run {
                // Another tool wrote it than runs it.
                let is_seen =
                    self.sight().is_some() || own.is_none_or(|facts| !matches!((facts.place)(name), Place::Unseen));
                (!is_seen).then_some(if name.contains('/') { Blind::Folder } else { Blind::Name })
            } else if matches!(place, Place::Unseen) {
                let beside = folders.is_none_or(|folders| name.matches('/').count() == folders);
                match (is_numbered(path), beside) {
                    (true, true) => Some(Blind::Name),
                    (true, false) if is_in_its_own_folder(path) => Some(Blind::Folder),
                    (false, true) if folders == Some(0) && !is_something_else(name) => Some(Blind::Nameless),
                    _ => None,
                }
            } else {
                None
            };
            why.map(|why| Overlooked { path, runner: self.runner().unwrap_or(self.layout.name()), why })
        });
        found.collect()
    }

    /// What of the tools' lists differs from the files, and who goes by it.
    pub fn mismatches(&self) -> &[setup::list::Mismatch] {
        &self.setup.mismatches
    }

    /// What the runner sees, where its own file says so.
    fn sight(&self) -> Option<&setup::Sight> {
        self.setup.sight.as_ref().filter(|sight| self.runner() == Some(sight.runner))
    }

    fn is_hidden(&self, path: &str) -> bool {
        self.sight().is_some_and(|sight| sight.hidden.contains(path))
    }

    /// What a file is by its path, and by its name below the folders that all have: to the tool that wrote it, or
    /// else to the one that runs it.
    fn place(&self, path: &str, name: &str) -> Place {
        let place = (self.layout.0.place)(name);
        match (place, self.sight()) {
            (Place::Unseen, Some(sight)) if sight.seen.contains(path) => Place::Up(path.into()),
            // What another tool wrote is meant to be run all the same.
            (_, Some(sight)) if self.layout == Layout(&wrangler::LAYOUT) && sight.hidden.contains(path) => {
                Place::Unseen
            }
            (place, _) => place,
        }
    }

    /// The paths of the migrations that come behind the one of that name: its path, its file's name with or
    /// without `.sql`, or the number that this begins with. The error is the nearest name, if one is near.
    pub fn behind(&self, files: &[SourceFile], name: &str) -> Result<BTreeSet<String>, Option<String>> {
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

/// What is said where nothing proves it.
const UNCERTAIN: &str = "likely, but not certain: --layout says it";

/// A file that looks like a migration and is not run.
#[derive(Clone, Copy, Debug)]
pub struct Overlooked<'run> {
    /// The file, by its path below the root.
    pub path: &'run str,
    /// Who does not run it.
    pub runner: &'run str,
    /// Why not.
    pub why: Blind<'run>,
}

/// Why a file is not seen.
#[derive(Clone, Copy, Debug)]
pub enum Blind<'run> {
    /// The runner's pattern means others.
    Pattern(&'run setup::Sight),
    /// It lies in a folder that is not entered.
    Folder,
    /// It is numbered as the others, and not named as they are.
    Name,
    /// It has no number, and lies beside those that have.
    Nameless,
}

/// Whether the name of a file, or that of its own folder, begins with a number.
fn is_numbered(path: &str) -> bool {
    let lettered = names::file(path).strip_prefix(['V', 'v', 'U', 'u']);
    number(path).is_some() || lettered.is_some_and(|rest| rest.starts_with(|at: char| at.is_ascii_digit()))
}

/// Whether it lies in a folder that a tool made for this one migration.
fn is_in_its_own_folder(path: &str) -> bool {
    ["migration.sql", "up.sql"].contains(&names::file(path))
}

/// Whether the name says that it is no migration.
fn is_something_else(name: &str) -> bool {
    let words =
        ["seed", "schema", "structure", "dump", "data", "sample", "example", "fixture", "test", "note", "query"];
    let others = ["queries", "reset", "drop", "rollback", "down", "undo", "snapshot", "init", "setup", "baseline"];
    let stem = names::file(name).trim_end_matches(".sql").to_ascii_lowercase();
    let is_one =
        |part: &str| words.iter().chain(&others).any(|word| part == *word || part.strip_suffix('s') == Some(word));
    stem.split(|at: char| !at.is_ascii_alphanumeric()).any(is_one)
}

impl Facts {
    /// Whether the tool would run most of the files, by their names.
    fn could_be(&self, files: &[SourceFile]) -> bool {
        let folders = self.folders.unwrap_or(usize::MAX);
        let is_its = |file: &&SourceFile| !matches!((self.place)(tail(&file.path, folders)), Place::Unseen);
        let its = files.iter().filter(is_its).count();
        its > 0 && its * 2 > files.len()
    }
}

impl Setup {
    /// Who says that the runner of these files runs them.
    fn says(&self, facts: &Facts) -> impl Iterator<Item = Named> {
        let named = self.runners.iter().filter(|named| facts.runner == Some(named.runner.as_str()));
        named.max_by_key(|named| named.weight).cloned().into_iter()
    }

    /// What of it is about the files of this layout.
    fn of(mut self, facts: &Facts) -> Self {
        let tool = facts.name.split('-').next().unwrap_or_default();
        self.mismatches.retain(|mismatch| mismatch.tool == tool);
        self.list = self
            .list
            .filter(|list| list.runner.is_none_or(|runner| runner == tool) && ["drizzle", "sqitch"].contains(&tool));
        if !["diesel", "flyway"].contains(&facts.name) {
            self.apart.clear();
        }
        self
    }
}

/// Several doubts as one.
fn joined(doubts: &[String]) -> Option<String> {
    (!doubts.is_empty()).then(|| doubts.join("; "))
}

/// Who runs the files, where something says so, and what speaks against it: the tool that is set up for this very
/// folder, or else the one that a command names.
fn who_runs(facts: &Facts, setup: &Setup) -> (Option<Named>, Vec<String>) {
    let own = setup.says(facts).next();
    let mut doubts = Vec::new();
    if !GENERATORS.contains(&facts.name) {
        return (own, doubts);
    }
    let able = |named: &&Named| facts.runner == Some(&*named.runner) || GENERAL.contains(&&*named.runner);
    let most = setup.runners.iter().filter(able).map(|named| named.weight).max();
    let first = setup.runners.iter().filter(able).find(|named| Some(named.weight) == most);
    doubts.extend(setup.elsewhere.clone().filter(|_| most != Some(Weight::Folder)));
    let Some(first) = first else { return (None, doubts) };
    let others = setup.runners.iter().filter(able).filter(|named| named.runner != first.runner);
    for other in others.filter(|other| other.weight >= Weight::Command) {
        doubts.push(format!("{} has {} run them too: --runner checks for that", other.by, other.runner));
    }
    if first.weight == Weight::Dependency {
        doubts.push(format!("{} may mean another one: --runner says it", first.by));
    }
    (Some(first.clone()), doubts)
}

/// The layouts whose files another tool may run than the one that wrote them.
const GENERATORS: [&str; 4] = ["atlas", "drizzle", "drizzle-folders", "prisma"];

/// The layouts whose files bear their tool's marks, or lie beside its list: those that do not are not its own.
const MARKED: [&str; 9] =
    ["atlas", "dbmate", "drizzle", "drizzle-folders", "goose", "liquibase", "prisma", "sql-migrate", "sqitch"];

/// The runners that run what others wrote.
const GENERAL: [&str; 1] = ["wrangler"];

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

impl Number<'_> {
    /// The number as a number, if it is a whole one that a machine counts with.
    pub fn value(&self) -> Option<u64> {
        if self.digits.is_empty() { Some(0) } else { self.digits.parse().ok() }
    }
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
        let found = Recognised::of(&files(of), &beside, Setup::default());
        (found.layout.name(), found.doubt.is_none() && found.runner_doubt.is_none())
    }

    /// The migrations of the layout, each with what undoes it, and the files that its tool does not run.
    pub(super) fn read(layout: &'static Facts, paths: &[&str]) -> Vec<String> {
        let files: Vec<SourceFile> = paths.iter().map(|path| SourceFile::new(*path, "")).collect();
        let recognised = Recognised::named(Layout(layout));
        let shown = |migration: Migration| match migration.down {
            Some(down) => format!("{} ({})", migration.up.path, down.path),
            None => migration.up.path.clone(),
        };
        let migrations = recognised.migrations(&files).into_iter().map(shown);
        migrations.chain(recognised.unseen(&files).into_iter().map(|path| format!("not {path}"))).collect()
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
