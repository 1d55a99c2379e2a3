//! The rules' pages keep their word: the examples are judged by the rule, the proofs run in SQLite.
//!
//! A proof is one sentence, and each paragraph below `## Proof` is one. Most say what SQLite says in the end,
//! in backticks, an error or one value, or that `it runs`. They begin with what holds, in this order:
//!
//! - `With foreign keys on,`
//! - `In SQLite 3.24.0,`: that older version runs it all.
//! - `On tables with one row,`: the last file meets them, and only that one is run behind this.
//!
//! Then comes what is run:
//!
//! - `running the flagged file`, or `the better file`, which is the one of `## Instead`
//! - `running … twice`
//! - ``running … up to `STATEMENT`, then all of it``: the last file stops before the statement that begins so, and
//!   is then run again.
//! - `running … twice, the second time beside a writer who commits when it is waited for`
//! - nothing behind `On tables with one row`: that is the flagged file
//!
//! And last, where it succeeds, what is asked:
//!
//! - ``, then `SQL` ``
//! - ``, then `SQL` in SQLite 3.24.0``: that older version opens the same database for it.
//!
//! Three sentences go another way:
//!
//! - ``While the last statement of the flagged file runs, `SQL` by another connection: `…` ``
//! - `On 1,000 rows SQLite takes at least 5 times as many steps for the flagged file as on one row`: the steps
//!   of SQLite's virtual machine are counted, those of the statements that it runs by itself as well. Before
//!   the last file each table has so many rows, and that file is counted.
//! - `On 1,000 rows SQLite takes at least twice as many steps for the flagged file as for the better one`
//!
//! A proof that begins with `None` says why there is none: SQLite reads no comments, and not every engine runs here.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use remold_core::history::{Runner, RunnerTransaction};
use remold_core::parse;
use remold_core::rules::RULES;
use remold_core::text::SourceFile;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::harness::engines::{Engine, EngineVersion, Flavour, versions};
use crate::harness::fixture::Case;
use crate::harness::sqlite;

#[test]
fn the_flagged_example_is_flagged_and_the_other_is_not() {
    for entry in RULES {
        let id = entry.rule.id;
        assert!(!example(entry.page, "Flagged").found_by(id).is_empty(), "{id}: the flagged example is not");
        let instead = example(entry.page, "Instead");
        let found = instead.found_by(id);
        assert!(found.is_empty(), "{id}: the better example is flagged\n{}", instead.annotate(id));
        let worse: Vec<_> =
            instead.findings().into_iter().filter(|other| other.rule == "unreadable-statement").collect();
        assert!(worse.is_empty(), "{id}: {worse:#?}");
    }
}

#[test]
fn the_better_example_runs_in_sqlite() {
    for entry in RULES {
        let ran = sqlite::run(&sqlite::open(false), &example(entry.page, "Instead"));
        assert_eq!(ran, Ok(()), "{}", entry.rule.id);
    }
}

#[test]
fn each_proof_comes_true_in_sqlite() {
    each_comes_true(|proof| !proof.contains(OLDER));
}

#[test]
fn each_proof_comes_true_in_older_versions_of_sqlite() {
    each_comes_true(|proof| proof.contains(OLDER));
}

#[test]
fn only_what_cannot_run_here_has_no_proof() {
    for entry in RULES {
        let proof = section(entry.page, "Proof").trim();
        let cannot_run = proof.contains("does not run here") || proof == "None: SQLite does not read comments";
        assert!(!proof.starts_with("None") || cannot_run, "{}: {proof}", entry.rule.id);
    }
}

/// What SQLite says where it says nothing.
const IT_RUNS: &str = "it runs";

/// What a proof says that needs another SQLite than the linked one.
const OLDER: &str = "n SQLite 3.";

/// Tries the proofs of all pages that are meant.
fn each_comes_true(is_meant: impl Fn(&str) -> bool) {
    let mut wrong = String::new();
    for entry in RULES {
        let paragraphs = section(entry.page, "Proof").trim().split("\n\n").map(|proof| proof.replace('\n', " "));
        for proof in paragraphs.filter(|proof| !proof.starts_with("None") && is_meant(proof)) {
            if let Err(why) = tried(&proof, entry.page) {
                writeln!(wrong, "{}: {proof}\n    but {why}", entry.rule.id).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Tries one proof; the error says what came instead.
fn tried(proof: &str, page: &str) -> Result<(), String> {
    if let Some(claim) = after(proof, "On 1,000 rows SQLite takes at least ") {
        return takes_more_steps(claim, page);
    }
    let (claim, said) = claimed(proof).ok_or("it does not end in what SQLite says")?;
    let outcome = match after(claim, "While the last statement of the flagged file runs, ") {
        Some(other) => beside_the_last_statement(other, &example(page, "Flagged")),
        None => outcome(claim, page),
    };
    if outcome == said { Ok(()) } else { Err(format!("it is: {outcome}")) }
}

/// What is done, and what is said of it.
fn claimed(proof: &str) -> Option<(&str, &str)> {
    let runs = proof.strip_suffix(IT_RUNS).and_then(|claim| claim.strip_suffix(": "));
    runs.map(|claim| (claim, IT_RUNS)).or_else(|| proof.strip_suffix('`')?.rsplit_once(": `"))
}

/// What is behind the words, where the claim begins with them, in capitals or not.
fn after<'claim>(claim: &'claim str, words: &str) -> Option<&'claim str> {
    let (start, rest) = claim.split_at_checked(words.len())?;
    start.eq_ignore_ascii_case(words).then_some(rest)
}

/// What stands in backticks, after the words and before the rest.
fn quoted<'claim>(claim: &'claim str, words: &str) -> Option<(&'claim str, &'claim str)> {
    after(claim, words)?.strip_prefix('`')?.split_once('`')
}

/// What SQLite says in the end when the claim is tried.
fn outcome(claim: &str, page: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let foreign_keys = after(claim, "With foreign keys on, ");
    let claim = foreign_keys.unwrap_or(claim);
    let older = after(claim, "In SQLite ").and_then(|rest| rest.split_once(", "));
    let mut database = Database::open(&path, older.map(|(version, _)| version));
    database.foreign_keys(foreign_keys.is_some());
    let claim = older.map_or(claim, |(_, rest)| rest);
    let filled = after(claim, "On tables with one row");
    let claim = filled.map_or(claim, |rest| rest.strip_prefix(", ").unwrap_or(rest));
    let (case, claim) = if let Some(claim) = after(claim, "Running the better file") {
        (example(page, "Instead"), claim)
    } else {
        (example(page, "Flagged"), after(claim, "Running the flagged file").unwrap_or(claim))
    };
    let case = if filled.is_some() { met_by_rows(&mut database, &case) } else { case };
    let (how, asked) = claim.split_once(", then `").map_or((claim, None), |(how, asked)| (how, Some(asked)));
    let ran = run(how, &mut database, &path, &case);
    let Some(asked) = asked else { return ran.err().unwrap_or_else(|| IT_RUNS.to_owned()) };
    assert_eq!(ran, Ok(()), "nothing can be asked behind it: {claim}");
    let (sql, version) = asked.split_once('`').unwrap_or_else(|| panic!("`{asked}` does not end"));
    match after(version, " in SQLite ") {
        None => assert_eq!(version, "", "no way to ask"),
        Some(version) => database = Database::open(&path, Some(version)),
    }
    database.value(sql)
}

/// Runs the files before the last and puts rows into the tables; gives what is left to run.
fn met_by_rows(database: &mut Database, case: &Case) -> Case {
    let (before, last) = parted(case);
    database.run(&before).unwrap();
    let Database::Linked(linked) = database else { panic!("an older SQLite has no rows but the example's") };
    sqlite::fill(linked);
    last
}

/// The files before the last, and the last.
fn parted(case: &Case) -> (Case, Case) {
    let (last, before) = case.files.split_last().unwrap();
    (with_files(case, before.to_vec()), with_files(case, vec![last.clone()]))
}

fn with_files(case: &Case, files: Vec<SourceFile>) -> Case {
    Case { files, ..case.clone() }
}

/// Runs the files in one of the ways to run them.
fn run(how: &str, database: &mut Database, path: &Path, case: &Case) -> Result<(), String> {
    if let Some((statement, rest)) = quoted(how, " up to ") {
        assert_eq!(rest, ", then all of it");
        let (before, last) = parted(case);
        return database.run(&before).and_then(|()| run_again(statement, database, &last));
    }
    match how {
        "" => database.run(case),
        " twice" => database.run(case).and_then(|()| database.run(case)),
        " twice, the second time beside a writer who commits when it is waited for" => {
            database.run(case).and_then(|()| run_beside_a_writer(database, path, case))
        }
        other => panic!("`{other}` is no way to run a file"),
    }
}

/// Runs the file up to the statement, and then all of it.
fn run_again(statement: &str, database: &mut Database, case: &Case) -> Result<(), String> {
    let text = &case.files[0].text;
    let end = text.find(statement).unwrap_or_else(|| panic!("no `{statement}` in:\n{text}"));
    let stopped = with_files(case, vec![SourceFile::new("stopped.sql", &text[..end])]);
    database.run(&stopped).and_then(|()| database.run(case))
}

thread_local! {
    /// The other connection, which has begun to write.
    static WRITER: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// Runs the files while another connection writes, which commits as soon as SQLite would wait for it.
fn run_beside_a_writer(database: &mut Database, path: &Path, case: &Case) -> Result<(), String> {
    let Database::Linked(linked) = database else { panic!("an older SQLite has no second connection") };
    let writer = Connection::open(path).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE; PRAGMA user_version = 1").unwrap();
    WRITER.set(Some(writer));
    let commits = |_| WRITER.take().is_some_and(|writer| writer.execute_batch("COMMIT").is_ok());
    linked.busy_handler(Some(commits)).unwrap();
    let ran = sqlite::run(linked, case);
    WRITER.take();
    ran
}

/// What another connection is told that runs the SQL while the last statement of the files is running.
fn beside_the_last_statement(claim: &str, case: &Case) -> String {
    let (sql, rest) = quoted(claim, "").unwrap_or_else(|| panic!("`{claim}` has no SQL"));
    assert_eq!(rest, " by another connection");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let (mut linked, other) = (Connection::open(&path).unwrap(), Connection::open(&path).unwrap());
    other.busy_timeout(Duration::ZERO).unwrap();
    let (before, last) = parted(case);
    let text = &last.files[0].text;
    let start = parse::statements(text).last().map_or(0, |statement| statement.span.start as usize);
    sqlite::run(&linked, &before).unwrap();
    linked.execute_batch(&text[..start]).unwrap();
    let said = Arc::new(Mutex::new(None));
    let (heard, sql) = (Arc::clone(&said), sql.to_owned());
    let ask = move || {
        heard.lock().unwrap().get_or_insert_with(|| other.execute_batch(&sql).map_err(|error| sqlite::words(&error)));
        false
    };
    linked.progress_handler(1, Some(ask)).unwrap();
    linked.execute_batch(&text[start..]).unwrap();
    let said = said.lock().unwrap().take().expect("the statement takes a while");
    said.err().unwrap_or_else(|| IT_RUNS.to_owned())
}

/// Tries `twice as many steps for the flagged file as on one row`, or `5 times as many`, or as for the better one.
fn takes_more_steps(claim: &str, page: &str) -> Result<(), String> {
    let (times, than) = claim.split_once(" as many steps for the flagged file as ").ok_or("it compares nothing")?;
    let times: i64 = match times {
        "twice" => 2,
        other => other.strip_suffix(" times").and_then(|times| times.parse().ok()).ok_or("it has no number")?,
    };
    let flagged = example(page, "Flagged");
    let fewer = match than {
        "on one row" => steps(&flagged, 1),
        "for the better one" => steps(&example(page, "Instead"), 1000),
        other => return Err(format!("`{other}` is nothing to compare with")),
    };
    let more = steps(&flagged, 1000);
    if more >= times * fewer { Ok(()) } else { Err(format!("it takes {more} steps, and {fewer}")) }
}

/// How many steps of SQLite's virtual machine the last file takes where each table has so many rows.
fn steps(case: &Case, rows: i64) -> i64 {
    let (before, last) = parted(case);
    let mut linked = sqlite::open(false);
    sqlite::run(&linked, &before).unwrap();
    sqlite::fill_up_to(&linked, rows);
    let steps = Arc::new(AtomicI64::new(0));
    let counted = Arc::clone(&steps);
    let count = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        false
    };
    linked.progress_handler(1, Some(count)).unwrap();
    sqlite::run(&linked, &last).unwrap();
    steps.load(Ordering::Relaxed)
}

/// The database of a proof, in the linked SQLite or in an older one.
enum Database {
    Linked(Connection),
    Older(Engine),
}

impl Database {
    /// The database in the file. Without a version the linked SQLite opens it.
    fn open(path: &Path, version: Option<&str>) -> Self {
        let Some(version) = version else {
            let linked = Connection::open(path).unwrap();
            linked.pragma_update(None, "synchronous", false).unwrap();
            return Self::Linked(linked);
        };
        let version: EngineVersion = version.parse().unwrap();
        assert!(versions().contains(&version), "engines/list.txt has no SQLite {version}");
        let mut engine = Engine::start(&version, Flavour::Plain);
        engine.open_file(path);
        Self::Older(engine)
    }

    fn foreign_keys(&mut self, on: bool) {
        match self {
            Self::Linked(linked) => linked.pragma_update(None, "foreign_keys", on).unwrap(),
            Self::Older(engine) => drop(engine.run(&format!("PRAGMA foreign_keys = {on}"))),
        }
    }

    /// Runs the files as their runner does.
    fn run(&mut self, case: &Case) -> Result<(), String> {
        match self {
            Self::Linked(linked) => sqlite::run(linked, case),
            Self::Older(engine) => {
                assert_eq!(case.settings.runner.transaction, RunnerTransaction::None);
                let failed = case.files.iter().find_map(|file| engine.run(&file.text).error);
                failed.map_or(Ok(()), |(_, said)| Err(said))
            }
        }
    }

    /// The first value that the SQL gives, or the error.
    fn value(&mut self, sql: &str) -> String {
        match self {
            Self::Linked(linked) => match linked.query_row(sql, [], |row| row.get(0)) {
                Ok(Value::Integer(number)) => number.to_string(),
                Ok(Value::Text(text)) => text,
                Ok(other) => format!("{other:?}"),
                Err(rusqlite::Error::QueryReturnedNoRows) => IT_RUNS.to_owned(),
                Err(error) => sqlite::words(&error),
            },
            Self::Older(engine) => {
                let answer = engine.run(sql);
                let first = answer.rows.first().and_then(|row| row.first());
                answer.error.as_ref().map(|(_, said)| said).or(first).map_or(IT_RUNS, String::as_str).to_owned()
            }
        }
    }
}

/// The section of a page below a heading.
pub(crate) fn section<'page>(page: &'page str, heading: &str) -> &'page str {
    let marker = format!("\n## {heading}\n");
    let start = page.find(&marker).unwrap_or_else(|| panic!("no section {heading} in:\n{page}")) + marker.len();
    page[start..].split("\n## ").next().unwrap()
}

/// The SQL of a section, as a person runs it.
fn example(page: &str, heading: &str) -> Case {
    let section = section(page, heading);
    let sql = section.split("```sql\n").nth(1).unwrap_or_else(|| panic!("no SQL in {section}"));
    Case::read(sql.split("```").next().unwrap(), Runner::by_hand())
}
