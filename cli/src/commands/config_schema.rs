//! `remold config-schema`: what `remold.toml` may say, for editors.

use remold_core::config;

use crate::failure::{Exit, Failure};
use crate::terminal;

/// Prints it.
pub(crate) fn run() -> Result<Exit, Failure> {
    terminal::print_exact(&config::json_schema())?;
    Ok(Exit::Done)
}
