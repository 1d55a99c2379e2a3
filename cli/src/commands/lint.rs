//! `remold lint`: what is wrong in migration files.

use remold_core::history::Runner;
use remold_core::lint::{self, Settings};
use remold_core::plan::ForeignKeys;
use remold_core::render::json;
use remold_engine::Linked;
use rusqlite::Connection;

use crate::args::{Format, LintArgs};
use crate::failure::{Exit, Failure};
use crate::{files, report, terminal};

/// Prints the findings, and fails where they reach the failing level.
pub(crate) fn run(args: &LintArgs) -> Result<Exit, Failure> {
    let mut runner = Runner::from(args.runner);
    if let Some(choice) = args.foreign_keys {
        runner = runner.with_foreign_keys(ForeignKeys::from(choice).as_str());
    }
    let mut settings = Settings::new(args.sqlite, args.engine, runner);
    if let Some(path) = &args.schema {
        settings.start = Some(files::schema(path)?.schema());
    }
    settings.today = Some(today()?);
    settings.targets.clone_from(&args.target);
    let project = files::project(&args.paths)?;
    let found =
        if args.no_replay { lint::lint(&project, &settings) } else { lint::lint_on(&project, &settings, &mut Linked) };
    match args.format {
        Format::Text => terminal::print(&report::lint(&project, &settings, &found))?,
        Format::Json => terminal::print_exact(&json::lint(&project, &settings, &found))?,
    }
    Ok(if args.fail_on.fails(lint::worst(&found.findings)) { Exit::Found } else { Exit::Done })
}

/// The day in Greenwich, as SQLite has it.
fn today() -> Result<String, Failure> {
    let day = |database: Connection| database.query_row("SELECT date('now')", [], |row| row.get(0));
    Connection::open_in_memory().and_then(day).map_err(|error| Failure::new(Exit::Failed, error))
}
