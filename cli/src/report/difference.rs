//! Two texts as one, with what goes and what comes marked.

use similar::{ChangeTag, TextDiff};

use crate::terminal::{BAD, GOOD, paint, visible};

/// The lines that differ, with three lines around them.
pub(crate) fn difference(before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let mut text = String::new();
    for (at, group) in diff.grouped_ops(3).iter().enumerate() {
        if at > 0 {
            text.push_str("  …\n");
        }
        for change in group.iter().flat_map(|operation| diff.iter_changes(operation)) {
            let line = visible(change.value().trim_end_matches(['\n', '\r']));
            text.push_str(&match change.tag() {
                ChangeTag::Equal => format!("    {line}\n"),
                ChangeTag::Delete => format!("{}\n", paint(BAD, &format!("  - {line}"))),
                ChangeTag::Insert => format!("{}\n", paint(GOOD, &format!("  + {line}"))),
            });
        }
    }
    text
}
