//! How a folder of migrations is read: which files, in which order, which of them undo which.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::sqlite::name;
use crate::text::SourceFile;

mod plain;

/// A migration: the file that makes the change, and the one that takes it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration<'files> {
    /// The file that is run.
    pub up: &'files SourceFile,
    /// The file that undoes it, where there is one.
    pub down: Option<&'files SourceFile>,
}

/// A way in which tools lay out their files. One tool, one file, one value.
#[derive(Debug)]
struct Layout {
    name: &'static str,
    migrations: fn(&[SourceFile]) -> Vec<Migration<'_>>,
}

/// The migrations among the files, in the order in which they are run.
pub fn migrations(files: &[SourceFile]) -> Vec<Migration<'_>> {
    (plain::LAYOUT.migrations)(files)
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
    let name = name.strip_prefix('V').filter(|rest| rest.contains("__")).unwrap_or(name);
    if !name.starts_with(|at: char| at.is_ascii_digit()) {
        return None;
    }
    let end = name.find(|at: char| !(at.is_ascii_digit() || at == '-' || at == '.')).unwrap_or(name.len());
    let digits: String = name[..end].chars().filter(|at| at.is_ascii_digit() || *at == '.').collect();
    let word = name[end..].trim_start_matches('_').split(['_', '-', '.']).next().unwrap_or_default();
    let letter = if word.len() == 1 { word } else { "" };
    Some(Number { folder, digits: digits.trim_matches('.').trim_start_matches('0').into(), letter })
}

/// Whether the file is one that takes a migration back.
pub fn takes_back(path: &str) -> bool {
    plain::is_down(path)
}

/// The name of the layout that the files have.
pub const fn recognised(_files: &[SourceFile]) -> &'static str {
    plain::LAYOUT.name
}

/// The paths of the migrations that come behind the one of that name: its path, its file's name with or
/// without `.sql`, or the number that this begins with. The error is the nearest name, if one is near.
pub fn behind(files: &[SourceFile], name: &str) -> Result<BTreeSet<String>, Option<String>> {
    let migrations = migrations(files);
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
