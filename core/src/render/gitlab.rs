//! Findings as GitLab's code quality report, which a merge request shows.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::json::print;
use super::place::Places;
use super::said;
use crate::diagnostics::Level;
use crate::history::Project;
use crate::lint::Report;
use crate::lint::baseline::fingerprints;
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

/// The findings of a project.
pub fn lint(project: &Project, report: &Report) -> String {
    let mut places = Places::new(project);
    let known = unique(fingerprints(project, &report.findings));
    let all = report.findings.iter().zip(known).map(|(finding, fingerprint)| {
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
    });
    print(&all.collect::<Vec<_>>())
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
