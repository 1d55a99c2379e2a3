//! Findings as SARIF 2.1.0, which code scanning services read.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use super::json::print;
use super::place::{Places, encoded};
use super::{Linted, known, said};
use crate::diagnostics::{Finding, Fix, Level, Safety};
use crate::engine::judge::Replay;
use crate::rule::Entry;
use crate::rules::RULES;
use crate::text::Span;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'run> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'run>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'run> {
    tool: Tool<'run>,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    newline_sequences: [&'static str; 3],
    results: Vec<Outcome<'run>>,
}

#[derive(Serialize)]
struct Tool<'run> {
    driver: Driver<'run>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'run> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor<'run>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
    locations: [Whole; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Whole {
    physical_location: Whereabouts,
}

/// A place, or a file as a whole.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Whereabouts {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'run> {
    id: &'run str,
    short_description: Text<'run>,
    full_description: Text<'run>,
    help: Page<'run>,
    default_configuration: Configuration,
    properties: Properties,
}

/// What GitHub filters alerts by.
#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 2],
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

#[derive(Serialize)]
struct Text<'run> {
    text: &'run str,
}

#[derive(Serialize)]
struct Page<'run> {
    text: &'run str,
    markdown: &'run str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'run> {
    rule_id: &'run str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Spot; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Spot>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Mending>,
    /// Empty says that it is not suppressed.
    suppressions: Vec<Suppression<'run>>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spot {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mending {
    description: Message,
    artifact_changes: [Change; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Message,
}

#[derive(Serialize)]
struct Suppression<'run> {
    kind: &'static str,
    justification: &'run str,
}

/// All findings in one run, with those that comments allow as suppressed ones, and the pages of their rules; and what
/// a replay left out as notifications of the run.
pub fn lint(all: &[Linted]) -> String {
    let findings = all.iter().flat_map(|linted| {
        linted.report.findings.iter().chain(linted.report.allowed.iter().map(|allowed| &allowed.finding))
    });
    let ids: BTreeSet<&str> = findings.map(|finding| finding.rule).collect();
    let rules: Vec<&Entry> = RULES.iter().filter(|entry| ids.contains(entry.rule.id)).collect();
    let index: BTreeMap<&str, usize> = rules.iter().enumerate().map(|(at, entry)| (entry.rule.id, at)).collect();
    let (mut results, mut notifications) = (Vec::new(), Vec::new());
    for linted in all {
        let mut places = Places::new(linted.project);
        let outcomes = outcomes(linted, &mut places);
        results.extend(
            outcomes.into_iter().map(|outcome| Outcome {
                rule_index: index.get(outcome.rule_id).copied().unwrap_or_default(),
                ..outcome
            }),
        );
        notifications.extend(linted.report.replay.iter().flat_map(|replay| left_out(replay, &mut places)));
    }
    print(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "remold",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: rules.into_iter().map(descriptor).collect(),
                },
            },
            invocations: [Invocation { execution_successful: true, tool_execution_notifications: notifications }],
            column_kind: "utf16CodeUnits",
            newline_sequences: ["\r\n", "\n", "\r"],
            results,
        }],
    })
}

/// What was found in one database's migrations.
fn outcomes<'run>(linted: &Linted<'run>, places: &mut Places<'_>) -> Vec<Outcome<'run>> {
    let report = linted.report;
    let allowed: Vec<Finding> = report.allowed.iter().map(|allowed| allowed.finding.clone()).collect();
    let fingerprints = [known(linted, &report.findings), known(linted, &allowed)].concat();
    let found = report.findings.iter().map(|finding| (finding, None));
    let allowed = report.allowed.iter().map(|allowed| (&allowed.finding, Some(&*allowed.reason)));
    let all = found.chain(allowed).zip(fingerprints);
    all.map(|((finding, reason), fingerprint)| Outcome {
        partial_fingerprints: BTreeMap::from([("remoldFinding/v1", fingerprint)]),
        suppressions: reason.map(|justification| Suppression { kind: "inSource", justification }).into_iter().collect(),
        ..outcome(finding, places)
    })
    .collect()
}

/// What a replay did not look at, or saw otherwise than the model.
fn left_out<'here>(replay: &'here Replay, places: &'here mut Places<'_>) -> Vec<Notification> {
    let mut notify = |level, text: String, path: &str, span: Option<Span>| {
        let artifact_location = artifact(places, path);
        let region = span.map(|span| region(places, path, span));
        let physical_location = Whereabouts { artifact_location, region };
        Notification { level, message: Message { text: plain(&text) }, locations: [Whole { physical_location }] }
    };
    let mut all = Vec::with_capacity(replay.remarks.len() + replay.disagreements.len());
    for remark in &replay.remarks {
        let text = format!("{}: {}", remark.kind.as_str(), remark.message);
        all.push(notify("note", text, &remark.path, remark.span));
    }
    for differs in &replay.disagreements {
        let text = format!("remold's model and SQLite differ about {}; please report it", differs.about);
        all.push(notify("warning", text, &differs.path, Some(differs.span)));
    }
    all
}

fn descriptor(entry: &Entry) -> Descriptor<'_> {
    let paragraphs = entry.page.split("\n\n");
    Descriptor {
        id: entry.rule.id,
        short_description: Text { text: entry.title() },
        full_description: Text { text: paragraphs.clone().nth(1).unwrap_or_default() },
        help: Page { text: entry.page, markdown: entry.page },
        default_configuration: Configuration { level: entry.rule.level.as_str() },
        properties: Properties {
            tags: ["sqlite", "migration"],
            severity: match entry.rule.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "recommendation",
            },
        },
    }
}

fn outcome<'run>(finding: &'run Finding, places: &mut Places<'_>) -> Outcome<'run> {
    let related = finding.related.iter().zip(1..).map(|(related, id)| Spot {
        id: Some(id),
        physical_location: physical(places, &related.path, related.span),
        message: Some(Message { text: plain(&related.message) }),
    });
    let related_locations = related.collect();
    Outcome {
        rule_id: finding.rule,
        rule_index: 0,
        level: finding.level.as_str(),
        message: Message { text: plain(&said(finding).join("\n")) },
        locations: [Spot { id: None, physical_location: physical(places, &finding.path, finding.span), message: None }],
        related_locations,
        partial_fingerprints: BTreeMap::new(),
        fixes: finding.fix.iter().map(|fix| mending(fix, &finding.path, places)).collect(),
        suppressions: Vec::new(),
    }
}

fn mending(fix: &Fix, path: &str, places: &mut Places<'_>) -> Mending {
    let description = match fix.safety {
        Safety::Safe => "keeps the schema that the file ends with",
        Safety::Unsafe => "after this the file may do something else",
    };
    let replacements = fix.edits.iter().map(|edit| Replacement {
        deleted_region: region(places, path, edit.span),
        inserted_content: Message { text: edit.text.clone() },
    });
    let replacements = replacements.collect();
    Mending {
        description: Message { text: description.to_string() },
        artifact_changes: [Change { artifact_location: artifact(places, path), replacements }],
    }
}

fn physical(places: &mut Places<'_>, path: &str, span: Span) -> Physical {
    Physical { artifact_location: artifact(places, path), region: region(places, path, span) }
}

fn artifact(places: &Places<'_>, path: &str) -> Artifact {
    let path = places.relative(path);
    if path.starts_with('/') {
        Artifact { uri: format!("file://{}", encoded(&path)), uri_base_id: None }
    } else {
        Artifact { uri: encoded(&path), uri_base_id: Some("%SRCROOT%") }
    }
}

fn region(places: &mut Places<'_>, path: &str, span: Span) -> Region {
    let place = places.at(path, span);
    Region {
        start_line: place.start.line,
        start_column: place.start.utf16,
        end_line: place.end.line,
        end_column: place.end.utf16,
    }
}

/// The text without the links that SARIF reads in it.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '[' | ']') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
