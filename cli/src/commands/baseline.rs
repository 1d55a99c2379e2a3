//! `remold baseline`: what is found now and left for later.

use remold_core::lint::baseline::Baseline;
use remold_core::render::json;

use super::lint;
use crate::args::BaselineArgs;
use crate::failure::{Exit, Failure};
use crate::report::counted;
use crate::{config, files, terminal};

const DEFAULT: &str = "remold-baseline.json";

/// Saves what is found.
pub(crate) fn run(args: &BaselineArgs) -> Result<Exit, Failure> {
    let config = config::find(args.linting.config.as_deref())?;
    let config = config.one(args.linting.database_name.as_deref(), &args.linting.paths)?;
    let (asked, found) = lint::found(&args.linting, &config)?;
    let baseline = Baseline::of(&asked.project, &found);
    let named = config.config.baseline.as_deref().map(|path| config.beside(path));
    let output = args.output.clone().or_else(|| named.clone()).unwrap_or_else(|| DEFAULT.into());
    files::write(&output, &json::print(&baseline))?;
    let (count, path) = (counted(baseline.len(), "finding"), output.display());
    // What the project names, lint looks for by itself.
    let next = if named.as_ref() == Some(&output) { String::new() } else { format!(" --baseline {path}") };
    terminal::print(&format!("saved {count} in {path}\nnext: remold lint{next}\n"))?;
    Ok(Exit::Done)
}
