//! What a change of the project brings: which of its migrations are new, and what it does to those that were
//! released before.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::{Project, Runner};
use crate::layout::{self, Number};
use crate::text::gathered;

/// How the files differ from those that were released, as version control tells. Paths are below the
/// project's root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// What the files are compared with, as it was asked for: `main`.
    pub base: String,
    /// The files that were not there.
    pub added: BTreeSet<String>,
    /// The files that had another text, with that text.
    pub edited: BTreeMap<String, String>,
    /// The files that had another text, which nobody has any more.
    pub rewritten: BTreeSet<String>,
    /// The files that are there no longer.
    pub deleted: BTreeSet<String>,
}

impl Since {
    /// The files that findings are about.
    pub fn touched(&self) -> BTreeSet<String> {
        gathered(self.added.iter().chain(self.edited.keys()).chain(&self.rewritten).cloned())
    }
}

/// What the order of the files says of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sequence {
    /// The file that has the same number and comes first.
    twins: BTreeMap<String, String>,
    /// A file that was released and comes behind one that is new.
    overtaken: BTreeMap<String, String>,
    /// The number that no file has and that would come before this one.
    gaps: BTreeMap<String, u64>,
}

/// How many numbers are needed to tell that a gap between them is none of their ways.
const FEWEST: usize = 3;

impl Sequence {
    pub(crate) fn of(project: &Project, runner: &Runner, since: Option<&Since>) -> Self {
        let migrations = project.migrations();
        let mut sequence = Self::default();
        let mut numbers: Vec<(Number, &str)> = Vec::new();
        for migration in &migrations {
            let path = migration.up.path.as_str();
            if let Some(number) = layout::number(path) {
                let letter = if runner.keeps_numbers() { "" } else { number.letter };
                numbers.push((Number { letter, ..number }, path));
            }
        }
        sequence.note_gaps(&numbers, runner, since);
        // They mostly are in that order; of one number the first in the order of the files comes first.
        numbers.sort_by(|(one, _), (other, _)| one.cmp(other));
        for of_one in numbers.chunk_by(|(one, _), (other, _)| one == other) {
            let twins =
                of_one.first().into_iter().flat_map(|first| of_one.iter().skip(1).map(move |twin| (twin.1, first.1)));
            sequence.twins.extend(twins.map(|(twin, first)| (twin.into(), first.into())));
        }
        if let Some(since) = since {
            let mut released = None;
            for migration in migrations.iter().rev() {
                let path = &migration.up.path;
                match (since.added.contains(path), released) {
                    (true, Some(released)) => {
                        sequence.overtaken.insert(path.clone(), String::clone(released));
                    }
                    (true, None) => {}
                    (false, _) => released = Some(path),
                }
            }
        }
        sequence
    }

    /// Notes, folder by folder, what is missing where numbers are consecutive, or have to be.
    fn note_gaps(&mut self, numbers: &[(Number, &str)], runner: &Runner, since: Option<&Since>) {
        let mut folders: BTreeMap<&str, Vec<(u64, &str)>> = BTreeMap::new();
        for (number, path) in numbers {
            folders.entry(number.folder).or_default().extend(number.value().map(|value| (value, *path)));
        }
        let deleted = since.into_iter().flat_map(|since| &since.deleted).filter_map(|path| layout::number(path));
        let deleted: BTreeSet<(&str, u64)> =
            gathered(deleted.filter_map(|number| Some((number.folder, number.value()?))));
        for (folder, mut of_folder) in folders {
            of_folder.sort_unstable();
            let first = of_folder.first().filter(|(value, _)| runner.counts() && *value > 1);
            let behind = of_folder.windows(2).filter_map(|pair| match pair {
                [(one, _), (other, path)] if other - one > 1 => Some((one + 1, other - one - 1, *path)),
                _ => None,
            });
            let gaps: Vec<(u64, u64, &str)> =
                first.map(|(value, path)| (1, value - 1, *path)).into_iter().chain(behind).collect();
            let is_odd = matches!(gaps.as_slice(), [(_, 1, _)]) && of_folder.len() >= FEWEST;
            if runner.counts() || is_odd {
                let open = gaps.into_iter().filter(|(missing, ..)| !deleted.contains(&(folder, *missing)));
                self.gaps.extend(open.map(|(missing, _, path)| (path.into(), missing)));
            }
        }
    }

    pub(crate) fn gap(&self, path: &str) -> Option<u64> {
        self.gaps.get(path).copied()
    }

    pub(crate) fn twin(&self, path: &str) -> Option<&str> {
        self.twins.get(path).map(String::as_str)
    }

    pub(crate) fn overtaken(&self, path: &str) -> Option<&str> {
        self.overtaken.get(path).map(String::as_str)
    }
}
