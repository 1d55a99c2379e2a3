//! Source files and exact places in them.

use alloc::string::String;
use alloc::vec::Vec;

pub mod edit;
pub mod lines;
pub mod visible;

/// The items, put one by one into a set or a map. `collect` sorts them first, by code that a program has
/// once more for each type, and in the browser that code is to be loaded.
pub(crate) fn gathered<All: Default + Extend<Item>, Item>(items: impl IntoIterator<Item = Item>) -> All {
    let mut all = All::default();
    all.extend(items);
    all
}

/// One file of SQL: where it is and what it says. The text may be an editor's unsaved buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path below the project's root, with `/` between its parts.
    pub path: String,
    /// The whole text, as it stands in the file.
    pub text: String,
    /// What of the text is run; all of it where nobody says.
    pub halves: Option<Halves>,
    /// Whether a file beside it has its runner begin no transaction around it.
    pub apart: bool,
}

/// The parts of a file that make a change, and those that take it back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Halves {
    /// Those that are run.
    pub up: Vec<Span>,
    /// Those that undo them.
    pub down: Vec<Span>,
}

impl SourceFile {
    /// A file from its path and text; a `\` in the path becomes `/`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let path: String = path.into();
        Self { path: path.replace('\\', "/"), text: text.into(), halves: None, apart: false }
    }

    /// The same file, of which that half is run that takes the other back. Where it has no halves, all of it is.
    #[must_use]
    pub fn turned(&self) -> Self {
        let halves = self.halves.clone().map(|Halves { up, down }| Halves { up: down, down: up });
        Self { halves, ..self.clone() }
    }

    /// Whether what stands there is in the half that takes the change back.
    pub fn takes_back(&self, at: Span) -> bool {
        self.halves.as_ref().is_some_and(|halves| halves.down.iter().any(|part| part.contains(at)))
    }
}

/// A range of bytes in a text: `start` is its first byte, `end` the byte behind its last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`, in bytes.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, last: Self) -> Self {
        Self { start: self.start.min(last.start), end: self.end.max(last.end) }
    }

    /// The text at this place; empty where the span lies outside the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}
