//! Words of ours and of others as Markdown: nothing that stands in a file means anything in it, and no literal of
//! the SQL is said unless somebody asks.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Literals;
use crate::diagnostics::Finding;
use crate::parse::token::{self, TokenKind};
use crate::text::visible::visible;

/// What is not said; nothing where literals are shown.
pub(super) struct Secrets(Option<BTreeSet<String>>);

impl Secrets {
    /// What can be told to be a literal by where it stands.
    pub(super) fn of(literals: Literals) -> Self {
        Self((literals == Literals::Hidden).then(BTreeSet::new))
    }

    /// The same, and the strings that the finding shows, without their quotes: what a message calls by its text is
    /// one of them, too.
    pub(super) fn in_finding(finding: &Finding, literals: Literals) -> Self {
        Self((literals == Literals::Hidden).then(|| strings(finding)))
    }

    /// SQLite's words.
    pub(super) fn error(&self, error: &str) -> String {
        match self.0 {
            Some(_) => safe_code(&harmless_error(error)),
            None => safe_code(error),
        }
    }

    /// Text of which only what stands in backticks is not remold's own.
    pub(super) fn ours(&self, text: &str) -> String {
        self.marked(text, ToString::to_string)
    }

    /// Text in which nothing but our own backticks means something.
    pub(super) fn inline(&self, text: &str) -> String {
        self.marked(text, |words| harmless(words, Around::Words))
    }

    fn marked(&self, text: &str, hide: impl Fn(&str) -> String) -> String {
        let text = visible(text);
        let mut out = String::new();
        for (at, part) in text.split('`').enumerate() {
            match &self.0 {
                None if at % 2 == 0 => out.push_str(&plain(part)),
                Some(_) if at % 2 == 0 => out.push_str(&plain(&hide(part))),
                _ if part.trim().is_empty() => {}
                Some(strings) if strings.contains(part) => out.push_str("`…`"),
                Some(_) => out.push_str(&code(&harmless(part, Around::Sql))),
                None => out.push_str(&code(part)),
            }
        }
        out
    }
}

/// Inline code that no text can leave.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = longest_run(&text);
    let marks = "`".repeat(longest + 1);
    if longest == 0 { format!("`{text}`") } else { format!("{marks} {text} {marks}") }
}

/// The same of any text, with what a reader would obey written out.
pub(super) fn safe_code(text: &str) -> String {
    if text.trim().is_empty() { String::from("(nothing)") } else { code(&visible(text)) }
}

/// A block that no text can leave.
pub(super) fn fence(language: &str, text: &str) -> String {
    let marks = "`".repeat(longest_run(text).max(2) + 1);
    format!("{marks}{language}\n{}\n{marks}\n\n", visible(text.trim_end()))
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn strings(finding: &Finding) -> BTreeSet<String> {
    let all = [&*finding.message].into_iter().chain(finding.reason.as_deref()).chain(finding.help.as_deref());
    let mut found = BTreeSet::new();
    for part in all.flat_map(|text| text.split('`')).filter(|part| part.contains('\'')) {
        let from_quote = part.find('\'').map_or("", |at| &part[at..]);
        let strings = [part, from_quote].into_iter().flat_map(|part| token::each(part).map(move |token| (part, token)));
        found.extend(
            strings
                .filter(|(_, token)| token.kind == TokenKind::String)
                .map(|(part, token)| token.unquoted(part).into_owned()),
        );
    }
    found
}

/// What stands around a literal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// SQL, or a name.
    Sql,
    /// Our own words, which have apostrophes and versions in them.
    Words,
}

/// The text with `…` for each literal.
fn harmless(text: &str, around: Around) -> String {
    // `SQLITE_DQS=0` is no expression of anybody's.
    let is_sql =
        (text.contains(['\'', '(', '=', '<', '>']) || text.trim().contains(' ')) && !text.starts_with("SQLITE_");
    if !is_sql || (around == Around::Words && !text.contains(['\'', '('])) {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len());
    let (mut done, mut depth) = (0, 0_usize);
    while let Some(token) = token::first(&text[done..]) {
        let (start, end) = (done + token.span.start as usize, done + token.span.end as usize);
        let word = &text[start..end];
        let is_apostrophe = around == Around::Words
            && word.starts_with('\'')
            && text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        out.push_str(&text[done..start]);
        done = end;
        match token.kind {
            _ if is_apostrophe => {
                out.push('\'');
                done = start + 1;
            }
            TokenKind::String | TokenKind::Blob => out.push_str("'…'"),
            TokenKind::Illegal if word.contains('\'') => out.push_str("'…"),
            TokenKind::Quoted if word.contains('\'') => out.push_str("\"…\""),
            TokenKind::Number if around == Around::Sql || depth > 0 => out.push('…'),
            _ => out.push_str(word),
        }
        match word {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    out.push_str(&text[done..]);
    out
}

/// SQLite's words without what they repeat of the SQL's literals.
fn harmless_error(error: &str) -> String {
    if let Some((before, _)) = error.split_once("unrecognized token") {
        return format!("{before}unrecognized token");
    }
    // Here SQLite says itself that the name may be a string.
    if let Some((before, _)) = error.split_once(" - should this be a string literal") {
        let name = before.find('"').unwrap_or(before.len());
        return format!("{}…", &before[..name]);
    }
    if let Some(word) = error.strip_prefix("near \"").and_then(|rest| rest.strip_suffix("\": syntax error")) {
        let is_literal = word.starts_with(['\'', '"', '.']) || word.starts_with(|first: char| first.is_ascii_digit());
        let is_blob = word.contains('\'');
        return if is_literal || is_blob { String::from("near \"…\": syntax error") } else { error.to_string() };
    }
    match error.split_once("CHECK constraint failed: ") {
        Some((before, check)) => format!("{before}CHECK constraint failed: {}", harmless(check, Around::Sql)),
        None => harmless(error, Around::Words),
    }
}

/// Words in which no character means anything.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, word) in text.split([' ', '\n', '\t']).enumerate() {
        if at > 0 {
            out.push(' ');
        }
        // What services make links, mentions and references of, they leave alone in code.
        if word.contains(['@', '#']) || word.contains("://") || word.contains("www.") {
            let escaped = word.chars().map(|character| escaped(character, char::is_ascii_punctuation));
            out.push_str(&format!("<code>{}</code>", escaped.collect::<String>()));
        } else {
            out.extend(word.chars().map(|character| escaped(character, |it| "\\`*_{}[]<>|~!$&".contains(*it))));
        }
    }
    out
}

fn escaped(character: char, means_something: impl Fn(&char) -> bool) -> String {
    if means_something(&character) { format!("\\{character}") } else { character.to_string() }
}
