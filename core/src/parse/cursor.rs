//! A reader's place in a statement, and the small parts that every statement is made of.
//!
//! Tokens are read from the text when they are asked for and not kept, so that a statement of any
//! length needs no memory for them.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::expression::{Part, Within};
use super::statement::{Name, ObjectName, Problem};
use super::token::{self, Token, TokenKind};
use crate::sqlite::name;
use crate::sqlite::version::Feature;
use crate::text::Span;

/// Where reading stopped, and why.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) at: Span,
    pub(super) problem: Problem,
}

/// What was read. The reason why not stands apart: each function that hands it on would need room for
/// it on the stack.
pub(super) type Read<Value> = Result<Value, Box<Stop>>;

impl Stop {
    pub(super) fn new<Value>(at: Span, problem: Problem) -> Read<Value> {
        Err(Box::new(Self { at, problem }))
    }
}

/// How deep expressions may stand in each other: SQLite's own limit of an expression. What is deeper
/// cannot be read.
const DEEPEST: usize = 1000;

/// How many queries may stand in each other: SQLite's parser gives up before, whatever stands between
/// them. Each takes up to 3 KB of stack where nothing was optimised.
const DEEPEST_QUERY: u32 = 560;

/// The most columns that SQLite gives a table, a result or an index, and the most terms of most lists.
pub(crate) const MOST_COLUMNS: usize = 2000;

/// The most of those things in one statement of which SQLite takes any number: constraints, common tables,
/// statements of a trigger. Each takes many times the memory of its text.
const MOST: usize = 10_000;

/// The most names that are kept of one statement.
const MOST_NAMES: u32 = 32_768;

/// Something open in an expression, and what is suspended outside it.
#[derive(Clone, Copy, Debug)]
struct Level {
    within: Within,
    /// How many `BETWEEN` of the expression outside still want their `AND`.
    betweens: u32,
}

/// Where an expression began.
#[derive(Clone, Copy)]
pub(super) struct Bottom {
    levels: usize,
    betweens: u32,
}

/// A place in a statement.
#[derive(Clone)]
pub(super) struct Cursor<'text> {
    pub(super) text: &'text str,
    /// Where the statement ends.
    end: u32,
    /// The token at this place.
    next: Option<Token>,
    /// The token before it.
    before: Span,
    /// What is open in the expressions at this place, the innermost last.
    levels: Vec<Level>,
    /// How many `BETWEEN` of the innermost expression still want their `AND`.
    betweens: u32,
    /// How many queries we are in.
    queries: u32,
    /// How many names were kept.
    names: u32,
    /// Whether the statement is stored, and so all its names count.
    stored: bool,
    /// What the statement uses that SQLite has only since some version, and where it first does.
    pub(super) features: Vec<(Feature, Span)>,
}

impl<'text> Cursor<'text> {
    /// Stands before the first token of `span`.
    pub(super) fn new(text: &'text str, span: Span) -> Self {
        let end = span.end;
        let next = token::next_in(text, span.start, end);
        let before = Span::new(span.start, span.start);
        Self {
            text,
            end,
            next,
            before,
            levels: Vec::new(),
            betweens: 0,
            queries: 0,
            names: 0,
            stored: false,
            features: Vec::new(),
        }
    }

    /// The token at this place.
    pub(super) const fn peek(&self) -> Option<Token> {
        self.next
    }

    /// The token behind `token`.
    pub(super) fn behind(&self, token: Token) -> Option<Token> {
        token::next_in(self.text, token.span.end, self.end)
    }

    pub(super) const fn is_done(&self) -> bool {
        self.next.is_none()
    }

    /// The next token's place, or the empty one behind the last.
    pub(super) fn here(&self) -> Span {
        self.next.map_or(Span::new(self.before.end, self.before.end), |token| token.span)
    }

    /// From `start` to the last token read.
    pub(super) fn since(&self, start: Span) -> Span {
        Span::new(start.start, self.before.end.max(start.start))
    }

    /// From `start` to the end of the statement.
    pub(super) const fn rest(&self, start: Span) -> Span {
        Span::new(start.start, self.end)
    }

    pub(super) fn bump(&mut self) -> Option<Token> {
        let token = self.next?;
        self.before = token.span;
        self.next = self.behind(token);
        Some(token)
    }

    /// The word at this place in upper case, in a buffer of its own; empty where it is no bare word.
    pub(super) fn upper<'buffer>(&self, buffer: &'buffer mut [u8; 17]) -> &'buffer str {
        match self.next {
            Some(token) if token.kind == TokenKind::Word => name::upper(token.span.of(self.text), buffer),
            _ => "",
        }
    }

    /// The symbol at this place; empty where it is none.
    pub(super) fn mark(&self) -> &'text str {
        match self.next {
            Some(token) if token.kind == TokenKind::Symbol => token.span.of(self.text),
            _ => "",
        }
    }

    pub(super) fn next_is(&self, word: &str) -> bool {
        self.next.is_some_and(|token| token.is(self.text, word))
    }

    pub(super) fn next_are(&self, words: &[&str]) -> bool {
        let mut token = self.next;
        for (at, word) in words.iter().enumerate() {
            match token {
                Some(known) if known.is(self.text, word) => {
                    token = if at + 1 < words.len() { self.behind(known) } else { None };
                }
                _ => return false,
            }
        }
        true
    }

    /// Whether the token behind the next one is the symbol.
    pub(super) fn then_symbol(&self, symbol: &str) -> bool {
        self.next.and_then(|token| self.behind(token)).is_some_and(|token| token.is_symbol(self.text, symbol))
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
        for _ in words {
            self.bump();
        }
        Some(self.since(start))
    }

    pub(super) fn next_is_symbol(&self, symbol: &str) -> bool {
        self.next.is_some_and(|token| token.is_symbol(self.text, symbol))
    }

    pub(super) fn symbol(&mut self, symbol: &str) -> Option<Span> {
        if !self.next_is_symbol(symbol) {
            return None;
        }
        self.bump().map(|token| token.span)
    }

    pub(super) fn stop<Value>(&self, expected: &'static str) -> Read<Value> {
        let expected = match self.next {
            Some(Token { kind: TokenKind::Illegal, .. }) => "a token of SQL",
            _ => expected,
        };
        Stop::new(self.here(), Problem::Expected(expected))
    }

    pub(super) fn need_word(&mut self, word: &'static str) -> Read<Span> {
        self.word(word).map_or_else(|| self.stop(word), Ok)
    }

    pub(super) fn need_symbol(&mut self, symbol: &'static str) -> Read<Span> {
        self.symbol(symbol).map_or_else(|| self.stop(symbol), Ok)
    }

    /// Takes the next token, whatever it is.
    pub(super) fn need_any(&mut self) -> Read<Span> {
        self.bump().map_or_else(|| self.stop("a statement"), |token| Ok(token.span))
    }

    /// The end of the statement must come next.
    pub(super) fn need_end(&self) -> Read<()> {
        if self.is_done() { Ok(()) } else { self.stop("the end of the statement") }
    }

    /// Notes that the statement uses the feature here.
    pub(super) fn uses(&mut self, feature: Feature, at: Span) {
        if !self.features.iter().any(|(known, _)| *known == feature) {
            self.features.push((feature, at));
        }
    }

    /// Begins an expression.
    pub(super) const fn begin(&mut self) -> Bottom {
        let bottom = Bottom { levels: self.levels.len(), betweens: self.betweens };
        self.betweens = 0;
        bottom
    }

    /// Ends the expression that began there.
    pub(super) fn end(&mut self, bottom: Bottom) {
        self.levels.truncate(bottom.levels);
        self.betweens = bottom.betweens;
    }

    /// Whether nothing is open in the expression that began there.
    pub(super) const fn is_at(&self, bottom: Bottom) -> bool {
        self.levels.len() <= bottom.levels
    }

    /// Begins an expression inside the one at this place.
    pub(super) fn open(&mut self, within: Within) -> Read<()> {
        if self.levels.len() >= DEEPEST {
            return self.too_deep();
        }
        self.levels.push(Level { within, betweens: self.betweens });
        self.betweens = 0;
        Ok(())
    }

    /// Ends the innermost expression, and tells what it stands in.
    pub(super) fn close(&mut self) -> Option<Within> {
        let level = self.levels.pop()?;
        self.betweens = level.betweens;
        Some(level.within)
    }

    /// What the innermost expression stands in.
    pub(super) fn within(&self) -> Option<Within> {
        self.levels.last().map(|level| level.within)
    }

    /// How many `BETWEEN` of the innermost expression still want their `AND`.
    pub(super) const fn betweens(&self) -> u32 {
        self.betweens
    }

    pub(super) const fn begin_between(&mut self) {
        self.betweens += 1;
    }

    pub(super) const fn end_between(&mut self) {
        self.betweens = self.betweens.saturating_sub(1);
    }

    /// Enters a query, which `leave_query` takes back.
    pub(super) fn enter_query(&mut self) -> Read<()> {
        self.queries += 1;
        if self.queries > DEEPEST_QUERY { self.too_deep() } else { Ok(()) }
    }

    pub(super) const fn leave_query(&mut self) {
        self.queries -= 1;
    }

    /// From here on all names count, for `ALTER TABLE` edits them in what is stored.
    pub(super) const fn need_names(&mut self) {
        self.stored = true;
    }

    /// Keeps a name. Of a statement that is run and forgotten not all are kept: a list of values may be a
    /// million strings in double quotes, each of which is a name to the grammar.
    pub(super) fn keep(&mut self, found: &mut Vec<Part>, part: Part) -> Read<()> {
        // A query takes as much memory as many names.
        self.names = self.names.saturating_add(if matches!(part, Part::Query(_)) { 16 } else { 1 });
        if self.names <= MOST_NAMES {
            found.push(part);
        } else if self.stored {
            return self.stop("at most 32,768 names");
        }
        Ok(())
    }

    /// Stops where there are more of something than can be read.
    pub(super) fn need_few<Item>(&self, items: &[Item]) -> Read<()> {
        if items.len() > MOST { self.stop("at most 10,000 of them") } else { Ok(()) }
    }

    /// The same of the terms of a list.
    pub(super) fn need_terms<Item>(&self, items: &[Item]) -> Read<()> {
        if items.len() > MOST_COLUMNS { self.stop("at most 2,000 terms") } else { Ok(()) }
    }

    /// Stops where more stands in each other than can be read.
    pub(super) fn need_shallow(&self, depth: usize) -> Read<()> {
        if depth > DEEPEST { self.too_deep() } else { Ok(()) }
    }

    fn too_deep<Value>(&self) -> Read<Value> {
        Stop::new(self.here(), Problem::TooDeep)
    }

    /// Whether the token was the last to be read.
    pub(super) fn is_last(&self, token: Token) -> bool {
        self.before == token.span
    }

    /// A name: a word that is not reserved, a quoted name, or a string, which SQLite takes here too.
    pub(super) fn name(&mut self) -> Read<Name> {
        let token = self.name_token()?;
        Ok(Name { text: token.unquoted(self.text).into_owned(), span: token.span })
    }

    /// The same without the text.
    pub(super) fn name_token(&mut self) -> Read<Token> {
        match self.next {
            Some(token) if is_name(token, self.text) => {
                self.bump();
                Ok(token)
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
        let items = self.several(item)?;
        self.need_symbol(")")?;
        Ok(items)
    }

    /// One or more of something, with commas between.
    pub(super) fn several<Item>(&mut self, item: impl Fn(&mut Self) -> Read<Item>) -> Read<Vec<Item>> {
        let mut items = Vec::new();
        loop {
            items.push(item(self)?);
            self.need_terms(&items)?;
            if self.symbol(",").is_none() {
                return Ok(items);
            }
        }
    }

    /// Everything from `(` to the `)` that closes it.
    pub(super) fn parenthesised(&mut self) -> Read<Span> {
        let start = self.need_symbol("(")?;
        let mut depth = 1_u32;
        while let Some(token) = self.next {
            match token.kind {
                TokenKind::Symbol if token.is_symbol(self.text, "(") => depth += 1,
                TokenKind::Symbol if token.is_symbol(self.text, ")") => depth -= 1,
                TokenKind::Illegal => return self.stop("a token of SQL"),
                _ => {}
            }
            self.bump();
            if depth == 0 {
                return Ok(self.since(start));
            }
        }
        self.stop(")")
    }
}

/// Whether SQLite takes the token for a name, where only a name can stand.
pub(super) fn is_name(token: Token, text: &str) -> bool {
    match token.kind {
        TokenKind::Quoted | TokenKind::String => true,
        TokenKind::Word => !name::is_reserved(token.span.of(text)),
        _ => false,
    }
}
