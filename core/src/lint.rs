//! From the history to findings: every rule looks at every step, in one walk.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

use crate::config::Levels;
use crate::diagnostics::{Finding, Findings, Level};
use crate::directive::Reasons;
use crate::engine::judge::{self, Effect, FailsOn, Happening, KeyFault, Replay};
use crate::engine::play::Play;
use crate::engine::watch::Watched;
use crate::engine::{Engine, NoEngine};
use crate::history::down::{Refused, take_back};
use crate::history::since::Sequence;
use crate::history::{End, Project, Runner, Since, Step, Visitor, visit_all};
use crate::layout::setup::list::{Mismatch, MismatchKind};
use crate::layout::{Migration, Overlooked};
use crate::naming::Naming;
use crate::queries::Query;
use crate::rule::{Check, Context, FileContext, Rule};
use crate::rules::RULES;
use crate::schema::rows::Rows;
use crate::schema::{Knowledge, Schema};
use crate::sqlite::target::Target;
use crate::sqlite::version::{BUNDLED, Version, VersionRange};
use crate::text::{Halves, SourceFile, Span, gathered};

pub mod allow;
pub mod baseline;
pub mod fix;

use allow::Allowed;
use baseline::Left;

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
    /// The files that findings are about and that an engine replays, by their paths below the root; all of
    /// them where none is chosen. The others are the history before them.
    pub chosen: Option<BTreeSet<String>>,
    /// How the files differ from those that were released, where that is known.
    pub since: Option<Since>,
    /// How bad what the rules find is, where somebody says other than they.
    pub levels: Levels,
    /// Whether comments that allow something must say why.
    pub reasons: Reasons,
    /// The day, as `2027-01-31`, by which comments that hold until some day are judged.
    pub today: Option<String>,
    /// Where the files run, if not in SQLite itself alone.
    pub targets: Vec<Target>,
    /// The application's queries, which the files should leave working.
    pub queries: Vec<Query>,
    /// What the project calls things.
    pub naming: Naming,
    /// How many rows the tables have before the first file, as far as that is known.
    pub rows: Rows,
}

impl Settings {
    /// Settings for a range of versions. The oldest executes the files, unless `engine` is named.
    pub fn new(versions: Option<VersionRange>, engine: Option<Version>, runner: Runner) -> Self {
        let versions = versions.unwrap_or(VersionRange::from(BUNDLED));
        Self {
            versions,
            engine: engine.unwrap_or(versions.oldest),
            runner,
            start: None,
            chosen: None,
            since: None,
            levels: Levels::default(),
            reasons: Reasons::default(),
            today: None,
            targets: Vec::new(),
            queries: Vec::new(),
            naming: Naming::default(),
            rows: Rows::default(),
        }
    }
}

impl Settings {
    /// The schema before the first file, as far as it is known, as the engine will change it.
    pub(crate) fn start(&self) -> Schema {
        self.start.clone().unwrap_or_else(|| Schema::new(Knowledge::Partial)).with_engine(self.engine)
    }
}

/// What linting a project found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The findings, in the order of files and places.
    pub findings: Vec<Finding>,
    /// The findings that comments in the files allow.
    pub allowed: Vec<Allowed>,
    /// What a baseline has taken out of the findings, where there is one.
    pub left: Option<Left>,
    /// How many statements each file has, in the order in which the files run. A file without any
    /// is not here.
    pub statements: Vec<(String, u32)>,
    /// The schema after the last file.
    pub schema: Schema,
    /// What the engine did, where there was one.
    pub replay: Option<Replay>,
    /// What came of each of the application's queries, in their order.
    pub queries: Vec<Watched>,
    /// The tables that lost rows in the replay to foreign keys, by statements that do not say so.
    pub lost: BTreeSet<String>,
}

/// Lints every file of the project by reading it alone.
pub fn lint(project: &Project, settings: &Settings) -> Report {
    lint_on(project, settings, &mut NoEngine)
}

/// Lints every file of the project, and has the engine run it on tables with rows.
pub fn lint_on(project: &Project, settings: &Settings, engine: &mut dyn Engine) -> Report {
    let mut run = Run::new(project, settings, engine);
    let start = settings.start();
    let schema = visit_all(project, &start, &settings.runner, &mut run);
    run.finish(schema)
}

/// A run of the linter, for those who walk through the history themselves.
#[derive(Debug)]
pub(crate) struct Run<'run> {
    project: &'run Project,
    settings: &'run Settings,
    sequence: Sequence,
    /// The files that look like migrations and are not run.
    overlooked: Vec<Option<Overlooked<'run>>>,
    /// Where each of them is, by its path.
    overlooked_at: BTreeMap<&'run str, usize>,
    /// What the tool's own list says otherwise, by the migrations that it is about.
    mismatches: BTreeMap<&'run str, Vec<&'run Mismatch>>,
    play: Play<'run>,
    findings: Vec<Finding>,
    allowed: Vec<Allowed>,
    /// The first finding of the file that is being read.
    own: usize,
    statements: Vec<(String, u32)>,
    lost: BTreeSet<String>,
}

impl<'run> Run<'run> {
    pub(crate) fn new(project: &'run Project, settings: &'run Settings, engine: &'run mut dyn Engine) -> Self {
        let overlooked = project.recognised.overlooked(&project.files);
        let mut mismatches: BTreeMap<&str, Vec<&Mismatch>> = BTreeMap::new();
        for mismatch in project.recognised.mismatches() {
            mismatches.entry(&mismatch.path).or_default().push(mismatch);
        }
        let play = Play::new(engine, &settings.runner, settings.chosen.as_ref(), &settings.queries, &settings.rows);
        Self {
            project,
            settings,
            sequence: Sequence::of(project, &settings.runner, settings.since.as_ref()),
            overlooked_at: gathered(overlooked.iter().enumerate().map(|(at, unseen)| (unseen.path, at))),
            overlooked: overlooked.into_iter().map(Some).collect(),
            mismatches,
            play,
            findings: Vec::new(),
            allowed: Vec::new(),
            own: 0,
            statements: Vec::new(),
            lost: BTreeSet::new(),
        }
    }

    /// Replays the file that has been read, and shows what happened to the rules.
    fn replay(&mut self) {
        if let Some(played) = self.play.end()
            && let Some((path, _)) = self.statements.last()
        {
            for happening in self.play.judge(&played) {
                if let Effect::Loses(losses) = &happening.effect
                    && !["DELETE", "UPDATE"].contains(&happening.kind)
                {
                    self.lost.extend(losses.iter().map(|loss| loss.table.clone()));
                }
                if is_said(&self.findings[self.own..], &happening) {
                    continue;
                }
                for entry in RULES {
                    let rule = entry.rule;
                    if let Check::Replay(look) | Check::Query(look) = rule.check {
                        look(
                            &happening,
                            &mut Findings { rule: rule.id, level: rule.level, path, found: &mut self.findings },
                        );
                    }
                }
            }
        }
    }

    /// Follows what takes the file back, has the engine run it on tables with rows, and shows what came of it.
    fn take_back(&mut self, file: &End, down: &SourceFile) {
        if ![&file.file.path, &down.path].iter().any(|path| self.is_chosen(path)) {
            return;
        }
        let mut play = self.play.aside();
        let Some(mut back) = take_back(file, down, &self.settings.runner, &mut Noted(&mut play)) else { return };
        if back.refused.is_none()
            && let Some(played) = play.end()
        {
            back.refused = play.judge(&played).into_iter().find_map(refusal);
        }
        let disagreements = play.disagreements();
        self.play.note(disagreements);
        for entry in RULES {
            let rule = entry.rule;
            if let Check::Down(look) = rule.check {
                let path = &down.path;
                look(&back, &mut Findings { rule: rule.id, level: rule.level, path, found: &mut self.findings });
            }
        }
    }

    /// Leaves of the file's findings those that are asked for and that no comment allows; one of the paths is enough.
    fn settle(&mut self, file: &SourceFile, paths: &[&str]) {
        if paths.iter().any(|path| self.is_chosen(path)) {
            self.weigh();
            let replayed = self.play.has_engine();
            self.allowed.extend(allow::settle(file, self.settings, replayed, &mut self.findings, self.own));
        } else {
            self.findings.truncate(self.own);
        }
        self.own = self.findings.len();
    }

    fn is_chosen(&self, path: &str) -> bool {
        self.settings.chosen.as_ref().is_none_or(|chosen| chosen.contains(path))
    }

    /// Shows the migrations that are there no longer.
    fn miss(&mut self) {
        let Some(since) = &self.settings.since else { return };
        for path in &since.deleted {
            for entry in RULES {
                let rule = entry.rule;
                if let Check::Deleted(look) = rule.check {
                    look(
                        since,
                        path,
                        &mut Findings { rule: rule.id, level: rule.level, path, found: &mut self.findings },
                    );
                }
            }
        }
        self.weigh();
    }

    /// Shows of one file that it is not run, and what the tool's own list says of it.
    fn overlook(&mut self, path: &str) {
        let unseen = self.overlooked_at.get(path).and_then(|at| self.overlooked.get_mut(*at)?.take());
        let listed = self.mismatches.get_mut(path).map(core::mem::take);
        for entry in RULES {
            let Rule { id, level, check, .. } = *entry.rule;
            let mut out = Findings { rule: id, level, path, found: &mut self.findings };
            match check {
                Check::Unseen(look) => unseen.iter().for_each(|unseen| look(unseen, &mut out)),
                Check::Listed(look) => {
                    listed.iter().flatten().for_each(|mismatch| look(&self.settings.runner, mismatch, &mut out));
                }
                _ => {}
            }
        }
    }

    /// The same of those that are not read; the comments of those that are there may allow it.
    fn overlook_rest(&mut self) {
        let project = self.project;
        for file in &project.files {
            let unseen = self.overlooked_at.get(&*file.path).and_then(|at| self.overlooked.get(*at)?.as_ref());
            if unseen.is_some() && self.is_chosen(&file.path) {
                self.own = self.findings.len();
                self.overlook(&file.path);
                self.weigh();
                self.allowed.extend(allow::settle(file, self.settings, true, &mut self.findings, self.own));
            }
        }
        self.own = self.findings.len();
        let paths: Vec<&str> = self.mismatches.keys().copied().collect();
        for path in paths {
            // What the change did not bring may still stop all of it.
            let is_chosen = self.is_chosen(path);
            if let Some(listed) = self.mismatches.get_mut(path) {
                listed.retain(|mismatch| is_chosen || mismatch.kind != MismatchKind::Unlisted);
            }
            self.overlook(path);
        }
        self.weigh();
    }

    /// Gives the file's findings the levels that somebody chose.
    fn weigh(&mut self) {
        let own = self.findings.split_off(self.own);
        self.findings.extend(own.into_iter().filter_map(|finding| {
            let level = self.settings.levels.of(finding.rule, &finding.path, finding.level)?;
            Some(Finding { level, ..finding })
        }));
    }

    pub(crate) fn finish(mut self, schema: Schema) -> Report {
        self.miss();
        self.overlook_rest();
        self.findings.sort_by(|one: &Finding, other: &Finding| {
            (&one.path, one.span, one.rule).cmp(&(&other.path, other.span, other.rule))
        });
        let (replay, queries) = self.play.finish(&schema);
        Report {
            findings: self.findings,
            allowed: self.allowed,
            left: None,
            statements: self.statements,
            schema,
            replay,
            queries,
            lost: self.lost,
        }
    }
}

impl Visitor for Run<'_> {
    fn step(&mut self, step: &Step) {
        match self.statements.last_mut() {
            Some((last, count)) if *last == step.file.path => *count += 1,
            _ => self.statements.push((step.file.path.clone(), 1)),
        }
        self.play.step(step);
        check(step, self.settings, &mut self.findings);
    }

    fn end(&mut self, file: &End) {
        check_file(file, self.settings, &self.sequence, self.play.has_engine(), &mut self.findings);
        self.replay();
        if self.is_chosen(&file.file.path) {
            self.overlook(&file.file.path);
        }
        let down = Migration { up: file.file, down: file.down }.taking_back();
        match down {
            Some(down) if down.path == file.file.path => {
                self.take_back(file, &down);
                self.settle(file.file, &[&file.file.path]);
            }
            Some(down) => {
                self.settle(file.file, &[&file.file.path]);
                self.take_back(file, &down);
                let whole = Span::new(0, u32::try_from(down.text.len()).unwrap_or(u32::MAX));
                let halves = Halves { up: Vec::new(), down: Vec::from([whole]) };
                self.settle(
                    &SourceFile { halves: Some(halves), ..down },
                    &[&file.file.path, file.down.map_or("", |down| &down.path)],
                );
            }
            None => self.settle(file.file, &[&file.file.path]),
        }
    }
}

/// Shows a replay the steps of a walk.
struct Noted<'run, 'play>(&'run mut Play<'play>);

impl Visitor for Noted<'_, '_> {
    fn step(&mut self, step: &Step) {
        self.0.step(step);
    }
}

/// Why SQLite refuses a statement on tables with rows.
fn refusal(happening: Happening) -> Option<Refused> {
    match happening.effect {
        Effect::Fails { error, on } => Some(Refused { at: happening.at, error, only_on_rows: on != FailsOn::Any }),
        _ => None,
    }
}

/// Whether a rule has said already what happened.
fn is_said(all: &[Finding], happening: &Happening) -> bool {
    let is_error = |finding: &&Finding| finding.level == Level::Error;
    let mut of_file = all.iter().filter(is_error);
    let mut findings = all.iter().filter(is_error).filter(|finding| happening.span.contains(finding.span));
    match &happening.effect {
        // What is no SQL of SQLite's is one fault, whichever words name it.
        Effect::Fails { error, on } => {
            // The cause of what a COMMIT refuses stands before it.
            if *on == FailsOn::RowsAtCommit || ["COMMIT", "END"].contains(&happening.kind) {
                return of_file.any(|finding| says(finding, error));
            }
            findings.any(|finding| !happening.was_read || says(finding, error))
        }
        // Reading may have found another statement of the file to blame.
        Effect::Breaks { name, error, .. } => of_file.any(|finding| {
            let here = happening.span.contains(finding.span);
            finding.message.contains(&format!("`{name}`")) && (here || says(finding, error))
        }),
        Effect::Violates { table, parent, fault: KeyFault::Mismatch(error) } => of_file.any(|finding| {
            says(finding, error) && [table, parent].iter().all(|name| finding.message.contains(&format!("`{name}`")))
        }),
        // The rows have lost their parents with the parents' table.
        Effect::Violates { table, parent, fault: _ } => of_file.any(|finding| {
            let gone = |error: &String| error.ends_with(&format!("no such table: main.{parent}"));
            let names = |name: &String| finding.message.contains(&format!("`{name}`"));
            let here = happening.span.contains(finding.span);
            names(table) && (finding.sqlite_error.as_ref().is_some_and(gone) || (here && names(parent)))
        }),
        Effect::Loses(losses) => {
            let warns = |finding: &&Finding| finding.level >= Level::Warning && happening.span.contains(finding.span);
            let names =
                |finding: &Finding| losses.iter().all(|loss| finding.message.contains(&format!("`{}`", loss.table)));
            all.iter().filter(warns).any(names)
        }
        // That a named query fails is more than that one may.
        Effect::BreaksQuery { .. } | Effect::Resets { .. } => false,
    }
}

/// Whether the finding has these words of SQLite's.
fn says(finding: &Finding, error: &str) -> bool {
    finding.sqlite_error.as_ref().is_some_and(|said| judge::is_same(said, error))
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
        foreign_keys: step.foreign_keys,
        earlier: step.earlier,
        runner: &settings.runner,
        versions: settings.versions,
        engine: settings.engine,
        targets: &settings.targets,
        rows: &settings.rows,
        called: OnceCell::new(),
    };
    for entry in RULES {
        let rule = entry.rule;
        let mut out = Findings { rule: rule.id, level: rule.level, path: &step.file.path, found };
        match rule.check {
            Check::Statement(look) => look(&context, step.statement, &mut out),
            Check::Change(look) => step.changes.iter().for_each(|change| look(&context, change, &mut out)),
            Check::Problem(look) => step.problem.into_iter().for_each(|problem| look(&context, problem, &mut out)),
            Check::File(_)
            | Check::Rebuild(_)
            | Check::Broken(_)
            | Check::Replay(_)
            | Check::Query(_)
            | Check::Directive(_)
            | Check::Unseen(_)
            | Check::Listed(_)
            | Check::Down(_)
            | Check::Deleted(_) => {}
        }
    }
}

/// Shows a whole file to every rule.
fn check_file(file: &End, settings: &Settings, sequence: &Sequence, replayed: bool, found: &mut Vec<Finding>) {
    let rebuilds = file.earlier.rebuilds(file.end);
    let context = FileContext {
        file: file.file,
        start: file.start,
        end: file.end,
        transaction: file.transaction,
        earlier: file.earlier,
        rebuilds: &rebuilds,
        runner: &settings.runner,
        versions: settings.versions,
        engine: settings.engine,
        targets: &settings.targets,
        naming: &settings.naming,
        asks_queries: replayed && !settings.queries.is_empty(),
        since: settings.since.as_ref(),
        sequence,
        rows: &settings.rows,
        upserts: file.upserts,
    };
    let broken = file.earlier.broken(file.start, file.end);
    for entry in RULES {
        let rule = entry.rule;
        let mut out = Findings { rule: rule.id, level: rule.level, path: &file.file.path, found };
        match rule.check {
            Check::File(look) => look(&context, &mut out),
            Check::Rebuild(look) => context.rebuilds.iter().for_each(|rebuild| look(&context, rebuild, &mut out)),
            Check::Broken(look) => broken.iter().for_each(|broken| look(&context, broken, &mut out)),
            _ => {}
        }
    }
}

/// The worst level among the findings.
pub fn worst(findings: &[Finding]) -> Option<Level> {
    findings.iter().map(|finding| finding.level).max()
}
