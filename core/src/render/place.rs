//! Places as people and tools name them: a path, lines and columns.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

use crate::history::Project;
use crate::text::lines::{LineIndex, Position};
use crate::text::{SourceFile, Span, gathered};

/// A place in a file.
pub(super) struct Located {
    /// The path as it was typed.
    pub(super) path: String,
    /// Where it begins.
    pub(super) start: Position,
    /// Where it ends.
    pub(super) end: Position,
}

/// Finds lines and columns; each file's lines are counted once.
pub(super) struct Places<'run> {
    project: &'run Project,
    files: BTreeMap<&'run str, &'run SourceFile>,
    lines: BTreeMap<String, LineIndex<'run>>,
}

impl<'run> Places<'run> {
    pub(super) fn new(project: &'run Project) -> Self {
        let files = gathered(project.files.iter().map(|file| (file.path.as_str(), file)));
        Self { project, files, lines: BTreeMap::new() }
    }

    /// The path as it was typed.
    pub(super) fn shown(&self, path: &str) -> String {
        self.project.shown_path(path)
    }

    /// The path as services have it that begin in the repository's root.
    pub(super) fn relative(&self, path: &str) -> String {
        let shown = self.shown(path);
        shown.trim_start_matches("./").to_owned()
    }

    /// The file's text; empty where the file is gone.
    pub(super) fn text(&self, path: &str) -> &'run str {
        self.files.get(path).map_or("", |file| file.text.as_str())
    }

    pub(super) fn at(&mut self, path: &str, span: Span) -> Located {
        let text = self.text(path);
        let lines = self.lines.entry(path.to_owned()).or_insert_with(|| LineIndex::new(text));
        let (start, end) = (lines.position(span.start), lines.position(span.end));
        Located { path: self.shown(path), start, end }
    }
}

/// The path as a part of an address.
pub(super) fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
