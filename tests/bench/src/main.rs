//! How long reading, linting and planning take, beside sqlparser's bare parse of the same text.
//!
//! `cargo run --release -p remold-bench` measures both in turn in one process and prints the ratio.
//! `… -- WORK FILES` does one of them once, for callgrind: `sqlparser`, `read`, `follow`, `lint`, `plan`, `remold` (lint
//! and plan) or `nothing` (which only makes the files). A third word names the files: `one-file`, `hub`,
//! `renames` or `mistakes` instead of those of an application.

#![expect(clippy::print_stdout, reason = "it is what a benchmark is for")]

mod corpus;

use std::env;
use std::hint::black_box;
use std::time::{Duration, Instant};

use remold_core::history::{Project, Runner, walk};
use remold_core::lint::{Settings, lint};
use remold_core::parse::Source;
use remold_core::plan::{Options, plan};
use remold_core::review::review;
use remold_core::schema::{Knowledge, Schema};
use remold_core::snapshot::Snapshot;
use sqlparser::dialect::SQLiteDialect;
use sqlparser::parser::Parser;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => compare(),
        [work, files] => do_once(work, &corpus::project(count(files))),
        [work, files, corpus] => do_once(work, &corpus_of(corpus, count(files))),
        _ => println!("{USAGE}"),
    }
}

const USAGE: &str = "usage: remold-bench [sqlparser|read|follow|lint|plan|remold|nothing FILES [CORPUS]]";

/// The work of that name, once.
fn do_once(work: &str, project: &Project) {
    match work {
        "sqlparser" => sqlparser(project),
        "remold" => remold(project),
        "read" => read(project),
        "follow" => followed(project),
        "lint" => linted(project),
        "plan" => planned(project),
        "nothing" => drop(black_box(project.files.len())),
        _ => println!("{USAGE}"),
    }
}

fn corpus_of(name: &str, files: usize) -> Project {
    match name {
        "one-file" => corpus::one_file(files),
        "hub" => corpus::hub(files),
        "renames" => corpus::renames(files),
        "mistakes" => corpus::mistakes(files),
        _ => corpus::project(files),
    }
}

fn count(files: &str) -> usize {
    files.parse().unwrap_or(1_000)
}

fn sqlparser(project: &Project) {
    for file in &project.files {
        let statements = Parser::parse_sql(&SQLiteDialect {}, &file.text).expect("the corpus is read by sqlparser");
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

fn planned(project: &Project) {
    black_box(plan(project, &empty(), &Options::default()).steps.len());
}

fn empty() -> Snapshot {
    Snapshot::of(&Schema::new(Knowledge::Complete))
}

/// Both in turn, several times; the fastest of each counts.
fn compare() {
    println!(
        "{:>7} {:>9} {:>11} {:>9} {:>9} {:>9} {:>9} {:>9}   as a ratio to sqlparser",
        "files", "KB", "sqlparser", "read", "follow", "lint", "plan", "both"
    );
    for files in [100, 1_000, 10_000] {
        let project = corpus::project(files);
        let bytes: usize = project.files.iter().map(|file| file.text.len()).sum();
        let mut best = [Duration::MAX; 6];
        for _ in 0..if files > 1_000 { 3 } else { 9 } {
            for (best, work) in best.iter_mut().zip([sqlparser, read, followed, linted, planned, remold]) {
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
    }
}

fn timed(project: &Project, work: fn(&Project)) -> Duration {
    let start = Instant::now();
    work(project);
    start.elapsed()
}
