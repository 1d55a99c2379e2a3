//! Findings and plans as text for people.
//!
//! The text is the same for the same input, but for the width of a terminal. Colours are in it
//! always; `terminal` takes them out.

use anstyle::Style;
use remold_core::diagnostics::Level;

use crate::terminal::{BAD, CARE, HELP};

mod findings;
mod marked;
mod steps;

pub(crate) use findings::lint;
pub(crate) use steps::plan;

/// The colour of a level.
pub(crate) const fn level_style(level: Level) -> Style {
    match level {
        Level::Error => BAD,
        Level::Warning => CARE,
        Level::Note => HELP,
    }
}

/// A number with its noun: `1 file`, `2 files`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
