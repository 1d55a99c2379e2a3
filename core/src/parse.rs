//! Text to statements. Nothing fails: what cannot be read becomes an opaque statement.
//!
//! The lexer and the splitter are ours and own every byte offset. Definitions (`CREATE`, `ALTER`,
//! `DROP`) are read from the tokens; queries, data statements and the bodies of views and triggers
//! by sqlparser, from the same tokens, so that its spans are ours too. No other module names it.

use alloc::string::String;
use alloc::vec::Vec;

use crate::text::Span;

mod cursor;
mod define;
mod dialect;
mod query;
mod read;
mod split;
pub mod statement;
pub mod token;

use statement::{ColumnDefinition, Statement};
use token::Token;

/// A text's tokens, and its statements one at a time: a statement can be dropped before the next
/// one is read, so that a large file needs little memory.
#[derive(Debug)]
pub struct Source<'text> {
    text: &'text str,
    tokens: Vec<Token>,
}

impl<'text> Source<'text> {
    /// Finds the tokens of `text`.
    pub fn new(text: &'text str) -> Self {
        Self { text, tokens: token::tokens(text, 0) }
    }

    /// Reads the statements in their order.
    pub fn statements(&self) -> impl Iterator<Item = Statement> {
        split::split(self.text, &self.tokens).map(|tokens| read::statement(self.text, tokens))
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
    normal_tokens(text, &token::tokens(text, 0))
}

/// The same of some tokens of `text`.
pub fn normal_tokens(text: &str, tokens: &[Token]) -> String {
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

/// Whether `ALTER TABLE ADD COLUMN` takes the default on a table with rows: a literal, a signed
/// number, `NULL`, `TRUE` or `FALSE`, a bare word, and each of them in parentheses.
pub fn is_constant(text: &str, default: Span) -> bool {
    let tokens = token::tokens(default.of(text), 0);
    read::is_constant(default.of(text), &tokens)
}

/// Reads `name type constraint …`, as it stands behind `ADD COLUMN`.
pub fn column(text: &str) -> Option<ColumnDefinition> {
    let tokens = token::tokens(text, 0);
    let mut cursor = cursor::Cursor::new(text, &tokens);
    define::column(&mut cursor).ok()
}
