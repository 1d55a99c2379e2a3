//! What the core makes of the migrations that published packages carry, beside a real SQLite.
//!
//! `tests/packages/run.sh` fetches the packages of `packages.txt` and runs this. Every statement of
//! every package is run in SQLite and followed by our model; the two must agree after each.
//! `remold-packages [WORD]` reads only the packages whose name has the word in it. They lie in
//! `target/packages`, or where the environment variable `REMOLD_PACKAGES` says.

mod engine;
mod judge;
mod list;
mod literals;
mod order;
mod report;

use std::env;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use list::Package;
use report::Row;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "it is what a report is for")]
fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("it lies two folders below the root");
    let corpus = env::var_os("REMOLD_PACKAGES").map_or_else(|| root.join("target/packages"), Into::into);
    let word = env::args().nth(1).unwrap_or_default();
    let rows = fs::read_to_string(root.join("tests/packages/packages.txt"))
        .map_err(|error| format!("packages.txt: {error}"))
        .and_then(|text| list::packages(&text))
        .and_then(|packages| {
            let wanted = packages.into_iter().filter(|package| package.name.contains(&word));
            wanted.map(|package| read(&corpus, package)).collect::<Result<Vec<_>, _>>()
        });
    match rows {
        Ok(rows) => {
            print!("{}", report::markdown(&rows));
            ExitCode::from(u8::from(rows.iter().any(|row| row.verdict.fails())))
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn read(corpus: &Path, package: Package) -> Result<Row, String> {
    let mut verdict = judge::Verdict::default();
    for database in &package.databases {
        let files = order::files(corpus, &package, database)?;
        verdict.add(judge::judge(&files));
    }
    if verdict.statements == 0 {
        return Err(format!("{} {}: its files have no statement", package.name, package.version));
    }
    Ok(Row { package, verdict })
}
