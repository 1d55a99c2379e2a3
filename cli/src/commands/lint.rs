//! `remold lint`: what is wrong in migration files.

use remold_core::history::Runner;
use remold_core::lint::{self, Settings};
use remold_core::plan::ForeignKeys;
use remold_core::render::json;
use remold_engine::Linked;

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
    let project = files::project(&args.paths)?;
    let found =
        if args.no_replay { lint::lint(&project, &settings) } else { lint::lint_on(&project, &settings, &mut Linked) };
    match args.format {
        Format::Text => terminal::print(&report::lint(&project, &settings, &found))?,
        Format::Json => terminal::print_exact(&json::lint(&project, &settings, &found))?,
    }
    Ok(if args.fail_on.fails(lint::worst(&found.findings)) { Exit::Found } else { Exit::Done })
}
