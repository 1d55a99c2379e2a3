//! `remold lint`: what is wrong in migration files.

use std::collections::BTreeSet;
use std::path::Path;

use remold_core::history::{Project, Runner, Since};
use remold_core::ledger::foremost;
use remold_core::lint::baseline::Baseline;
use remold_core::lint::{self, Report, Settings};
use remold_core::plan::ForeignKeys;
use remold_engine::Linked;
use rusqlite::Connection;

use super::fix::{self, Mended};
use crate::args::{FailOn, LintArgs, LintFormat, LintingArgs, OnOff};
use crate::config::{self, Found};
use crate::database::ledgers;
use crate::failure::{Exit, Failure};
use crate::report::Outputs;
use crate::{files, git, terminal};

/// Prints the findings, and fails where they reach the failing level.
pub(crate) fn run(args: &LintArgs) -> Result<Exit, Failure> {
    let outputs = Outputs::of(args)?;
    let config = config::find(args.linting.config.as_deref())?;
    let known = args.baseline.clone().or_else(|| config.config.baseline.as_deref().map(|path| config.beside(path)));
    let known = known.as_deref().map(baseline).transpose()?;
    let (project, settings, mut found) =
        if args.fix { left(args, &config, outputs.printed)? } else { found(&args.linting, &config)? };
    if let Some(known) = known {
        found.leave(&project, &known);
    }
    if !args.dry_run {
        outputs.write(&project, &settings, &found)?;
    }
    let fail_on = args.fail_on.or_else(|| config.config.fail_on.map(FailOn::from)).unwrap_or_default();
    Ok(if fail_on.fails(lint::worst(&found.findings)) { Exit::Found } else { Exit::Done })
}

/// Mends what can be mended, and says so. What is found then is found in the files as they are, which a dry
/// run has not changed.
fn left(args: &LintArgs, config: &Found, printed: LintFormat) -> Result<(Project, Settings, Report), Failure> {
    let mended = fix::mend(&args.linting, config, fix::safety(args.r#unsafe), fix::to_do(args.dry_run))?;
    match printed {
        LintFormat::Text if args.dry_run => terminal::print(&mended.text())?,
        LintFormat::Text => terminal::print(&format!("{}\n", mended.text()))?,
        // The report alone is for programs.
        _ => terminal::note(mended.text().trim_end()),
    }
    let Mended { project, settings, fixed, .. } = mended;
    Ok(if args.dry_run { (project, settings, fixed.before) } else { (fixed.project, settings, fixed.report) })
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
    let paths = config.paths(&args.paths);
    let mut project = files::project(&paths, config.layout(args.layout))?;
    let released = args.ledger.as_deref().map(|database| released(&project, database)).transpose()?;
    let mut runner = match (&args.runner, &said.runner, &released) {
        (Some(runner), ..) => run_by(&mut project, runner, "--runner"),
        (None, Some(runner), _) => run_by(&mut project, runner, "remold.toml"),
        // Whose files they are is not always seen, but who ran them is known.
        (None, None, Some(Released { tool, .. })) if project.recognised.runner().is_none() => {
            tool.parse().map_or_else(|_| Runner::by_hand(), |runner| run_by(&mut project, &runner, "its ledger"))
        }
        (None, None, _) => recognised(&project)?,
    };
    let keys = args.foreign_keys.or_else(|| said.foreign_keys.map(OnOff::from));
    if let Some(choice) = keys {
        runner = runner.with_foreign_keys(ForeignKeys::from(choice).as_str());
    }
    let mut settings = Settings::new(args.sqlite.or(said.sqlite), args.engine.or(said.engine), runner);
    if let Some(path) = config.schema(args.schema.as_ref()) {
        let snapshot = files::schema(&path)?;
        settings.start = Some(snapshot.schema());
        settings.rows = snapshot.counts();
    }
    settings.naming = said.naming.clone();
    settings.reasons = said.reasons;
    settings.today = Some(today()?);
    settings.targets.clone_from(if args.target.is_empty() { &said.targets } else { &args.target });
    settings.queries = files::queries(&config.queries(&args.queries))?;
    settings.levels = said.levels.clone().below(config.root(&project.root));
    if let Some(name) = args.after.as_ref().or(said.after.as_ref()) {
        settings.chosen =
            Some(project.recognised.behind(&project.files, name).map_err(|nearest| no_such(name, nearest))?);
    }
    if let Some(base) = &args.since {
        let mut since = git::since(files::folder(&project), base)?;
        since
            .deleted
            .retain(|path| !project.recognised.layout.takes_back(path) && files::is_asked_for(&paths, &project, path));
        choose(&mut settings, since.touched());
        settings.since = Some(since);
    }
    if let Some(Released { mut since, .. }) = released {
        since.deleted.retain(|path| files::is_asked_for(&paths, &project, path));
        choose(&mut settings, since.touched());
        settings.since = Some(since);
    }
    if !args.only.is_empty() {
        choose(&mut settings, args.only.iter().map(|path| files::named(&project, path)).collect::<Result<_, _>>()?);
    }
    Ok((project, settings))
}

/// Has the files be run by somebody who was named.
fn run_by(project: &mut Project, runner: &Runner, by: &str) -> Runner {
    project.recognised.run_by(&runner.name, by);
    runner.clone()
}

/// What a database has run.
struct Released {
    /// Who ran it.
    tool: &'static str,
    /// What the files bring beside it.
    since: Since,
}

fn released(project: &Project, database: &Path) -> Result<Released, Failure> {
    let shown = database.display().to_string();
    let recorded = ledgers::read(database, project)?;
    let Some(ledger) = foremost(&recorded, project) else {
        let failure = Failure::say(Exit::Usage, format!("`{shown}` has no ledger that is known"));
        return Err(failure.help("leave --ledger out, and name the last migration that it has with --after"));
    };
    if !ledger.ledger.knows_files() {
        let tool = ledger.ledger.tool();
        let failure = Failure::say(Exit::Usage, format!("the ledger of {tool} in `{shown}` knows no files of SQL"));
        return Err(failure.help("leave --ledger out, and name the last migration that it has with --after"));
    }
    Ok(Released { tool: ledger.ledger.tool(), since: ledger.status(project).since(&shown) })
}

/// Who runs the files, as far as they and their tools tell.
fn recognised(project: &Project) -> Result<Runner, Failure> {
    let runner = project.recognised.runner();
    runner.map_or_else(|| Ok(Runner::by_hand()), str::parse).map_err(|error| Failure::say(Exit::Usage, error))
}

/// Has the findings be about these files, of those that they are about already.
fn choose(settings: &mut Settings, files: BTreeSet<String>) {
    settings.chosen = Some(match settings.chosen.take() {
        Some(chosen) => chosen.intersection(&files).cloned().collect(),
        None => files,
    });
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
