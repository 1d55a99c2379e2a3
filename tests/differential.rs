//! Thousands of schemas and migrations that nobody wrote: after each statement our model of the schema is
//! SQLite's, byte for byte and pragma for pragma, or both refuse the statement.
//!
//! `REMOLD_CASES=100000 cargo test -p remold-tests differential` tries more of them, and
//! `REMOLD_WITHOUT="unicode,WITH"` leaves parts out; `REMOLD_SURVEY=1` lists every kind of failure. What
//! fails is made as small as it gets and printed; its statements, put into a file of
//! `tests/differential/failures`, are tried ever after. What is not mended yet waits in
//! `tests/differential/known`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{env, fs};

use proptest::collection::vec;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use remold_core::parse;
use remold_core::parse::statement::Body;
use serde_json::Value;

use crate::harness::fixture;

mod generate;
mod observe;

use generate::{Draw, Part, Relation, World};
use observe::{Agreement, Difference, Pair};

/// How many cases every run tries.
const CASES: u32 = 4_000;

/// How many statements of a hundred that both refuse may be refused in other words.
const OTHER_WORDS: usize = 3;

/// How many statements make a schema, before others change it.
const SETUP: usize = 6;

/// What was generated, and what came of it.
#[derive(Default)]
struct Report {
    cases: usize,
    /// Statements that the engine refuses for what no schema tells.
    beyond: usize,
    /// Statements that we cannot read; SQLite refuses each of them too, or the case fails.
    opaque: usize,
    /// For each kind of statement: run, refused.
    kinds: BTreeMap<&'static str, (usize, usize)>,
    parts: BTreeMap<&'static str, usize>,
    /// Refusals in other words than SQLite's: ours and its, with an example.
    worded: BTreeMap<(String, String), (usize, String)>,
}

impl Report {
    fn count(&mut self, kind: &'static str, sql: &str, agreement: Agreement) {
        let counted = self.kinds.entry(kind).or_default();
        match agreement {
            Agreement::Ran => counted.0 += 1,
            Agreement::Beyond => self.beyond += 1,
            Agreement::Refused(words) => {
                counted.1 += 1;
                if let Some((ours, theirs)) = words {
                    let pair = (observe::without_names(&ours), observe::without_names(&theirs));
                    self.worded.entry(pair).or_insert_with(|| (0, format!("{sql}\n    {ours}\n    {theirs}"))).0 += 1;
                }
            }
        }
    }

    fn refused(&self) -> usize {
        self.kinds.values().map(|(_, refused)| refused).sum()
    }

    #[expect(clippy::print_stdout, reason = "the report is for who runs the test with --nocapture")]
    fn show(&self) {
        println!("{} cases, {} statements beyond what a schema tells, {} opaque", self.cases, self.beyond, self.opaque);
        println!("{:<18} {:>8} {:>8}", "statement", "run", "refused");
        for (kind, (run, refused)) in &self.kinds {
            println!("{kind:<18} {run:>8} {refused:>8}");
        }
        let parts: Vec<String> = self.parts.iter().map(|(part, count)| format!("{part} {count}")).collect();
        println!("parts: {}", parts.join(", "));
        for (count, example) in self.worded.values() {
            println!("other words, {count} times: {example}");
        }
    }
}

/// What the engine's schema offers to the next statement.
fn world(pair: &Pair) -> World {
    let mut world = World::default();
    for (rows, within) in pair.rows.iter().zip(["main", "temp"]) {
        for (kind, name, _, sql) in rows {
            match (kind.as_str(), sql) {
                ("index", Some(_)) => world.indexes.push((within, name.clone())),
                ("trigger", _) => world.triggers.push((within, name.clone())),
                ("table" | "view", Some(sql)) => world.relations.push(Relation {
                    within,
                    name: name.clone(),
                    is_view: kind == "view",
                    columns: columns(pair, within, name),
                    sql: sql.clone(),
                }),
                _ => {}
            }
        }
    }
    world
}

fn columns(pair: &Pair, within: &str, table: &str) -> Vec<String> {
    let Ok(mut query) = pair.database.prepare_cached("SELECT name FROM pragma_table_xinfo(?1, ?2)") else {
        return Vec::new();
    };
    let Ok(rows) = query.query_map([table, within], |row| row.get(0)) else { return Vec::new() };
    rows.map_while(Result::ok).collect()
}

/// A failure: the statements that lead to it, and where the two differ behind the last.
fn shown(statements: &[String], difference: &Difference) -> String {
    let mut text = String::new();
    for sql in statements {
        text.push_str(sql.trim_end_matches(';'));
        text.push_str("\n;\n");
    }
    format!("{}\n{text}-- ours:\n{}\n-- SQLite's:\n{}", difference.what, difference.ours, difference.theirs)
}

/// Runs one case; the error is the failure as it is shown.
fn case(numbers: &[Vec<u16>], without: &[String], report: &mut Report) -> Result<(), String> {
    let mut pair = Pair::new();
    let mut statements = Vec::new();
    for (at, numbers) in numbers.iter().enumerate() {
        let world = world(&pair);
        let part = if at < SETUP { Part::Setup } else { Part::Migration };
        let mut draw = Draw::new(numbers, &world, without);
        let generated = draw.statement(part);
        draw.parts.iter().for_each(|part| *report.parts.entry(part).or_default() += 1);
        statements.push(generated.sql.clone());
        match pair.run(&generated.sql) {
            Ok(agreement) => {
                let read = parse::statements(&generated.sql);
                report.opaque += usize::from(read.iter().any(|read| matches!(read.body, Body::Opaque(_))));
                report.count(generated.kind, &generated.sql, agreement);
            }
            Err(difference) => return Err(shown(&statements, &difference)),
        }
    }
    pair.compare_affinities().map_err(|difference| shown(&statements, &difference))?;
    report.cases += 1;
    Ok(())
}

/// All failures of many cases, each kind with its shortest one, for who mends the model.
#[expect(clippy::print_stdout, reason = "a survey is there to be read")]
fn survey(runner: &mut TestRunner, cases: u32, without: &[String]) {
    let strategy = vec(vec(proptest::num::u16::ANY, 0..160), 2..14);
    let mut report = Report::default();
    let mut found: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for _ in 0..cases {
        let numbers = strategy.new_tree(runner).unwrap().current();
        if let Err(failure) = case(&numbers, without, &mut report) {
            let what = failure.lines().next().unwrap_or_default().to_owned();
            let known = found.entry(what).or_insert_with(|| (0, failure.clone()));
            known.0 += 1;
            if failure.len() < known.1.len() {
                known.1 = failure;
            }
        }
    }
    report.show();
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by_key(|(count, _)| usize::MAX - count);
    for (count, failure) in found {
        println!("\n== {count} times: {failure}");
    }
}

#[test]
fn the_model_is_sqlites_for_schemas_that_nobody_wrote() {
    let cases = env::var("REMOLD_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    let without: Vec<String> =
        env::var("REMOLD_WITHOUT").map(|parts| parts.split(',').map(str::to_owned).collect()).unwrap_or_default();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
    let seed = env::var("REMOLD_SEED").ok().and_then(|seed| seed.parse::<u8>().ok()).unwrap_or(7);
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    if env::var_os("REMOLD_SURVEY").is_some() {
        survey(&mut runner, cases, &without);
        panic!("a survey proves nothing");
    }
    let report = RefCell::new(Report::default());
    let strategy = vec(vec(proptest::num::u16::ANY, 0..160), 2..14);
    let outcome = runner
        .run(&strategy, |numbers| case(&numbers, &without, &mut report.borrow_mut()).map_err(TestCaseError::fail));
    let report = report.into_inner();
    report.show();
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, _) | TestError::Abort(why)) => panic!("{}", why.message()),
    }
    let worded: usize = report.worded.values().map(|(count, _)| count).sum();
    assert!(worded * 100 <= report.refused() * OTHER_WORDS, "{worded} of {} refusals", report.refused());
    for (kind, (run, refused)) in &report.kinds {
        assert!(*run > 20 && *refused > 0 || *kind == "REINDEX", "{kind}: {run} run, {refused} refused");
    }
}

/// Runs in turn those statements of a text that are about a schema and not about rows.
fn text(text: &str) -> Result<(), String> {
    let mut pair = Pair::new();
    let mut statements = Vec::new();
    for statement in parse::statements(text) {
        let about_rows = matches!(
            statement.body,
            Body::Data(_)
                | Body::Query(_)
                | Body::Begin
                | Body::Commit
                | Body::Rollback(_)
                | Body::Savepoint(_)
                | Body::Release(_)
                | Body::Other(_)
        );
        if about_rows {
            continue;
        }
        let sql = &text[statement.span.start as usize..statement.end as usize];
        statements.push(sql.to_owned());
        pair.run(sql).map_err(|difference| shown(&statements, &difference))?;
    }
    Ok(())
}

/// The files of a folder of `tests/differential`, each with its name and what differs in it.
fn outcomes(folder: &str) -> Vec<(String, Option<String>)> {
    let folder = fixture::root().join("tests/differential").join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    let name = |path: &PathBuf| path.file_name().unwrap().display().to_string();
    paths.iter().map(|path| (name(path), text(&fs::read_to_string(path).unwrap()).err())).collect()
}

#[test]
fn what_failed_once_holds() {
    let outcomes = outcomes("failures");
    let wrong: Vec<String> =
        outcomes.iter().filter_map(|(name, failure)| Some(format!("{name}: {}", failure.as_ref()?))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Where the model is known to be wrong, it still is; a file here that holds belongs among the failures.
#[test]
fn what_is_known_to_be_wrong_is_still_wrong() {
    let held: Vec<String> =
        outcomes("known").into_iter().filter(|(_, failure)| failure.is_none()).map(|(name, _)| name).collect();
    assert!(held.is_empty(), "these hold now: {}", held.join(", "));
}

/// Every statement of the measured facts: what it does to the schema is what the model says.
#[test]
fn the_model_is_sqlites_for_every_fact() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for (facts, setup) in
        [(include_str!("facts/versions.json"), "sql_setup"), (include_str!("facts/alter.json"), "setup")]
    {
        let facts: Vec<Value> = serde_json::from_str(facts).unwrap();
        for fact in facts {
            let of = |key: &str| fact.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let sql = format!("{};\n{}", of(setup), of("sql"));
            // What needs rows or a module fails for reasons that no schema tells.
            if mentions_more_than_a_schema(&sql) {
                continue;
            }
            tried += 1;
            wrong.extend(text(&sql).err());
        }
    }
    assert!(tried > 300, "{tried} facts");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n\n"));
}

fn mentions_more_than_a_schema(sql: &str) -> bool {
    let words: Vec<String> = sql.split(|at: char| !at.is_alphanumeric() && at != '_').map(str::to_lowercase).collect();
    ["attach", "virtual", "vacuum", "detach", "recover", "sqlite_sequence"]
        .iter()
        .any(|word| words.iter().any(|known| known == word))
}
