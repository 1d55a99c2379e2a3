//! Values to bytes: the only place that knows an output format.

pub mod github;
pub mod gitlab;
pub mod json;
pub mod markdown;
pub mod rdjson;
#[cfg(feature = "pages")]
pub mod sarif;

mod place;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::change::Change;
use crate::diagnostics::{Finding, Level};
use crate::history::Project;
use crate::lint::baseline::fingerprints;
use crate::lint::{Report, Settings};
use crate::schema::fingerprint::sha256;

/// What was found in the migrations of a database.
#[derive(Clone, Copy, Debug)]
pub struct Linted<'run> {
    /// What the project calls the database, where it has several.
    pub database: Option<&'run str>,
    /// The files.
    pub project: &'run Project,
    /// For whom they were checked.
    pub settings: &'run Settings,
    /// What was found.
    pub report: &'run Report,
    /// What they do to a database, where that was asked for.
    pub change: Option<&'run Change>,
}

/// From the worst level down.
const LEVELS: [Level; 3] = [Level::Error, Level::Warning, Level::Note];

/// All that a finding says, one thing in each line.
fn said(finding: &Finding) -> Vec<String> {
    let error = finding.sqlite_error.iter().map(|error| format!("SQLite says: {error}"));
    let rest = finding.reason.iter().chain(&finding.help).map(|text| text.as_ref().into());
    [finding.message.clone()].into_iter().chain(error).chain(rest).collect()
}

/// What each finding is known by, also beside those of another database.
fn known(linted: &Linted, findings: &[Finding]) -> Vec<String> {
    let own = fingerprints(linted.project, findings);
    match linted.database {
        Some(name) => own.into_iter().map(|own| sha256(format!("{name}\0{own}").as_bytes())).collect(),
        None => own,
    }
}

fn count(findings: &[Finding], level: Level) -> usize {
    findings.iter().filter(|finding| finding.level == level).count()
}

/// A number with its noun: `1 file`, `2 files`.
fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// How many there are of each level: `1 error, 2 warnings`.
fn counts(of: impl Fn(Level) -> usize) -> String {
    let counts = LEVELS.into_iter().map(|level| (of(level), level)).filter(|(count, _)| *count > 0);
    counts.map(|(count, level)| counted(count, level.as_str())).collect::<Vec<_>>().join(", ")
}
