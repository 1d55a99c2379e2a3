//! wrangler's own file: for each D1 database the folder, or the pattern, by which it looks for migrations.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Setup, Sight, ToolFile, Weight, below, folder, is_meant, json, resolved};
use crate::layout::names;
use crate::text::SourceFile;

/// What it says of one database.
#[derive(Debug, Default, PartialEq, Eq)]
struct Database {
    folder: Option<String>,
    pattern: Option<String>,
}

impl Database {
    fn named_folder(&self) -> &str {
        self.folder.as_deref().unwrap_or(DEFAULT).trim_start_matches("./").trim_end_matches('/')
    }
}

/// Where it looks when its file does not say.
const DEFAULT: &str = "migrations";

pub(super) fn read(setup: &mut Setup, root: &str, files: &[SourceFile], tool: &ToolFile) {
    let found = if names::file(&tool.path) == "wrangler.toml" { by_toml(&tool.text) } else { by_json(&tool.text) };
    let Some(databases) = found else { return setup.unread(tool) };
    let mut elsewhere: Vec<String> = Vec::new();
    for database in &databases {
        match sight(database, root, files, tool) {
            Some(sight) => {
                setup.name("wrangler", tool, Weight::Folder);
                setup.sight.get_or_insert(sight);
                return;
            }
            None => elsewhere.push(database.named_folder().to_string()),
        }
    }
    elsewhere.sort();
    elsewhere.dedup();
    if setup.sight.is_none() && !elsewhere.is_empty() {
        let folders = elsewhere.join("` and `");
        setup.elsewhere = Some(format!("{} has wrangler look in `{folders}`, and not here", tool.shown));
    }
}

/// What it sees of the files, where some of them lie in its folder.
fn sight(database: &Database, root: &str, files: &[SourceFile], tool: &ToolFile) -> Option<Sight> {
    let here = folder(&tool.path);
    let named = database.named_folder();
    let looks_in = resolved(here, named);
    let pattern = database.pattern.clone().unwrap_or_else(|| format!("{named}/*.sql"));
    let whole = resolved(here, &pattern);
    let is_seen = |path: &str| is_meant(&whole, path);
    let (mut hidden, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for file in files {
        let path = format!("{}/{}", root.trim_end_matches('/'), file.path);
        if is_seen(&path) {
            seen.insert(file.path.clone());
        } else if below(&looks_in, &path).is_some() {
            hidden.insert(file.path.clone());
        }
    }
    // Its default alone tells nothing of files that it does not see.
    let is_its = !seen.is_empty() || (!hidden.is_empty() && (database.folder.is_some() || database.pattern.is_some()));
    let wider = format!("{named}/*/migration.sql");
    is_its.then(|| Sight { runner: "wrangler", by: tool.shown.clone(), pattern, wider, seen, hidden })
}

/// The databases, those of named environments included.
fn by_toml(text: &str) -> Option<Vec<Database>> {
    let table = DeTable::parse(text).ok()?;
    let root = table.get_ref();
    let mut found = Vec::new();
    databases(root, &mut found);
    if let Some(DeValue::Table(environments)) = root.get("env").map(Spanned::get_ref) {
        for (_, environment) in environments {
            if let DeValue::Table(environment) = environment.get_ref() {
                databases(environment, &mut found);
            }
        }
    }
    Some(found)
}

fn databases(table: &DeTable, found: &mut Vec<Database>) {
    let Some(DeValue::Array(all)) = table.get("d1_databases").map(Spanned::get_ref) else { return };
    for one in all {
        let DeValue::Table(one) = one.get_ref() else { continue };
        let text = |key: &str| match one.get(key).map(Spanned::get_ref) {
            Some(DeValue::String(text)) => Some(text.to_string()),
            _ => None,
        };
        found.push(Database { folder: text("migrations_dir"), pattern: text("migrations_pattern") });
    }
}

fn by_json(text: &str) -> Option<Vec<Database>> {
    let root = json(text)?;
    let environments = root.get("env").and_then(|env| env.as_object()).into_iter().flat_map(|env| env.values());
    let mut found = Vec::new();
    for place in core::iter::once(&root).chain(environments) {
        let all = place.get("d1_databases").and_then(|all| all.as_array()).into_iter().flatten();
        found.extend(all.map(|one| {
            let text = |key: &str| one.get(key).and_then(|value| value.as_str()).map(ToString::to_string);
            Database { folder: text("migrations_dir"), pattern: text("migrations_pattern") }
        }));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup(path: &str, text: &str, files: &[&str]) -> Setup {
        let files: Vec<SourceFile> = files.iter().map(|path| SourceFile::new(*path, "")).collect();
        let tool = ToolFile { path: path.into(), shown: "wrangler".into(), text: text.into() };
        Setup::read("/r/drizzle", &files, &[tool])
    }

    #[test]
    fn its_folder_tells_whose_the_files_are() {
        let text = "[[d1_databases]]\nbinding = \"DB\"\nmigrations_dir = \"./drizzle/\"\n";
        let found = setup("/r/wrangler.toml", text, &["0000_a.sql", "0001_b/migration.sql"]);
        assert_eq!(found.runners[0].weight, Weight::Folder);
        let sight = found.sight.unwrap();
        assert_eq!((sight.pattern.as_str(), sight.wider.as_str()), ("drizzle/*.sql", "drizzle/*/migration.sql"));
        assert_eq!(sight.hidden.into_iter().collect::<Vec<_>>(), ["0001_b/migration.sql"]);
    }

    #[test]
    fn a_pattern_is_seen_from_its_file() {
        let text = "{ // D1\n\"env\": { \"prod\": { \"d1_databases\": [{ \"migrations_dir\": \"../drizzle\",\
                    \"migrations_pattern\": \"../drizzle/*/migration.sql\", }] } } }";
        let found = setup("/r/app/wrangler.jsonc", text, &["0000_a/migration.sql"]);
        assert!(found.sight.unwrap().hidden.is_empty());
    }

    #[test]
    fn another_folder_is_no_reason() {
        let found = setup("/r/wrangler.toml", "[[d1_databases]]\nbinding = \"DB\"\n", &["0000_a.sql"]);
        assert_eq!(found.sight, None);
        assert_eq!(found.elsewhere.as_deref(), Some("wrangler has wrangler look in `migrations`, and not here"));
        let config = ToolFile { path: "/r/drizzle.config.ts".into(), shown: "config".into(), text: "d1-http".into() };
        let other = ToolFile {
            path: "/r/wrangler.toml".into(),
            shown: "wrangler".into(),
            text: "d1_databases = [{ migrations_dir = \"a\" }, {}]".into(),
        };
        let found = Setup::read("/r/drizzle", &[SourceFile::new("0000_a.sql", "")], &[config, other]);
        let doubt = "wrangler has wrangler look in `a` and `migrations`, and not here, though config names it";
        assert_eq!((found.runners, found.elsewhere.as_deref()), (Vec::new(), Some(doubt)));
        assert_eq!(setup("/r/wrangler.toml", "name = \"a\"\n", &["0000_a.sql"]), Setup::default());
        assert_eq!(setup("/r/wrangler.toml", "name =", &["a.sql"]).doubts, ["wrangler cannot be read"]);
    }
}
