//! Findings that were there when somebody began to lint, and are left for now.
//!
//! A finding is known again by its rule, its file, its message and its statement without comments and
//! white space, wherever in the file that stands.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Report;
use crate::diagnostics::Finding;
use crate::history::Project;
use crate::parse::{Source, normal};
use crate::schema::fingerprint::sha256;
use crate::text::{SourceFile, Span, gathered};

/// Findings that are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    format: String,
    version: u32,
    findings: Vec<Known>,
}

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Known {
    path: String,
    rule: String,
    fingerprint: String,
}

/// What a baseline did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// How many findings it knew.
    pub known: usize,
    /// How many that it knows are no longer found.
    pub gone: usize,
}

const FORMAT: &str = "remold-baseline";

impl Baseline {
    /// What a report found.
    pub fn of(project: &Project, report: &Report) -> Self {
        let mut findings: Vec<Known> = fingerprints(project, &report.findings)
            .into_iter()
            .zip(&report.findings)
            .map(|(fingerprint, finding)| Known { path: finding.path.clone(), rule: finding.rule.into(), fingerprint })
            .collect();
        findings.sort();
        Self { format: FORMAT.into(), version: 1, findings }
    }

    /// Reads one. The error says what is wrong with the text.
    pub fn read(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match (&*baseline.format, baseline.version) {
            (FORMAT, 1) => Ok(baseline),
            (FORMAT, version) => Err(format!("its version is {version}, and this remold reads version 1")),
            (other, _) => Err(format!("its format is `{other}`, not `{FORMAT}`")),
        }
    }

    /// How many findings it knows.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Report {
    /// Takes the findings out that the baseline knows.
    pub fn leave(&mut self, project: &Project, baseline: &Baseline) {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in &baseline.findings {
            *known.entry(&finding.fingerprint).or_default() += 1;
        }
        let fingerprints = fingerprints(project, &self.findings);
        let mut left = 0;
        let mut at = 0;
        self.findings.retain(|_| {
            let count = known.get_mut(&*fingerprints[at]).filter(|count| **count > 0);
            at += 1;
            count.is_none_or(|count| {
                *count -= 1;
                left += 1;
                false
            })
        });
        self.left = Some(Left { known: left, gone: baseline.findings.len() - left });
    }
}

/// What each finding is known by.
pub fn fingerprints(project: &Project, findings: &[Finding]) -> Vec<String> {
    let files: BTreeMap<&str, &SourceFile> = gathered(project.files.iter().map(|file| (file.path.as_str(), file)));
    let mut statements: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let texts = findings.iter().map(|finding| {
        let Some(file) = files.get(finding.path.as_str()) else { return String::new() };
        let spans = statements.entry(&file.path).or_insert_with(|| Source::of(file).spans().collect());
        let at = spans.partition_point(|statement| statement.end <= finding.span.start);
        spans.get(at).map_or_else(String::new, |statement| normal(statement.of(&file.text)))
    });
    let texts: Vec<String> = texts.collect();
    let parts = findings
        .iter()
        .zip(texts)
        .map(|(finding, text)| [finding.rule, &finding.path, &finding.message, &text].map(String::from).join("\0"));
    parts.map(|part| sha256(part.as_bytes())).collect()
}
