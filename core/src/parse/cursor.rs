//! A reader's place in a statement's tokens, and the small parts that every statement is made of.

use alloc::vec::Vec;

use super::statement::{Name, ObjectName, Problem};
use super::token::{Token, TokenKind};
use crate::sqlite::name;
use crate::text::Span;

/// Where reading stopped, and why.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) at: Span,
    pub(super) problem: Problem,
}

pub(super) type Read<Value> = Result<Value, Stop>;

/// A place in the tokens of one statement.
#[derive(Clone)]
pub(super) struct Cursor<'text> {
    pub(super) text: &'text str,
    pub(super) tokens: &'text [Token],
    pub(super) at: usize,
}

impl<'text> Cursor<'text> {
    pub(super) const fn new(text: &'text str, tokens: &'text [Token]) -> Self {
        Self { text, tokens, at: 0 }
    }

    pub(super) fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The next token's place, or the empty one behind the last.
    pub(super) fn here(&self) -> Span {
        self.peek().map_or_else(
            || {
                let end = self.tokens.last().map_or(0, |last| last.span.end);
                Span::new(end, end)
            },
            |token| token.span,
        )
    }

    /// The place of the token before.
    pub(super) fn before(&self) -> Span {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or_else(Span::default, |token| token.span)
    }

    /// From `start` to the last token read.
    pub(super) fn since(&self, start: Span) -> Span {
        Span::new(start.start, self.before().end.max(start.start))
    }

    pub(super) fn bump(&mut self) -> Option<Token> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    pub(super) fn next_is(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| token.is(self.text, word))
    }

    pub(super) fn next_are(&self, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(ahead, word)| self.tokens.get(self.at + ahead).is_some_and(|token| token.is(self.text, word)))
    }

    /// Takes the word if it comes next.
    pub(super) fn word(&mut self, word: &str) -> Option<Span> {
        if !self.next_is(word) {
            return None;
        }
        self.bump().map(|token| token.span)
    }

    /// Takes the words if they come next, all of them.
    pub(super) fn words(&mut self, words: &[&str]) -> Option<Span> {
        if !self.next_are(words) {
            return None;
        }
        let start = self.here();
        self.at += words.len();
        Some(self.since(start))
    }

    pub(super) fn next_is_symbol(&self, symbol: &str) -> bool {
        self.peek().is_some_and(|token| token.is_symbol(self.text, symbol))
    }

    pub(super) fn symbol(&mut self, symbol: &str) -> Option<Span> {
        if !self.next_is_symbol(symbol) {
            return None;
        }
        self.bump().map(|token| token.span)
    }

    pub(super) fn stop<Value>(&self, expected: &'static str) -> Read<Value> {
        Err(Stop { at: self.here(), problem: Problem::Expected(expected) })
    }

    pub(super) fn need_word(&mut self, word: &'static str) -> Read<Span> {
        self.word(word).map_or_else(|| self.stop(word), Ok)
    }

    pub(super) fn need_symbol(&mut self, symbol: &'static str) -> Read<Span> {
        self.symbol(symbol).map_or_else(|| self.stop(symbol), Ok)
    }

    /// The end of the statement must come next.
    pub(super) fn need_end(&self) -> Read<()> {
        if self.is_done() { Ok(()) } else { self.stop("the end of the statement") }
    }

    /// A name: a word that is not reserved, a quoted name, or a string, which SQLite takes here too.
    pub(super) fn name(&mut self) -> Read<Name> {
        match self.peek() {
            Some(token) if is_name(token, self.text) => {
                self.at += 1;
                Ok(Name { text: token.unquoted(self.text).into_owned(), span: token.span })
            }
            _ => self.stop("a name"),
        }
    }

    /// `name` or `schema.name`.
    pub(super) fn object_name(&mut self) -> Read<ObjectName> {
        let first = self.name()?;
        if self.symbol(".").is_none() {
            return Ok(ObjectName { schema: None, name: first });
        }
        Ok(ObjectName { schema: Some(first), name: self.name()? })
    }

    /// Names in parentheses.
    pub(super) fn names(&mut self) -> Read<Vec<Name>> {
        self.list(Self::name)
    }

    /// One or more of something in parentheses, with commas between.
    pub(super) fn list<Item>(&mut self, item: impl Fn(&mut Self) -> Read<Item>) -> Read<Vec<Item>> {
        self.need_symbol("(")?;
        let mut items = Vec::new();
        loop {
            items.push(item(self)?);
            if self.symbol(",").is_none() {
                self.need_symbol(")")?;
                return Ok(items);
            }
        }
    }

    /// Everything from `(` to the `)` that closes it.
    pub(super) fn parenthesised(&mut self) -> Read<Span> {
        let start = self.need_symbol("(")?;
        let mut depth = 1_u32;
        while let Some(token) = self.bump() {
            match token.kind {
                TokenKind::Symbol if token.is_symbol(self.text, "(") => depth += 1,
                TokenKind::Symbol if token.is_symbol(self.text, ")") => depth -= 1,
                TokenKind::Illegal => {
                    self.at -= 1;
                    return self.stop("a token of SQL");
                }
                _ => {}
            }
            if depth == 0 {
                return Ok(self.since(start));
            }
        }
        self.stop(")")
    }
}

/// Whether SQLite takes the token for a name, where only a name can stand.
fn is_name(token: Token, text: &str) -> bool {
    match token.kind {
        TokenKind::Quoted | TokenKind::String => true,
        TokenKind::Word => !name::is_reserved(token.span.of(text)),
        _ => false,
    }
}
