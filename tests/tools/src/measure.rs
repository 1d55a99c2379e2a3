//! What a tool does: each question is a folder of its own, and the database answers it.

use std::path::Path;

use serde_json::{Value, json};

use crate::project::Project;
use crate::tools::{Tool, Transaction};

const FAMILY: [&str; 4] = [
    "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
    "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id) ON DELETE CASCADE)",
    "INSERT INTO parent VALUES (1)",
    "INSERT INTO child VALUES (1, 1)",
];

/// All that is measured of the tool.
pub(crate) fn measure(root: &Path, tool: &Tool) -> Result<Value, String> {
    let foreign_keys = foreign_keys(root, tool, &[])?;
    let turned = foreign_keys_turned(root, tool, foreign_keys)?;
    let way_out = way_out(root, tool)?;
    Ok(json!({
        "version": tool.version,
        "runner": tool.runner,
        "layout": tool.layout,
        "folder": tool.folder,
        "told": tool.told,
        "transaction": transaction(root, tool)?,
        "foreign keys": if foreign_keys { "on" } else { "off" },
        "pragma foreign_keys": if turned { "works" } else { "does nothing" },
        "way out": way_out,
        "ledger": ledger(root, tool)?,
        "order": { "given": tool.order, "run": order(root, tool)? },
        "rebuild": rebuild(root, tool)?,
    }))
}

/// What stays of two migrations, the second of which fails in its second statement.
fn transaction(root: &Path, tool: &Tool) -> Result<&'static str, String> {
    let project = fails(root, tool, Transaction::Unsaid)?;
    Ok(match (project.has_table("one")?, project.has_table("two")?) {
        (true, true) => "none",
        (true, false) => "file",
        (false, _) => "all",
    })
}

/// Whether what a file says takes it out of its transaction; null where it can say nothing.
fn way_out(root: &Path, tool: &Tool) -> Result<Option<&'static str>, String> {
    if (tool.head)(0, Transaction::None) == (tool.head)(0, Transaction::Unsaid) {
        return Ok(None);
    }
    let project = fails(root, tool, Transaction::None)?;
    Ok(Some(if project.has_table("two")? { "works" } else { "does nothing" }))
}

fn fails<'tool>(root: &'tool Path, tool: &'tool Tool, transaction: Transaction) -> Result<Project<'tool>, String> {
    let project = Project::new(root, tool)?;
    let second = ["CREATE TABLE two (a)", "INSERT INTO missing VALUES (1)"];
    project.migrations(&[
        (tool.names[0], Transaction::Unsaid, &["CREATE TABLE one (a)"]),
        (tool.names[1], transaction, &second),
    ])?;
    match project.run() {
        Ok(()) => Err("a statement that fails was reported as done".to_owned()),
        Err(said) if said.contains("missing") => Ok(project),
        Err(said) => Err(said),
    }
}

/// Whether a parent's rows take those of its child along in a second migration that begins so.
fn foreign_keys(root: &Path, tool: &Tool, before: &[&str]) -> Result<bool, String> {
    let project = Project::new(root, tool)?;
    let second = [before, &["DELETE FROM parent"]].concat();
    project
        .migrations(&[(tool.names[0], Transaction::Unsaid, &FAMILY), (tool.names[1], Transaction::Unsaid, &second)])?;
    project.run()?;
    Ok(project.ask("SELECT count(*) FROM child")? == 0)
}

/// Whether the pragma turns them in a file.
fn foreign_keys_turned(root: &Path, tool: &Tool, foreign_keys: bool) -> Result<bool, String> {
    let pragma = if foreign_keys { "PRAGMA foreign_keys = OFF" } else { "PRAGMA foreign_keys = ON" };
    Ok(self::foreign_keys(root, tool, &[pragma])? != foreign_keys)
}

/// The tables that it makes for itself, with their columns.
fn ledger(root: &Path, tool: &Tool) -> Result<Vec<String>, String> {
    let project = Project::new(root, tool)?;
    project.migrations(&[(tool.names[0], Transaction::Unsaid, &FAMILY)])?;
    project.run()?;
    let mut found = project.list(
        "SELECT name || '(' || (SELECT group_concat(name, ', ') FROM pragma_table_xinfo(tables.name)) || ')'
         FROM sqlite_schema AS tables
         WHERE type = 'table' AND name NOT IN ('parent', 'child') AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*'
         ORDER BY 1",
    )?;
    if project.ask("SELECT user_version FROM pragma_user_version")? != 0 {
        found.push("PRAGMA user_version".to_owned());
    }
    Ok(found)
}

/// The files that it ran, in that order.
fn order(root: &Path, tool: &Tool) -> Result<Vec<String>, String> {
    let project = Project::new(root, tool)?;
    let notes: Vec<(&str, String)> =
        tool.order.iter().map(|name| (*name, format!("INSERT INTO ran VALUES ('{name}')"))).collect();
    let texts: Vec<(&str, [&str; 2])> =
        notes.iter().map(|(name, note)| (*name, ["CREATE TABLE IF NOT EXISTS ran (name)", note.as_str()])).collect();
    let all: Vec<(&str, Transaction, &[&str])> =
        texts.iter().map(|(name, text)| (*name, Transaction::Unsaid, text.as_slice())).collect();
    project.migrations(&all)?;
    project.run()?;
    project.list("SELECT name FROM ran ORDER BY rowid")
}

/// What becomes of the rows of a parent, which its own folder rebuilds, and of its child.
fn rebuild(root: &Path, tool: &Tool) -> Result<Value, String> {
    let project = Project::new(root, tool)?;
    project.take(1)?;
    project.run()?;
    let rows = "INSERT INTO users (id, name) VALUES (1, 'Ada'), (2, 'Grace');
                INSERT INTO posts (id, author) VALUES (1, 1), (2, 1), (3, 2);";
    project.database()?.execute_batch(rows).map_err(|error| error.to_string())?;
    project.take(2)?;
    let done = project.run();
    let count = |table: &str| project.ask(&format!("SELECT count(*) FROM {table}"));
    Ok(json!({
        "reported": if done.is_ok() { "done" } else { "failed" },
        "users": { "before": 2, "after": count("users")? },
        "posts": { "before": 3, "after": count("posts")? },
    }))
}
