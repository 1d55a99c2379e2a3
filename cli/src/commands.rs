//! The commands, one file each.

use crate::args::{Args, Command};
use crate::failure::{Exit, Failure};

mod apply;
mod baseline;
mod config_schema;
mod explain;
mod fix;
mod init;
mod inspect;
mod lint;
mod plan;
mod rollback;
mod rules;
mod snapshot;
mod status;
mod verify;

/// Runs the command and says how it ended.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    match args.command {
        Command::Init(args) => init::run(&args),
        Command::Lint(args) => lint::run(&args),
        Command::Fix(args) => fix::run(&args),
        Command::Baseline(args) => baseline::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Apply(args) => apply::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Rollback(args) => rollback::run(&args),
        Command::Snapshot(args) => snapshot::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::ConfigSchema => config_schema::run(),
    }
}
