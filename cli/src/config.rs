//! Finds `remold.toml`, in this folder or the nearest one above it, and reads it.

use std::path::{Path, PathBuf};

use remold_core::config::Config;
use remold_core::layout::Layout;
use remold_core::sqlite::name;
use remold_core::text::lines::LineIndex;

use crate::failure::{Exit, Failure};
use crate::files::{self, Place};
use crate::terminal;

/// What it is called.
pub(crate) const NAME: &str = "remold.toml";

/// What a project says, and where its paths begin.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// What it says.
    pub(crate) config: Config,
    folder: PathBuf,
    /// Where migrations were found that nobody named.
    migrations: Option<PathBuf>,
}

/// A database whose migrations are looked at.
#[derive(Debug)]
pub(crate) struct Database {
    /// What the project calls it; none where there is one alone.
    pub(crate) name: Option<String>,
    /// What the project says of it.
    pub(crate) found: Found,
}

impl Found {
    /// The databases that are meant: the one that was named; or else that of the paths that were typed, or all that
    /// the project names.
    pub(crate) fn databases(self, named: Option<&str>, typed: &[PathBuf]) -> Result<Vec<Database>, Failure> {
        let Self { mut config, folder, migrations } = self;
        let databases = std::mem::take(&mut config.databases);
        if let Some(name) = named {
            let names = || databases.iter().map(|database| &*database.name);
            let Some(chosen) = databases.iter().find(|database| database.name == name) else {
                let failure = Failure::say(Exit::Usage, format!("remold.toml has no database `{name}`"));
                let nearest = name::nearest(name, names());
                return Err(failure.help(match (nearest, databases.is_empty()) {
                    (Some(nearest), _) => format!("write `{nearest}`, if that is meant"),
                    (None, true) => "a database is named by [[database]] in remold.toml".to_owned(),
                    (None, false) => format!("it has {}", names().collect::<Vec<_>>().join(", ")),
                }));
            };
            let found = Self { config: chosen.config.clone(), folder, migrations: None };
            return Ok(vec![Database { name: None, found }]);
        }
        if databases.is_empty() || !typed.is_empty() {
            return Ok(vec![Database { name: None, found: Self { config, folder, migrations } }]);
        }
        let of_each = databases.into_iter().map(|database| Database {
            name: Some(database.name),
            found: Self { config: database.config, folder: folder.clone(), migrations: None },
        });
        Ok(of_each.collect())
    }

    /// The one database that is meant.
    pub(crate) fn one(self, named: Option<&str>, typed: &[PathBuf]) -> Result<Self, Failure> {
        let mut databases = self.databases(named, typed)?;
        match (databases.pop(), databases.is_empty()) {
            (Some(only), true) => Ok(only.found),
            (last, _) => {
                let names = databases.iter().chain(&last).filter_map(|database| database.name.as_deref());
                let names = names.collect::<Vec<_>>().join(", ");
                let failure = Failure::say(Exit::Usage, format!("remold.toml has several databases: {names}"));
                Err(failure.help("choose one with --database-name"))
            }
        }
    }

    /// A path that the file names, as seen from here.
    pub(crate) fn beside(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// The paths of the migrations: those that were typed, or else those that the file names.
    pub(crate) fn paths(&self, typed: &[PathBuf]) -> Vec<PathBuf> {
        match &self.migrations {
            _ if !typed.is_empty() => typed.to_vec(),
            Some(folder) => vec![folder.clone()],
            None => self.config.paths.iter().map(|path| self.beside(path)).collect(),
        }
    }

    /// The paths of the application's queries: those that were typed, or else those that the file names.
    pub(crate) fn queries(&self, typed: &[PathBuf]) -> Vec<PathBuf> {
        if typed.is_empty() {
            self.config.queries.iter().map(|path| self.beside(path)).collect()
        } else {
            typed.to_vec()
        }
    }

    /// The schema before the first file: the one that was typed, or else the one that the file names.
    pub(crate) fn schema(&self, typed: Option<&PathBuf>) -> Option<PathBuf> {
        typed.cloned().or_else(|| self.config.schema.as_deref().map(|path| self.beside(path)))
    }

    /// How the files are laid out, where that was typed or the file says it.
    pub(crate) fn layout(&self, typed: Option<Layout>) -> Option<Layout> {
        typed.or(self.config.layout)
    }

    /// The root of the files as the file names it.
    pub(crate) fn root<'root>(&self, root: &'root str) -> &'root str {
        let folder = self.folder.to_str().unwrap_or_default();
        root.strip_prefix(folder).unwrap_or(root).trim_matches('/')
    }
}

/// The databases; or where nobody says where migrations are and none are in `migrations/`, those that are found below
/// this folder.
pub(crate) fn or_discovered(databases: Vec<Database>, typed: &[PathBuf]) -> Result<Vec<Database>, Failure> {
    let [Database { name: None, found }] = databases.as_slice() else { return Ok(databases) };
    if !typed.is_empty() || !found.config.paths.is_empty() || files::has_default() {
        return Ok(databases);
    }
    let mut discovered = Vec::new();
    for place in files::discover() {
        match place {
            Place::Migrations { name, folder } => {
                let migrations = Some(folder);
                let found = Found { config: found.config.clone(), folder: found.folder.clone(), migrations };
                discovered.push(Database { name: Some(name), found });
            }
            Place::Project { name, config } => {
                let own = find(Some(&config))?.databases(None, &[])?;
                discovered.extend(own.into_iter().map(|database| Database {
                    name: Some(database.name.map_or_else(|| name.clone(), |own| format!("{name}/{own}"))),
                    found: beside_config(database.found),
                }));
            }
        }
    }
    if let [only] = discovered.as_mut_slice() {
        only.name = None;
        for folder in only.found.paths(typed) {
            terminal::note(&terminal::visible(&format!("found migrations in `{}`", folder.display())));
        }
    }
    Ok(if discovered.is_empty() { databases } else { discovered })
}

/// The project with the default folder beside its file, where it names none.
fn beside_config(found: Found) -> Found {
    let migrations = found.config.paths.is_empty().then(|| found.beside(files::DEFAULT));
    Found { migrations, ..found }
}

/// The file that was named, or the nearest one; nothing where there is none.
pub(crate) fn find(named: Option<&Path>) -> Result<Found, Failure> {
    let Some(path) = named.map(Path::to_owned).or_else(nearest) else { return Ok(Found::default()) };
    let text = files::text(&path)?;
    let config = Config::read(&text).map_err(|fault| {
        let place = LineIndex::new(&text).position(fault.span.start);
        let place = format!("{}:{}:{}", path.display(), place.line, place.column);
        let failure = Failure::say(Exit::Usage, format!("{place}: {}", fault.message));
        match fault.help {
            Some(help) => failure.help(help),
            None => failure,
        }
    })?;
    Ok(Found { config, folder: path.parent().map(Path::to_owned).unwrap_or_default(), migrations: None })
}

/// The nearest file, written as seen from here.
fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(NAME).is_file() {
            return Some(up.join(NAME));
        }
        // What lies above a repository is somebody else's.
        if folder.join(".git").exists() {
            return None;
        }
        up.push("..");
    }
    None
}
