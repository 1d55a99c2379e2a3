//! What was mended in which file, and what was not.

use remold_core::diagnostics::Safety;
use remold_core::history::Project;
use remold_core::lint::fix::Fixed;

use super::{counted, difference};
use crate::terminal::{CARE, STRONG, paint, visible};

/// What was done with the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Files {
    /// They were written.
    Written,
    /// They are as they were.
    Kept,
}

/// The files that change with what changes in them, and how many findings that mends.
pub(crate) fn fixes(project: &Project, fixed: &Fixed, safety: Safety, files: Files) -> String {
    let mut text = String::new();
    let changed: Vec<_> =
        project.files.iter().zip(&fixed.project.files).filter(|(before, after)| before != after).collect();
    for (before, after) in &changed {
        text.push_str(&format!("{}\n", paint(STRONG, &visible(&project.shown(before)))));
        let own = fixed.made.iter().filter(|finding| finding.path == before.path);
        for finding in own {
            text.push_str(&format!("  {}: {}\n", finding.rule, visible(&finding.message)));
        }
        text.push_str(&difference(&before.text, &after.text));
        text.push('\n');
    }
    for (finding, why) in &fixed.refused {
        let message = format!("{}: {}: not mended, for {why}", finding.path, finding.rule);
        text.push_str(&format!("{}\n", paint(CARE, &visible(&message))));
    }
    let word = if files == Files::Kept { "would mend" } else { "mended" };
    let (findings, files) = (counted(fixed.made.len(), "finding"), counted(changed.len(), "file"));
    text.push_str(&format!("{word} {findings} in {files}; "));
    text.push_str(&format!("{} left", counted(fixed.report.findings.len(), "finding")));
    let unsafe_ones = fixed.report.findings.iter().filter(|finding| finding.fix.is_some()).count();
    if safety == Safety::Safe && unsafe_ones > fixed.refused.len() {
        text.push_str(&format!(", {} of them with a fix that `--unsafe` makes", unsafe_ones - fixed.refused.len()));
    }
    text.push('\n');
    text
}
