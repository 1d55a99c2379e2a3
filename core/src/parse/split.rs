//! Where statements begin and end: `;`, but for those inside a trigger's body.
//!
//! A line that begins with a `.` where a statement could begin is a command of the `sqlite3` shell and
//! ends with its line. The comment `--> statement-breakpoint`, by which Drizzle cuts its files, ends a
//! statement as well.

use super::token::{self, Token, TokenKind};
use crate::text::Span;

/// How Drizzle marks the end of a statement.
const BREAKPOINT: &str = "--> statement-breakpoint";

/// The places of the statements of `text` behind `from`, each from its first token to its last, without its `;`.
/// Empty ones are left out.
///
/// A trigger ends at a `;` behind an `END` that itself follows a `;`, which is how
/// `sqlite3_complete()` decides: the `END` of a `CASE` never follows a `;`.
pub(super) fn split(text: &str, from: u32) -> impl Iterator<Item = Found> {
    let mut at = from.max(token::start_of(text));
    core::iter::from_fn(move || {
        loop {
            let found = statement(text, at)?;
            at = found.behind;
            if !found.span.is_empty() {
                return Some(found);
            }
        }
    })
}

/// A statement, and where the next one may begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// From its first token to its last.
    pub(super) span: Span,
    /// Where its `;` stands, or the text ends.
    pub(super) end: u32,
    behind: u32,
}

#[expect(clippy::cast_possible_truncation, reason = "a text is at most 4 GiB, as spans are")]
fn statement(text: &str, from: u32) -> Option<Found> {
    let bytes = text.as_bytes();
    let length = bytes.len() as u32;
    let first = token::next_in(text, from, length)?;
    if first.is_symbol(text, ";") {
        return Some(Found {
            span: Span::new(first.span.end, first.span.end),
            end: first.span.end,
            behind: first.span.end,
        });
    }
    let start = first.span.start;
    let begins_line =
        start == 0 || matches!(bytes[start as usize - 1], b'\n' | b'\r') || start == token::start_of(text);
    if first.is_symbol(text, ".") && begins_line {
        let line = bytes[start as usize..].iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let behind = line.map_or(length, |at| start + at as u32);
        let command = Span::new(start, behind).of(text).trim_end_matches([' ', '\t', '\u{c}']);
        return Some(Found { span: Span::new(start, start + command.len() as u32), end: behind, behind });
    }
    Some(if begins_trigger(text, first) { trigger_end(text, first) } else { plain_end(text, first) })
}

fn begins_trigger(text: &str, first: Token) -> bool {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let behind = |token: Option<Token>| token.and_then(|token| token::next_in(text, token.span.end, length));
    let is = |token: Option<Token>, word: &str| token.is_some_and(|token| token.is(text, word));
    let mut token = Some(first);
    if is(token, "EXPLAIN") {
        token = behind(token);
        if is(token, "QUERY") {
            token = behind(behind(token));
        }
    }
    if !is(token, "CREATE") {
        return false;
    }
    token = behind(token);
    if is(token, "TEMP") || is(token, "TEMPORARY") {
        token = behind(token);
    }
    is(token, "TRIGGER")
}

/// The end of a statement that is no trigger, found byte by byte: only quotes, brackets and comments
/// can hide its `;`.
#[expect(clippy::cast_possible_truncation, reason = "a text is at most 4 GiB, as spans are")]
fn plain_end(text: &str, first: Token) -> Found {
    let bytes = text.as_bytes();
    let start = first.span.start;
    let (mut at, mut end) = (start as usize, start as usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b';' => return Found { span: Span::new(start, end as u32), end: at as u32, behind: at as u32 + 1 },
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c => at += 1,
            0xef if token::is_mark(bytes, at) && !(at == end && token::is_word(bytes[at - 1])) => {
                at += token::MARK.len();
            }
            b'\'' | b'"' | b'`' | b'[' => {
                at = token::quoted_end(bytes, at);
                end = at;
            }
            b'-' if bytes.get(at + 1) == Some(&b'-') => {
                if bytes[at..].starts_with(BREAKPOINT.as_bytes()) {
                    return Found { span: Span::new(start, end as u32), end: at as u32, behind: at as u32 };
                }
                at = token::line_end(bytes, at);
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => at = token::comment_end(bytes, at + 2),
            _ => {
                at += 1;
                while bytes.get(at).is_some_and(|byte| token::is_word(*byte) && *byte < 0x80) {
                    at += 1;
                }
                end = at;
            }
        }
    }
    let behind = bytes.len() as u32;
    Found { span: Span::new(start, end as u32), end: behind, behind }
}

fn trigger_end(text: &str, first: Token) -> Found {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let start = first.span.start;
    let (mut after_semicolon, mut after_end) = (false, false);
    let mut last = first.span;
    let mut next = Some(first);
    while let Some(token) = next {
        if Span::new(last.end, token.span.start).of(text).contains(BREAKPOINT) {
            return Found { span: Span::new(start, last.end), end: last.end, behind: token.span.start };
        }
        if token.kind == TokenKind::Symbol && token.is_symbol(text, ";") {
            if after_end {
                return Found { span: Span::new(start, last.end), end: token.span.start, behind: token.span.end };
            }
            after_semicolon = true;
        } else {
            after_end = after_semicolon && token.is(text, "END");
            after_semicolon = false;
        }
        last = token.span;
        next = token::next_in(text, token.span.end, length);
    }
    // A `;` without an `END` before it is the statement's own.
    Found { span: Span::new(start, last.end), end: length, behind: length }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        split(text, 0).map(|found| found.span.of(text)).collect()
    }

    #[test]
    fn semicolons_in_strings_and_comments_end_nothing() {
        assert_eq!(parts(";a ';' -- ;\n b; ;c /* ; */"), ["a ';' -- ;\n b", "c"]);
    }

    #[test]
    fn a_trigger_ends_behind_its_end() {
        let trigger =
            "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN 1 THEN 2 END; SELECT 1; END";
        let text = alloc::format!("{trigger}; SELECT 2");
        assert_eq!(parts(&text), [trigger, "SELECT 2"]);
    }

    #[test]
    fn a_breakpoint_ends_a_statement() {
        assert_eq!(parts("a;--> statement-breakpoint\nb\n--> statement-breakpoint\nc"), ["a", "b", "c"]);
    }

    #[test]
    fn a_command_of_the_shell_is_a_line() {
        assert_eq!(parts("a;\n.read b.sql\nc .d;\n.quit"), ["a", ".read b.sql", "c .d", ".quit"]);
    }
}
