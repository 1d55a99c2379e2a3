//! From the history to findings: every rule looks at every step, in one walk.

use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostics::{Finding, Findings, Level};
use crate::history::{Project, Runner, Step, walk};
use crate::rule::{Check, Context};
use crate::rules::RULES;
use crate::schema::{Knowledge, Schema};
use crate::sqlite::version::{BUNDLED, Version, VersionRange};

/// What the rules need to know beside the files.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The versions that read the database.
    pub versions: VersionRange,
    /// The version that executes the files.
    pub engine: Version,
    /// Who runs the files.
    pub runner: Runner,
    /// The schema before the first file, where it is known.
    pub start: Option<Schema>,
}

impl Settings {
    /// Settings for a range of versions. The oldest executes the files, unless `engine` is named.
    pub fn new(versions: Option<VersionRange>, engine: Option<Version>, runner: Runner) -> Self {
        let versions = versions.unwrap_or(VersionRange::from(BUNDLED));
        Self { versions, engine: engine.unwrap_or(versions.oldest), runner, start: None }
    }
}

impl Settings {
    /// The schema before the first file, as far as it is known.
    pub(crate) fn start(&self) -> Schema {
        self.start.clone().unwrap_or_else(|| Schema::new(Knowledge::Partial))
    }
}

/// What linting a project found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The findings, in the order of files and places.
    pub findings: Vec<Finding>,
    /// How many statements each file has, in the order in which the files run. A file without any
    /// is not here.
    pub statements: Vec<(String, u32)>,
    /// The schema after the last file.
    pub schema: Schema,
}

/// Lints every file of the project.
pub fn lint(project: &Project, settings: &Settings) -> Report {
    let mut run = Run::new(settings);
    let start = settings.start();
    let schema = walk(project, &start, &settings.runner, |step| run.step(step));
    run.finish(schema)
}

/// A run of the linter, for those who walk through the history themselves.
#[derive(Debug)]
pub(crate) struct Run<'run> {
    settings: &'run Settings,
    findings: Vec<Finding>,
    statements: Vec<(String, u32)>,
}

impl<'run> Run<'run> {
    pub(crate) const fn new(settings: &'run Settings) -> Self {
        Self { settings, findings: Vec::new(), statements: Vec::new() }
    }

    pub(crate) fn step(&mut self, step: &Step) {
        match self.statements.last_mut() {
            Some((last, count)) if *last == step.file.path => *count += 1,
            _ => self.statements.push((step.file.path.clone(), 1)),
        }
        check(step, self.settings, &mut self.findings);
    }

    pub(crate) fn finish(mut self, schema: Schema) -> Report {
        self.findings.sort_by(|one: &Finding, other: &Finding| {
            (&one.path, one.span, one.rule).cmp(&(&other.path, other.span, other.rule))
        });
        Report { findings: self.findings, statements: self.statements, schema }
    }
}

/// Shows one step to every rule.
fn check(step: &Step, settings: &Settings, found: &mut Vec<Finding>) {
    let context = Context {
        file: step.file,
        statement: step.statement,
        before: step.before,
        after: step.after,
        file_start: step.file_start,
        transaction: step.transaction,
        earlier: step.earlier,
        runner: &settings.runner,
        versions: settings.versions,
        engine: settings.engine,
    };
    for entry in RULES {
        let rule = entry.rule;
        let mut out = Findings { rule: rule.id, level: rule.level, path: &step.file.path, found };
        match rule.check {
            Check::Statement(look) => look(&context, step.statement, &mut out),
            Check::Change(look) => step.changes.iter().for_each(|change| look(&context, change, &mut out)),
            Check::Problem(look) => step.problem.into_iter().for_each(|problem| look(&context, problem, &mut out)),
        }
    }
}

/// The worst level among the findings.
pub fn worst(findings: &[Finding]) -> Option<Level> {
    findings.iter().map(|finding| finding.level).max()
}
