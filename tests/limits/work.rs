//! One piece of work, done once, to be counted by a program around it: `remold-limits WORK FILES`.

#![expect(clippy::print_stderr, reason = "it says how it is called")]

mod corpus;

use std::env;
use std::hint::black_box;
use std::process::ExitCode;

use remold_core::history::{Project, Runner};
use remold_core::lint::{Settings, lint};
use remold_core::parse::Source;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [work, corpus, files] = &arguments[..] else {
        eprintln!("usage: remold-limits nothing|read|lint orders|one-file|hub|renames|mistakes FILES");
        return ExitCode::from(2);
    };
    let files = files.parse().expect("a number of files");
    let project = match corpus.as_str() {
        "one-file" => corpus::one_file(files),
        "hub" => corpus::hub(files),
        "renames" => corpus::renames(files),
        "mistakes" => corpus::mistakes(files),
        _ => corpus::orders(files),
    };
    match work.as_str() {
        "read" => read(&project),
        "lint" => drop(black_box(lint(&project, &Settings::new(None, None, Runner::by_hand())))),
        _ => drop(black_box(project)),
    }
    ExitCode::SUCCESS
}

fn read(project: &Project) {
    for file in &project.files {
        black_box(Source::new(&file.text).statements().count());
    }
}
