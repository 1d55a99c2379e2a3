//! What reading and linting cost, in instructions, which are the same in every run.
//!
//! `cargo test -p remold-bench --release --test instructions`: it runs where it is named, for it takes three
//! minutes, and far more where nothing is optimised.
//!
//! Four times the files take four times the work: the exponent between a history and one four times as
//! long would be 1 where the work grows with the text alone. The schema is kept in trees, whose depth adds
//! some hundredths.

use std::process::Command;

/// The exponent that is allowed.
const MOST: f64 = 1.05;

/// What following the schema of 1,000 files may cost, beside sqlparser's bare parse of them.
const MOST_BESIDE_SQLPARSER: f64 = 1.5;

/// What linting them with all rules may cost, beside the same.
const MOST_WITH_RULES: f64 = 1.7;

#[test]
fn following_and_linting_cost_little_more_than_sqlparsers_bare_parse() {
    let made = instructions("nothing", "orders", 1_000);
    let cost = |work: &str| instructions(work, "orders", 1_000) - made;
    let parsed = cost("sqlparser");
    let (read, follow) = (cost("read") / parsed, cost("follow") / parsed);
    let lint = cost("lint") / parsed;
    println!(
        "1,000 files: reading takes {read:.2}, following {follow:.2} and linting with all rules {lint:.2} of \
         sqlparser's {parsed:.0} instructions"
    );
    assert!(follow <= MOST_BESIDE_SQLPARSER, "following: {follow:.2} of sqlparser's instructions");
    assert!(lint <= MOST_WITH_RULES, "linting: {lint:.2} of sqlparser's instructions");
}

#[test]
fn reading_takes_as_long_as_the_text_is() {
    // The longer of the two is of 50 MB.
    is_linear("read", "one-file", 10_000);
}

#[test]
fn a_long_history_takes_as_long_as_its_files() {
    for history in ["orders", "hub", "renames"] {
        is_linear("lint", history, 2_500);
    }
    is_linear("lint", "mistakes", 2_500);
    is_linear("report", "mistakes", 2_500);
}

/// What is found grows with the files, and so may what it takes to write it down: the part of each format alone, for
/// linting would hide it.
#[test]
fn four_times_the_findings_take_four_times_as_long_to_write() {
    for format in ["json", "sarif", "github", "gitlab", "rdjson", "markdown"] {
        let count = |files| instructions(format, "mistakes", files) - instructions("unwritten", "mistakes", files);
        let (one, four) = (count(500), count(2_000));
        println!("{format}: {one:.0} instructions for what 500 files have, {four:.0} for four times as many");
        assert!(
            four <= 4.0_f64.powf(MOST) * one,
            "{format}: four times the findings take {:.2} times the work",
            four / one
        );
    }
}

#[test]
fn a_long_file_takes_as_long_as_many_short_ones() {
    is_linear("lint", "one-file", 2_500);
}

fn is_linear(work: &str, history: &str, files: usize) {
    let count = |files| {
        let made = instructions("nothing", history, files);
        instructions(work, history, files) - made
    };
    let (one, four) = (count(files), count(4 * files));
    let exponent = (four / one).log(4.0);
    println!(
        "{work} {history}: {one:.0} instructions for {files} files, {four:.0} for four times as many: {exponent:.3}"
    );
    assert!(
        exponent <= MOST,
        "{work} {history}: four times the files take {:.2} times the work: {exponent:.3}",
        four / one
    );
}

/// How many instructions the work takes, counted by valgrind.
fn instructions(work: &str, history: &str, files: usize) -> f64 {
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_remold-bench"))
        .args([work, history, &files.to_string()])
        .output()
        .expect("this test wants valgrind, which Debian has as a package; tests/run.sh installs it");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let line = said.lines().find(|line| line.contains("I   refs:") || line.contains("I refs:"));
    let count = line.and_then(|line| line.rsplit(' ').next()).expect("valgrind says how many instructions it saw");
    count.replace(',', "").parse().expect("a number")
}
