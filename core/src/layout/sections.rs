//! Comments that part a file into the half that makes a change and the one that takes it back.

use alloc::vec::Vec;

use crate::text::{Halves, Span};

/// Which half a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    /// The one that is run.
    Up,
    /// The one that takes it back.
    Down,
    /// What is neither.
    Neither,
}

/// The halves of a text, in which a comment begins the next; `first` is what stands before the first such
/// comment. Nothing where no comment does.
pub(super) fn halves(text: &str, first: Half, begins: fn(&str) -> Option<Half>) -> Option<Halves> {
    let mut halves = Halves::default();
    let (mut half, mut start, mut at, mut found) = (first, 0, 0, false);
    for line in text.split_inclusive('\n') {
        if let Some(next) = line.trim_start_matches('\u{feff}').starts_with("--").then(|| begins(line)).flatten() {
            found = true;
            take(&mut halves, half, start, at);
            (half, start) = (next, at);
        }
        at += line.len();
    }
    take(&mut halves, half, start, at);
    found.then_some(halves)
}

fn take(halves: &mut Halves, half: Half, start: usize, end: usize) {
    let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
    let parts: &mut Vec<Span> = match half {
        Half::Up => &mut halves.up,
        Half::Down => &mut halves.down,
        Half::Neither => return,
    };
    if start < end {
        parts.push(Span::new(place(start), place(end)));
    }
}

/// The comments before the first statement, line by line.
pub(super) fn head(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.take_while(|line| line.is_empty() || line.starts_with("--")).filter(|line| !line.is_empty())
}

/// What a comment of one line says.
pub(super) fn said(line: &str) -> Option<&str> {
    line.trim_start_matches('\u{feff}').strip_prefix("--").map(str::trim)
}
