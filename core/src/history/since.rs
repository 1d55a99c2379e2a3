//! What a change of the project brings: which of its migrations are new, and what it does to those that were
//! released before.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::{Project, Runner};
use crate::layout::{self, Number};

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
    /// The files that are there no longer.
    pub deleted: BTreeSet<String>,
}

impl Since {
    /// The files that findings are about.
    pub fn touched(&self) -> BTreeSet<String> {
        self.added.iter().chain(self.edited.keys()).cloned().collect()
    }
}

/// What the order of the files says of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sequence {
    /// The file that has the same number and comes first.
    twins: BTreeMap<String, String>,
    /// A file that was released and comes behind one that is new.
    overtaken: BTreeMap<String, String>,
}

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

    pub(crate) fn twin(&self, path: &str) -> Option<&str> {
        self.twins.get(path).map(String::as_str)
    }

    pub(crate) fn overtaken(&self, path: &str) -> Option<&str> {
        self.overtaken.get(path).map(String::as_str)
    }
}
