//! The layout keeps itself: what the folders promise, and what every file looks like.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use remold_core::rules::RULES;

use crate::harness::fixture;
use crate::pages::section;

/// Every `.rs` file below the folder, with its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && !["target", "node_modules", "dist"].contains(&name) {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    let folder = fixture::root().join(folder);
    if folder.exists() {
        collect(&folder, &mut found);
    }
    found.sort();
    found
}

fn everywhere() -> Vec<(PathBuf, String)> {
    ["core", "cli", "wasm", "tests"].into_iter().flat_map(sources).collect()
}

fn is_below(path: &Path, folder: &str) -> bool {
    path.starts_with(fixture::root().join(folder))
}

#[test]
fn a_module_uses_only_those_above_it() {
    let lib = fs::read_to_string(fixture::root().join("core/src/lib.rs")).unwrap();
    let order: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "))
        .filter_map(|rest| rest.strip_suffix(';'))
        .collect();
    assert!(order.len() > 5, "lib.rs declares {order:?}");
    let place = |module: &str| order.iter().position(|known| *known == module);
    for (path, text) in sources("core/src") {
        let relative = path.strip_prefix(fixture::root().join("core/src")).unwrap();
        let own = relative.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        let Some(own_place) = place(own) else { continue };
        let used = text
            .split("crate::")
            .skip(1)
            .filter_map(|rest| rest.split(|at: char| !at.is_alphanumeric() && at != '_').next());
        for used in used.filter(|used| *used != own) {
            let Some(used_place) = place(used) else { continue };
            assert!(used_place < own_place, "{}: `{own}` stands above `{used}`", relative.display());
        }
    }
}

#[test]
fn a_rule_uses_the_prelude_alone() {
    for (path, text) in sources("core/src/rules") {
        let uses: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with("use ")).collect();
        assert_eq!(uses, ["use crate::prelude::*;"], "{}", path.display());
        assert_eq!(text.matches("crate::").count(), 1, "{}", path.display());
    }
}

#[test]
fn what_is_measured_beside_us_reads_nothing_for_us() {
    for (path, text) in everywhere().into_iter().filter(|(path, _)| !path.ends_with("tests/tidy.rs")) {
        // The benchmark measures us beside it, and it tells what other databases read.
        let beside = is_below(&path, "tests/bench") || path.ends_with("tests/foreign.rs");
        assert!(beside || !text.contains("sqlparser::"), "{}", path.display());
    }
}

#[test]
fn a_rule_is_called_like_its_file_and_has_a_fixture_and_a_page() {
    let files: Vec<String> = sources("core/src/rules")
        .into_iter()
        .map(|(path, _)| path.file_stem().unwrap().to_str().unwrap().replace('_', "-"))
        .collect();
    let ids: Vec<&str> = RULES.iter().map(|entry| entry.rule.id).collect();
    assert_eq!(ids, files);
    for entry in RULES {
        let fixture = fixture::root().join(format!("tests/rules/{}.sql", entry.rule.id));
        assert!(fixture.exists(), "write tests/rules/{}.sql", entry.rule.id);
        assert!(entry.page.starts_with("# "), "{}: a page begins with its title", entry.rule.id);
        for heading in ["Flagged", "Instead", "Proof"] {
            assert!(!section(entry.page, heading).trim().is_empty(), "{}: {heading}", entry.rule.id);
        }
    }
    for (rule, _) in fixture::all() {
        assert!(ids.contains(&&*rule), "tests/rules/{rule}.sql is no rule's");
    }
}

/// The rules' `format!` cuts long names.
#[test]
fn what_a_rule_writes_into_a_file_is_whole() {
    for (path, text) in sources("core/src/rules") {
        let cut = text.lines().find(|line| line.contains("Edit {") && line.contains(" format!("));
        assert_eq!(cut, None, "{}", path.display());
    }
}

#[test]
fn a_snapshot_has_its_fixture() {
    let folder = fixture::root().join("tests/snapshots");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    for name in names {
        let fixture = name.strip_suffix(".snap").and_then(|name| name.split_once('@'));
        let Some(("rule", file)) = fixture else { continue };
        assert!(fixture::root().join("tests/rules").join(file).exists(), "{name} is left over");
    }
}

#[test]
fn a_file_begins_with_a_sentence() {
    for (path, text) in everywhere() {
        let head: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
        let first = head.first().copied().unwrap_or_default();
        let sentence = head.split(|line| line.is_empty()).next().unwrap_or_default().join(" ");
        assert!(first.starts_with("# ") || sentence.ends_with(['.', ':']), "{}: {first}", path.display());
    }
}

#[test]
fn the_rules_are_formatted() {
    let files = sources("core/src/rules").into_iter().map(|(path, _)| path);
    let check = Command::new("rustfmt").args(["--check", "--edition", "2024"]).args(files).output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

#[test]
fn a_message_is_one_clause() {
    for (rule, cases) in fixture::all() {
        for finding in cases.iter().flat_map(|case| case.found_by(&rule)) {
            let message = &finding.message;
            let plain: String = message.split('`').step_by(2).collect();
            assert!(!message.starts_with(char::is_uppercase), "{rule}: a capital: {message}");
            assert!(!message.ends_with(['.', '!']), "{rule}: a full stop: {message}");
            assert!(message.matches('`').count() % 2 == 0, "{rule}: an open backtick: {message}");
            assert!(!plain.replace("'s ", "s ").contains(['"', '\'']), "{rule}: names stand in backticks: {message}");
            assert!(finding.reason.is_some() && finding.help.is_some(), "{rule}: say why and what to do: {message}");
            for said in finding.reason.iter().chain(&finding.help) {
                assert!(!said.ends_with('.'), "{rule}: a full stop: {said}");
            }
        }
    }
}

#[test]
fn no_module_is_a_drawer() {
    for (path, _) in everywhere() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(!["utils", "util", "helpers", "common", "misc", "mod"].contains(&name), "{}", path.display());
    }
}

#[test]
fn the_command_line_touches_files_in_two_places() {
    for (path, text) in sources("cli/src") {
        let allowed = path.ends_with("cli/src/files.rs")
            || is_below(&path, "cli/src/database")
            || path.ends_with("cli/src/database.rs");
        let tests = text.find("#[cfg(test)]").unwrap_or(text.len());
        assert!(allowed || !text[..tests].contains("std::fs"), "{}: std::fs", path.display());
    }
}
