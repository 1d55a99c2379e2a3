//! Findings in reviewdog's diagnostic format, with the safe fixes as suggestions.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::json::print;
use super::place::Places;
use super::{Linted, said};
use crate::diagnostics::{Finding, Fix, Level, Safety};
use crate::text::Span;
use crate::text::edit::{self, Edit};
use crate::text::lines::Position;

#[derive(Serialize)]
struct DiagnosticResult<'run> {
    source: Source,
    diagnostics: Vec<Diagnostic<'run>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'run> {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code<'run>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Code<'run> {
    value: &'run str,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: u32,
    /// In bytes, as reviewdog counts.
    column: u32,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

impl From<Position> for Place {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column }
    }
}

/// All findings.
pub fn lint(all: &[Linted]) -> String {
    let diagnostics = all.iter().flat_map(of_one).collect();
    print(&DiagnosticResult { source: Source { name: "remold" }, diagnostics })
}

fn of_one<'run>(linted: &Linted<'run>) -> Vec<Diagnostic<'run>> {
    let mut places = Places::new(linted.project);
    linted.report.findings.iter().map(|finding| diagnostic(finding, &mut places)).collect()
}

fn diagnostic<'run>(finding: &'run Finding, places: &mut Places<'_>) -> Diagnostic<'run> {
    let edit = finding.fix.as_ref().and_then(|fix| one_edit(fix, places.text(&finding.path)));
    let suggestion = edit.map(|edit| Suggestion { range: range(places, &finding.path, edit.span), text: edit.text });
    Diagnostic {
        message: said(finding).join("\n"),
        location: Location { path: places.relative(&finding.path), range: range(places, &finding.path, finding.span) },
        severity: match finding.level {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Note => "INFO",
        },
        code: Code { value: finding.rule },
        suggestions: suggestion.into_iter().collect(),
    }
}

fn range(places: &mut Places<'_>, path: &str, span: Span) -> Range {
    let place = places.at(path, span);
    Range { start: place.start.into(), end: place.end.into() }
}

/// How many bytes the edits of one suggestion may lie apart.
const APART: u32 = 2_000;

/// A safe fix as one edit, for a suggestion is taken or left alone.
fn one_edit(fix: &Fix, text: &str) -> Option<Edit> {
    let spans = fix.edits.iter().map(|edit| edit.span);
    let whole = spans.reduce(Span::to).filter(|whole| whole.end - whole.start <= APART)?;
    if fix.safety != Safety::Safe || text.get(whole.start as usize..whole.end as usize).is_none() {
        return None;
    }
    let moved = |edit: &Edit| Edit {
        span: Span::new(edit.span.start - whole.start, edit.span.end - whole.start),
        text: edit.text.clone(),
    };
    Some(Edit { span: whole, text: edit::apply(whole.of(text), fix.edits.iter().map(moved).collect()) })
}
