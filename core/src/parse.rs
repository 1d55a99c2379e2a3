//! Text to statements. Nothing fails: what cannot be read becomes an opaque statement.
//!
//! One reader, after SQLite's own grammar, from the text itself: every part of a statement has its
//! exact bytes, nothing is kept that nobody asks for, and no text is too long or too deep.

use alloc::string::String;
use alloc::vec::Vec;

use crate::sqlite::name;
use crate::text::{SourceFile, Span};

pub mod call;
mod cursor;
mod data;
mod define;
mod expression;
pub mod foreign;
pub mod misplaced;
mod query;
mod read;
mod split;
pub mod statement;
pub mod token;

pub(crate) use cursor::MOST_COLUMNS;
use statement::{Body, ColumnDefinition, Expression, Problem, Statement, Word};
use token::Token;

/// A text, and its statements one at a time: a statement can be dropped before the next one is read, so
/// that a large file needs little memory.
#[derive(Debug)]
pub struct Source<'text> {
    text: &'text str,
    /// The parts that have the statements; none where the whole text has them.
    parts: Option<&'text [Span]>,
}

impl<'text> Source<'text> {
    /// The statements of `text`.
    pub const fn new(text: &'text str) -> Self {
        Self { text, parts: None }
    }

    /// The statements of the file that are run.
    pub fn of(file: &'text SourceFile) -> Self {
        Self { text: &file.text, parts: file.halves.as_ref().map(|halves| halves.up.as_slice()) }
    }

    /// Reads the statements in their order.
    pub fn statements(&self) -> impl Iterator<Item = Statement> {
        self.found().map(|(text, found)| read::statement(text, found.span, found.end))
    }

    /// Where each statement stands, up to its `;`; they are not read for this.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.found().map(|(_, found)| Span::new(found.span.start, found.end.max(found.span.end)))
    }

    /// The statements, each with the text up to the end of its part.
    fn found(&self) -> impl Iterator<Item = (&'text str, split::Found)> {
        let whole = self.parts.is_none().then(|| Span::new(0, u32::try_from(self.text.len()).unwrap_or(u32::MAX)));
        let text = self.text;
        whole.into_iter().chain(self.parts.unwrap_or_default().iter().copied()).flat_map(move |part| {
            let text = text.get(..part.end as usize).unwrap_or(text);
            split::split(text, part.start).map(move |found| (text, found))
        })
    }
}

/// Reads every statement of `text`.
pub fn statements(text: &str) -> Vec<Statement> {
    Source::new(text).statements().collect()
}

/// Reads a text that should be one statement, such as one that SQLite stores; nothing where it has
/// none or more.
pub fn one(text: &str) -> Option<Statement> {
    let source = Source::new(text);
    let mut statements = source.statements();
    let only = statements.next()?;
    statements.next().is_none().then_some(only)
}

/// The tokens of `text`, in one form for each thing that can be spelt in several: bare words in
/// lower case, white space and comments gone. Quoted names and literals stay as they are, since
/// SQLite may take a `"name"` for a string.
pub fn normal(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    normal_of(text, token::each(text))
}

/// The same of some tokens of `text`.
pub fn normal_tokens(text: &str, tokens: &[Token]) -> String {
    normal_of(text, tokens.iter().copied())
}

fn normal_of(text: &str, tokens: impl Iterator<Item = Token>) -> String {
    let mut out = String::with_capacity(text.len());
    for token in tokens {
        if !out.is_empty() {
            out.push(' ');
        }
        let source = token.span.of(text);
        let start = out.len();
        out.push_str(source);
        if token.kind == token::TokenKind::Word {
            out[start..].make_ascii_lowercase();
        }
    }
    out
}

/// The parameters in a part of the text: `?1`, `:a`, `@a` and `$a`.
pub fn parameters(text: &str, part: Span) -> impl Iterator<Item = Span> {
    // Most statements have none of the signs, and need not be read once more.
    let may_have = part.of(text).bytes().any(|byte| matches!(byte, b'?' | b':' | b'@' | b'$'));
    let tokens = token::each(if may_have { part.of(text) } else { "" });
    let tokens = tokens.filter(|token| token.kind == token::TokenKind::Parameter);
    tokens.map(move |token| Span::new(part.start + token.span.start, part.start + token.span.end))
}

/// The same with names without their quotes, in the form in which they are compared: for texts of which it
/// is known that what stands in double quotes is no string.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for token in token::each(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        match token.kind {
            token::TokenKind::Word | token::TokenKind::Quoted => out.push_str(&name::fold(&token.unquoted(text))),
            _ => out.push_str(token.span.of(text)),
        }
    }
    out
}

/// Whether `ALTER TABLE ADD COLUMN` takes the default on a table with rows: a literal, a signed
/// number, `NULL`, `TRUE` or `FALSE`, a bare word, and each of them in parentheses.
pub fn is_constant(text: &str, default: Span) -> bool {
    let text = default.of(text);
    read::is_constant(text, &token::tokens(text))
}

/// The keywords that stand in a statement where a name should, bare: in quotes each of them is a name, and
/// the whole can be read. None where that is not all that is wrong.
pub fn reserved_names(text: &str, statement: &Statement) -> Vec<Span> {
    let mut found = Vec::new();
    if reserved_name(text, statement).is_none() {
        return found;
    }
    let mut sql = String::from(statement.span.of(text));
    for quotes in (0..MOST_RESERVED).step_by(2) {
        let Some(read) = one(&sql) else { break };
        if !matches!(read.body, Body::Opaque(_)) {
            return found;
        }
        let Some(span) = reserved_name(&sql, &read) else { break };
        sql.insert(span.end as usize, '"');
        sql.insert(span.start as usize, '"');
        let before = |at: u32| statement.span.start + at - quotes;
        found.push(Span::new(before(span.start), before(span.end)));
    }
    Vec::new()
}

/// More quotes than that are not tried.
const MOST_RESERVED: u32 = 32;

/// The keyword at which reading stopped, if a name should be there.
fn reserved_name(text: &str, statement: &Statement) -> Option<Span> {
    let Body::Opaque(opaque) = &statement.body else { return None };
    let Problem::Expected(what) = opaque.problem else { return None };
    let word = opaque.at.of(text);
    let is_noun = || NOUNS.iter().any(|noun| noun.eq_ignore_ascii_case(word));
    let is_meant = what == "a name" || ((what == "an expression" || what == "a column") && is_noun());
    (is_meant && name::is_reserved(word)).then_some(opaque.at)
}

/// Keywords that nobody writes where an expression should stand, unless as a column's name.
const NOUNS: [&str; 12] = [
    "CHECK",
    "COMMIT",
    "GROUP",
    "INDEX",
    "NOTHING",
    "ORDER",
    "PRIMARY",
    "REFERENCES",
    "RETURNING",
    "TABLE",
    "TO",
    "TRANSACTION",
];

/// Reads `name type constraint …`, as it stands behind `ADD COLUMN`.
pub fn column(text: &str) -> Option<ColumnDefinition> {
    define::column(&mut cursor::Cursor::new(text, whole(text))).ok()
}

/// The arguments of the function that is called at `call`; none for a word without parentheses, such as
/// `CURRENT_TIMESTAMP`.
pub fn arguments(text: &str, call: Word) -> Option<Vec<&str>> {
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let open = token::next_in(text, call.span.end, end).filter(|token| token.is_symbol(text, "("))?;
    let (mut at, mut depth) = (open.span.end, 1_u32);
    while let Some(token) = token::next_in(text, at, end) {
        at = token.span.end;
        if token.is_symbol(text, "(") {
            depth += 1;
        } else if token.is_symbol(text, ")") {
            depth -= 1;
        }
        if depth == 0 {
            return Some(token::split_at_commas(text, Span::new(open.span.end, token.span.start)).collect());
        }
    }
    None
}

/// Reads an expression that stands in `text`, such as that of a `CHECK`.
pub fn expression(text: &str, span: Span) -> Option<Expression> {
    let mut cursor = cursor::Cursor::new(text, span);
    let found = expression::expression(&mut cursor).ok()?;
    cursor.is_done().then_some(found)
}

fn whole(text: &str) -> Span {
    Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX))
}
