//! `remold lint`: what is wrong in migration files.

use std::path::Path;

use remold_core::history::{Project, Runner};
use remold_core::layout;
use remold_core::lint::baseline::Baseline;
use remold_core::lint::{self, Report, Settings};
use remold_core::plan::ForeignKeys;
use remold_core::render::json;
use remold_engine::Linked;
use rusqlite::Connection;

use crate::args::{FailOn, Format, LintArgs, LintingArgs, OnOff};
use crate::config::{self, Found};
use crate::failure::{Exit, Failure};
use crate::{files, report, terminal};

/// Prints the findings, and fails where they reach the failing level.
pub(crate) fn run(args: &LintArgs) -> Result<Exit, Failure> {
    let config = config::find(args.linting.config.as_deref())?;
    let known = args.baseline.clone().or_else(|| config.config.baseline.as_deref().map(|path| config.beside(path)));
    let known = known.as_deref().map(baseline).transpose()?;
    let (project, settings, mut found) = found(&args.linting, &config)?;
    if let Some(known) = known {
        found.leave(&project, &known);
    }
    match args.format {
        Format::Text => terminal::print(&report::lint(&project, &settings, &found))?,
        Format::Json => terminal::print_exact(&json::lint(&project, &settings, &found))?,
    }
    let fail_on = args.fail_on.or_else(|| config.config.fail_on.map(FailOn::from)).unwrap_or_default();
    Ok(if fail_on.fails(lint::worst(&found.findings)) { Exit::Found } else { Exit::Done })
}

/// What is found, in what, and under which settings.
pub(super) fn found(args: &LintingArgs, config: &Found) -> Result<(Project, Settings, Report), Failure> {
    let (project, settings) = settings(args, config)?;
    let found =
        if args.no_replay { lint::lint(&project, &settings) } else { lint::lint_on(&project, &settings, &mut Linked) };
    Ok((project, settings, found))
}

/// The files, and what was typed of them, or else what the project says.
pub(super) fn settings(args: &LintingArgs, config: &Found) -> Result<(Project, Settings), Failure> {
    let said = &config.config;
    let mut runner = args.runner.map(Runner::from).or_else(|| said.runner.clone()).unwrap_or_else(Runner::by_hand);
    let keys = args.foreign_keys.or_else(|| said.foreign_keys.map(|on| if on { OnOff::On } else { OnOff::Off }));
    if let Some(choice) = keys {
        runner = runner.with_foreign_keys(ForeignKeys::from(choice).as_str());
    }
    let mut settings = Settings::new(args.sqlite.or(said.sqlite), args.engine.or(said.engine), runner);
    let schema = args.schema.clone().or_else(|| said.schema.as_deref().map(|path| config.beside(path)));
    if let Some(path) = schema {
        let snapshot = files::schema(&path)?;
        settings.start = Some(snapshot.schema());
        settings.rows = snapshot.counts();
    }
    settings.today = Some(today()?);
    settings.targets.clone_from(&args.target);
    let project = files::project(&config.paths(&args.paths))?;
    settings.levels = said.levels.clone().below(config.root(&project.root));
    if let Some(name) = args.after.as_ref().or(said.after.as_ref()) {
        settings.chosen = Some(layout::behind(&project.files, name).map_err(|nearest| no_such(name, nearest))?);
    }
    Ok((project, settings))
}

fn no_such(name: &str, nearest: Option<String>) -> Failure {
    let failure = Failure::say(Exit::Usage, format!("no migration is called `{name}`"));
    match nearest {
        Some(nearest) => failure.help(format!("write `{nearest}`, if that is meant")),
        None => failure.help("name the path, the file or the number of the last one that is left alone"),
    }
}

fn baseline(path: &Path) -> Result<Baseline, Failure> {
    Baseline::read(&files::text(path)?).map_err(|error| {
        let failure =
            Failure::say(Exit::Usage, format!("the baseline in `{}` cannot be read: {error}", path.display()));
        failure.help("`remold baseline` writes one")
    })
}

/// The day in Greenwich, as SQLite has it.
fn today() -> Result<String, Failure> {
    let day = |database: Connection| database.query_row("SELECT date('now')", [], |row| row.get(0));
    Connection::open_in_memory().and_then(day).map_err(|error| Failure::new(Exit::Failed, error))
}
