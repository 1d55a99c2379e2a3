//! Findings and plans as text for people.
//!
//! The text is the same for the same input, but for the width of a terminal. Colours are in it
//! always; `terminal` takes them out.

use anstyle::Style;
use remold_core::diagnostics::Level;

use crate::terminal::{BAD, CARE, HELP, visible};

mod difference;
pub(crate) mod done;
mod findings;
mod fixes;
mod marked;
mod outputs;
pub(crate) mod status;
mod steps;

pub(crate) use difference::difference;
pub(crate) use fixes::{Files, fixes};
pub(crate) use outputs::{Outputs, literals};
pub(crate) use steps::{broken_before, plan};

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

/// The text in one line, with what a terminal would obey written out.
fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

/// The line in as many lines as the room needs, broken between words; in one where no room is
/// given, or where it fits.
fn wrapped(line: &str, room: Option<usize>) -> Vec<String> {
    let Some(room) = room.filter(|room| line.chars().count() > *room) else { return vec![line.to_owned()] };
    let mut lines: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two  three", Some(8)), ["one two", "three"]);
        assert_eq!(wrapped("  as it is", Some(10)), ["  as it is"]);
        assert_eq!(wrapped("unbreakable", Some(4)), ["unbreakable"]);
        assert_eq!(wrapped("however long", None), ["however long"]);
    }
}
