//! Finds `remold.toml`, in this folder or the nearest one above it, and reads it.

use std::path::{Path, PathBuf};

use remold_core::config::Config;
use remold_core::layout::Layout;
use remold_core::text::lines::LineIndex;

use crate::failure::{Exit, Failure};
use crate::files;

/// What it is called.
pub(crate) const NAME: &str = "remold.toml";

/// What a project says, and where its paths begin.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// What it says.
    pub(crate) config: Config,
    folder: PathBuf,
}

impl Found {
    /// A path that the file names, as seen from here.
    pub(crate) fn beside(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// The paths of the migrations: those that were typed, or else those that the file names.
    pub(crate) fn paths(&self, typed: &[PathBuf]) -> Vec<PathBuf> {
        if typed.is_empty() { self.config.paths.iter().map(|path| self.beside(path)).collect() } else { typed.to_vec() }
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
    Ok(Found { config, folder: path.parent().map(Path::to_owned).unwrap_or_default() })
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
