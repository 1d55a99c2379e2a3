//! `remold status`: which migrations a database has, by the ledger of the tool that ran them.

use remold_core::history::Project;
use remold_core::ledger::{Recorded, Status, foremost};

use crate::args::{Format, StatusArgs};
use crate::database::ledgers;
use crate::failure::{Exit, Failure};
use crate::{config, files, report, terminal};

/// Prints each migration with what became of it. Nothing is written.
pub(crate) fn run(args: &StatusArgs) -> Result<Exit, Failure> {
    let config = config::find(args.config.as_deref())?;
    let project = files::project_if_any(&config.paths(&args.paths), config.layout(args.layout))?;
    let recorded = ledgers::read(&args.db, &project)?;
    let ledger = foremost(&recorded, &project);
    // What is written in another language than SQL has no files here.
    let project =
        if ledger.is_none_or(|recorded| recorded.ledger.knows_files()) { project } else { Project::default() };
    let status = ledger.map_or_else(|| Status::pending(&project), |ledger| ledger.status(&project));
    let shown = report::status::Shown {
        database: args.db.display().to_string(),
        project: &project,
        recorded: &recorded,
        ledger,
        status: &status,
    };
    match args.format {
        Format::Text => terminal::print(&shown.text())?,
        Format::Json => terminal::print_exact(&shown.json())?,
    }
    let is_settled = status.is_settled() && !recorded.iter().any(|Recorded { locked, .. }| *locked);
    Ok(if args.check && !is_settled { Exit::Found } else { Exit::Done })
}
