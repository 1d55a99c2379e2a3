//! A database's files in the order in which its package runs them.

use std::cmp::Ordering;
use std::fs;
use std::path::Path;

use remold_core::text::SourceFile;
use rusqlite::{Connection, OpenFlags};

use crate::list::{Database, Direction, Package};
use crate::literals;

/// Reads the files of a database. A pattern that no file has is an error: a package that changed must
/// not pass for one that was read.
pub(crate) fn files(corpus: &Path, package: &Package, database: &Database) -> Result<Vec<SourceFile>, String> {
    let folder = corpus.join(package.folder());
    let mut paths = Vec::new();
    collect(&folder, "", &mut paths)
        .map_err(|error| format!("{}: {error}; fetch it with tests/packages/fetch.sh", folder.display()))?;
    paths.sort_by(|one, other| natural(one, other));
    let mut files = Vec::new();
    for part in &database.parts {
        let patterns = alternatives(&part.pattern);
        let mut chosen: Vec<&String> =
            paths.iter().filter(|path| patterns.iter().any(|pattern| matches(pattern, path))).collect();
        if chosen.is_empty() {
            return Err(format!("{} {}: no file is like `{}`", package.name, package.version, part.pattern));
        }
        if part.direction == Direction::Backward {
            chosen.reverse();
        }
        for path in chosen {
            let text = text(&folder.join(path)).map_err(|error| format!("{path}: {error}"))?;
            files.push(SourceFile::new(path.clone(), text));
        }
    }
    Ok(files)
}

/// A file's SQL: all of it, the literals of source code, or the schema of a database file.
fn text(path: &Path) -> Result<String, String> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if ["db", "sqlite"].contains(&extension) && !path.to_string_lossy().ends_with(".sql.sqlite") {
        return schema_of(path).map_err(|error| error.to_string());
    }
    let text =
        String::from_utf8(fs::read(path).map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
    Ok(match literals::language(extension) {
        Some(language) => literals::statements(&text, language),
        None => text,
    })
}

fn schema_of(path: &Path) -> rusqlite::Result<String> {
    let database = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
               ORDER BY rowid";
    let mut query = database.prepare(sql)?;
    let texts = query.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(texts.join(";\n"))
}

fn collect(folder: &Path, below: &str, paths: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

/// Orders names as people number them: `2` before `10`.
fn natural(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        match (digits(one), digits(other)) {
            (0, _) | (_, 0) => {
                let (mut a, mut b) = (one.chars(), other.chars());
                match (a.next(), b.next()) {
                    (None, None) => return Ordering::Equal,
                    (a, b) if a != b => return a.cmp(&b),
                    _ => (one, other) = (a.as_str(), b.as_str()),
                }
            }
            (a, b) => {
                let (number, behind) = one.split_at(a);
                let (also, behind_also) = other.split_at(b);
                let (number, also) = (number.trim_start_matches('0'), also.trim_start_matches('0'));
                match number.len().cmp(&also.len()).then(number.cmp(also)) {
                    Ordering::Equal => (one, other) = (behind, behind_also),
                    unequal => return unequal,
                }
            }
        }
    }
}

/// The patterns that `{a,b}` stands for.
fn alternatives(pattern: &str) -> Vec<String> {
    let Some((before, rest)) = pattern.split_once('{') else { return vec![pattern.to_owned()] };
    let Some((choices, behind)) = rest.split_once('}') else { return vec![pattern.to_owned()] };
    choices.split(',').flat_map(|choice| alternatives(&format!("{before}{choice}{behind}"))).collect()
}

/// Whether the path is like the pattern, whose `*` stands for anything but a `/`.
fn matches(pattern: &str, path: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('*') else { return pattern == path };
    let Some(behind) = path.strip_prefix(before) else { return false };
    let reach = behind.find('/').unwrap_or(behind.len());
    (0..=reach).filter(|at| behind.is_char_boundary(*at)).any(|at| matches(rest, &behind[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_as_numbers() {
        let mut names = ["V10__c.sql", "V2__b.sql", "V1__a.sql", "V002__a.sql"];
        names.sort_by(|one, other| natural(one, other));
        assert_eq!(names, ["V1__a.sql", "V002__a.sql", "V2__b.sql", "V10__c.sql"]);
    }

    #[test]
    fn a_star_stays_within_a_name() {
        assert!(matches("a/*/up.sql", "a/1_x/up.sql"));
        assert!(!matches("a/*.sql", "a/b/up.sql"));
        assert!(!matches("a/*/up.sql", "a/1/down.sql"));
        assert_eq!(alternatives("a/*.{sql,sql.sqlite}"), ["a/*.sql", "a/*.sql.sqlite"]);
    }
}
