//! `remold lint`: what is wrong in migration files.

use std::collections::BTreeSet;
use std::path::Path;

use remold_core::change::{self, Change};
use remold_core::history::{Project, Runner, Since};
use remold_core::ledger::foremost;
use remold_core::lint::baseline::Baseline;
use remold_core::lint::{self, Report, Settings};
use remold_core::plan::ForeignKeys;
use remold_core::render::Linted;
use remold_core::snapshot::Snapshot;
use remold_engine::Linked;
use rusqlite::Connection;

use super::fix::{self, Mended};
use crate::args::{FailOn, LintArgs, LintFormat, LintingArgs, OnOff};
use crate::config::{self, Database, Found};
use crate::database::ledgers;
use crate::failure::{Exit, Failure};
use crate::report::Outputs;
use crate::{files, git, terminal};

/// Prints the findings, and fails where they reach the failing level.
pub(crate) fn run(args: &LintArgs) -> Result<Exit, Failure> {
    let outputs = Outputs::of(args)?;
    let config = config::find(args.linting.config.as_deref())?;
    let fail_on = args.fail_on.or_else(|| config.config.fail_on.map(FailOn::from)).unwrap_or_default();
    let typed = &args.linting.paths;
    let databases = config::or_discovered(config.databases(args.linting.database_name.as_deref(), typed)?, typed)?;
    if databases.len() > 1 {
        are_of_all(args)?;
    }
    let all: Vec<Checked> =
        databases.into_iter().map(|database| check(args, database, &outputs)).collect::<Result<_, _>>()?;
    if !args.dry_run {
        outputs.write(&all.iter().map(Checked::linted).collect::<Vec<_>>())?;
    }
    let worst = all.iter().filter_map(|checked| lint::worst(&checked.report.findings)).max();
    Ok(if fail_on.fails(worst) { Exit::Found } else { Exit::Done })
}

/// The flags that mean one database, where there are several.
fn are_of_all(args: &LintArgs) -> Result<(), Failure> {
    let flags = [
        ("--after", args.linting.after.is_some()),
        ("--only", !args.linting.only.is_empty()),
        ("--schema", args.linting.schema.is_some()),
        ("--baseline", args.baseline.is_some()),
    ];
    match flags.into_iter().find(|(_, is_typed)| *is_typed) {
        Some((flag, _)) => {
            let failure = Failure::say(Exit::Usage, format!("{flag} is about one database, and there are several"));
            Err(failure.help("choose one with --database-name, or name its migrations"))
        }
        None => Ok(()),
    }
}

/// What was found in the migrations of a database.
struct Checked {
    name: Option<String>,
    asked: Asked,
    report: Report,
    change: Option<Change>,
}

impl Checked {
    fn linted(&self) -> Linted<'_> {
        Linted {
            database: self.name.as_deref(),
            project: &self.asked.project,
            settings: &self.asked.settings,
            report: &self.report,
            change: self.change.as_ref(),
        }
    }
}

fn check(args: &LintArgs, database: Database, outputs: &Outputs) -> Result<Checked, Failure> {
    let Database { name, found: config } = database;
    let known = args.baseline.clone().or_else(|| config.config.baseline.as_deref().map(|path| config.beside(path)));
    let known = known.as_deref().map(baseline).transpose()?;
    let (asked, mut report) =
        if args.fix { left(args, &config, outputs.printed)? } else { found(&args.linting, &config)? };
    if let Some(known) = known {
        report.leave(&asked.project, &known);
    }
    let tell = outputs.tell_of_change();
    let change = tell.then(|| change::of(&asked.project, &asked.settings, asked.schema.as_ref()));
    Ok(Checked { name, asked, report, change })
}

/// What is linted, and for whom.
pub(super) struct Asked {
    /// The files.
    pub(super) project: Project,
    /// What the rules need to know beside them.
    pub(super) settings: Settings,
    /// The schema before the first file, where one is given.
    pub(super) schema: Option<Snapshot>,
}

/// Mends what can be mended, and says so. What is found then is found in the files as they are, which a dry
/// run has not changed.
fn left(args: &LintArgs, config: &Found, printed: LintFormat) -> Result<(Asked, Report), Failure> {
    let mended = fix::mend(&args.linting, config, fix::safety(args.r#unsafe), fix::to_do(args.dry_run))?;
    match printed {
        LintFormat::Text if args.dry_run => terminal::print(&mended.text())?,
        LintFormat::Text => terminal::print(&format!("{}\n", mended.text()))?,
        // The report alone is for programs.
        _ => terminal::note(mended.text().trim_end()),
    }
    let Mended { asked, fixed, .. } = mended;
    Ok(if args.dry_run { (asked, fixed.before) } else { (Asked { project: fixed.project, ..asked }, fixed.report) })
}

/// What is found, in what, and under which settings.
pub(super) fn found(args: &LintingArgs, config: &Found) -> Result<(Asked, Report), Failure> {
    let asked = asked(args, config)?;
    let Asked { project, settings, .. } = &asked;
    let found =
        if args.no_replay { lint::lint(project, settings) } else { lint::lint_on(project, settings, &mut Linked) };
    Ok((asked, found))
}

/// The files, and what was typed of them, or else what the project says.
pub(super) fn asked(args: &LintingArgs, config: &Found) -> Result<Asked, Failure> {
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
    let schema = config.schema(args.schema.as_ref()).map(|path| files::schema(&path)).transpose()?;
    if let Some(snapshot) = &schema {
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
    Ok(Asked { project, settings, schema })
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
