//! A repository of forty migrations is taken through a pull request, and every format tells a reviewer of the new one
//! alone.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;

use crate::formats::is_valid;
use crate::harness::binary;
use crate::since::{commit, git};

/// Ten tables, each in four migrations.
const TABLES: [&str; 10] =
    ["users", "addresses", "products", "prices", "orders", "lines", "invoices", "payments", "returns", "reviews"];

/// What the pull request brings.
const NEW: &str = "-- The parcel service wants to be told apart.
-- remold: consent(drop-column:users.note) nobody has written one since spring
ALTER TABLE users DROP COLUMN note;
ALTER TABLE orders ADD COLUMN carrier TEXT NOT NULL DEFAULT 'swordfish' CHECK (carrier <> '');
UPDATE orders SET carrier = 'swordfish-2' WHERE id < 4711;
ALTER TABLE products RENAME COLUMN label TO title;
CREATE TABLE carriers (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, since TEXT);
CREATE INDEX orders_by_carrier ON orders (carrier);
";

fn released(at: usize) -> String {
    let (table, parent) = (TABLES[at % 10], TABLES[(at % 10).saturating_sub(1)]);
    match at / 10 {
        0 if at == 0 => format!("CREATE TABLE {table} (id INTEGER PRIMARY KEY, label TEXT NOT NULL);\n"),
        0 => format!(
            "CREATE TABLE {table} (\n  id INTEGER PRIMARY KEY,\n  label TEXT NOT NULL,\n  \
             {parent}_id INTEGER NOT NULL REFERENCES {parent} (id)\n);\n\
             CREATE INDEX {table}_by_parent ON {table} ({parent}_id);\n"
        ),
        1 => format!("ALTER TABLE {table} ADD COLUMN note VARCHAR(80);\n"),
        2 => format!("CREATE VIEW recent_{table} AS SELECT id, label FROM {table} ORDER BY id DESC LIMIT 100;\n"),
        _ => format!("DROP TABLE IF EXISTS old_{table};\n"),
    }
}

/// The repository, on a branch that adds one migration; and a database in which the forty have run.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let migrations = folder.path().join("migrations");
    fs::create_dir(&migrations).unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    fs::write(folder.path().join("remold.toml"), "runner = \"remold\"\nsqlite = \"debian-12..\"\n").unwrap();
    let database = Connection::open(folder.path().join("live.db")).unwrap();
    for at in 0..40 {
        fs::write(migrations.join(format!("{:04}_change.sql", at + 1)), released(at)).unwrap();
        database.execute_batch(&released(at)).unwrap();
    }
    let rows = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000) ";
    database.execute_batch(&format!("INSERT INTO users (label) {rows} SELECT 'ada' FROM n; ANALYZE;")).unwrap();
    drop(database);
    let output = binary::command(folder.path()).args(["snapshot", "--db", "live.db", "-o", "live.json"]).output();
    assert!(output.unwrap().status.success());
    commit(folder.path());
    git(folder.path(), &["switch", "--quiet", "--create", "carriers"]);
    fs::write(migrations.join("0041_carriers.sql"), NEW).unwrap();
    commit(folder.path());
    folder
}

fn lint(folder: &Path, arguments: &[&str]) -> String {
    let output = binary::command(folder).args(["lint", "--since", "main"]).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert!(output.status.code().unwrap() < 2, "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn every_format_tells_of_the_new_migration_alone() {
    let repository = repository();
    let print = |format: &str| lint(repository.path(), &["--format", format]);
    let report: Value = serde_json::from_str(&print("json")).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.len() > 3, "{findings:#?}");
    let is_new = |path: &Value| path == "migrations/0041_carriers.sql";
    assert!(findings.iter().all(|finding| is_new(&finding["path"])), "{findings:#?}");

    let log = is_valid("sarif-2.1.0.json", &print("sarif"), "sarif");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let location = |result: &Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert!(results.iter().map(location).all(|path| is_new(&path)));
    assert_eq!(results.len(), findings.len() + report["allowed"].as_array().map_or(0, Vec::len));
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);

    let quality = is_valid("gitlab-code-quality.json", &print("gitlab"), "gitlab");
    assert!(quality.as_array().unwrap().iter().all(|one| is_new(&one["location"]["path"])));
    let diagnostics = is_valid("rdjson.json", &print("rdjson"), "rdjson");
    assert!(diagnostics["diagnostics"].as_array().unwrap().iter().all(|one| is_new(&one["location"]["path"])));
    let annotations = print("github");
    assert_eq!(annotations.lines().count(), findings.len());
    assert!(annotations.lines().all(|line| line.contains(" file=migrations/0041_carriers.sql,line=")), "{annotations}");
}

#[test]
fn the_comment_is_one_that_a_reviewer_is_glad_to_receive() {
    let repository = repository();
    let folder = repository.path();
    let links = ["--format", "markdown", "--links", "https://git.example/shop/blob/carriers"];
    let page = lint(folder, &[&links[..], &["--schema", "live.json"]].concat());
    assert!(!page.contains("swordfish") && !page.contains("4711"), "{page}");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("pull_request", page));

    // What the earlier migrations make is the same schema, of which no rows are known.
    let without_schema = lint(folder, &links);
    let schema = |page: &str| page.split("### Schema").nth(1).unwrap().split("### ").next().unwrap().to_owned();
    assert_eq!(schema(&without_schema), schema(&page));
    assert!(page.contains("`users` (about 25,000 rows)") && without_schema.contains("`users` (rows unknown)"));
    assert!(lint(folder, &[&links[..], &["--show-literals"]].concat()).contains("DEFAULT 'swordfish'"));
}

#[test]
fn what_the_comment_expects_is_what_sqlite_answers() {
    let repository = repository();
    let folder = repository.path();
    let page = lint(folder, &["--format", "markdown", "--schema", "live.json"]);
    let apply = binary::command(folder).args(["apply", "--db", "live.db", "migrations"]).output().unwrap();
    assert!(apply.status.success(), "{}", String::from_utf8_lossy(&apply.stderr));
    let database = Connection::open(folder.join("live.db")).unwrap();
    let block = page.split("### See that it worked\n\n```sql\n").nth(1).unwrap().split("```").next().unwrap();
    let mut asked = 0;
    let mut lines = block.lines().peekable();
    while let Some(query) = lines.next() {
        let mut expected = Vec::new();
        while let Some(line) = lines.next_if(|line| line.starts_with("-- ")) {
            let line = line.trim_start_matches("-- ").split("  <- ").next().unwrap();
            if !line.starts_with("and no ") {
                expected.push(line.to_owned());
            }
        }
        let mut statement = database.prepare(query.split(" -- ").next().unwrap()).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut found = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let cell = |at| match row.get_ref(at).unwrap() {
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                other => other.as_str().unwrap().to_owned(),
            };
            found.push((0..columns).map(cell).collect::<Vec<_>>().join("|"));
        }
        assert_eq!(found, expected, "{query}");
        asked += 1;
    }
    assert!(asked > 5, "{block}");
}

#[test]
fn an_edited_file_is_told_and_not_planned() {
    let repository = repository();
    let folder = repository.path();
    let edited = released(39) + "DROP TABLE users;\n";
    fs::write(folder.join("migrations/0040_change.sql"), edited).unwrap();
    let page = lint(folder, &["--format", "markdown"]);
    let change = page.split("### What changes").nth(1).unwrap().split("###").next().unwrap();
    assert!(change.contains("- edits `migrations/0040_change.sql`, which was released before"), "{page}");
    assert!(!change.contains("drops table `users`"), "{page}");
    let plan = page.split("### Plan").nth(1).unwrap();
    assert!(!plan.contains("DROP TABLE users"), "{page}");
}
