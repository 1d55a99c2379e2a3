//! The lexer: SQLite's tokens with their byte offsets, read in one walk.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::text::Span;

/// What a token is. Keywords are words: SQLite lets most of them be names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A bare word: a keyword or a name.
    Word,
    /// A name in `"…"`, `` `…` `` or `[…]`. SQLite takes an unknown `"…"` for a string.
    Quoted,
    /// A string, `'…'`.
    String,
    /// A blob, `x'…'`.
    Blob,
    /// A number.
    Number,
    /// A parameter: `?1`, `:a`, `@a` or `$a`.
    Parameter,
    /// An operator or a punctuation mark.
    Symbol,
    /// Bytes that begin no token, or a quoted token that never ends.
    Illegal,
}

/// A token and where it stands. Comments and white space are no tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
}

impl Token {
    /// Whether it is the bare word `word`, in any case.
    pub fn is(self, text: &str, word: &str) -> bool {
        self.kind == TokenKind::Word && self.length() == word.len() && self.span.of(text).eq_ignore_ascii_case(word)
    }

    /// Whether it is the symbol `symbol`.
    pub fn is_symbol(self, text: &str, symbol: &str) -> bool {
        self.kind == TokenKind::Symbol && self.length() == symbol.len() && self.span.of(text) == symbol
    }

    const fn length(self) -> usize {
        (self.span.end - self.span.start) as usize
    }

    /// What a name or a string says, without its quotes.
    pub fn unquoted(self, text: &str) -> Cow<'_, str> {
        let source = self.span.of(text);
        let mark = match (self.kind, source.as_bytes().first()) {
            (TokenKind::Quoted, Some(b'[')) => return Cow::Borrowed(&source[1..source.len() - 1]),
            (TokenKind::Quoted, Some(b'"')) => "\"",
            (TokenKind::Quoted, _) => "`",
            (TokenKind::String, _) => "'",
            _ => return Cow::Borrowed(source),
        };
        let inside = &source[1..source.len() - 1];
        if inside.contains(mark) { Cow::Owned(inside.replace(&mark.repeat(2), mark)) } else { Cow::Borrowed(inside) }
    }
}

/// Reads every token of `text`.
pub fn tokens(text: &str) -> Vec<Token> {
    each(text).collect()
}

/// The tokens of `text` one after the other, of which there may be millions.
pub fn each(text: &str) -> impl Iterator<Item = Token> {
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let mut at = start_of(text);
    core::iter::from_fn(move || {
        let token = next_in(text, at, end)?;
        at = token.span.end;
        Some(token)
    })
}

/// The first token of `text`.
pub fn first(text: &str) -> Option<Token> {
    next_in(text, start_of(text), u32::try_from(text.len()).unwrap_or(u32::MAX))
}

/// The comments of `text`, each without the end of its line.
#[expect(clippy::cast_possible_truncation, reason = "a text is at most 4 GiB, as spans are")]
pub fn comments(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    let mut at = 0;
    core::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            let kind;
            (kind, at) = next(bytes, start);
            if kind.is_none() && matches!(bytes[start], b'-' | b'/') {
                let source = text[start..at].trim_end_matches(['\r', '\n']);
                return Some(Span::new(start as u32, (start + source.len()) as u32));
            }
        }
        None
    })
}

/// What stands between the commas in `within`, but for those in parentheses, each from its first token to
/// its last.
pub(super) fn split_at_commas(text: &str, within: Span) -> impl Iterator<Item = &str> {
    let mut at = within.start;
    core::iter::from_fn(move || {
        let mut depth = 0_u32;
        let mut part: Option<Span> = None;
        while let Some(token) = next_in(text, at, within.end) {
            at = token.span.end;
            if depth == 0 && token.is_symbol(text, ",") {
                if part.is_some() {
                    break;
                }
                continue;
            }
            if token.is_symbol(text, "(") {
                depth += 1;
            } else if token.is_symbol(text, ")") {
                depth = depth.saturating_sub(1);
            }
            part = Some(part.map_or(token.span, |part| part.to(token.span)));
        }
        part.map(|part| part.of(text))
    })
}

/// Behind the byte order mark, where the text begins with one.
pub(super) fn start_of(text: &str) -> u32 {
    if text.starts_with(MARK) { 3 } else { 0 }
}

/// The first token of `text` from byte `from` on that begins before `end`.
#[expect(clippy::cast_possible_truncation, reason = "a text is at most 4 GiB, as spans are")]
pub(super) fn next_in(text: &str, from: u32, end: u32) -> Option<Token> {
    let bytes = &text.as_bytes()[..end as usize];
    let mut at = from as usize;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        let kind;
        (kind, at) = match CLASSES[usize::from(*byte)] {
            Class::Space => (None, start + 1),
            Class::Word => (Some(TokenKind::Word), run(bytes, start + 1, is_word)),
            Class::Symbol => (Some(TokenKind::Symbol), start + 1),
            Class::Other => next(bytes, start),
        };
        if let Some(kind) = kind {
            return Some(Token { kind, span: Span::new(start as u32, at as u32) });
        }
    }
    None
}

/// What a byte is where a token could begin, whatever stands behind it. Most are told by this alone.
#[derive(Clone, Copy)]
enum Class {
    Space,
    Word,
    Symbol,
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c => Class::Space,
            b'(' | b')' | b',' | b';' | b'+' | b'*' | b'%' | b'&' | b'~' => Class::Symbol,
            b'x' | b'X' | b'$' | b'0'..=b'9' | 0xef => Class::Other,
            _ if is_word_byte(byte) => Class::Word,
            _ => Class::Other,
        };
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    classes
};

/// Behind the quoted token or the bracket that begins at `start`; the text's end where it never ends.
pub(super) fn quoted_end(bytes: &[u8], start: usize) -> usize {
    match bytes[start] {
        b'[' => find(bytes, start + 1, |at| at == b']').map_or(bytes.len(), |end| end + 1),
        mark => quoted(bytes, start, mark, TokenKind::Quoted).1,
    }
}

/// Behind the line in which `from` stands.
pub(super) fn line_end(bytes: &[u8], from: usize) -> usize {
    find(bytes, from, |at| at == b'\n').map_or(bytes.len(), |end| end + 1)
}

/// The token or the gap that begins at `start`, and where it ends.
fn next(bytes: &[u8], start: usize) -> (Option<TokenKind>, usize) {
    let following = bytes.get(start + 1).copied();
    match (bytes[start], following) {
        (b' ' | b'\t' | b'\n' | b'\r' | 0x0c, _) => (None, start + 1),
        (0xef, Some(0xbb)) if is_mark(bytes, start) => (None, start + MARK.len()),
        (b'-', Some(b'-')) => (None, line_end(bytes, start + 2)),
        (b'/', Some(b'*')) => (None, comment_end(bytes, start + 2)),
        (mark @ (b'"' | b'`'), _) => quoted(bytes, start, mark, TokenKind::Quoted),
        (b'\'', _) => quoted(bytes, start, b'\'', TokenKind::String),
        (b'[', _) => match find(bytes, start + 1, |at| at == b']') {
            Some(end) => (Some(TokenKind::Quoted), end + 1),
            None => (Some(TokenKind::Illegal), bytes.len()),
        },
        (b'x' | b'X', Some(b'\'')) => match quoted(bytes, start + 1, b'\'', TokenKind::Blob) {
            (Some(TokenKind::Blob), end) if is_blob(&bytes[start + 2..end - 1]) => (Some(TokenKind::Blob), end),
            (_, end) => (Some(TokenKind::Illegal), end),
        },
        (b'0'..=b'9', _) | (b'.', Some(b'0'..=b'9')) => number(bytes, start),
        (b'?', _) => (Some(TokenKind::Parameter), run(bytes, start + 1, |at| at.is_ascii_digit())),
        (b':' | b'@' | b'#' | b'$', Some(at)) if is_word(at) => {
            (Some(TokenKind::Parameter), run(bytes, start + 1, is_word))
        }
        (byte, _) if is_word(byte) && byte != b'$' => (Some(TokenKind::Word), run(bytes, start + 1, is_word)),
        (b'-', Some(b'>')) => {
            let long = bytes.get(start + 2) == Some(&b'>');
            (Some(TokenKind::Symbol), start + 2 + usize::from(long))
        }
        (b'<', Some(b'=' | b'>' | b'<'))
        | (b'>', Some(b'=' | b'>'))
        | (b'!' | b'=', Some(b'='))
        | (b'|', Some(b'|')) => (Some(TokenKind::Symbol), start + 2),
        (
            b'(' | b')' | b',' | b';' | b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'=' | b'<' | b'>' | b'&' | b'|'
            | b'~',
            _,
        ) => (Some(TokenKind::Symbol), start + 1),
        _ => (Some(TokenKind::Illegal), start + 1),
    }
}

/// The byte order mark, which SQLite takes for white space where a token could begin.
pub(super) const MARK: &str = "\u{feff}";

pub(super) fn is_mark(bytes: &[u8], at: usize) -> bool {
    bytes[at..].starts_with(MARK.as_bytes())
}

/// Letters, digits, `_`, `$` and every byte of a character beyond ASCII, as SQLite has it.
pub(crate) const fn is_word(byte: u8) -> bool {
    WORDS[byte as usize]
}

const WORDS: [bool; 256] = {
    let mut words = [false; 256];
    let mut byte = 0_u8;
    loop {
        words[byte as usize] = is_word_byte(byte);
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    words
};

const fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

fn is_blob(digits: &[u8]) -> bool {
    digits.len().is_multiple_of(2) && digits.iter().all(u8::is_ascii_hexdigit)
}

fn find(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    bytes[from..].iter().position(|byte| wanted(*byte)).map(|at| from + at)
}

fn run(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    find(bytes, from, |byte| !belongs(byte)).unwrap_or(bytes.len())
}

/// Behind the `*/`; SQLite takes a comment that never ends for one that ends with the text.
pub(super) fn comment_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(star) = find(bytes, at, |byte| byte == b'*') {
        if bytes.get(star + 1) == Some(&b'/') {
            return star + 2;
        }
        at = star + 1;
    }
    bytes.len()
}

/// A quoted token from its opening mark at `start`; a doubled mark stands for itself.
fn quoted(bytes: &[u8], start: usize, mark: u8, kind: TokenKind) -> (Option<TokenKind>, usize) {
    let mut at = start + 1;
    while let Some(end) = find(bytes, at, |byte| byte == mark) {
        if bytes.get(end + 1) != Some(&mark) {
            return (Some(kind), end + 1);
        }
        at = end + 2;
    }
    (Some(TokenKind::Illegal), bytes.len())
}

fn number(bytes: &[u8], start: usize) -> (Option<TokenKind>, usize) {
    let digits = |from| run(bytes, from, |at| at.is_ascii_digit() || at == b'_');
    let mut at;
    if bytes[start] == b'0' && matches!(bytes.get(start + 1), Some(b'x' | b'X')) {
        at = run(bytes, start + 2, |at| at.is_ascii_hexdigit() || at == b'_');
    } else {
        at = digits(start);
        if bytes.get(at) == Some(&b'.') {
            at = digits(at + 1);
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            if bytes.get(at + 1 + sign).is_some_and(u8::is_ascii_digit) {
                at = digits(at + 1 + sign);
            }
        }
    }
    let end = run(bytes, at, is_word);
    (Some(if end == at { TokenKind::Number } else { TokenKind::Illegal }), end)
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;

    use super::*;

    fn shown(text: &str) -> String {
        let mut out = String::new();
        for token in tokens(text) {
            out.push_str(&format!("{:?}:{} ", token.kind, token.span.of(text)));
        }
        out
    }

    #[test]
    fn the_four_quotings_and_both_comments() {
        assert_eq!(
            shown("a \"b\"\"c\" `d` [e]]f 'g''h' -- i\n/* j */ k"),
            "Word:a Quoted:\"b\"\"c\" Quoted:`d` Quoted:[e] Illegal:] Word:f String:'g''h' Word:k "
        );
    }

    #[test]
    fn numbers_blobs_and_parameters() {
        assert_eq!(
            shown("1 0x1F .5 1e-3 1_000 x'0a' x'0' 1a ?1 :a $b"),
            "Number:1 Number:0x1F Number:.5 Number:1e-3 Number:1_000 Blob:x'0a' Illegal:x'0' Illegal:1a Parameter:?1 \
             Parameter::a Parameter:$b "
        );
    }

    #[test]
    fn operators_are_as_long_as_they_can_be() {
        assert_eq!(
            shown("a->>b->c||d<>e"),
            "Word:a Symbol:->> Word:b Symbol:-> Word:c Symbol:|| Word:d Symbol:<> Word:e "
        );
    }

    #[test]
    fn what_never_ends_is_illegal_to_the_end() {
        assert_eq!(shown("a 'b"), "Word:a Illegal:'b ");
        assert_eq!(shown("a [b"), "Word:a Illegal:[b ");
        assert_eq!(shown("\u{feff}a /* b"), "Word:a ");
    }

    #[test]
    fn a_name_loses_its_quotes() {
        let text = "\"a\"\"b\" `c` [d]";
        let names: Vec<_> = tokens(text).into_iter().map(|token| token.unquoted(text)).collect();
        assert_eq!(names, ["a\"b", "c", "d"]);
    }
}
