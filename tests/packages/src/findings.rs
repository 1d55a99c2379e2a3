//! What the rules find in the packages: a table by rule and package, then the findings themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use remold_core::diagnostics::{Finding, Level};
use remold_core::history::{Project, Runner};
use remold_core::lint::{self, Settings};
use remold_core::schema::{Knowledge, Schema};
use remold_core::text::SourceFile;
use remold_core::text::lines::LineIndex;
use remold_engine::Linked;

/// What was found in one database of a package, each with the text around its place.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The package and the database.
    pub(crate) title: String,
    /// The findings, with what stands in the file at their places.
    pub(crate) findings: Vec<(Finding, String)>,
}

/// Lints the files of a database from an empty schema on, as an application's own migrator runs them: each
/// file once and in a transaction.
pub(crate) fn find(title: String, files: Vec<SourceFile>) -> Found {
    let project = Project { files, ..Project::default() };
    let mut settings = Settings::new(None, None, Runner::remold());
    settings.start = Some(Schema::new(Knowledge::Complete));
    let report = lint::lint_on(&project, &settings, &mut Linked);
    let shown = |finding: Finding| {
        let text = project.files.iter().find(|file| file.path == finding.path).map_or("", |file| &file.text);
        let place = place(text, &finding);
        (finding, place)
    };
    Found { title, findings: report.findings.into_iter().map(shown).collect() }
}

/// The line's number and the lines from the finding's place on.
fn place(text: &str, finding: &Finding) -> String {
    let lines = LineIndex::new(text);
    let line = lines.position(finding.span.start).line;
    let shown: Vec<&str> = text.lines().skip(line as usize - 1).take(6).collect();
    format!("{line}\n{}", shown.join("\n"))
}

/// The table, then each level's findings.
pub(crate) fn markdown(all: &[Found]) -> String {
    let mut out = String::from(
        "# What the rules find in published packages\n\n| rule | level | findings | in |\n|---|---|--:|---|\n",
    );
    let mut rules: BTreeMap<(&str, Level), BTreeMap<&str, usize>> = BTreeMap::new();
    for found in all {
        for (finding, _) in &found.findings {
            *rules.entry((finding.rule, finding.level)).or_default().entry(&found.title).or_default() += 1;
        }
    }
    for ((rule, level), packages) in &rules {
        let each: Vec<String> = packages.iter().map(|(title, count)| format!("{title} {count}")).collect();
        let count: usize = packages.values().sum();
        let _infallible = writeln!(out, "| {rule} | {level} | {count} | {} |", each.join(", "));
    }
    for level in [Level::Error, Level::Warning, Level::Note] {
        let _infallible = writeln!(out, "\n## {level}");
        for found in all {
            for (finding, place) in found.findings.iter().filter(|(finding, _)| finding.level == level) {
                let _infallible = write!(out, "\n{} [{}] {}", found.title, finding.rule, finding.message);
                for (word, text) in [
                    ("SQLite", finding.sqlite_error.as_deref()),
                    ("reason", finding.reason.as_deref()),
                    ("help", finding.help.as_deref()),
                ] {
                    if let Some(text) = text {
                        let _infallible = write!(out, "\n  {word}: {text}");
                    }
                }
                let _infallible = writeln!(out, "\n  {}:{}", finding.path, place.replace('\n', "\n  | "));
            }
        }
    }
    out
}
