//! Draws what most messages are: one place within a short line, and a line for each note. annotate-snippets draws
//! the same, and lays out a canvas for it; of a long report that is most of the time.

use annotate_snippets::Level;
use remold_core::text::visible::visible;

use super::{Mark, Message};

/// The longest line of which nothing is cut, whatever stands before it.
const LONGEST: usize = 100;

/// The deepest indentation of which nothing is cut.
const DEEPEST: usize = 12;

/// The message, drawn without colours as annotate-snippets would; none where it takes more than is drawn here.
pub(super) fn draw(message: &Message) -> Option<String> {
    let ([mark], Some(level)) = (message.marks.as_slice(), word(&message.level)) else { return None };
    let Line { text, start, end } = line(mark)?;
    let (title, path) = (visible(message.title), visible(&mark.path));
    let is_line = |text: &str| !text.is_empty() && !text.contains('\n');
    let notes = message.notes.iter().map(|(level, text)| Some((word(level)?, visible(text))));
    let notes: Vec<_> = notes.collect::<Option<_>>()?;
    let are_lines = notes.iter().all(|(_, text)| is_line(text)) && !notes.is_empty();
    if !(are_lines && is_line(&title) && is_line(&path) && is_line(message.id)) {
        return None;
    }
    let number = mark.lines.position(mark.span.start).line.to_string();
    let pad = number.len();
    let mut drawn = format!(
        "{level}[{}]: {title}\n{:pad$}--> {path}:{number}:{}\n{:pad$} |\n{number} | {text}\n{:pad$} | {:start$}{:^<marks$}\n{:pad$} |\n",
        message.id,
        "",
        start + 1,
        "",
        "",
        "",
        "",
        "",
        marks = end - start,
    );
    for (level, text) in notes {
        drawn.push_str(&format!("{:pad$} = {level}: {text}\n", ""));
    }
    Some(drawn)
}

fn word(level: &Level) -> Option<&'static str> {
    let words = [(Level::ERROR, "error"), (Level::WARNING, "warning"), (Level::NOTE, "note"), (Level::HELP, "help")];
    words.into_iter().find(|(known, _)| known == level).map(|(_, word)| word)
}

/// A line and what of it is marked.
struct Line<'text> {
    text: &'text str,
    start: usize,
    end: usize,
}

/// The line of the place, where each of its bytes takes one column.
fn line<'text>(mark: &Mark<'text>) -> Option<Line<'text>> {
    let (text, start, end) = (mark.text, mark.span.start as usize, mark.span.end as usize);
    let marked = text.get(start..end)?;
    let first = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let last = text[end..].find(['\n', '\r']).map_or(text.len(), |at| end + at);
    let line = &text[first..last];
    let is_plain = line.len() <= LONGEST && line.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let is_whole = line.len() - line.trim_start().len() <= DEEPEST && !line.ends_with(' ');
    let is_drawn = mark.label.is_none() && !marked.is_empty() && is_plain && is_whole;
    is_drawn.then_some(Line { text: line, start: start - first, end: end - first })
}

#[cfg(test)]
mod tests {
    use remold_core::text::Span;
    use remold_core::text::lines::LineIndex;

    use super::*;
    use crate::report::marked::laid_out;

    /// Both drawings of a mark in the text.
    fn both(text: &str, marked: &str, path: &str, notes: &[(Level<'static>, &str)]) -> (Option<String>, String) {
        let lines = LineIndex::new(text);
        let start = text.rfind(marked).unwrap();
        let span = Span::new(u32::try_from(start).unwrap(), u32::try_from(start + marked.len()).unwrap());
        let message = || Message {
            level: Level::WARNING,
            id: "some-rule",
            title: "a `name` that is wrong",
            marks: vec![Mark { path: path.to_owned(), text, lines: &lines, span, label: None }],
            notes: notes.iter().map(|(level, text)| (level.clone(), (*text).to_owned())).collect(),
        };
        (draw(&message()).map(|drawn| drawn + "\n"), laid_out(message(), None))
    }

    #[test]
    fn it_is_what_annotate_snippets_draws() {
        let long = "word ".repeat(60);
        let notes = [(Level::NOTE, "why"), (Level::HELP, long.trim_end()), (Level::NOTE, "SQLite says: no")];
        let line = format!("{}ALTER TABLE {} ADD COLUMN b;", " ".repeat(DEEPEST), "a".repeat(LONGEST - DEEPEST - 26));
        let path = "migrations/".repeat(20) + "1.sql";
        for before in [0, 8, 9, 98, 99, 1_000] {
            let text = format!("{}{line}\n\nSELECT 1;\r\n  x", "SELECT 1;\n".repeat(before));
            for marked in ["ALTER", "b;", "COLUMN b", line.trim_start(), "SELECT 1;", "x"] {
                for path in ["1.sql", &path] {
                    let (plain, library) = both(&text, marked, path, &notes);
                    assert_eq!(plain.as_deref(), Some(&*library), "{marked}");
                }
            }
        }
    }

    #[test]
    fn what_takes_more_is_left_to_it() {
        fn is_left(text: &str, marked: &str, notes: &[(Level<'static>, &str)]) -> bool {
            both(text, marked, "1.sql", notes).0.is_none()
        }
        let notes = [(Level::NOTE, "why")];
        assert!(!is_left("SELECT 1;", "1", &notes));
        assert!(is_left("SELECT\n1;", "SELECT\n1", &notes));
        assert!(is_left("SELECT\t1;", "1", &notes) && is_left("SELECT 'ü';", "SELECT", &notes));
        assert!(is_left("SELECT 1;", "1", &[(Level::NOTE, "one\nother")]) && is_left("SELECT 1;", "1", &[]));
        assert!(is_left(&"1".repeat(LONGEST + 1), "1", &notes));
        assert!(is_left(&format!("{}1", " ".repeat(DEEPEST + 1)), "1", &notes));
    }
}
