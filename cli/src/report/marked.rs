//! A message with the place in the source marked, drawn by `annotate-snippets` unless it is plain.

use std::borrow::Cow;

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use anstream::adapter::strip_str;
use remold_core::text::Span;
use remold_core::text::lines::LineIndex;

use super::wrapped;
use crate::terminal::{is_obeyed, shows_colours, visible, width};

mod plain;

/// The width where there is no terminal, so that a report is the same everywhere.
const WIDTH: usize = 140;

/// What stands before a note: the line numbers' column, and `= note: `.
const NOTE: usize = 13;

/// A place in a text.
pub(crate) struct Mark<'text> {
    /// The path as it is shown.
    pub(crate) path: String,
    /// The whole text, with its lines counted.
    pub(crate) text: &'text str,
    /// Where its lines begin.
    pub(crate) lines: &'text LineIndex<'text>,
    /// The place.
    pub(crate) span: Span,
    /// What is said there.
    pub(crate) label: Option<&'text str>,
}

/// A message: its head, its places, and what is said beneath.
pub(crate) struct Message<'text> {
    /// How bad it is, with annotate-snippets' words and colours.
    pub(crate) level: Level<'static>,
    /// What stands in brackets behind the level.
    pub(crate) id: &'text str,
    /// What is wrong.
    pub(crate) title: &'text str,
    /// Where; the first place is the main one.
    pub(crate) marks: Vec<Mark<'text>>,
    /// What is said beneath, each with its own level.
    pub(crate) notes: Vec<(Level<'static>, String)>,
}

/// Draws the message, with an empty line behind it.
pub(crate) fn draw(message: Message) -> String {
    let width = width();
    if width.is_none()
        && !shows_colours()
        && let Some(mut drawn) = plain::draw(&message)
    {
        drawn.push('\n');
        return drawn;
    }
    laid_out(message, width)
}

fn laid_out(message: Message, width: Option<usize>) -> String {
    let title = message.level.primary_title(visible(message.title)).id(message.id);
    let mut elements: Vec<Element> = Vec::new();
    let room = width.map(|width| width.saturating_sub(NOTE));
    for (at, mark) in message.marks.iter().enumerate() {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let (origin, snippet) = snippet(mark, kind);
        elements.extend(origin.map(Element::from));
        elements.push(snippet.into());
    }
    for (level, text) in message.notes {
        let lines: Vec<String> = visible(&text).lines().flat_map(|line| wrapped(line, room)).collect();
        elements.push(level.message(lines.join("\n")).into());
    }
    let group: Group = title.elements(elements);
    let renderer = if shows_colours() { Renderer::styled() } else { Renderer::plain() };
    let mut drawn = renderer.term_width(width.unwrap_or(WIDTH)).render(&[group]);
    if drawn.contains(EMPTY) {
        // Below a place that is said apart, the source has an empty head of its own.
        let is_empty = |line: &&str| line.contains(EMPTY) && strip_str(line).to_string().trim() == EMPTY;
        drawn = drawn.lines().filter(|line| !is_empty(line)).collect::<Vec<_>>().join("\n");
    }
    drawn.push_str("\n\n");
    drawn
}

/// What annotate-snippets draws where it has no path.
const EMPTY: &str = ":::";

/// How much of a long line is drawn on either side of the place, and of the place itself.
const AROUND: usize = 1_000;

/// The lines of the place alone: a report on a file of many megabytes must not count its lines
/// anew for each finding, nor draw a line of a megabyte. Of that it draws a part, and says apart where it is.
fn snippet<'text>(
    mark: &Mark<'text>,
    kind: AnnotationKind,
) -> (Option<Origin<'text>>, Snippet<'text, Annotation<'text>>) {
    let (text, start) = (mark.text, mark.span.start as usize);
    let end = near(text, mark.span.end as usize, start + AROUND);
    let first = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let last = text[end..].find(['\n', '\r']).map_or(text.len(), |at| end + at);
    let (from, to) = (near(text, start.saturating_sub(AROUND), start).max(first), near(text, last, end + AROUND));
    let place = mark.lines.position(mark.span.start);
    let path = visible(&mark.path).into_owned();
    let snippet = Snippet::source(harmless(&text[from..to]))
        .line_start(place.line as usize)
        .annotation(kind.span(start - from..end - from).label(mark.label.map(visible)));
    if from == first && to == last {
        return (None, snippet.path(path));
    }
    let origin = Origin::path(path).line(place.line as usize).char_column(place.column as usize);
    (Some(origin), snippet)
}

/// The first place of the two, moved back to where a character begins.
fn near(text: &str, one: usize, other: usize) -> usize {
    (0..=one.min(other).min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The text with as many bytes and lines, but without what annotate-snippets does not write out
/// itself: lone carriage returns, which end a line, the C1 controls, and marks of direction.
fn harmless(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        out.push(match (character, character.len_utf8()) {
            ('\r', _) if characters.peek() != Some(&'\n') => '\n',
            (_, 2) if is_obeyed(character) => '¿',
            (_, 3) if is_obeyed(character) => '\u{fffd}',
            _ => character,
        });
    }
    debug_assert_eq!(out.len(), text.len(), "places stay where they are");
    Cow::Owned(out)
}
