//! What is known of the values in a column of a query: the affinity that they have, or that they have none.
//!
//! Follows `sqlite3ExprAffinity()`, `sqlite3ExprDataType()` and `sqlite3SubqueryColumnTypes()`.

use alloc::vec::Vec;

use super::Resolver;
use super::item::{Columns, Item, affinity_in};
use super::names::is_rowid;
use super::query::plain_column;
use crate::parse::statement::{Expression, Part, ResultColumn, Select};
use crate::parse::token::{self, Token, TokenKind};
use crate::sqlite::affinity::Affinity;
use crate::text::Span;

/// What is known of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing.
    Unknown,
    /// They come from an operation and have no affinity; and what they can be, where that is known.
    Plain(Option<Values>),
    /// They come from a `CAST` to this affinity.
    Cast(Affinity),
    /// They come from both sides of a `FULL JOIN`, by a function that has this affinity and may answer anything.
    Merged(Affinity),
    /// They have this affinity.
    Of(Affinity),
}

/// Which values an expression can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Values(u8);

impl Values {
    const NONE: Self = Self(0);
    const NUMBERS: Self = Self(1);
    const TEXTS: Self = Self(2);
    const BLOBS: Self = Self(4);
    const ALL: Self = Self(7);

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn of(affinity: Affinity) -> Self {
        match affinity {
            Affinity::Blob => Self::ALL,
            Affinity::Text => Self(Self::TEXTS.0 | Self::BLOBS.0),
            Affinity::Numeric | Affinity::Integer | Affinity::Real => Self(Self::NUMBERS.0 | Self::BLOBS.0),
        }
    }
}

impl Kind {
    /// What a column has that holds such values.
    pub(super) const fn of_column(self) -> Self {
        match self {
            Self::Plain(_) => Self::Plain(Some(Values::ALL)),
            Self::Cast(affinity) | Self::Merged(affinity) => Self::Of(affinity),
            known => known,
        }
    }

    /// The affinity of a column that holds such values and nothing else.
    pub(crate) const fn affinity(self) -> Option<Affinity> {
        match self {
            Self::Unknown => None,
            Self::Plain(_) => Some(Affinity::Blob),
            Self::Cast(affinity) | Self::Merged(affinity) | Self::Of(affinity) => Some(affinity),
        }
    }

    const fn values(self) -> Option<Values> {
        match self {
            Self::Unknown => None,
            Self::Plain(values) => values,
            Self::Merged(_) => Some(Values::ALL),
            Self::Cast(affinity) | Self::Of(affinity) => Some(Values::of(affinity)),
        }
    }

    /// What several parts of a query answer together, from left to right.
    pub(super) fn united(kinds: &[Self]) -> Self {
        let Some(first) = kinds.iter().position(|kind| !matches!(kind, Self::Plain(_))) else {
            return Self::Plain(None);
        };
        let Some(affinity) = kinds[first].affinity() else { return Self::Unknown };
        let disturbing = match affinity {
            Affinity::Blob => return Self::Of(affinity),
            Affinity::Text => Values::NUMBERS,
            Affinity::Numeric | Affinity::Integer | Affinity::Real => Values::TEXTS,
        };
        // SQLite leaves out the one that has the affinity.
        let others = kinds[..first].iter().chain(&kinds[first + 1..]);
        let mut unsure = false;
        for kind in others {
            match kind.values() {
                Some(values) if values.has(disturbing) => return Self::Of(Affinity::Blob),
                Some(_) => {}
                None => unsure = true,
            }
        }
        match kinds[0] {
            _ if unsure => Self::Unknown,
            Self::Cast(_) if affinity != Affinity::Text && kinds.len() > 1 => Self::Of(Affinity::Numeric),
            _ => Self::Of(affinity),
        }
    }
}

impl Resolver<'_> {
    /// The affinity of an expression: that of its column, and none of its own for most others.
    pub(super) fn kind(&self, expression: &Expression, items: &[Item]) -> Kind {
        if plain_column(expression, self.sql).is_some() {
            let kind = self.kind_of_column(expression, items);
            return match kind.affinity() {
                Some(affinity) if self.is_merged(expression, items) => Kind::Merged(affinity),
                _ => kind,
            };
        }
        let text = expression.span.of(self.sql);
        let tokens = token::tokens(text);
        let operators = operators(text, &tokens);
        match operators {
            Operator::Of(values) => return Kind::Plain(Some(values)),
            // Behind a collation comes what it is said of.
            Operator::Unclear if !tokens.iter().any(|token| token.is(text, "COLLATE")) => return Kind::Plain(None),
            Operator::Unclear | Operator::None => {}
        }
        let inside = text.trim_start_matches(|at: char| at == '(' || at.is_ascii_whitespace());
        let begins = |word: &str| inside.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        // Of all operations only CAST and a query in parentheses have an affinity.
        if begins("CAST") {
            return cast(text).map_or(Kind::Unknown, Kind::Cast);
        }
        if ["SELECT", "VALUES", "WITH"].into_iter().any(begins) {
            return match &expression.parts[..] {
                [Part::Query(query)] if super::is_query(expression, self.sql) => self.kind_of_query(query.span),
                _ => Kind::Unknown,
            };
        }
        Kind::Plain(if matches!(operators, Operator::None) { operand(text, &tokens) } else { None })
    }

    /// What a query in parentheses answers, which has been looked at before.
    fn kind_of_query(&self, query: Span) -> Kind {
        self.kinds.get(&query.start).map_or(Kind::Unknown, |kind| kind.of_column())
    }

    /// Whether the column stands for those of both sides of a `FULL JOIN`.
    fn is_merged(&self, expression: &Expression, items: &[Item]) -> bool {
        let [Part::Column { table: None, column, .. }] = &expression.parts[..] else { return false };
        let name = column.text(self.sql);
        items.iter().any(|item| item.join.left && item.join.right && item.is_joined_by(&name))
    }

    fn kind_of_column(&self, expression: &Expression, items: &[Item]) -> Kind {
        let [Part::Column { table, column, .. }] = &expression.parts[..] else { return Kind::Unknown };
        let name = column.text(self.sql);
        let is_it = |item: &&Item| {
            table.is_none_or(|table| item.name.as_ref().is_some_and(|name| table.is(self.sql, name)))
                && (item.columns.is_unknown()
                    || item.nested.is_some()
                    || item.columns.find(&name).is_some()
                    || (item.has_rowid && is_rowid(&name)))
        };
        let Some(item) = items.iter().find(is_it) else {
            let is_literal = ["true", "false"].iter().any(|literal| column.is(self.sql, literal));
            return match table {
                None if column.is_double_quoted(self.sql) => Kind::Plain(Some(Values::TEXTS)),
                None if is_literal => Kind::Plain(Some(Values::NUMBERS)),
                // It is one of the query around this one.
                _ => Kind::Unknown,
            };
        };
        match &item.columns {
            Columns::Table(known) => match known.column(&name) {
                Some(column) => Kind::Of(affinity_in(known, column)),
                None if is_rowid(&name) => Kind::Of(Affinity::Integer),
                None => Kind::Unknown,
            },
            Columns::List(answers) => item.columns.find(&name).map_or(Kind::Unknown, |at| answers[at].kind.of_column()),
            Columns::Unknown => Kind::Unknown,
        }
    }

    /// What the columns of several rows of `VALUES` have: only of the first row each term is known.
    pub(super) fn kind_of_rows(&self, part: &Select) -> Kind {
        let names_nothing = |expression: &Expression| {
            expression.parts.iter().all(|part| match part {
                Part::Call(_) => true,
                Part::Column { schema: None, table: None, column } => {
                    column.is(self.sql, "true") || column.is(self.sql, "false")
                }
                _ => false,
            })
        };
        let is_plain = |column: &ResultColumn| matches!(column, ResultColumn::Expression(it, _) if names_nothing(it));
        let text = part.values.span.of(self.sql);
        let casts = token::each(text).any(|token| token.is(text, "CAST"));
        if names_nothing(&part.values) && part.columns.iter().all(is_plain) && !casts {
            Kind::Plain(None)
        } else {
            Kind::Unknown
        }
    }

    /// Whether a part is `VALUES` with more than one row.
    pub(super) fn has_rows(&self, part: &Select) -> bool {
        let Some(ResultColumn::Expression(last, _)) = part.columns.last() else { return false };
        let text = Span::new(last.span.end, part.values.span.end.max(last.span.end)).of(self.sql);
        let mut behind = text.trim_start();
        // What stands behind the term: the parenthesis, and then the comma.
        for mark in [")", ","] {
            match token::first(behind) {
                Some(token) if token.is_symbol(behind, mark) => behind = &behind[token.span.end as usize..],
                _ => return false,
            }
        }
        true
    }
}

/// The affinity to which the whole of the text is cast.
fn cast(text: &str) -> Option<Affinity> {
    let tokens = token::tokens(text);
    let inside = bare(text, &tokens);
    let [cast, open, inner @ .., close] = inside else { return None };
    if !cast.is(text, "CAST") || !open.is_symbol(text, "(") || !close.is_symbol(text, ")") {
        return None;
    }
    let mut depth = 0_u32;
    let mut at = None;
    for (place, token) in inner.iter().enumerate() {
        if token.is_symbol(text, "(") {
            depth += 1;
        } else if token.is_symbol(text, ")") {
            depth = depth.checked_sub(1)?;
        } else if depth == 0 && token.is(text, "AS") {
            at = Some(place);
        }
    }
    let words: Vec<&str> = inner.get(at? + 1..)?.iter().map(|token| token.span.of(text)).collect();
    Some(Affinity::of(&words.join(" ")))
}

/// The tokens without the parentheses around all of them.
fn bare<'tokens>(text: &str, tokens: &'tokens [Token]) -> &'tokens [Token] {
    let mut rest = tokens;
    while let [first, inner @ .., last] = rest
        && first.is_symbol(text, "(")
        && last.is_symbol(text, ")")
    {
        rest = inner;
    }
    rest
}

/// What the last of the operators outside of parentheses answers.
fn operators(text: &str, tokens: &[Token]) -> Operator {
    if tokens.first().is_some_and(|first| first.is_symbol(text, "+")) {
        return Operator::Unclear; // what it stands before counts
    }
    let mut depth = 0_u32;
    let mut found = Operator::None;
    for token in tokens {
        if token.is_symbol(text, "(") {
            depth += 1;
        } else if token.is_symbol(text, ")") {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            found = match (found, operator(text, *token)) {
                (_, Operator::Unclear) => return Operator::Unclear,
                (Operator::Of(known), Operator::Of(values)) => Operator::Of(looser(known, values)),
                (known, Operator::None) => known,
                (_, next) => next,
            };
        }
    }
    found
}

/// What values something without operators can have.
fn operand(text: &str, tokens: &[Token]) -> Option<Values> {
    match tokens {
        [only] => literal(text, *only),
        // A call of a function, and nothing else.
        [name, open, ..] if name.kind != TokenKind::Symbol && open.is_symbol(text, "(") => Some(Values::ALL),
        _ => None,
    }
}

/// What an operator outside of parentheses answers.
enum Operator {
    None,
    Of(Values),
    /// It depends on which of several operators comes last, or on what stands in it.
    Unclear,
}

fn operator(text: &str, token: Token) -> Operator {
    let is_one_of = |words: &[&str]| words.iter().any(|word| token.is(text, word));
    match token.kind {
        TokenKind::Symbol => match token.span.of(text) {
            "." | "," => Operator::None,
            "||" => Operator::Of(Values::of(Affinity::Text)),
            "->" | "->>" => Operator::Of(Values::ALL),
            _ => Operator::Of(Values::NUMBERS),
        },
        TokenKind::Word if is_one_of(&["CASE", "LIKE", "GLOB", "MATCH", "REGEXP", "COLLATE", "OVER", "FILTER"]) => {
            Operator::Unclear
        }
        TokenKind::Word if is_one_of(&["AND", "OR", "NOT", "IS", "IN", "BETWEEN", "ISNULL", "NOTNULL", "EXISTS"]) => {
            Operator::Of(Values::NUMBERS)
        }
        _ => Operator::None,
    }
}

/// Any other operator binds less closely than `||` and the arrows, of which the last one counts.
const fn looser(one: Values, other: Values) -> Values {
    if one.0 == Values::NUMBERS.0 { one } else { other }
}

/// What values a literal has.
fn literal(text: &str, only: Token) -> Option<Values> {
    match only.kind {
        TokenKind::Number => Some(Values::NUMBERS),
        TokenKind::String => Some(Values::TEXTS),
        TokenKind::Blob => Some(Values::BLOBS),
        TokenKind::Word if only.is(text, "NULL") => Some(Values::NONE),
        _ => None,
    }
}
