//! Findings as text: the source with the place marked, why, and what to do.

use std::collections::BTreeMap;

use annotate_snippets::Level as Shown;
use remold_core::diagnostics::{Finding, Level};
use remold_core::engine::judge::{RemarkKind, Replay};
use remold_core::engine::watch::Watched;
use remold_core::history::{Project, Runner, RunnerTransaction, Runs};
use remold_core::lint::{Report, Settings};
use remold_core::render::Linted;
use remold_core::text::lines::LineIndex;
use remold_core::text::{SourceFile, Span};

use super::marked::{Mark, Message, draw};
use super::{counted, level_style};
use crate::terminal::{FAINT, GOOD, STRONG, paint, visible};

/// The findings of each database, below its name where it has one.
pub(crate) fn of_all(all: &[Linted]) -> String {
    let mut text = String::new();
    for linted in all {
        if let Some(name) = linted.database {
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}{}\n", paint(STRONG, &format!("== {} ==", visible(name)))));
        }
        text.push_str(&lint(linted.project, linted.settings, linted.report));
    }
    text
}

/// The findings of a project, and a line that says how many and for whom.
fn lint(project: &Project, settings: &Settings, report: &Report) -> String {
    let sources = Sources::of(project, report);
    let mut text: String = report.findings.iter().map(|finding| drawn(finding, &sources)).collect();
    let migrations = project.migrations();
    let files = migrations.len();
    text.push_str(&format!("{} in {}", counts(&report.findings), counted(files, "file")));
    if let Some(chosen) = &settings.chosen {
        let looked_at = migrations.iter().filter(|migration| chosen.contains(&migration.up.path)).count();
        text.push_str(&format!(", of which {looked_at} {} looked at", if looked_at == 1 { "is" } else { "are" }));
    }
    if let Some(since) = &settings.since {
        text.push_str(&format!(": new or changed since `{}`", visible(&since.base)));
    }
    if !report.allowed.is_empty() {
        text.push_str(&format!("; {} allowed by comments", report.allowed.len()));
    }
    if let Some(left) = report.left {
        text.push_str(&format!("; {} known by the baseline", left.known));
        if left.gone > 0 {
            text.push_str(&format!(", {} of it gone: save it anew", left.gone));
        }
    }
    let layout = project.recognised.layout;
    let downs = project.files.iter().filter(|file| layout.takes_back(&file.path)).count();
    if downs > 0 {
        text.push_str(&format!("; {} not checked", counted(downs, "down file")));
    }
    text.push('\n');
    text.push_str(&paint(FAINT, &checked_for(settings)));
    text.push('\n');
    text.push_str(&paint(FAINT, &visible(&laid_out(project, settings))));
    text.push('\n');
    let replayed = report.replay.iter().flat_map(|replay| replayed(replay, settings, &sources));
    for line in replayed.chain(watched(settings, report)) {
        text.push_str(&paint(FAINT, &visible(&line)));
        text.push('\n');
    }
    text
}

/// What a real SQLite did, and what it did not.
fn replayed(replay: &Replay, settings: &Settings, sources: &Sources) -> Vec<String> {
    let files = counted(replay.files as usize, "file");
    let mut lines = Vec::new();
    if replay.files > 0 {
        let other = if settings.engine == replay.engine {
            String::new()
        } else {
            format!(" (not the {} that executes the files)", settings.engine)
        };
        let keys = replay.foreign_keys;
        lines
            .push(format!("replayed {files} on SQLite {}{other} with seeded rows, foreign keys {keys}", replay.engine));
    }
    let disagreements = replay.disagreements.len();
    if let Some(first) = replay.disagreements.first() {
        let place = sources.place(&first.path, Some(first.span));
        let more = if disagreements > 1 { format!(" and {} more", disagreements - 1) } else { String::new() };
        lines.push(format!("remold's model and SQLite differ at {place}{more}; please report it"));
    }
    for (kind, what) in [
        (RemarkKind::NotReplayed, "not replayed"),
        (RemarkKind::NotMade, "not made before it"),
        (RemarkKind::NotSeeded, "without a row"),
        (RemarkKind::StandIn, "with a stand-in"),
    ] {
        let of_kind: Vec<_> = replay.remarks.iter().filter(|remark| remark.kind == kind).collect();
        let Some(first) = of_kind.first() else { continue };
        let more = if of_kind.len() > 1 { format!(" (and {} more)", of_kind.len() - 1) } else { String::new() };
        lines.push(format!("{what}: {}: {}{more}", sources.place(&first.path, first.span), first.message));
    }
    lines
}

/// What came of the application's queries: which were not watched, and why.
fn watched(settings: &Settings, report: &Report) -> Vec<String> {
    let count = |wanted: fn(&Watched) -> bool| report.queries.iter().filter(|came| wanted(came)).count();
    let counts = [
        (count(|came| *came == Watched::Yes), "watched"),
        (count(|came| *came == Watched::New), "new behind these files"),
        (count(|came| *came == Watched::Untouched), "untouched by them"),
        (count(|came| matches!(came, Watched::No(_))), "not watched"),
    ];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if counts.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![format!("queries of the application: {}", counts.join(", "))];
    let mut unwatched = settings.queries.iter().zip(&report.queries).filter_map(|(query, came)| match came {
        Watched::No(reason) => Some((query, reason)),
        _ => None,
    });
    if let Some((query, reason)) = unwatched.next() {
        let more = unwatched.count();
        let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        lines.push(format!("not watched: {}: {}: {reason}{more}", query.place(), query.shown()));
    }
    lines
}

/// The files with findings, each with its lines counted once.
struct Sources<'run> {
    project: &'run Project,
    files: BTreeMap<&'run str, (&'run SourceFile, LineIndex<'run>)>,
}

impl<'run> Sources<'run> {
    fn of(project: &'run Project, report: &'run Report) -> Self {
        let known: BTreeMap<&str, &SourceFile> = project.files.iter().map(|file| (file.path.as_str(), file)).collect();
        let mut files = BTreeMap::new();
        for finding in &report.findings {
            let related = finding.related.iter().map(|related| &related.path);
            for path in related.chain([&finding.path]).map(String::as_str) {
                if !files.contains_key(path)
                    && let Some(file) = known.get(path)
                {
                    files.insert(path, (*file, LineIndex::new(&file.text)));
                }
            }
        }
        Self { project, files }
    }

    /// The file and the line of something that a replay says.
    fn place(&self, path: &str, span: Option<Span>) -> String {
        let Some(file) = self.project.files.iter().find(|file| file.path == path) else { return path.to_owned() };
        let shown = self.project.shown(file);
        match span {
            Some(span) => format!("{shown}:{}", LineIndex::new(&file.text).position(span.start).line),
            None => shown,
        }
    }

    fn mark<'here>(&'here self, path: &str, span: Span, label: Option<&'here str>) -> Option<Mark<'here>> {
        let (file, lines) = self.files.get(path)?;
        Some(Mark { path: self.project.shown(file), text: &file.text, lines, span, label })
    }
}

fn drawn(finding: &Finding, sources: &Sources) -> String {
    let main = sources.mark(&finding.path, finding.span, None);
    let related = finding.related.iter();
    let related = related.filter_map(|other| sources.mark(&other.path, other.span, Some(&other.message)));
    let mut notes = Vec::new();
    if let Some(error) = &finding.sqlite_error {
        notes.push((Shown::NOTE, format!("SQLite says: {error}")));
    }
    if let Some(reason) = &finding.reason {
        notes.push((Shown::NOTE, reason.clone().into_owned()));
    }
    if let Some(help) = &finding.help {
        notes.push((Shown::HELP, help.clone().into_owned()));
    }
    draw(Message {
        level: match finding.level {
            Level::Error => Shown::ERROR,
            Level::Warning => Shown::WARNING,
            Level::Note => Shown::NOTE,
        },
        id: finding.rule,
        title: &finding.message,
        marks: main.into_iter().chain(related).collect(),
        notes,
    })
}

fn counts(findings: &[Finding]) -> String {
    let of = |level: Level| {
        let count = findings.iter().filter(|finding| finding.level == level).count();
        (count > 0).then(|| paint(level_style(level), &counted(count, level.as_str())))
    };
    let counts: Vec<String> = [Level::Error, Level::Warning, Level::Note].into_iter().filter_map(of).collect();
    if counts.is_empty() { paint(GOOD, "no findings") } else { counts.join(", ") }
}

/// What was taken for granted: without it, a clean report says nothing.
/// As whose files they were read, who runs them, by what that is known, and which are left out.
fn laid_out(project: &Project, settings: &Settings) -> String {
    let recognised = &project.recognised;
    let mut text = format!("layout: {}", recognised.layout.name());
    if let Some(by) = &recognised.by {
        text.push_str(&format!(", by {by}"));
    }
    if let Some(doubt) = &recognised.doubt {
        text.push_str(&format!(" ({doubt})"));
    }
    let runner = &settings.runner.name;
    let by = recognised.runner_by(runner).filter(|by| recognised.by.as_deref() != Some(*by));
    if let Some(by) = by {
        text.push_str(&format!("; runner: {runner}, by {by}"));
    }
    if let Some(doubt) = &recognised.runner_doubt {
        text.push_str(&format!(" ({doubt})"));
    }
    let unseen = recognised.unseen(&project.files);
    if let Some((first, others)) = unseen.split_first() {
        let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
        let who = recognised.runner().unwrap_or("it");
        text.push_str(&format!("; {who} does not run {}{more}", project.shown_path(first)));
    }
    text
}

fn checked_for(settings: &Settings) -> String {
    let mut text = format!("checked for SQLite {}", settings.versions);
    if settings.engine != settings.versions.oldest {
        text.push_str(&format!(", executed by {}", settings.engine));
    }
    if !settings.targets.is_empty() {
        let targets: Vec<&str> = settings.targets.iter().map(|target| target.as_str()).collect();
        text.push_str(&format!(" on {}", targets.join(" and ")));
    }
    let Runner { name, transaction, runs, .. } = &settings.runner;
    let runs = match runs {
        Runs::Again => "which may run a file twice",
        Runs::Once => "which runs a file once",
    };
    let transaction = match transaction {
        RunnerTransaction::None => "without a transaction",
        RunnerTransaction::File => "in a transaction for each file",
        RunnerTransaction::All => "in one transaction",
    };
    let by = if name == "by hand" { "" } else { "by " };
    text.push_str(&format!(", run {by}{name}, {runs}, {transaction}"));
    text
}
