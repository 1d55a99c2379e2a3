//! Findings as GitLab's code quality report, which a merge request shows.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::json::print;
use super::place::Places;
use super::{Linted, known, said};
use crate::diagnostics::{Finding, Level};
use crate::schema::fingerprint::sha256;

#[derive(Serialize)]
struct Degradation<'run> {
    description: String,
    check_name: &'run str,
    fingerprint: String,
    severity: &'run str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// All findings.
pub fn lint(all: &[Linted]) -> String {
    let known = unique(all.iter().flat_map(|linted| known(linted, &linted.report.findings)).collect());
    let mut fingerprints = known.into_iter();
    let mut found = Vec::with_capacity(fingerprints.len());
    for linted in all {
        let mut places = Places::new(linted.project);
        let findings = linted.report.findings.iter().zip(fingerprints.by_ref());
        found.extend(findings.map(|(finding, fingerprint)| degradation(finding, fingerprint, &mut places)));
    }
    print(&found)
}

fn degradation<'run>(finding: &'run Finding, fingerprint: String, places: &mut Places<'_>) -> Degradation<'run> {
    let place = places.at(&finding.path, finding.span);
    Degradation {
        description: said(finding).join("; "),
        check_name: finding.rule,
        fingerprint,
        severity: match finding.level {
            Level::Error => "critical",
            Level::Warning => "major",
            Level::Note => "info",
        },
        location: Location {
            path: places.relative(&finding.path),
            lines: Lines { begin: place.start.line, end: place.end.line },
        },
    }
}

/// The fingerprints, with others for those that come again: of equal ones GitLab takes one.
fn unique(fingerprints: Vec<String>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let one = |fingerprint: String| {
        let times = seen.entry(fingerprint.clone()).or_default();
        *times += 1;
        if *times == 1 { fingerprint } else { sha256(format!("{fingerprint}\0{times}").as_bytes()) }
    };
    fingerprints.into_iter().map(one).collect()
}
