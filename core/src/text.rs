//! Source files and exact places in them.

use alloc::string::String;

pub mod edit;
pub mod lines;
pub mod visible;

/// One file of SQL: where it is and what it says. The text may be an editor's unsaved buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path below the project's root, with `/` between its parts.
    pub path: String,
    /// The whole text, as it stands in the file.
    pub text: String,
}

impl SourceFile {
    /// A file from its path and text; a `\` in the path becomes `/`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let path: String = path.into();
        Self { path: path.replace('\\', "/"), text: text.into() }
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
