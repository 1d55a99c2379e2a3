//! What a comment in a migration tells remold: `-- remold: allow(drop-table) until 2027-01-31 it is empty`.
//!
//! `allow` is about the next statement, `allow-file` about the whole file, and `allow-start` about what
//! follows up to `allow-end`. `consent` names what a plan may lose. Each gives its reason, unless a project
//! asks for none; what may be lost always has one.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::parse::statement::Name;
use crate::parse::token::comments;
use crate::text::Span;

/// What a comment tells.
#[derive(Clone, Debug)]
pub struct Directive {
    /// The comment.
    pub span: Span,
    /// What it is about.
    pub scope: Scope,
    /// The rules that it allows, or what a plan may lose.
    pub names: Vec<Name>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds, as `2027-01-31`.
    pub until: Option<String>,
}

/// What a directive is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `allow`: the next statement.
    Statement,
    /// `allow-file`: the whole file.
    File,
    /// `allow-start`: what follows, up to its end.
    Start,
    /// `allow-end`: the end of that.
    End,
    /// `consent`: what a plan may lose.
    Consent,
}

/// Whether a comment that allows something must say why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reasons {
    /// It must.
    #[default]
    Required,
    /// It may.
    Optional,
}

/// What is wrong with a comment that speaks to us.
#[derive(Clone, Debug)]
pub enum Fault {
    /// It says nothing that we understand.
    Malformed {
        /// The comment.
        comment: Span,
        /// What is wrong.
        message: String,
        /// What to write.
        help: String,
    },
    /// It allows what was not found.
    Unused {
        /// The comment.
        comment: Span,
        /// The name of the rule in it.
        rule: Span,
        /// The rule.
        id: String,
        /// Whether the comment allows nothing else.
        alone: bool,
    },
    /// It held until a day that has passed.
    Expired {
        /// The comment.
        comment: Span,
        /// The day.
        until: String,
    },
}

/// The directives of a text in their order, and the comments that try to be one.
pub fn directives(text: &str, reasons: Reasons) -> (Vec<Directive>, Vec<Fault>) {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    // Most texts have none, and are not read for them.
    if text.contains(WORD) {
        for span in comments(text) {
            match read(text, span, reasons) {
                Some(Ok(directive)) => found.push(directive),
                Some(Err(fault)) => faults.push(fault),
                None => {}
            }
        }
    }
    (found, faults)
}

const WORD: &str = "remold:";

const SCOPES: [(&str, Scope); 5] = [
    ("allow", Scope::Statement),
    ("allow-file", Scope::File),
    ("allow-start", Scope::Start),
    ("allow-end", Scope::End),
    ("consent", Scope::Consent),
];

/// Reads a comment; nothing where it does not speak to us.
fn read(text: &str, comment: Span, reasons: Reasons) -> Option<Result<Directive, Fault>> {
    let source = comment.of(text);
    let inside = source.strip_prefix("--").or_else(|| source.strip_prefix("/*"))?;
    let inside = inside.strip_suffix("*/").unwrap_or(inside);
    let told = inside.trim_start().strip_prefix(WORD)?.trim_start();
    // Both are parts of one text.
    let at =
        comment.end - u32::try_from(source.len() - (told.as_ptr() as usize - source.as_ptr() as usize)).unwrap_or(0);
    Some(told_by(told.trim_end(), at, comment, reasons))
}

fn told_by(told: &str, at: u32, comment: Span, reasons: Reasons) -> Result<Directive, Fault> {
    let fault = |message: String, help: &str| Fault::Malformed { comment, message, help: help.to_owned() };
    let example = "write it like `-- remold: allow(drop-table) the table was never used`";
    let word = &told[..told.find(|at: char| !(at.is_ascii_lowercase() || at == '-')).unwrap_or(told.len())];
    let Some((_, scope)) = SCOPES.into_iter().find(|(known, _)| *known == word) else {
        let message = format!("`{word}` is nothing that a comment can tell");
        return Err(fault(message, "write allow, allow-file, allow-start, allow-end or consent"));
    };
    let (list, rest) = match told[word.len()..].strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some(parts) => parts,
        None if scope == Scope::End => ("", ""),
        None => return Err(fault(format!("`{word}` names nothing"), example)),
    };
    let start = at + length(word) + 1;
    let names: Vec<Name> = names(list, start).collect();
    if names.is_empty() && scope != Scope::End {
        return Err(fault(format!("`{word}` names nothing"), example));
    }
    let rest = rest.trim();
    let (until, reason) = match rest.strip_prefix("until ") {
        Some(rest) => {
            let (day, reason) = rest.trim_start().split_once([' ', ':']).unwrap_or((rest.trim(), ""));
            if !is_day(day) {
                return Err(fault(format!("`{day}` is no day"), "write it like `until 2027-01-31`"));
            }
            (Some(day.to_owned()), reason)
        }
        None => (None, rest),
    };
    let reason = reason.trim_start_matches([':', ' ']).trim().to_owned();
    let needs_reason = match scope {
        Scope::End => false,
        Scope::Consent => true,
        Scope::Statement | Scope::File | Scope::Start => reasons == Reasons::Required,
    };
    if reason.is_empty() && needs_reason {
        return Err(fault(format!("`{word}` gives no reason"), example));
    }
    Ok(Directive { span: comment, scope, names, reason, until })
}

/// The names between the commas, each with its place; `start` is where the list begins.
fn names(list: &str, start: u32) -> impl Iterator<Item = Name> {
    let mut at = start;
    list.split(',').filter_map(move |part| {
        let begin = at + length(part) - length(part.trim_start());
        at += length(part) + 1;
        let text = part.trim();
        let span = Span::new(begin, begin + length(text));
        (!text.is_empty()).then(|| Name { text: text.to_owned(), span })
    })
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// Whether it is written like a day of the calendar.
fn is_day(text: &str) -> bool {
    let mut parts = text.split('-').map(|part| (part.len(), part.parse::<u32>()));
    let mut next = |length, from, to| matches!(parts.next(), Some((given, Ok(number))) if given == length && (from..=to).contains(&number));
    next(4, 1, 9999) && next(2, 1, 12) && next(2, 1, 31) && parts.next().is_none()
}
