//! `ORDER BY` and `GROUP BY`: a number there means the column at that place of the result.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::item::{Item, stars};
use super::{Reading, Resolved, Resolver};
use crate::parse::statement::{Expression, ResultColumn, Select};
use crate::parse::token::{self, Token, TokenKind};

/// The highest place that SQLite looks at when it does not know the width yet.
const HIGHEST: i64 = 0xffff;

impl Resolver<'_> {
    /// How many columns a part answers.
    pub(super) fn width(&self, part: &Select, items: &[Item]) -> Option<usize> {
        let mut width = 0;
        for column in &part.columns {
            width += match column {
                ResultColumn::Expression(..) => 1,
                ResultColumn::All => stars(items, None, self.sql)?.len(),
                ResultColumn::AllOf(table) => stars(items, Some(*table), self.sql)?.len(),
            };
        }
        Some(width)
    }

    /// Refuses a place that the result has not. `ALTER TABLE` asks for one alone that no result has.
    pub(super) fn in_range(
        &self,
        clause: &str,
        terms: &[Expression],
        (part, items): (&Select, &[Item]),
    ) -> Resolved<()> {
        for (at, term) in terms.iter().enumerate() {
            let Some(place) = self.place(term) else { continue };
            let width = self.width(part, items);
            let widest = width.and_then(|width| i64::try_from(width).ok());
            let highest = if self.reading == Reading::Answers { widest.unwrap_or(HIGHEST) } else { HIGHEST };
            if place < 1 || place > highest {
                return Err(out_of_range(clause, at, width));
            }
        }
        Ok(())
    }

    /// The number, where the term is one.
    pub(super) fn place(&self, term: &Expression) -> Option<i64> {
        if !term.parts.is_empty() {
            return None;
        }
        let text = term.span.of(self.sql);
        let tokens = token::tokens(text);
        let mut rest: &[Token] = &tokens;
        while let [inner @ .., collate, _] = rest
            && collate.is(text, "COLLATE")
        {
            rest = inner;
        }
        number(text, rest)
    }
}

/// What SQLite says of a place that the result has not.
pub(super) fn out_of_range(clause: &str, at: usize, width: Option<usize>) -> String {
    let width = width.unwrap_or_default();
    format!("{} {clause} BY term out of range - should be between 1 and {width}", ordinal(at + 1))
}

/// What stands before a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Parenthesis,
    Minus,
}

/// The whole number that the tokens are, with signs and parentheses. A literal that is asked whether it is
/// NULL is one too: SQLite's parser answers that.
fn number(text: &str, tokens: &[Token]) -> Option<i64> {
    let mut open = Vec::new();
    let mut rest = tokens.iter();
    let mut value = loop {
        let token = rest.next()?;
        match token.kind {
            TokenKind::Number => break whole(token.span.of(text)),
            TokenKind::String | TokenKind::Blob => break None,
            _ if token.is_symbol(text, "(") => open.push(Mark::Parenthesis),
            _ if token.is_symbol(text, "-") => open.push(Mark::Minus),
            _ if token.is_symbol(text, "+") => {}
            _ => return None,
        }
    };
    while let Some(token) = rest.next() {
        if token.is_symbol(text, ")") {
            value = signed(value, &mut open);
            open.pop()?;
        } else {
            // The signs are a part of what is asked.
            let answer = asks_for_null(text, *token, &mut rest)?;
            signed(None, &mut open);
            value = Some(answer);
        }
    }
    value = signed(value, &mut open);
    value.filter(|_| open.is_empty())
}

/// The number with the signs that stand directly before it, which are taken.
fn signed(number: Option<i64>, open: &mut Vec<Mark>) -> Option<i64> {
    let mut number = number;
    while open.last() == Some(&Mark::Minus) {
        open.pop();
        number = number.map(|number| -number);
    }
    number
}

/// What the parser answers for a literal, where the tokens ask whether it is NULL.
fn asks_for_null<'tokens>(text: &str, token: Token, rest: &mut impl Iterator<Item = &'tokens Token>) -> Option<i64> {
    let mut next = || rest.next().filter(|token| token.is(text, "NULL") || token.is(text, "NOT"));
    if token.is(text, "ISNULL") {
        return Some(0);
    }
    if token.is(text, "NOTNULL") {
        return Some(1);
    }
    if token.is(text, "NOT") {
        return next().filter(|token| token.is(text, "NULL")).map(|_| 1);
    }
    let first = next().filter(|_| token.is(text, "IS"))?;
    if first.is(text, "NULL") {
        return Some(0);
    }
    next().filter(|token| token.is(text, "NULL")).map(|_| 1)
}

/// The number, where it has no more than 32 bits.
fn whole(digits: &str) -> Option<i64> {
    let digits = digits.replace('_', "");
    let number = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None => digits.parse().ok(),
    };
    number.filter(|number| *number <= i64::from(i32::MAX))
}

/// `1st`, `2nd`, as SQLite counts.
pub(crate) fn ordinal(number: usize) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
