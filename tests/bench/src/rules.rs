//! What each rule costs: the instructions of its check, with all that it calls, as valgrind counts them while
//! all rules run. They are the same in every run. A rule that nothing was shown to is not there.

use std::process::Command;
use std::{env, fs};

/// How many files of ten statements are linted.
const FILES: &str = "1000";

/// Prints the rules, the dearest first, and their share of linting.
pub(crate) fn show() {
    let counted = env::temp_dir().join(format!("remold-bench-{}.callgrind", std::process::id()));
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", counted.display()))
        .arg(env::current_exe().expect("the program knows where it is"))
        .args(["lint", "orders", FILES])
        .output()
        .expect("this wants valgrind");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = Command::new("callgrind_annotate")
        .args(["--inclusive=yes", "--threshold=100", "--show-percs=no"])
        .arg(&counted)
        .output()
        .expect("it comes with valgrind");
    fs::remove_file(&counted).expect("it was just written");
    let said = String::from_utf8_lossy(&output.stdout);
    let lint = said.lines().find_map(|line| cost(line, "remold_core::lint::lint_on")).expect("it was linted");
    let mut rules: Vec<(u64, &str)> = said.lines().filter_map(rule).collect();
    rules.sort_unstable_by(|one, other| other.cmp(one));
    let all: u64 = rules.iter().map(|(instructions, _)| instructions).sum();
    let share = |instructions: u64| shown(instructions, lint);
    println!("{:>13} instructions lint {FILES} files, {} of them in rules", lint, share(all));
    for (instructions, rule) in &rules {
        println!("{instructions:>13} {:>6}  {rule}", share(*instructions));
    }
}

/// The rule whose check the line is about, and its instructions.
fn rule(line: &str) -> Option<(u64, &str)> {
    let (_, function) = line.split_once("remold_core::rules::")?;
    let (rule, function) = function.split_once("::")?;
    let is_check = function.split([' ', '[']).next()? == "check";
    is_check.then_some((instructions(line)?, rule))
}

fn cost(line: &str, function: &str) -> Option<u64> {
    let (_, named) = line.split_once(function)?;
    named.starts_with([' ', '\n']).then(|| instructions(line)).flatten()
}

fn instructions(line: &str) -> Option<u64> {
    line.split_whitespace().next()?.replace(',', "").parse().ok()
}

fn shown(part: u64, of: u64) -> String {
    let thousandths = part * 1_000 / of.max(1);
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}
