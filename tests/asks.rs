//! What users of other linters complain about, each case as they ask for it: exactly these rules speak.
//!
//! A case says them behind `-- finds:`; without that it is clean, and no rule speaks.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use crate::harness::fixture;

#[test]
fn each_case_finds_what_it_asks_for_and_nothing_else() {
    let mut wrong = String::new();
    let mut paths: Vec<_> =
        fs::read_dir(fixture::root().join("tests/asks")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        for case in fixture::cases(&fs::read_to_string(&path).unwrap()) {
            let findings = case.findings();
            let found: BTreeSet<&str> = findings.iter().map(|finding| finding.rule).collect();
            let asked: BTreeSet<&str> = case.finds.iter().map(String::as_str).collect();
            if found != asked {
                let name = path.file_stem().unwrap().display();
                writeln!(wrong, "{name}: {}\n  asked: {asked:?}\n  found: {found:?}", case.title).unwrap();
                for finding in findings.iter().filter(|finding| !asked.contains(finding.rule)) {
                    writeln!(wrong, "  {} {}: {}", finding.path, finding.level, finding.message).unwrap();
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
