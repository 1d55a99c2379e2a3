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

use crate::args::{Format, LintArgs, LintingArgs};
use crate::failure::{Exit, Failure};
use crate::{files, report, terminal};

/// Prints the findings, and fails where they reach the failing level.
pub(crate) fn run(args: &LintArgs) -> Result<Exit, Failure> {
    let known = args.baseline.as_deref().map(baseline).transpose()?;
    let (project, settings, mut found) = found(&args.linting)?;
    if let Some(known) = known {
        found.leave(&project, &known);
    }
    match args.format {
        Format::Text => terminal::print(&report::lint(&project, &settings, &found))?,
        Format::Json => terminal::print_exact(&json::lint(&project, &settings, &found))?,
    }
    Ok(if args.fail_on.fails(lint::worst(&found.findings)) { Exit::Found } else { Exit::Done })
}

/// What is found, in what, and under which settings.
pub(super) fn found(args: &LintingArgs) -> Result<(Project, Settings, Report), Failure> {
    let mut runner = Runner::from(args.runner);
    if let Some(choice) = args.foreign_keys {
        runner = runner.with_foreign_keys(ForeignKeys::from(choice).as_str());
    }
    let mut settings = Settings::new(args.sqlite, args.engine, runner);
    if let Some(path) = &args.schema {
        settings.start = Some(files::schema(path)?.schema());
    }
    settings.today = Some(today()?);
    let project = files::project(&args.paths)?;
    if let Some(name) = &args.after {
        settings.chosen = Some(layout::behind(&project.files, name).map_err(|nearest| no_such(name, nearest))?);
    }
    let found =
        if args.no_replay { lint::lint(&project, &settings) } else { lint::lint_on(&project, &settings, &mut Linked) };
    Ok((project, settings, found))
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
