//! Findings: what is wrong, where, why, and what to do.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::text::Span;
use crate::text::edit::Edit;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing.
    Note,
    /// May lock, break a running application, or mean something else than it says.
    Warning,
    /// Will fail, or lose data.
    Error,
}

impl Level {
    /// The level's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        [Self::Note, Self::Warning, Self::Error]
            .into_iter()
            .find(|level| level.as_str() == word)
            .ok_or_else(|| alloc::format!("`{word}` is not a level; write note, warning or error"))
    }
}

/// Something that a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is.
    pub level: Level,
    /// The file, below the project's root.
    pub path: String,
    /// The place in it.
    pub span: Span,
    /// What is wrong: one clause, no capital, no full stop, names in backticks.
    pub message: String,
    /// Why it is so.
    pub reason: Option<Cow<'static, str>>,
    /// What to do.
    pub help: Option<Cow<'static, str>>,
    /// What SQLite says, word for word.
    pub sqlite_error: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// A change of the text that mends it.
    pub fix: Option<Fix>,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug)]
pub struct Related {
    /// The file, below the project's root.
    pub path: String,
    /// The place in it.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// A change of the text that mends a finding.
#[derive(Clone, Debug)]
pub struct Fix {
    /// The edits, in the finding's file.
    pub edits: Vec<Edit>,
    /// Whether it can be made without a person's look.
    pub safety: Safety,
}

/// Whether a fix keeps what the file does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The schema ends the same.
    Safe,
    /// Someone has to look.
    Unsafe,
}

/// The findings of one rule in one file, as they come.
#[derive(Debug)]
pub struct Findings<'run> {
    pub(crate) rule: &'static str,
    pub(crate) level: Level,
    pub(crate) path: &'run str,
    pub(crate) found: &'run mut Vec<Finding>,
}

impl Findings<'_> {
    /// Reports one finding; what it returns can say more.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> Report<'_> {
        self.found(span, message.into())
    }

    fn found(&mut self, span: Span, message: String) -> Report<'_> {
        self.found.push(Finding {
            rule: self.rule,
            level: self.level,
            path: self.path.into(),
            span,
            message: short(message),
            reason: None,
            help: None,
            sqlite_error: None,
            related: Vec::new(),
            fix: None,
        });
        let last = self.found.len() - 1;
        Report(&mut self.found[last])
    }
}

/// The longest word that a finding says in full.
pub(crate) const LONGEST_WORD: usize = 200;

/// What is kept of the beginning of a longer one.
const KEPT: usize = 100;

/// Writes what a rule says, as the prelude's `format!`: a name may be a megabyte, and is never there whole.
pub(crate) fn said(words: fmt::Arguments<'_>) -> String {
    let mut out = Short::default();
    // It refuses nothing, and no name that is written fails.
    let _whole = fmt::Write::write_fmt(&mut out, words);
    out.end_word();
    out.text
}

/// The text with its long words cut.
fn short(text: String) -> String {
    if text.len() <= LONGEST_WORD { text } else { said(format_args!("{text}")) }
}

fn shortened(text: Cow<'static, str>) -> Cow<'static, str> {
    match text {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => Cow::Owned(short(text)),
    }
}

/// A text whose long words are cut while they are written.
#[derive(Default)]
struct Short {
    text: String,
    /// Where its last word begins, or one before it.
    word: usize,
    /// The last letter of that word, once it is cut.
    last: Option<char>,
}

impl fmt::Write for Short {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        // Most of what is written has no long word, and is not looked at.
        if self.last.is_none() && self.text.len() - self.word + part.len() <= LONGEST_WORD {
            self.text.push_str(part);
            return Ok(());
        }
        self.word += self.text[self.word..].rfind(' ').map_or(0, |at| at + 1);
        for (at, piece) in part.split(' ').enumerate() {
            if at > 0 {
                self.end_word();
                self.text.push(' ');
                self.word = self.text.len();
            }
            self.add(piece);
        }
        Ok(())
    }
}

impl Short {
    fn add(&mut self, piece: &str) {
        if self.last.is_none() {
            if self.text.len() - self.word + piece.len() <= LONGEST_WORD {
                self.text.push_str(piece);
                return;
            }
            let kept: String = self.text[self.word..].chars().chain(piece.chars()).take(KEPT).collect();
            self.text.truncate(self.word);
            self.text.push_str(&kept);
        }
        self.last = piece.chars().next_back().or(self.last);
    }

    fn end_word(&mut self) {
        if let Some(last) = self.last.take() {
            self.text.push('…');
            // What stands around a name ends with it.
            self.text.extend(Some(last).filter(char::is_ascii_punctuation));
        }
    }
}

/// A finding that is being written.
#[derive(Debug)]
pub struct Report<'run>(&'run mut Finding);

impl Report<'_> {
    /// Why it is so.
    #[expect(clippy::return_self_not_must_use, reason = "the finding is reported already")]
    pub fn reason(self, reason: impl Into<Cow<'static, str>>) -> Self {
        self.0.reason = Some(shortened(reason.into()));
        self
    }

    /// What to do.
    #[expect(clippy::return_self_not_must_use, reason = "the finding is reported already")]
    pub fn help(self, help: impl Into<Cow<'static, str>>) -> Self {
        self.0.help = Some(shortened(help.into()));
        self
    }

    /// What SQLite says, word for word.
    #[expect(clippy::return_self_not_must_use, reason = "the finding is reported already")]
    pub fn sqlite(self, error: impl Into<String>) -> Self {
        self.0.sqlite_error = Some(short(error.into()));
        self
    }

    /// Another level than the rule's own.
    #[expect(clippy::return_self_not_must_use, reason = "the finding is reported already")]
    pub fn level(self, level: Level) -> Self {
        self.0.level = level;
        self
    }

    /// A change of the text that mends it.
    #[expect(clippy::return_self_not_must_use, reason = "the finding is reported already")]
    pub fn fix(self, safety: Safety, edits: Vec<Edit>) -> Self {
        self.0.fix = Some(Fix { edits, safety });
        self
    }
}
