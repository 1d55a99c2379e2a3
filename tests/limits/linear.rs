//! Four times the text takes four times the work: instructions are counted, which are the same in every run.
//!
//! `cargo test -p remold-limits --release --test linear`: it runs where it is named, for it takes two minutes,
//! and ten where nothing is optimised.
//!
//! The exponent is that of the work between a history and one four times as long, which would be 1 where
//! the work grows with the text alone. The schema is kept in trees, whose depth adds some hundredths.

use std::process::Command;

/// The exponent that is allowed.
const MOST: f64 = 1.05;

#[test]
fn reading_takes_as_long_as_the_text_is() {
    is_linear("read", "one-file", 4_000);
}

#[test]
fn a_long_history_takes_as_long_as_its_files() {
    for corpus in ["orders", "hub", "renames"] {
        is_linear("lint", corpus, 2_500);
    }
    is_linear("lint", "mistakes", 2_500);
}

#[test]
fn a_long_file_takes_as_long_as_many_short_ones() {
    is_linear("lint", "one-file", 2_500);
}

fn is_linear(work: &str, corpus: &str, files: usize) {
    let count = |files| {
        let made = instructions("nothing", corpus, files);
        instructions(work, corpus, files) - made
    };
    let (one, four) = (count(files), count(4 * files));
    let exponent = (four / one).log(4.0);
    println!(
        "{work} {corpus}: {one:.0} instructions for {files} files, {four:.0} for four times as many: {exponent:.3}"
    );
    assert!(
        exponent <= MOST,
        "{work} {corpus}: four times the files take {:.2} times the work: {exponent:.3}",
        four / one
    );
}

/// How many instructions the work takes, counted by valgrind.
fn instructions(work: &str, corpus: &str, files: usize) -> f64 {
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_remold-limits"))
        .args([work, corpus, &files.to_string()])
        .output()
        .expect("this test wants valgrind, which Debian has as a package; tests/run.sh installs it");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let line = said.lines().find(|line| line.contains("I   refs:") || line.contains("I refs:"));
    let count = line.and_then(|line| line.rsplit(' ').next()).expect("valgrind says how many instructions it saw");
    count.replace(',', "").parse().expect("a number")
}
