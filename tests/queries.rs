//! The application's queries: that SQLite agrees with what is said of them, that each is accounted for, and
//! that a file costs only those that it can concern.

use std::fs;

use remold_core::engine::watch::Watched;
use remold_core::engine::{Answer, Answered, Batch, Recorder};
use remold_core::history::{Project, Runner};
use remold_core::lint::{Report, Settings, lint, lint_on};
use remold_core::queries::Query;
use remold_core::render::json;
use remold_core::text::SourceFile;
use remold_engine::{Linked, run_json};
use serde_json::{Value, json};

use crate::harness::fixture;
use crate::harness::sqlite::{self, asked};

fn project(files: &[&str]) -> Project {
    let file = |(at, text): (usize, &&str)| SourceFile::new(format!("{:04}.sql", at + 1), *text);
    Project { files: files.iter().enumerate().map(file).collect(), ..Project::default() }
}

fn asking(queries: &str) -> Settings {
    Settings { queries: Query::read("q.sql", queries).unwrap(), ..Settings::new(None, None, Runner::by_hand()) }
}

fn linted(queries: &str, files: &[&str]) -> Report {
    lint_on(&project(files), &asking(queries), &mut Linked)
}

fn broken(report: &Report) -> Vec<&str> {
    let found = report.findings.iter().filter(|finding| finding.rule == "query-breaks");
    found.map(|finding| &*finding.message).collect()
}

fn no(reason: &str) -> Watched {
    Watched::No(reason.to_owned())
}

/// Whether SQLite refuses the query: words about keys and values that are taken tell nothing of it.
fn refuses(database: &rusqlite::Connection, query: &Query, quoted: bool) -> bool {
    let is_of_values = |error: &str| {
        error.starts_with("UNIQUE constraint")
            || error.starts_with("FOREIGN KEY constraint")
            || error.contains("datatype")
    };
    asked(database, &query.sql, quoted).is_some_and(|error| !is_of_values(&error))
}

#[test]
fn sqlite_agrees_with_every_verdict() {
    let text = fs::read_to_string(fixture::root().join("tests/rules/query-breaks.sql")).unwrap();
    for case in fixture::cases(&text).into_iter().filter(|case| case.not_run.is_none()) {
        // As a fresh connection of the application sees it, which has no temporary tables.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.db");
        let migrating = rusqlite::Connection::open(&path).unwrap();
        migrating.execute_batch(case.schema.as_deref().unwrap_or_default()).unwrap();
        let all = |quoted: bool| -> Vec<bool> {
            let application = rusqlite::Connection::open(&path).unwrap();
            application.pragma_update(None, "foreign_keys", case.settings.runner.foreign_keys()).unwrap();
            case.settings.queries.iter().map(|query| refuses(&application, query, quoted)).collect()
        };
        let before = [true, false].map(all);
        sqlite::run(&migrating, &case).unwrap();
        let breaks = [true, false]
            .map(all)
            .iter()
            .zip(&before)
            .any(|(behind, before)| behind.iter().zip(before).any(|(behind, before)| *behind && !before));
        assert_eq!(breaks, case.flagged, "{}", case.title);
    }
}

#[test]
fn the_application_sees_no_temporary_table() {
    let file = "DROP TABLE users; CREATE TEMPORARY TABLE users (id INTEGER PRIMARY KEY, name TEXT);";
    let report = linted("SELECT name FROM users", &["CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);", file]);
    assert_eq!(broken(&report), ["query `SELECT name FROM users` no longer works"]);
}

#[test]
fn each_query_is_accounted_for() {
    let queries =
        "SELECT name FROM users; SELECT age FROM users; SELECT title FROM posts; SELECT users.nowhere FROM users;
                   SELECT 1 FROM elsewhere; SELECT 2; INSERT INTO users (name) VALUES (our_function(?));";
    let report = linted(
        queries,
        &[
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE posts (title TEXT);",
            "ALTER TABLE users ADD COLUMN age INT;",
        ],
    );
    assert_eq!(
        report.queries,
        [
            Watched::Yes,
            Watched::New,
            Watched::New,
            no("no such column: users.nowhere"),
            no("no such table: elsewhere"),
            Watched::Untouched,
            Watched::Yes,
        ]
    );
    assert_eq!(broken(&report), [""; 0]);
}

#[test]
fn what_is_not_replayed_is_not_watched() {
    let alone = lint(&project(&["CREATE TABLE t (a);"]), &asking("SELECT a FROM t"));
    assert_eq!(alone.queries, [no("nothing is replayed")]);
    let stopped =
        linted("SELECT a FROM t", &["CREATE TABLE t (a);", "ALTER TABLE t RENAME a TO b; DROP TABLE nothing;"]);
    assert_eq!(stopped.queries, [Watched::New]);
    let unknown = linted("SELECT a FROM t; SELECT b FROM u", &["ALTER TABLE t RENAME COLUMN a TO b;"]);
    assert_eq!(unknown.queries, [no("`0001.sql` is not replayed"), no("no such table: u")]);
}

#[test]
fn a_query_is_asked_about_only_where_a_file_can_concern_it() {
    let files = [
        "CREATE TABLE users (id INTEGER PRIMARY KEY, team INT REFERENCES teams (id), name TEXT);
         CREATE TABLE teams (id INTEGER PRIMARY KEY, title TEXT); CREATE TABLE logs (at TEXT, title TEXT);
         CREATE VIEW titles AS SELECT title FROM teams;
         CREATE TRIGGER users_log AFTER DELETE ON users BEGIN INSERT INTO logs VALUES (old.name, ''); END;",
        "ALTER TABLE logs ADD COLUMN by TEXT;",
        "ALTER TABLE teams ADD COLUMN size INT;",
        "INSERT INTO users (name) VALUES ('nobody');",
        "CREATE INDEX logs_by_at ON logs (at);",
    ];
    let queries = "SELECT 'users' FROM logs; SELECT title FROM titles; DELETE FROM users; SELECT * FROM users, logs;
                   SELECT 1; SELECT a FROM elsewhere;";
    let mut recorder = Recorder::default();
    lint_on(&project(&files), &asking(queries), &mut recorder);
    let asked = |batch: &Batch| batch.queries.iter().map(|asked| asked.query).collect::<Vec<_>>();
    assert_eq!(
        recorder.batches.iter().map(asked).collect::<Vec<_>>(),
        [vec![0, 1, 2, 3], vec![0, 2, 3], vec![1], vec![], vec![], vec![4, 5]]
    );
    // The last batch has no file: those that no file touches are prepared once.
    assert_eq!(recorder.batches[5].tasks, []);
    // What only a query needs is made without a row, and what the file touches is seeded as before.
    let names = |batch: &Batch| batch.others.iter().map(|other| other.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&recorder.batches[1]), ["teams"]);
    let mut without = Recorder::default();
    lint_on(&project(&files), &asking(""), &mut without);
    for (with, without) in recorder.batches.into_iter().zip(without.batches) {
        assert_eq!(Batch { others: Vec::new(), queries: Vec::new(), ..with }, without);
    }
}

#[test]
fn queries_travel_as_json() {
    let files = ["CREATE TABLE t (a, b);", "ALTER TABLE t RENAME COLUMN a TO c;"];
    let (project, settings) =
        (project(&files), asking("SELECT a FROM t; SELECT c FROM t; SELECT d FROM t; SELECT e FROM u;"));
    let mut recorder = Recorder::default();
    lint_on(&project, &settings, &mut recorder);
    let answers: Value = serde_json::from_str(&run_json(&json!({ "batches": recorder.batches }).to_string())).unwrap();
    let version = answers["engine"].as_str().unwrap().parse().unwrap();
    let answers: Vec<Answer> = serde_json::from_value(answers["answers"].clone()).unwrap();
    let elsewhere = lint_on(&project, &settings, &mut Answered::new(version, answers));
    let here = lint_on(&project, &settings, &mut Linked);
    assert_eq!(broken(&here), ["query `SELECT a FROM t` no longer works"]);
    assert_eq!(json::lint(&project, &settings, &elsewhere), json::lint(&project, &settings, &here));
}

#[test]
fn the_statement_is_the_one_from_which_on_it_fails() {
    let rebuild = "CREATE TABLE new_t (b);\nDROP TABLE t;\nALTER TABLE new_t RENAME TO t;\nCREATE INDEX i ON t (b);";
    for around in ["", "BEGIN;\n", "PRAGMA foreign_keys = ON;\n"] {
        let end = if around == "BEGIN;\n" { "\nCOMMIT;" } else { "" };
        let last = format!("{around}{rebuild}{end}");
        let report = linted("SELECT a FROM t", &["CREATE TABLE t (a, b);", &last]);
        let found: Vec<_> = report.findings.iter().filter(|finding| finding.rule == "query-breaks").collect();
        let [finding] = &found[..] else { panic!("{found:#?}") };
        let place = last.find("new_t RENAME").unwrap();
        assert_eq!(finding.span.start as usize, place, "{last}");
    }
}
