//! What the core makes of the migrations that published packages carry, beside a real SQLite.
//!
//! `tests/packages/run.sh` fetches the packages of `packages.txt` and runs this. Every statement of
//! every package is run in SQLite and followed by our model; the two must agree after each.
//! `remold-packages [WORD]` reads only the packages whose name has the word in it. They lie in
//! `target/packages`, or where the environment variable `REMOLD_PACKAGES` says. With `--findings` it
//! prints instead what the rules find in them.

mod engine;
mod findings;
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
    let mut words: Vec<String> = env::args().skip(1).collect();
    let lints = words.first().is_some_and(|word| word == "--findings");
    let word = words.split_off(usize::from(lints)).into_iter().next().unwrap_or_default();
    let packages = fs::read_to_string(root.join("tests/packages/packages.txt"))
        .map_err(|error| format!("packages.txt: {error}"))
        .and_then(|text| list::packages(&text))
        .map(|packages| packages.into_iter().filter(|package| package.name.contains(&word)));
    let report = packages.and_then(|mut packages| {
        if lints {
            let found = packages.map(|package| find(&corpus, &package)).collect::<Result<Vec<_>, _>>()?;
            return Ok((findings::markdown(&found.concat()), false));
        }
        let rows = packages.try_fold(Vec::new(), |mut rows, package| {
            rows.push(read(&corpus, package)?);
            Ok::<_, String>(rows)
        })?;
        Ok((report::markdown(&rows), rows.iter().any(|row| row.verdict.fails())))
    });
    match report {
        Ok((report, fails)) => {
            print!("{report}");
            ExitCode::from(u8::from(fails))
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn find(corpus: &Path, package: &Package) -> Result<Vec<findings::Found>, String> {
    let each = package.databases.iter().map(|database| {
        let title = format!("{} {}", package.name, database.label);
        Ok(findings::find(title, order::files(corpus, package, database)?))
    });
    each.collect()
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
