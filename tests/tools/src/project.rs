//! A folder in which a tool runs, and its database.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use remold_core::layout::{Layout, Recognised};
use remold_core::text::SourceFile;
use rusqlite::Connection;

use crate::tools::{Tool, Transaction};

/// A folder with the migrations of a tool.
pub(crate) struct Project<'tool> {
    tool: &'tool Tool,
    root: &'tool Path,
    pub folder: PathBuf,
}

impl<'tool> Project<'tool> {
    /// An empty one. It lies beside the packages, so that configurations in it find them.
    pub(crate) fn new(root: &'tool Path, tool: &'tool Tool) -> Result<Self, String> {
        let folder = root.join("target/tools/npm/runs/measured");
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        let project = Self { tool, root, folder };
        for file in tool.beside {
            let text = fs::read_to_string(root.join("tests/tools/programs").join(file));
            project.write(file, &text.map_err(|error| format!("{file}: {error}"))?)?;
        }
        if tool.layout == "prisma" {
            project.write("migrations/migration_lock.toml", "provider = \"sqlite\"\n")?;
        }
        Ok(project)
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(path);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Writes migrations of these statements.
    pub(crate) fn migrations(&self, all: &[(&str, Transaction, &[&str])]) -> Result<(), String> {
        for (number, (name, transaction, statements)) in all.iter().enumerate() {
            let lines: Vec<String> = statements.iter().map(|statement| format!("{statement};\n")).collect();
            let text = (self.tool.head)(number, *transaction) + &lines.join(self.tool.between) + self.tool.tail;
            self.write(&format!("migrations/{name}"), &text)?;
        }
        self.journal(&all.iter().map(|(name, ..)| *name).collect::<Vec<_>>())
    }

    /// Drizzle runs what its journal names.
    fn journal(&self, names: &[&str]) -> Result<(), String> {
        if self.tool.layout != "drizzle" {
            return Ok(());
        }
        let entry = |(index, name): (usize, &&str)| {
            let tag = name.trim_end_matches(".sql");
            serde_json::json!({ "idx": index, "version": "6", "when": index + 1, "tag": tag, "breakpoints": true })
        };
        let entries: Vec<_> = names.iter().enumerate().map(entry).collect();
        let journal = serde_json::json!({ "version": "7", "dialect": "sqlite", "entries": entries });
        self.write("migrations/meta/_journal.json", &journal.to_string())
    }

    /// Puts so many of the migrations of the tool's own folder here, and all that lies beside them.
    pub(crate) fn take(&self, migrations: usize) -> Result<(), String> {
        let folder = self.root.join("tests/tools/folders").join(self.tool.folder);
        let mut paths = Vec::new();
        collect(&folder, &folder, &mut paths)?;
        let mut files = Vec::new();
        for path in paths {
            let text = fs::read_to_string(folder.join(&path)).map_err(|error| format!("{path}: {error}"))?;
            files.push(SourceFile::new(path, text));
        }
        let layout: Layout = self.tool.layout.parse()?;
        let below = |file: &SourceFile| file.path.strip_prefix("migrations/").map(ToOwned::to_owned);
        let scripts: Vec<SourceFile> = files
            .iter()
            .filter(|file| file.path.strip_suffix(".sql").is_some())
            .filter_map(|file| Some(SourceFile::new(below(file)?, file.text.clone())))
            .collect();
        let recognised = Recognised::named(layout);
        let later = recognised.migrations(&scripts).into_iter().skip(migrations);
        let left_out: Vec<String> = later
            .flat_map(|migration| [Some(migration.up), migration.down])
            .flatten()
            .map(|file| file.path.clone())
            .collect();
        for file in files.iter().filter(|file| below(file).is_none_or(|path| !left_out.contains(&path))) {
            self.write(&file.path, &file.text)?;
        }
        let journal = files.iter().find(|file| file.path.ends_with("_journal.json"));
        let Some(journal) = journal else { return Ok(()) };
        let mut value: serde_json::Value = serde_json::from_str(&journal.text).map_err(|error| error.to_string())?;
        if let Some(entries) = value["entries"].as_array_mut() {
            entries.truncate(migrations);
        }
        self.write(&journal.path, &value.to_string())
    }

    /// Has the tool run them. What it says is the error of a run that failed.
    pub(crate) fn run(&self) -> Result<(), String> {
        let tools = self.root.join("target/tools");
        let path = format!(
            "{0}/node/bin:{0}/npm/node_modules/.bin:{0}/npm/node_modules/liquibase/dist/liquibase:\
             {0}/bin:{0}/pip/bin:/usr/bin:/bin",
            tools.display()
        );
        let nothing = tools.join("none");
        let output = Command::new("sh")
            .args(["-c", &format!(": >>app.db; {}", self.tool.run)])
            .current_dir(&self.folder)
            .env("TOOLS", &tools)
            .env("PATH", path)
            .envs([("CI", "1"), ("CHECKPOINT_DISABLE", "1"), ("WRANGLER_SEND_METRICS", "false"), ("NO_COLOR", "1")])
            .envs([("PRISMA_QUERY_ENGINE_LIBRARY", &nothing), ("PRISMA_SCHEMA_ENGINE_BINARY", &nothing)])
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("{}: {error}", self.tool.run))?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
    }

    /// Its database. That of wrangler has a name which nobody chose.
    pub(crate) fn database(&self) -> Result<Connection, String> {
        let local = self.folder.join(".wrangler/state/v3/d1/miniflare-D1DatabaseObject");
        let is_database = |path: &PathBuf| {
            path.extension().is_some_and(|extension| extension == "sqlite") && !path.ends_with("metadata.sqlite")
        };
        let found = fs::read_dir(local).ok();
        let found = found.and_then(|entries| entries.flatten().map(|entry| entry.path()).find(is_database));
        let path = found.unwrap_or_else(|| self.folder.join("app.db"));
        let connection = Connection::open(path).map_err(|error| error.to_string())?;
        connection.pragma_update(None, "foreign_keys", false).map_err(|error| error.to_string())?;
        Ok(connection)
    }

    /// The only value that the query has.
    pub(crate) fn ask(&self, query: &str) -> Result<i64, String> {
        self.database()?.query_row(query, [], |row| row.get(0)).map_err(|error| format!("{query}: {error}"))
    }

    /// The values of the query's first column.
    pub(crate) fn list(&self, query: &str) -> Result<Vec<String>, String> {
        let database = self.database()?;
        let mut statement = database.prepare(query).map_err(|error| format!("{query}: {error}"))?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(|error| error.to_string())?;
        rows.collect::<Result<_, _>>().map_err(|error| error.to_string())
    }

    pub(crate) fn has_table(&self, table: &str) -> Result<bool, String> {
        self.ask(&format!("SELECT count(*) FROM sqlite_schema WHERE name = '{table}'")).map(|count| count > 0)
    }
}

/// The paths below the folder, from the first on.
fn collect(first: &Path, folder: &Path, found: &mut Vec<String>) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(first, &path, found)?;
        } else if let Some(path) = path.strip_prefix(first).ok().and_then(Path::to_str) {
            found.push(path.to_owned());
        }
    }
    found.sort();
    Ok(())
}
