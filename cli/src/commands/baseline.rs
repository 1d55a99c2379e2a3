//! `remold baseline`: what is found now and left for later.

use remold_core::lint::baseline::Baseline;
use remold_core::render::json;

use super::lint;
use crate::args::BaselineArgs;
use crate::failure::{Exit, Failure};
use crate::report::counted;
use crate::{config, files, terminal};

/// Saves what is found.
pub(crate) fn run(args: &BaselineArgs) -> Result<Exit, Failure> {
    let (project, _, found) = lint::found(&args.linting, &config::find(args.linting.config.as_deref())?)?;
    let baseline = Baseline::of(&project, &found);
    files::write(&args.output, &json::print(&baseline))?;
    let (count, path) = (counted(baseline.len(), "finding"), args.output.display());
    terminal::print(&format!("saved {count} in {path}\nnext: remold lint --baseline {path}\n"))?;
    Ok(Exit::Done)
}
