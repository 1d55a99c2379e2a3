//! How long reading, linting and planning take, beside sqlparser's bare parse of the same text.
//!
//! `cargo run --release -p remold-bench` measures both in turn in one process, by the processor's time, and
//! prints the ratio. `… -- rules` prints what each rule costs, in instructions that valgrind counts.
//! `… -- WORK HISTORY FILES` does one of them once, to be counted by valgrind: `sqlparser`, `read`, `follow`,
//! `lint`, `report` (lint, and every format of what it found), `json` or another format alone (and `unwritten`: all but
//! the format), `plan`, `remold` (lint and plan), `replayed` (lint with a replay), `sqlite` (for each file a fresh
//! database in memory, the tables and views that it needs, and its statements prepared and stepped) or
//! `nothing` (which only makes the files); the histories are those of `histories.rs`. `… -- replay` compares
//! SQLite and the replay alone. `… -- write HISTORY FILES FOLDER` writes the files, for `tests/peers/run.sh`.

#![expect(clippy::print_stdout, reason = "it is what a benchmark is for")]

mod histories;
mod rules;

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use remold_core::change;
use remold_core::engine::{Batch, Recorder};
use remold_core::history::{Project, Runner, walk};
use remold_core::lint::{Settings, lint, lint_on};
use remold_core::parse::Source;
use remold_core::plan::{Options, plan};
use remold_core::render::markdown::Look;
use remold_core::render::{Linted, github, gitlab, json, markdown, rdjson, sarif};
use remold_core::review::review;
use remold_core::rules::RULES;
use remold_core::schema::{Knowledge, Schema};
use remold_core::snapshot::Snapshot;
use remold_engine::Linked;
use rusqlite::Connection;
use rustix::time::{ClockId, clock_gettime};
use sqlparser::dialect::SQLiteDialect;
use sqlparser::parser::Parser;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            compare();
            compare_replay();
        }
        ["replay"] => compare_replay(),
        ["rules"] => rules::show(),
        ["write", history, files, folder] => {
            let project = files.parse().ok().and_then(|files| histories::named(history, files));
            let Some(project) = project else { return usage() };
            write(&project, Path::new(folder));
        }
        [name, history, files] => {
            let project = files.parse().ok().and_then(|files| histories::named(history, files));
            let Some(project) = project else { return usage() };
            match (work(name), FORMATS.iter().find(|(format, _)| format == name)) {
                (Some(work), _) => work(&project),
                (None, Some((_, write))) => written(&project, |all| write(all).len()),
                (None, None) => return usage(),
            }
        }
        _ => return usage(),
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    println!(
        "usage: remold-bench [replay|rules]\n       \
         remold-bench sqlparser|read|follow|lint|report|unwritten|json|sarif|github|gitlab|rdjson|markdown|plan|remold|replayed|sqlite|nothing \
         orders|common|one-file|hub|renames|mistakes|small FILES\n       \
         remold-bench write orders|common|one-file|hub|renames|mistakes|small FILES FOLDER"
    );
    ExitCode::from(2)
}

fn write(project: &Project, folder: &Path) {
    fs::create_dir_all(folder).expect("the folder can be made");
    for file in &project.files {
        fs::write(folder.join(&file.path), &file.text).expect("the file can be written");
    }
}

/// The work of that name.
fn work(name: &str) -> Option<fn(&Project)> {
    Some(match name {
        "sqlparser" => sqlparser,
        "read" => read,
        "follow" => followed,
        "lint" => linted,
        "report" => reported,
        "unwritten" => |project| written(project, |all| all.len()),
        "plan" => planned,
        "remold" => remold,
        "replayed" => replayed,
        "sqlite" => alone,
        "nothing" => |project| _ = black_box(project),
        _ => return None,
    })
}

fn sqlparser(project: &Project) {
    for file in &project.files {
        let statements = Parser::parse_sql(&SQLiteDialect {}, &file.text).expect("the history is read by sqlparser");
        black_box(statements.len());
    }
}

fn remold(project: &Project) {
    let settings = Settings::new(None, None, Runner::by_hand());
    let (report, plan) = review(project, &settings, &empty(), &Options::default());
    black_box((report.findings.len(), plan.steps.len()));
}

/// Reads every statement and drops it.
fn read(project: &Project) {
    for file in &project.files {
        black_box(Source::new(&file.text).statements().count());
    }
}

/// Reads, and follows the schema through every statement.
fn followed(project: &Project) {
    let start = Schema::new(Knowledge::Complete);
    black_box(
        walk(project, &start, &Runner::by_hand(), |step| {
            black_box(step.changes.len());
        })
        .len(),
    );
}

fn linted(project: &Project) {
    black_box(lint(project, &Settings::new(None, None, Runner::by_hand())).findings.len());
}

/// Lints, plans, and writes what was found in each format.
fn reported(project: &Project) {
    written(project, |all| FORMATS.iter().map(|(_, write)| write(all).len()).sum());
}

/// Lints, plans, and writes what was found with `write`, which says how much that is.
fn written(project: &Project, write: impl Fn(&[Linted]) -> usize) {
    let settings = Settings::new(None, None, Runner::by_hand());
    let report = lint(project, &settings);
    let change = change::of(project, &settings, None);
    let all = [Linted { database: None, project, settings: &settings, report: &report, change: Some(&change) }];
    black_box(write(&all));
}

type Write = fn(&[Linted]) -> String;

/// The formats that a report can be written in.
const FORMATS: [(&str, Write); 6] = [
    ("json", json::lint_all),
    ("sarif", sarif::lint),
    ("github", github::lint),
    ("gitlab", gitlab::lint),
    ("rdjson", rdjson::lint),
    ("markdown", |all| markdown::lint(all, &Look::default())),
];

fn replayed(project: &Project) {
    let report = lint_on(project, &Settings::new(None, None, Runner::by_hand()), &mut Linked);
    let replay = report.replay.expect("the engine is linked in");
    assert_eq!((replay.files as usize, replay.disagreements.len()), (project.files.len(), 0), "all of it is replayed");
    black_box(replay.statements);
}

/// What a replay asks for each file: the schema that the file needs, and its statements.
fn batches(project: &Project) -> Vec<Batch> {
    let mut recorder = Recorder::default();
    lint_on(project, &Settings::new(None, None, Runner::by_hand()), &mut recorder);
    recorder.batches
}

fn alone(project: &Project) {
    sqlite(project, &batches(project));
}

/// What a replay is measured by: the same statements prepared and stepped in a fresh SQLite that has
/// the schema that they need, and nothing else.
fn sqlite(project: &Project, batches: &[Batch]) {
    assert_eq!(project.files.len(), batches.len(), "there is a batch for each file");
    for batch in batches {
        let database = Connection::open_in_memory().expect("it opens");
        database.pragma_update(None, "foreign_keys", false).expect("it is off");
        let setup = batch.tables.iter().chain(&batch.observers).map(|setup| &setup.sql);
        for sql in setup.chain(batch.tasks.iter().map(|task| &task.sql)) {
            let mut statement = database.prepare(sql).expect("the history is SQL of SQLite");
            let mut rows = statement.raw_query();
            while rows.next().expect("it runs").is_some() {}
        }
    }
}

fn planned(project: &Project) {
    black_box(plan(project, &empty(), &Options::default()).steps.len());
}

fn empty() -> Snapshot {
    Snapshot::of(&Schema::new(Knowledge::Complete))
}

/// What linting may cost beside sqlparser's bare parse, with all rules, of the longest history.
const MOST: f64 = 1.7;

/// Both in turn, several times; the fastest of each counts.
fn compare() {
    println!(
        "{:>7} {:>9} {:>11} {:>9} {:>9} {:>9} {:>9} {:>9}   as a ratio to sqlparser",
        "files", "KB", "sqlparser", "read", "follow", "lint", "plan", "both"
    );
    for files in [100, 1_000, 10_000] {
        let project = histories::orders(files);
        let bytes: usize = project.files.iter().map(|file| file.text.len()).sum();
        let mut best = [Duration::MAX; 6];
        for _ in 0..if files > 1_000 { 3 } else { 9 } {
            for (best, work) in
                best.iter_mut().zip([sqlparser as fn(&Project), read, followed, linted, planned, remold])
            {
                *best = timed(&project, work).min(*best);
            }
        }
        let shown: Vec<String> = best.iter().map(|time| format!("{time:.1?}")).collect();
        let ratios = best[1..].iter().map(|time| format!("{:.2}", time.as_secs_f64() / best[0].as_secs_f64()));
        println!(
            "{files:>7} {:>9} {:>11} {:>9} {:>9} {:>9} {:>9} {:>9}   {}",
            bytes / 1_000,
            shown[0],
            shown[1],
            shown[2],
            shown[3],
            shown[4],
            shown[5],
            ratios.collect::<Vec<_>>().join(" ")
        );
        let lint = best[3].as_secs_f64() / best[0].as_secs_f64();
        if files == 10_000 {
            let held = if lint < MOST { "holds" } else { "does NOT hold" };
            println!("linting with all {} rules takes {lint:.2} of sqlparser's time: {MOST} {held}", RULES.len());
        }
    }
}

/// The replay beside SQLite alone: what lint costs more with a replay than without one.
fn compare_replay() {
    println!("\n{:>7} {:>9} {:>11} {:>9} {:>9} {:>7}", "files", "KB", "sqlite", "lint", "replayed", "ratio");
    let sizes = [100, 1_000, 10_000];
    let large = sizes.map(|files| (files, histories::orders(files)));
    let small = sizes.map(|files| (files, histories::small(files)));
    for (files, project) in large.into_iter().chain(small) {
        let batches = batches(&project);
        let bytes: usize = project.files.iter().map(|file| file.text.len()).sum();
        let mut best = [Duration::MAX; 3];
        for _ in 0..if files > 1_000 { 2 } else { 5 } {
            let sqlite = |project: &Project| sqlite(project, &batches);
            let works: [&dyn Fn(&Project); 3] = [&sqlite, &linted, &replayed];
            for (best, work) in best.iter_mut().zip(works) {
                *best = timed(&project, work).min(*best);
            }
        }
        let [alone, lint, replay] = best;
        println!(
            "{files:>7} {:>9} {alone:>11.1?} {lint:>9.1?} {replay:>9.1?} {:>7.2}",
            bytes / 1_000,
            (replay.saturating_sub(lint)).as_secs_f64() / alone.as_secs_f64()
        );
    }
}

fn timed(project: &Project, work: impl Fn(&Project)) -> Duration {
    let start = taken();
    work(project);
    taken().saturating_sub(start)
}

/// The processor's time that this thread has taken: what else the machine does counts for little in it.
fn taken() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("a time that has passed")
}
