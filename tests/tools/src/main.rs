//! What real migration tools do to real databases.
//!
//! `tests/tools/run.sh` installs the tools and runs this. Each of them is given small folders, and what became of
//! the database is written down. `remold-tools [WORD]` measures only those whose name has the word in it, and
//! fails where it is not what `tests/tools/results.json` says; with `--keep` it writes that file. An ordinary
//! test holds what remold says of the same folders to it.

mod measure;
mod project;
mod tools;

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Map, Value};

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "it is what a report is for")]
fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("it lies two folders below the root");
    let mut words: Vec<String> = env::args().skip(1).collect();
    let keeps = words.first().is_some_and(|word| word == "--keep");
    let word = words.split_off(usize::from(keeps)).into_iter().next().unwrap_or_default();
    let kept = root.join("tests/tools/results.json");
    let mut known: Map<String, Value> =
        fs::read(&kept).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    let mut differs = false;
    for tool in tools::ALL.iter().filter(|tool| tool.name.contains(&word)) {
        let measured = match measure::measure(root, tool) {
            Ok(measured) => measured,
            Err(error) => {
                eprintln!("{}: {error}", tool.name);
                return ExitCode::from(2);
            }
        };
        let same = known.get(tool.name) == Some(&measured);
        println!("{}: {measured}{}", tool.name, if same || keeps { "" } else { "\n  which is not what is kept" });
        differs |= !same;
        known.insert(tool.name.to_owned(), measured);
    }
    for (tool, why) in tools::NOT_HAD {
        println!("{tool}: not measured, {why}");
    }
    if keeps {
        let text = serde_json::to_string_pretty(&known).unwrap_or_default();
        if let Err(error) = fs::write(&kept, text + "\n") {
            eprintln!("results.json: {error}");
            return ExitCode::from(2);
        }
    }
    ExitCode::from(u8::from(differs && !keeps))
}
