//! Findings as GitHub's workflow commands, which annotate the lines of a pull request.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::place::Places;
use super::{LEVELS, Linted, count, counts, said};
use crate::diagnostics::{Finding, Level};
use crate::text::visible::visible;

/// How many annotations of one level GitHub shows for a step; it drops the others without a word.
const SHOWN: usize = 10;

/// All findings, the worst first, and a note that says how many GitHub would not show.
pub fn lint(all: &[Linted]) -> String {
    let mut out = String::new();
    let of = |level| all.iter().map(|linted| count(&linted.report.findings, level)).sum::<usize>();
    let is_cut = LEVELS.into_iter().any(|level| of(level) > SHOWN);
    // The note takes the place of one.
    let room = |level| if is_cut && level == Level::Note { SHOWN - 1 } else { SHOWN };
    let mut places: Vec<Places<'_>> = all.iter().map(|linted| Places::new(linted.project)).collect();
    for level in LEVELS {
        let mut room = room(level);
        for (linted, places) in all.iter().zip(&mut places) {
            for finding in linted.report.findings.iter().filter(|finding| finding.level == level).take(room) {
                out.push_str(&annotation(finding, places));
                room -= 1;
            }
        }
    }
    if is_cut {
        let left = counts(|level| of(level).saturating_sub(room(level)));
        let say =
            format!("GitHub shows no more annotations of one step. Left out: {left}; `remold lint` prints them all");
        out.push_str(&format!("::notice title=remold::{}\n", data(&say)));
    }
    out
}

fn annotation(finding: &Finding, places: &mut Places<'_>) -> String {
    let place = places.at(&finding.path, finding.span);
    let command = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let (start, end) = (place.start, place.end);
    // GitHub takes columns within one line only.
    let columns =
        if start.line == end.line { format!(",col={},endColumn={}", start.utf16, end.utf16) } else { String::new() };
    format!(
        "::{command} file={},line={},endLine={}{columns},title={}::{}\n",
        property(&places.relative(&finding.path)),
        start.line,
        end.line,
        property(finding.rule),
        data(&said(finding).join("\n")),
    )
}

/// The text as a command's message: it cannot end the line, and so begins no other command.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The text as a property's value.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
