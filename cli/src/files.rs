//! Walks, reads and writes files: the only `std::fs` outside `database/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use anyhow::Error;
use remold_core::history::Project;
use remold_core::layout::setup::{self, Setup, ToolFile};
use remold_core::layout::{ABOVE, Layout, Recognised};
use remold_core::queries::Query;
use remold_core::snapshot::Snapshot;
use remold_core::sqlite::name;
use remold_core::text::SourceFile;

use crate::failure::{Exit, Failure};
use crate::terminal;

/// Where migrations are looked for when nobody says where.
pub(crate) const DEFAULT: &str = "migrations";
/// The longest file of a tool that is read, in bytes.
const LONGEST: u64 = 8 << 20;
/// How many of the files that are not read are named.
const NAMED: usize = 5;

/// Reads the files of the paths, or of `migrations/`, and says on standard error what was not read. They are
/// laid out as somebody says, or else as they are recognised.
pub(crate) fn project(paths: &[PathBuf], layout: Option<Layout>) -> Result<Project, Failure> {
    found(paths)?.read(layout)
}

/// What the paths hold, or `migrations/`.
fn found(paths: &[PathBuf]) -> Result<Found, Failure> {
    let default = [PathBuf::from(DEFAULT)];
    let paths = if paths.is_empty() {
        if !Path::new(DEFAULT).exists() {
            let failure =
                Failure::say(Exit::Usage, "there is no folder `migrations` here, and no other path was given");
            return Err(failure.help("name the migration files, or the folder that holds them"));
        }
        &default
    } else {
        paths
    };
    let mut found = Found { several: paths.len() > 1, ..Found::default() };
    for path in paths {
        found.path(path)?;
    }
    say_unread(&found.unread);
    if found.files.is_empty() {
        let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
        let failure = Failure::say(Exit::Usage, format!("no file that ends in .sql is in {}", names.join(", ")));
        return Err(failure.help("name the migration files, or the folder that holds them"));
    }
    Ok(found)
}

/// The same, but without any file where no path was given and `migrations/` is not there.
pub(crate) fn project_if_any(paths: &[PathBuf], layout: Option<Layout>) -> Result<Project, Failure> {
    if paths.is_empty() && !Path::new(DEFAULT).exists() { Ok(Project::default()) } else { project(paths, layout) }
}

/// Whether there is a folder where migrations are looked for first.
pub(crate) fn has_default() -> bool {
    Path::new(DEFAULT).exists()
}

/// Where a database's migrations were found.
pub(crate) enum Place {
    /// In a folder.
    Migrations {
        /// What the database is called: the folder's path, without the name that all such folders have.
        name: String,
        /// The folder.
        folder: PathBuf,
    },
    /// Beside a remold.toml, which says more.
    Project {
        /// The folder's path.
        name: String,
        /// The file.
        config: PathBuf,
    },
}

/// Folders that hold what others wrote, or what was built.
const NOT_OURS: [&str; 8] = ["build", "dist", "node_modules", "out", "site-packages", "target", "vendor", "venv"];
/// What folders of migrations are called.
const CALLED: [&str; 6] = ["changelog", "drizzle", "migrate", "migration", "migrations", "sqlmigrations"];
/// How deep migrations are looked for.
const DEEPEST: usize = 6;
/// How many folders are looked into at most.
const MOST_FOLDERS: usize = 5_000;
/// How many files of a folder tell whose they are.
const MOST_FILES: usize = 100;

/// Finds folders of migrations below this one: those that are called so, and those whose files a tool's layout
/// has.
pub(crate) fn discover() -> Vec<Place> {
    let mut places = Vec::new();
    let mut folders = vec![(String::new(), 0)];
    let mut looked_into = 0;
    while let Some((folder, depth)) = folders.pop() {
        looked_into += 1;
        if looked_into > MOST_FOLDERS {
            terminal::note(&format!("only {MOST_FOLDERS} folders were looked into; name the others' migrations"));
            break;
        }
        // Where we may not look, nobody's migrations are that we could read.
        let Ok(entries) = Entries::of(&folder) else { continue };
        if depth > 0 && entries.files.iter().any(|name| name == crate::config::NAME) {
            let config = Path::new(&folder).join(crate::config::NAME);
            places.push(Place::Project { name: folder, config });
        } else if depth > 0 && entries.are_migrations(&folder) {
            let (above, own) = folder.rsplit_once('/').unwrap_or(("", &folder));
            let is_taken = |place: &Place| matches!(place, Place::Migrations { name, .. } if name == above);
            let is_plain = !above.is_empty() && CALLED.contains(&own) && !places.iter().any(is_taken);
            let name = if is_plain { above.to_owned() } else { folder.clone() };
            places.push(Place::Migrations { name, folder: PathBuf::from(folder) });
        } else if depth < DEEPEST {
            let below = entries.folders.into_iter().rev().map(|name| (join(&folder, &name), depth + 1));
            folders.extend(below);
        }
    }
    places
}

/// What a folder holds, in the order of the names.
struct Entries {
    folders: Vec<String>,
    files: Vec<String>,
}

impl Entries {
    fn of(folder: &str) -> Result<Self, Failure> {
        let path = Path::new(if folder.is_empty() { "." } else { folder });
        let (mut folders, mut files) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(path).map_err(|error| unread(path, error))? {
            let entry = entry.map_err(|error| unread(path, error))?;
            // Where a name is no text, migrations are named by somebody.
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let kind = entry.file_type().map_err(|error| unread(path, error))?;
            if name.starts_with('.') || (kind.is_dir() && NOT_OURS.contains(&&*name)) {
                continue;
            }
            if kind.is_dir() {
                folders.push(name);
            } else if kind.is_file() {
                files.push(name);
            }
        }
        folders.sort();
        files.sort();
        Ok(Self { folders, files })
    }

    fn are_migrations(&self, folder: &str) -> bool {
        let sql = |entries: &Self| entries.files.iter().any(|name| is_sql(Path::new(name)));
        let own = folder.rsplit('/').next().unwrap_or_default();
        if CALLED.contains(&own) {
            let mut below = self.folders.iter().map(|name| Self::of(&join(folder, name)));
            return sql(self) || below.any(|entries| entries.is_ok_and(|entries| sql(&entries)));
        }
        if !sql(self) {
            return false;
        }
        let (files, beside): (Vec<&String>, Vec<_>) = self.files.iter().partition(|name| is_sql(Path::new(name)));
        let read = |name: &&String| Some(SourceFile::new((*name).clone(), text(&Path::new(folder).join(name)).ok()?));
        let files: Vec<SourceFile> = files.iter().take(MOST_FILES).filter_map(read).collect();
        let beside: Vec<String> = beside.into_iter().cloned().collect();
        let recognised = Recognised::of(&files, &beside, Setup::default());
        // Where several tools may have written them, somebody doubts whose they are.
        recognised.layout.name() != Layout::default().name() || recognised.doubt.is_some()
    }
}

/// The folder below which the project's files have their names.
pub(crate) fn folder(project: &Project) -> &Path {
    Path::new(if project.root.is_empty() { "." } else { &project.root })
}

/// Whether a file that is gone would have been read, since a folder was named that held it.
pub(crate) fn is_asked_for(paths: &[PathBuf], project: &Project, path: &str) -> bool {
    let default = [PathBuf::from(DEFAULT)];
    let paths = if paths.is_empty() { &default } else { paths };
    let file = folder(project).join(path);
    let plain = |path: &Path| path.components().filter(|part| *part != Component::CurDir).collect::<PathBuf>();
    paths.iter().filter(|path| path.is_dir()).any(|path| plain(&file).starts_with(plain(path)))
}

/// The name below the project's folder of a file that was typed.
pub(crate) fn named(project: &Project, path: &Path) -> Result<String, Failure> {
    let typed = shown(path)?;
    let is_it = |file: &&SourceFile| [&project.shown(file), &file.path].contains(&&typed);
    project.files.iter().find(is_it).map(|file| file.path.clone()).ok_or_else(|| {
        let names = project.files.iter().map(|file| file.path.as_str());
        let failure = Failure::say(Exit::Usage, format!("`{typed}` is none of the files that are linted"));
        match name::nearest(&typed, names) {
            Some(nearest) => failure.help(format!("write `{nearest}`, if that is meant")),
            None => {
                failure.help("name the folder with the whole history as well, and the file as it is called below it")
            }
        }
    })
}

/// Reads a schema: SQL, an export, or a snapshot.
pub(crate) fn schema(path: &Path) -> Result<Snapshot, Failure> {
    let text = text(path)?;
    Snapshot::read(&text).map_err(|error| {
        let failure = Failure::say(Exit::Usage, format!("the schema in `{}` cannot be read: {error}", path.display()));
        failure.help("give SQL that makes the schema, such as `.schema` prints, or what `remold snapshot` prints")
    })
}

/// Reads the application's queries, in the order of their files.
pub(crate) fn queries(paths: &[PathBuf]) -> Result<Vec<Query>, Failure> {
    let mut found = Found { holds: is_queries, ..Found::default() };
    for path in paths {
        found.path(path)?;
    }
    let mut queries = Vec::new();
    for (typed, path) in &found.files {
        queries.extend(Query::read(typed, &text(path)?).map_err(|error| {
            let failure = Failure::say(Exit::Usage, format!("`{typed}` has no query: {error}"));
            failure.help("name the files that sqlx saves, or files of SQL")
        })?);
    }
    if queries.is_empty() && !paths.is_empty() {
        let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
        let failure = Failure::say(Exit::Usage, format!("no query is in {}", names.join(", ")));
        return Err(failure.help("name the files that sqlx saves (query-*.json) or files of SQL, or a folder of them"));
    }
    Ok(queries)
}

/// Reads one file with its name as it was typed.
pub(crate) fn single(path: &Path) -> Result<Project, Failure> {
    let mut found = Found::default();
    if path.is_dir() {
        return Err(Failure::say(Exit::Usage, format!("`{}` is a folder; name one file", path.display())));
    }
    found.path(path)?;
    found.read(None)
}

/// Reads a text.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let length = fs::metadata(path).map_err(|error| unread(path, error))?.len();
    if length > u64::from(u32::MAX) {
        return Err(Failure::say(Exit::Usage, format!("`{shown}` has {length} bytes; at most 4 GiB can be read")));
    }
    let bytes = fs::read(path).map_err(|error| unread(path, error))?;
    String::from_utf8(bytes).map_err(|error| not_text(path, error.as_bytes(), error.utf8_error().valid_up_to()))
}

/// Writes a text into a file that is not there yet, and into the folders above it; says whether it was not.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<bool, Failure> {
    let write = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::File::create_new(path)?.write_all(text.as_bytes())
    };
    match write() {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => {
            let error = Error::new(error).context(format!("`{}` cannot be written", path.display()));
            Err(Failure::new(Exit::Failed, error))
        }
    }
}

/// Writes a text.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| {
        let exit = if error.kind() == ErrorKind::NotFound { Exit::Usage } else { Exit::Failed };
        Failure::new(exit, Error::new(error).context(format!("`{}` cannot be written", path.display())))
    })
}

fn unread(path: &Path, error: std::io::Error) -> Failure {
    let shown = path.display();
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            Failure::say(Exit::Usage, format!("there is no file `{shown}`"))
        }
        ErrorKind::IsADirectory => Failure::say(Exit::Usage, format!("`{shown}` is a folder; a file is needed here")),
        _ => Failure::new(Exit::Failed, Error::new(error).context(format!("`{shown}` cannot be read"))),
    }
}

/// Says what the file is instead of text.
fn not_text(path: &Path, bytes: &[u8], valid: usize) -> Failure {
    let shown = path.display();
    if bytes.starts_with(b"SQLite format 3\0") {
        let failure = Failure::say(Exit::Usage, format!("`{shown}` is a SQLite database, not SQL"));
        return failure.help("databases are named with --db");
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let failure = Failure::say(Exit::Usage, format!("`{shown}` is UTF-16, and SQL is read as UTF-8"));
        return failure.help("save it as UTF-8");
    }
    let line = bytes[..valid].split(|byte| *byte == b'\n').count();
    let failure = Failure::say(
        Exit::Usage,
        format!("`{shown}` is not UTF-8: byte 0x{:02X} at offset {valid}, in line {line}", bytes[valid]),
    );
    failure.help("save it as UTF-8")
}

/// What the paths hold.
struct Found {
    /// The files, by their path as it is shown; each with the path to open.
    files: BTreeMap<String, PathBuf>,
    /// The folders that the paths name, or that hold the files that they name.
    roots: Vec<String>,
    /// What is not SQL, as it is shown.
    unread: BTreeSet<String>,
    /// Whether there are several paths; then `./` before them would hide what they have in common.
    several: bool,
    /// Which files of a folder are read.
    holds: fn(&Path) -> bool,
}

impl Default for Found {
    fn default() -> Self {
        let (files, unread) = (BTreeMap::new(), BTreeSet::new());
        Self { files, roots: Vec::new(), unread, several: false, holds: is_sql }
    }
}

impl Found {
    fn path(&mut self, path: &Path) -> Result<(), Failure> {
        let kind = fs::metadata(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                Failure::say(Exit::Usage, format!("there is no file or folder `{}`", path.display()))
            }
            _ => unread(path, error),
        })?;
        let mut typed = shown(path)?;
        while self.several && typed.starts_with("./") {
            typed.drain(..2);
        }
        if self.several && typed == "." {
            typed.clear();
        }
        if kind.is_dir() {
            let root = if typed.len() > 1 { typed.trim_end_matches('/') } else { &typed };
            self.roots.push(root.to_owned());
            return self.folder(path, root);
        }
        let folder = typed.rsplit_once('/').map_or("", |(folder, _)| if folder.is_empty() { "/" } else { folder });
        self.roots.push(folder.to_owned());
        self.files.insert(typed, path.to_owned());
        Ok(())
    }

    fn folder(&mut self, folder: &Path, typed: &str) -> Result<(), Failure> {
        for entry in fs::read_dir(folder).map_err(|error| unread(folder, error))? {
            let entry = entry.map_err(|error| unread(folder, error))?;
            let path = entry.path();
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                return Err(not_unicode(&path));
            };
            if name.starts_with('.') {
                continue;
            }
            let typed = join(typed, &name);
            let kind = entry.file_type().map_err(|error| unread(&path, error))?;
            if kind.is_dir() {
                self.folder(&path, &typed)?;
            } else if (self.holds)(&path) && path.is_file() {
                self.files.insert(typed, path);
            } else {
                self.unread.insert(typed);
            }
        }
        Ok(())
    }

    /// Reads the files; their paths become relative to the longest folder that holds them all.
    fn read(self, layout: Option<Layout>) -> Result<Project, Failure> {
        let root = common(&self.roots);
        let mut files = Vec::with_capacity(self.files.len());
        for (typed, path) in &self.files {
            let below = below(&root, typed).ok_or_else(|| {
                let failure =
                    Failure::say(Exit::Usage, "the paths have no folder in common, below which the files have names");
                failure.help("start all of them in the same folder, or name that folder alone")
            })?;
            files.push(SourceFile::new(below, text(path)?));
        }
        let setup = self.setup(&root, &files);
        let recognised = match layout {
            Some(layout) => Recognised::named(layout).with(setup),
            None => Recognised::of(&files, &self.beside(&root), setup),
        };
        Ok(Project::laid_out(root, files, recognised))
    }

    /// What the tools' own files say, those below the root and those above it.
    fn setup(&self, root: &str, files: &[SourceFile]) -> Setup {
        let typed = Path::new(if root.is_empty() { "." } else { root });
        let Ok(whole) = typed.canonicalize() else { return Setup::default() };
        let below = self.unread.iter().filter(|typed| setup::is_below(typed)).filter_map(|typed| {
            let path = slashed(&whole.join(below(root, typed)?))?;
            let shown = typed.trim_start_matches("./").to_owned();
            Some(ToolFile { path, shown, text: tool_text(Path::new(typed))? })
        });
        let tools: Vec<ToolFile> = below.chain(above(typed, &whole)).collect();
        slashed(&whole).map_or_else(Setup::default, |root| Setup::read(&root, files, &tools))
    }

    /// The files that are not SQL, below the root, and those above it that tell whose the files are.
    fn beside(&self, root: &str) -> Vec<String> {
        let above = Path::new(if root.is_empty() { "." } else { root }).join("..");
        let above = ABOVE.iter().filter(|name| above.join(name).is_file()).map(|name| format!("../{name}"));
        self.unread.iter().filter_map(|typed| below(root, typed)).map(str::to_owned).chain(above).collect()
    }
}

/// The files by which tools are set up, from the nearest folder up to the one that holds the repository. Without a
/// repository they are those up to the folder that somebody stands in, or just above the root.
fn above(typed: &Path, whole: &Path) -> Vec<ToolFile> {
    let folders: Vec<&Path> = whole.ancestors().collect();
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    let repository = folders.iter().position(|folder| folder.join(".git").exists());
    let last = repository.or_else(|| folders.iter().position(|folder| Some(*folder) == here.as_deref())).unwrap_or(1);
    let mut found = Vec::new();
    let mut shown = typed.to_owned();
    for folder in folders.into_iter().take(last + 1) {
        for name in setup::ABOVE {
            let path = folder.join(name);
            if let (Some(text), Some(path)) = (tool_text(&path), slashed(&path)) {
                let shown = slashed(&shown.join(name)).unwrap_or_else(|| name.to_owned());
                found.push(ToolFile { path, shown: shown.trim_start_matches("./").to_owned(), text });
            }
        }
        shown = match shown.file_name() {
            Some(_) => shown.parent().map(Path::to_owned).unwrap_or_default(),
            None if shown == Path::new(".") || shown.as_os_str().is_empty() => PathBuf::from(".."),
            None => shown.join(".."),
        };
    }
    found
}

/// The text of a tool's file; nothing where it is none, or longer than such a file is.
fn tool_text(path: &Path) -> Option<String> {
    fs::metadata(path).ok().filter(|file| file.is_file() && file.len() <= LONGEST)?;
    let mut text = String::new();
    fs::File::open(path).ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The path with `/`.
fn slashed(path: &Path) -> Option<String> {
    path.to_str().map(|path| path.replace('\\', "/"))
}

fn is_sql(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql"))
}

/// Whether the file has queries: SQL, or what sqlx saves.
fn is_queries(path: &Path) -> bool {
    let saved = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("query-"));
    is_sql(path) || (saved && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")))
}

/// The path as it was typed, with `/`.
pub(crate) fn shown(path: &Path) -> Result<String, Failure> {
    let typed = path.to_str().ok_or_else(|| not_unicode(path))?;
    Ok(typed.replace('\\', "/"))
}

fn not_unicode(path: &Path) -> Failure {
    let failure = Failure::say(Exit::Usage, format!("the name of `{}` is not UTF-8", path.display()));
    failure.help("rename it: the ledger records files by their names")
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() || folder.ends_with('/') { format!("{folder}{name}") } else { format!("{folder}/{name}") }
}

/// The longest folder that holds all of the folders.
fn common(roots: &[String]) -> String {
    let Some((first, others)) = roots.split_first() else { return String::new() };
    others.iter().fold(first.clone(), |root, other| {
        let same = root.split('/').zip(other.split('/')).take_while(|(one, other)| one == other);
        let parts: Vec<&str> = same.map(|(part, _)| part).collect();
        if parts == [""] && root.starts_with('/') { "/".to_owned() } else { parts.join("/") }
    })
}

/// The path below the folder.
fn below<'path>(root: &str, typed: &'path str) -> Option<&'path str> {
    let rest = typed.strip_prefix(root)?;
    let rest = if root.is_empty() || root.ends_with('/') { rest } else { rest.strip_prefix('/')? };
    let stays = !rest.starts_with('/') && !rest.split('/').any(|part| part == "..");
    stays.then_some(rest)
}

fn say_unread(unread: &BTreeSet<String>) {
    if unread.is_empty() {
        return;
    }
    let names: Vec<&str> = unread.iter().take(NAMED).map(String::as_str).collect();
    let more = unread.len() - names.len();
    let mut text = format!("not read, for they are not SQL: {}", names.join(", "));
    if more > 0 {
        text.push_str(&format!(", and {more} more"));
    }
    terminal::note(&terminal::visible(&text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_what_all_have_in_common() {
        let common_of = |roots: &[&str]| common(&roots.iter().map(|root| (*root).to_owned()).collect::<Vec<_>>());
        assert_eq!(common_of(&["db/migrations"]), "db/migrations");
        assert_eq!(common_of(&["db/one", "db/two"]), "db");
        assert_eq!(common_of(&["db/ones", "db/one"]), "db");
        assert_eq!(common_of(&["a", "b"]), "");
        assert_eq!(common_of(&["/a", "/b"]), "/");
    }

    #[test]
    fn names_stay_below_the_root() {
        assert_eq!(below("db", "db/1.sql"), Some("1.sql"));
        assert_eq!(below("", "1.sql"), Some("1.sql"));
        assert_eq!(below("/", "/a/1.sql"), Some("a/1.sql"));
        assert_eq!(below("", "/a/1.sql"), None);
        assert_eq!(below("", "../a/1.sql"), None);
    }
}
