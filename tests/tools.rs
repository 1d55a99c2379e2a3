//! Real migration tools: folders that they made are recognised, and what remold says of them is what they do to
//! a real database. `tests/tools/run.sh` measures that, and `docs/layouts.md` is written from it.
//!
//! `REMOLD_DOCS=write` writes that page anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use remold_core::history::runner::{Runner, RunnerTransaction, WayOut};
use remold_core::layout::setup::Setup;
use remold_core::layout::{ABOVE, Layout, Recognised};
use remold_core::ledger::Ledger;
use remold_core::parse::Source;
use remold_core::snapshot::Snapshot;
use remold_core::text::SourceFile;
use serde_json::Value;

use crate::harness::{binary, fixture};

fn tools() -> PathBuf {
    fixture::root().join("tests/tools")
}

/// What was measured, by the tool's name.
fn results() -> BTreeMap<String, Value> {
    serde_json::from_str(&fs::read_to_string(tools().join("results.json")).unwrap()).unwrap()
}

/// A folder that a tool made.
struct Real {
    name: String,
    /// The tool, its version and how it made them.
    made: String,
    files: Vec<SourceFile>,
    recognised: Recognised,
}

fn folders() -> Vec<Real> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(tools().join("folders")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| real(path)).collect()
}

fn real(folder: &Path) -> Real {
    let (mut files, mut beside) = (Vec::new(), Vec::new());
    collect(&folder.join("migrations"), "", &mut |path, text| {
        if path.strip_suffix(".sql").is_some() { files.push(SourceFile::new(path, text)) } else { beside.push(path) }
    });
    beside.extend(ABOVE.iter().filter(|name| folder.join(name).exists()).map(|name| format!("../{name}")));
    let recognised = Recognised::of(&files, &beside, Setup::default());
    for file in &mut files {
        file.halves = recognised.layout.halves(&file.text);
    }
    Real {
        name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
        made: fs::read_to_string(folder.join("README")).unwrap().lines().next().unwrap().to_owned(),
        files,
        recognised,
    }
}

/// Shows the files below the folder, in the order of their paths.
fn collect(folder: &Path, above: &str, show: &mut impl FnMut(String, String)) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = format!("{above}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), show);
        } else {
            show(name, fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn folders_that_tools_made_are_recognised() {
    let mut shown = String::new();
    for real in folders() {
        let Recognised { layout, doubt, .. } = &real.recognised;
        writeln!(shown, "{} ({})", real.name, real.made).unwrap();
        writeln!(shown, "  {}{}", layout.name(), doubt.as_ref().map(|doubt| format!(", {doubt}")).unwrap_or_default())
            .unwrap();
        for migration in real.recognised.migrations(&real.files) {
            let statements = |file: &SourceFile| Source::of(file).spans().count();
            let down = migration.down.map_or_else(String::new, |down| {
                let halves = if down.halves.is_some() { statements(&down.turned()) } else { statements(down) };
                format!(", taken back by {halves} of {}", down.path)
            });
            writeln!(shown, "  {}: {} statements{down}", migration.up.path, statements(migration.up)).unwrap();
        }
        for path in real.recognised.unseen(&real.files) {
            writeln!(shown, "  not {path}").unwrap();
        }
    }
    insta::assert_snapshot!("tools_folders", shown);
}

#[test]
fn runners_do_what_is_said_of_them() {
    for (name, tool) in results() {
        let runner = told(&tool);
        let transaction = match runner.transaction {
            RunnerTransaction::None => "none",
            RunnerTransaction::File => "file",
            RunnerTransaction::All => "all",
        };
        assert_eq!(tool["transaction"], transaction, "{name}");
        assert_eq!(tool["foreign keys"], runner.foreign_keys(), "{name}");
        let turns = if runner.transaction == RunnerTransaction::None { "works" } else { "does nothing" };
        assert_eq!(tool["pragma foreign_keys"], turns, "{name}");
        let gets_out = !matches!(runner.way_out, WayOut::None | WayOut::Outside(_));
        assert_eq!(tool["way out"].as_str(), gets_out.then_some("works"), "{name}");
        // Nothing fails half-way, and what fails is said.
        assert_eq!(tool["rebuild"]["reported"], "done", "{name}");
        assert_eq!(tool["rebuild"]["users"]["after"], tool["rebuild"]["users"]["before"], "{name}");
    }
}

/// What each tool keeps is known by its columns for that tool's, and for nobody else's.
#[test]
fn the_ledgers_that_tools_made_are_read() {
    for (name, tool) in results() {
        let tables = tool["ledger"].as_array().unwrap().iter().map(|table| table.as_str().unwrap());
        let sql: String = tables
            .filter(|table| table.contains('('))
            .fold(String::new(), |sql, table| sql + "CREATE TABLE " + table + ";");
        if sql.is_empty() {
            continue; // PRAGMA user_version is no table.
        }
        let schema = Snapshot::read(&sql).unwrap().schema();
        let found: Vec<&str> = Ledger::all_in(&schema).into_iter().map(Ledger::tool).collect();
        assert_eq!(found, [tool["runner"].as_str().unwrap()], "{name}");
    }
}

#[test]
fn files_are_run_in_the_order_that_is_said() {
    for (name, tool) in results() {
        let words = |list: &Value| -> Vec<String> {
            list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
        };
        let files: Vec<SourceFile> =
            words(&tool["order"]["given"]).into_iter().map(|path| SourceFile::new(path, "")).collect();
        let recognised = Recognised::named(layout(&tool));
        let migrations = recognised.migrations(&files);
        let paths: Vec<String> = migrations.iter().map(|migration| migration.up.path.clone()).collect();
        assert_eq!(words(&tool["order"]["run"]), paths, "{name}");
    }
}

/// The children's rows that a rebuild of the parent deletes are foretold, and no others.
#[test]
fn lost_rows_are_foretold() {
    let mut losing = Vec::new();
    for (name, tool) in results() {
        let rows = &tool["rebuild"]["posts"];
        let lost = rows["after"].as_u64().unwrap() < rows["before"].as_u64().unwrap();
        let found = found(&tool);
        let said = ["parent-dropped-with-foreign-keys-on", "d1-cascading-rebuild"];
        assert_eq!(said.iter().any(|rule| found.contains(&(*rule).to_owned())), lost, "{name}: {found:?}");
        let ignored = tool["pragma foreign_keys"] == "does nothing";
        let rule = "foreign-keys-pragma-in-transaction".to_owned();
        assert_eq!(found.contains(&rule), ignored, "{name}: {found:?}");
        losing.extend(lost.then_some(name));
    }
    for name in ["drizzle-orm on better-sqlite3", "wrangler"] {
        assert!(losing.iter().any(|losing| losing == name), "{losing:?}");
    }
}

#[test]
fn the_page_on_layouts_is_written_anew() {
    let path = fixture::root().join("docs/layouts.md");
    let page = page();
    if std::env::var_os("REMOLD_DOCS").is_some_and(|word| word == "write") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &page).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept, page, "REMOLD_DOCS=write cargo test -p remold-tests tools writes docs/layouts.md anew");
}

/// The runner as remold knows it, with what the tests tell of it.
fn told(tool: &Value) -> Runner {
    let runner: Runner = tool["runner"].as_str().unwrap().parse().unwrap();
    match tool["told"].as_str().unwrap().strip_prefix("--foreign-keys ") {
        Some(word) => runner.with_foreign_keys(word),
        None => runner,
    }
}

fn layout(tool: &Value) -> Layout {
    tool["layout"].as_str().unwrap().parse().unwrap()
}

/// The rules that speak of the folder's last migration.
fn found(tool: &Value) -> Vec<String> {
    let folder = tools().join("folders").join(tool["folder"].as_str().unwrap());
    let output = binary::command(&folder)
        .args(["lint", "--fail-on", "never", "--format", "json", "migrations"])
        .args(["--layout", tool["layout"].as_str().unwrap(), "--runner", tool["runner"].as_str().unwrap()])
        .args(tool["told"].as_str().unwrap().split_whitespace())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| finding["path"].as_str().unwrap().contains("rebuild"))
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect()
}

const HEAD: &str = "\
# Layouts

Whose files a folder has is recognised by itself, and `--layout` says it where that fails; who runs them follows
from it, unless `--runner` names another. This page is written by a test, from what the core knows, from folders
that the tools made (`tests/tools/folders`), and from what the tools did to real databases
(`tests/tools/results.json`, which `tests/tools/run.sh` measures).

- **Recognised**: in the folder that the tool made, or in one as it makes it (`tests/projects`). *In doubt* is said
  where other tools write the same.
- **Transaction**: the one that the runner puts around the files, and how a file gets out of it.
- **Foreign keys**: at the beginning of the first file.
- **Ledger read**: the table that `remold status` reads. Each that a tool was seen to make is found by its columns.
- **Measured**: the tools whose behaviour agreed, on real databases, with everything that the line says.

";

fn page() -> String {
    let (results, folders) = (results(), folders());
    let mut page = HEAD.to_owned();
    page.push_str(
        "| layout | recognised | order | transaction | way out | foreign keys | ledger read | ledger as measured | real folder | measured |\n",
    );
    page.push_str("|---|---|---|---|---|---|---|---|---|---|\n");
    for layout in Layout::names().filter_map(|name| name.parse::<Layout>().ok()) {
        writeln!(page, "| {} |", line(layout, &results, &folders).join(" | ")).unwrap();
    }
    page.push_str("\n## A parent that is rebuilt\n\n");
    page.push_str(
        "Two users and three posts of theirs, `ON DELETE CASCADE`; the second migration rebuilds `users` between \
         `PRAGMA foreign_keys = OFF` and `ON`, in the words of the tool where it writes such a migration itself. All \
         of them report it as done.\n\n",
    );
    page.push_str("| tool | version | posts before | posts after | remold says |\n|---|---|---|---|---|\n");
    for (name, tool) in &results {
        let posts = &tool["rebuild"]["posts"];
        let speaks = found(tool).into_iter().filter(|rule| {
            ["parent-dropped-with-foreign-keys-on", "d1-cascading-rebuild", "foreign-keys-pragma-in-transaction"]
                .contains(&rule.as_str())
        });
        let mut said: Vec<String> = speaks.map(|rule| format!("`{rule}`")).collect();
        said.sort();
        said.dedup();
        let told = tool["told"].as_str().unwrap();
        let told = if told.is_empty() { String::new() } else { format!(" (with `{told}`)") };
        let said = if said.is_empty() { "nothing of it".to_owned() } else { said.join(", ") };
        let version = tool["version"].as_str().unwrap();
        writeln!(page, "| {name} | {version} | {} | {} | {said}{told} |", posts["before"], posts["after"]).unwrap();
    }
    page.push_str(
        "\n## Not measured\n\nAtlas, Flyway, golang-migrate and goose are in none of the registries that the script \
         installs from (by npm, pip and cargo), or their packages fetch a program from elsewhere; the sql-migrate of \
         npm knows no SQLite. What is said of them is what their documentation and sources say.\n",
    );
    page
}

/// What is known of a layout, by the columns of the table.
fn line(layout: Layout, results: &BTreeMap<String, Value>, folders: &[Real]) -> [String; 10] {
    let none = || "–".to_owned();
    let runner: Option<Runner> = layout.runner().and_then(|name| name.parse().ok());
    let own = folders.iter().filter(|real| {
        let name = layout.name().replace('-', "_");
        real.name == name || real.name.strip_prefix(&name).is_some_and(|rest| rest.starts_with('_'))
    });
    let own: Vec<&Real> = own.collect();
    let fixture = format!("projects/layout_{}.txt", layout.name().replace('-', "_"));
    let has_fixture = own.is_empty() && Path::new(env!("CARGO_MANIFEST_DIR")).join(fixture).exists();
    let recognised: Vec<&str> = own
        .iter()
        .map(|real| match (real.recognised.layout == layout, &real.recognised.doubt) {
            (true, None) => "yes",
            (true, Some(_)) => "yes, in doubt",
            (false, _) => "with `--layout`",
        })
        .collect();
    let tools = || results.iter().filter(|(_, tool)| self::layout(tool) == layout);
    let ledger: Vec<String> = tools()
        .flat_map(|(_, tool)| tool["ledger"].as_array().unwrap())
        .map(|table| format!("`{}`", table.as_str().unwrap()))
        .collect();
    let measured: Vec<String> =
        tools().map(|(name, tool)| format!("{name} {}", tool["version"].as_str().unwrap())).collect();
    let joined = |mut list: Vec<String>| {
        list.sort();
        list.dedup();
        if list.is_empty() { none() } else { list.join("; ") }
    };
    [
        layout.name().to_owned(),
        if has_fixture {
            "in a fixture".to_owned()
        } else {
            joined(recognised.into_iter().map(ToOwned::to_owned).collect())
        },
        order(layout).to_owned(),
        runner.as_ref().map_or_else(none, |runner| transaction(runner.transaction).to_owned()),
        runner.as_ref().map_or_else(none, |runner| way_out(runner.way_out)),
        runner.as_ref().map_or_else(none, |runner| runner.foreign_keys().to_owned()),
        joined(
            layout.runner().into_iter().flat_map(Ledger::of).map(|ledger| format!("`{}`", ledger.table())).collect(),
        ),
        joined(ledger),
        joined(own.iter().map(|real| real.made.split(':').next().unwrap_or_default().to_owned()).collect()),
        joined(measured),
    ]
}

/// By what it orders, as two names tell.
fn order(layout: Layout) -> &'static str {
    let shapes: [[&str; 2]; 6] = [
        ["10_a.sql", "2_b.sql"],
        ["10_a.up.sql", "2_b.up.sql"],
        ["V10__a.sql", "V2__b.sql"],
        ["10-a/up.sql", "2-b/up.sql"],
        ["10_a/up.sql", "2_b/up.sql"],
        ["10000_a.sql", "9999_b.sql"],
    ];
    for shape in shapes {
        let files: Vec<SourceFile> = shape.iter().map(|path| SourceFile::new(*path, "")).collect();
        let recognised = Recognised::named(layout);
        let migrations = recognised.migrations(&files);
        if let [first, _] = migrations.as_slice() {
            // The greater number comes first as a text only.
            return if first.up.path.contains("10") { "by text" } else { "by number" };
        }
    }
    // All of them are fourteen digits.
    "by text"
}

const fn transaction(transaction: RunnerTransaction) -> &'static str {
    match transaction {
        RunnerTransaction::None => "none",
        RunnerTransaction::File => "each file",
        RunnerTransaction::All => "all files together",
    }
}

fn way_out(way_out: WayOut) -> String {
    match way_out {
        WayOut::None => "–".to_owned(),
        WayOut::FirstLine(line) | WayOut::InFirstLine(line, _) => format!("`{line}` as the first line"),
        WayOut::Line(line) => format!("`{line}`"),
        WayOut::Word(mark, word) => format!("`{word}` behind `{mark}`"),
        WayOut::Outside(what) => what.to_owned(),
    }
}
