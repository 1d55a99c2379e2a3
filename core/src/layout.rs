//! How a folder of migrations is read: which files, in which order, which of them undo which.

use alloc::vec::Vec;

use crate::text::SourceFile;

mod plain;

/// A migration: the file that makes the change, and the one that takes it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration<'files> {
    /// The file that is run.
    pub up: &'files SourceFile,
    /// The file that undoes it, where there is one.
    pub down: Option<&'files SourceFile>,
}

/// A way in which tools lay out their files. One tool, one file, one value.
#[derive(Debug)]
struct Layout {
    name: &'static str,
    migrations: fn(&[SourceFile]) -> Vec<Migration<'_>>,
}

/// The migrations among the files, in the order in which they are run.
pub fn migrations(files: &[SourceFile]) -> Vec<Migration<'_>> {
    (plain::LAYOUT.migrations)(files)
}

/// The name of the layout that the files have.
pub const fn recognised(_files: &[SourceFile]) -> &'static str {
    plain::LAYOUT.name
}
