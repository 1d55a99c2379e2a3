//! Expressions: SQLite's grammar, walked through once, of which the names are kept.
//!
//! What an expression computes plays no part in following a schema; which columns, tables and
//! functions it names does. So there is no tree of operators, and a chain of a million of them takes
//! neither memory nor stack.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;

use super::cursor::{Cursor, Read, is_name};
use super::query::{self, Query};
use super::token::{Token, TokenKind};
use crate::sqlite::{name, version};
use crate::text::Span;

/// A name in a query: where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, quotes included.
    pub span: Span,
}

impl Word {
    pub(super) const fn new(token: Token) -> Self {
        Self { span: token.span }
    }

    /// The name without its quotes; `sql` is the text that was read.
    pub fn text(self, sql: &str) -> Cow<'_, str> {
        let kind = match sql.as_bytes().get(self.span.start as usize) {
            Some(b'"' | b'`' | b'[') => TokenKind::Quoted,
            Some(b'\'') => TokenKind::String,
            _ => TokenKind::Word,
        };
        Token { kind, span: self.span }.unquoted(sql)
    }

    /// Whether SQLite takes it for the name `other`.
    pub fn is(self, sql: &str, other: &str) -> bool {
        name::same(&self.text(sql), other)
    }

    /// Whether both are the same name.
    pub fn same(self, other: Self, sql: &str) -> bool {
        self.is(sql, &other.text(sql))
    }

    /// Whether it stands in double quotes, and so may be a string to SQLite.
    pub fn is_double_quoted(self, sql: &str) -> bool {
        sql.as_bytes().get(self.span.start as usize) == Some(&b'"')
    }
}

/// An expression: its place, and the names in it in their order.
#[derive(Clone, Debug, Default)]
pub struct Expression {
    /// What it names.
    pub parts: Vec<Part>,
    /// From its first token to its last.
    pub span: Span,
}

/// Something that an expression names.
#[derive(Clone, Debug)]
pub enum Part {
    /// A column.
    Column {
        /// The database, where one is named.
        schema: Option<Word>,
        /// The table, where one is named.
        table: Option<Word>,
        /// The column.
        column: Word,
    },
    /// A query in parentheses.
    Query(Box<Query>),
    /// The table of `x IN table`.
    Table {
        /// The database, where one is named.
        schema: Option<Word>,
        /// The table.
        name: Word,
    },
    /// A function, `CURRENT_TIMESTAMP` and its like included.
    Call(Word),
}

impl Expression {
    /// The column, where the expression is a column's name and nothing else.
    pub fn column(&self) -> Option<Word> {
        match &self.parts[..] {
            [Part::Column { schema, table, column }] => {
                let first = schema.or(*table).unwrap_or(*column);
                (first.span.to(column.span) == self.span).then_some(*column)
            }
            _ => None,
        }
    }
}

/// An expression, as far as it goes.
pub(super) fn expression(cursor: &mut Cursor) -> Read<Expression> {
    let start = cursor.here();
    let mut found = Vec::new();
    parts(cursor, &mut found)?;
    Ok(Expression { parts: found, span: cursor.since(start) })
}

/// The same, its names added to `found`.
///
/// Operators need no order of precedence here: whether a text is an expression does not depend on it.
/// The one `AND` that is none is that of `BETWEEN`, and it is always the next one outside parentheses.
pub(super) fn parts(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    cursor.enter(1)?;
    let mut betweens = 0_u32;
    loop {
        operand(cursor, found)?;
        if !operator(cursor, found, &mut betweens)? {
            break;
        }
    }
    if betweens > 0 {
        return cursor.stop("AND");
    }
    cursor.leave(1);
    Ok(())
}

/// Everything up to the next operator.
fn operand(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    while matches!(cursor.mark(), "-" | "+" | "~") || (cursor.next_is("NOT")) {
        cursor.bump();
    }
    let Some(token) = cursor.peek() else { return cursor.stop("an expression") };
    match token.kind {
        TokenKind::Number => {
            number(cursor, token);
            Ok(())
        }
        TokenKind::Blob | TokenKind::Parameter => {
            cursor.bump();
            Ok(())
        }
        TokenKind::String if !cursor.then_symbol(".") => {
            cursor.bump();
            Ok(())
        }
        TokenKind::Symbol if token.is_symbol(cursor.text, "(") => parenthesised(cursor, found),
        TokenKind::String | TokenKind::Quoted => named(cursor, found),
        TokenKind::Word => word(cursor, found),
        TokenKind::Symbol | TokenKind::Illegal => cursor.stop("an expression"),
    }
}

/// Takes the number, and notes in which form it is written.
pub(super) fn number(cursor: &mut Cursor, token: Token) {
    cursor.bump();
    let source = token.span.of(cursor.text);
    if source.contains('_') {
        cursor.uses(version::DIGIT_SEPARATOR, token.span);
    }
    if source.starts_with("0x") || source.starts_with("0X") {
        cursor.uses(version::HEXADECIMAL_NUMBER, token.span);
    }
}

/// `(…)`: a query, an expression, or several.
fn parenthesised(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    cursor.need_symbol("(")?;
    if query::begins(cursor) {
        found.push(Part::Query(Box::new(query::query(cursor)?)));
    } else {
        let start = cursor.here();
        parts(cursor, found)?;
        if cursor.symbol(",").is_some() {
            cursor.uses(version::ROW_VALUE, start);
            expressions(cursor, found)?;
        }
    }
    cursor.need_symbol(")")?;
    Ok(())
}

/// One or more expressions with commas between.
fn expressions(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    loop {
        parts(cursor, found)?;
        if cursor.symbol(",").is_none() {
            return Ok(());
        }
    }
}

/// An operand that begins with a word.
fn word(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    let mut buffer = [0; 17];
    match cursor.upper(&mut buffer) {
        "NULL" => {
            cursor.bump();
            Ok(())
        }
        "CURRENT_DATE" | "CURRENT_TIME" | "CURRENT_TIMESTAMP" if !cursor.then_symbol(".") => {
            found.extend(cursor.bump().map(|word| Part::Call(Word::new(word))));
            Ok(())
        }
        "CASE" => case(cursor, found),
        "EXISTS" => {
            cursor.bump();
            cursor.need_symbol("(")?;
            found.push(Part::Query(Box::new(query::query(cursor)?)));
            cursor.need_symbol(")")?;
            Ok(())
        }
        "CAST" if cursor.then_symbol("(") => {
            cursor.bump();
            cursor.bump();
            parts(cursor, found)?;
            cursor.need_word("AS")?;
            super::define::type_words(cursor)?;
            cursor.need_symbol(")")?;
            Ok(())
        }
        "RAISE" if cursor.then_symbol("(") => raise(cursor, found),
        _ => named(cursor, found),
    }
}

fn case(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    cursor.need_word("CASE")?;
    if !cursor.next_is("WHEN") {
        parts(cursor, found)?;
    }
    cursor.need_word("WHEN")?;
    loop {
        parts(cursor, found)?;
        cursor.need_word("THEN")?;
        parts(cursor, found)?;
        if cursor.word("WHEN").is_none() {
            break;
        }
    }
    if cursor.word("ELSE").is_some() {
        parts(cursor, found)?;
    }
    cursor.need_word("END")?;
    Ok(())
}

/// `RAISE(IGNORE)` or `RAISE(ABORT, message)`.
fn raise(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    cursor.bump();
    cursor.bump();
    if cursor.word("IGNORE").is_none() {
        let known = ["ROLLBACK", "ABORT", "FAIL"].iter().any(|word| cursor.word(word).is_some());
        if !known {
            return cursor.stop("IGNORE, ROLLBACK, ABORT or FAIL");
        }
        cursor.need_symbol(",")?;
        let message = cursor.peek();
        let start = cursor.here();
        parts(cursor, found)?;
        let is_name = message.is_some_and(|token| token.span == cursor.since(start) && is_name(token, cursor.text));
        if !is_name {
            cursor.uses(version::RAISE_EXPRESSION, cursor.since(start));
        }
    }
    cursor.need_symbol(")")?;
    Ok(())
}

/// A column, or a function's call.
fn named(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    let Some(first) = cursor.peek().filter(|token| is_name(*token, cursor.text)) else {
        return cursor.stop("an expression");
    };
    cursor.bump();
    if first.kind != TokenKind::String && cursor.next_is_symbol("(") {
        found.push(Part::Call(Word::new(first)));
        return call(cursor, found);
    }
    let mut words = [Some(Word::new(first)), None, None];
    for next in &mut words[1..] {
        if cursor.symbol(".").is_none() {
            break;
        }
        *next = Some(query::word(cursor)?);
    }
    found.push(match words {
        [Some(schema), Some(table), Some(column)] => Part::Column { schema: Some(schema), table: Some(table), column },
        [Some(table), Some(column), None] => Part::Column { schema: None, table: Some(table), column },
        _ => {
            if first.is(cursor.text, "TRUE") || first.is(cursor.text, "FALSE") {
                cursor.uses(version::BOOLEAN_WORD, first.span);
            }
            Part::Column { schema: None, table: None, column: Word::new(first) }
        }
    });
    Ok(())
}

/// What stands behind a function's name.
fn call(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    cursor.need_symbol("(")?;
    if cursor.symbol("*").is_none() && !cursor.next_is_symbol(")") {
        if cursor.word("DISTINCT").is_none() {
            cursor.word("ALL");
        }
        expressions(cursor, found)?;
        if cursor.next_is("ORDER") {
            cursor.uses(version::AGGREGATE_ORDER_BY, cursor.here());
            ordered(cursor, found)?;
        }
    }
    cursor.need_symbol(")")?;
    if cursor.next_are(&["WITHIN", "GROUP"]) {
        cursor.bump();
        cursor.bump();
        cursor.need_symbol("(")?;
        ordered(cursor, found)?;
        cursor.need_symbol(")")?;
    }
    let mut filter = None;
    if cursor.next_is("FILTER") && cursor.then_symbol("(") {
        filter = Some(cursor.here());
        cursor.bump();
        cursor.bump();
        cursor.need_word("WHERE")?;
        parts(cursor, found)?;
        cursor.need_symbol(")")?;
    }
    let behind = cursor.here();
    over(cursor, found)?;
    // On a window FILTER is as old as windows are.
    if let Some(filter) = filter.filter(|_| behind == cursor.here()) {
        cursor.uses(version::AGGREGATE_FILTER, filter);
    }
    Ok(())
}

/// `ORDER BY …`, if it comes next.
fn ordered(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    for term in query::order_by(cursor)? {
        found.extend(term.parts);
    }
    Ok(())
}

/// `OVER name` or `OVER (…)`, if it comes next; elsewhere the word is a name.
fn over(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    let Some(over) = cursor.peek().filter(|token| token.is(cursor.text, "OVER")) else { return Ok(()) };
    let Some(behind) = cursor.behind(over) else { return Ok(()) };
    let opens = behind.is_symbol(cursor.text, "(");
    if !opens && !is_name(behind, cursor.text) {
        return Ok(());
    }
    cursor.uses(version::WINDOW_FUNCTION, over.span);
    cursor.bump();
    if opens {
        return window(cursor, found);
    }
    cursor.bump();
    Ok(())
}

/// `(name PARTITION BY … ORDER BY … ROWS …)`.
pub(super) fn window(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    cursor.need_symbol("(")?;
    let mut buffer = [0; 17];
    let is_clause = matches!(cursor.upper(&mut buffer), "PARTITION" | "ORDER" | "RANGE" | "ROWS" | "GROUPS");
    if !is_clause && !cursor.next_is_symbol(")") {
        cursor.name_token()?;
    }
    if cursor.words(&["PARTITION", "BY"]).is_some() {
        expressions(cursor, found)?;
    }
    ordered(cursor, found)?;
    if let Some(groups) = cursor.word("GROUPS") {
        cursor.uses(version::WINDOW_GROUPS, groups);
        frame(cursor, found)?;
    } else if cursor.word("RANGE").is_some() || cursor.word("ROWS").is_some() {
        frame(cursor, found)?;
    }
    cursor.need_symbol(")")?;
    Ok(())
}

fn frame(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    if cursor.word("BETWEEN").is_some() {
        bound(cursor, found)?;
        cursor.need_word("AND")?;
    }
    bound(cursor, found)?;
    let Some(exclude) = cursor.word("EXCLUDE") else { return Ok(()) };
    cursor.uses(version::WINDOW_GROUPS, exclude);
    let known = cursor.words(&["NO", "OTHERS"]).is_some()
        || cursor.words(&["CURRENT", "ROW"]).is_some()
        || cursor.word("GROUP").is_some()
        || cursor.word("TIES").is_some();
    if known { Ok(()) } else { cursor.stop("NO OTHERS, CURRENT ROW, GROUP or TIES") }
}

fn bound(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    if cursor.words(&["CURRENT", "ROW"]).is_some() {
        return Ok(());
    }
    if cursor.next_are(&["UNBOUNDED", "PRECEDING"]) || cursor.next_are(&["UNBOUNDED", "FOLLOWING"]) {
        cursor.bump();
    } else {
        parts(cursor, found)?;
    }
    let known = cursor.word("PRECEDING").is_some() || cursor.word("FOLLOWING").is_some();
    if known { Ok(()) } else { cursor.stop("PRECEDING or FOLLOWING") }
}

/// Takes the operators that come next. Whether another operand must follow.
fn operator(cursor: &mut Cursor, found: &mut Vec<Part>, betweens: &mut u32) -> Read<bool> {
    loop {
        let mark = cursor.mark();
        if !mark.is_empty() {
            let is_operator = matches!(
                mark,
                "+" | "-"
                    | "*"
                    | "/"
                    | "%"
                    | "="
                    | "=="
                    | "<"
                    | "<="
                    | ">"
                    | ">="
                    | "<>"
                    | "!="
                    | "<<"
                    | ">>"
                    | "&"
                    | "|"
                    | "||"
            );
            if is_operator {
                cursor.bump();
            } else if mark == "->" || mark == "->>" {
                cursor.uses(version::JSON_ARROW, cursor.here());
                cursor.bump();
            }
            return Ok(is_operator || mark == "->" || mark == "->>");
        }
        let mut buffer = [0; 17];
        match cursor.upper(&mut buffer) {
            "AND" => {
                *betweens = betweens.saturating_sub(1);
                cursor.bump();
                return Ok(true);
            }
            // ESCAPE stands behind LIKE and its like; SQLite alone can say whether it is in its place.
            "OR" | "LIKE" | "GLOB" | "REGEXP" | "MATCH" | "ESCAPE" => {
                cursor.bump();
                return Ok(true);
            }
            "BETWEEN" => {
                cursor.bump();
                *betweens += 1;
                return Ok(true);
            }
            "IS" => {
                cursor.bump();
                cursor.word("NOT");
                if cursor.next_are(&["DISTINCT", "FROM"]) {
                    cursor.uses(version::IS_DISTINCT_FROM, cursor.here());
                    cursor.bump();
                    cursor.bump();
                }
                return Ok(true);
            }
            "ISNULL" | "NOTNULL" => drop(cursor.bump()),
            "COLLATE" => {
                cursor.bump();
                cursor.name_token()?;
            }
            "IN" => {
                cursor.bump();
                membership(cursor, found)?;
            }
            "NOT" => {
                if cursor.words(&["NOT", "NULL"]).is_some() {
                    continue;
                }
                let next = cursor.peek().and_then(|not| cursor.behind(not));
                let negates = |word: &str| next.is_some_and(|token| token.is(cursor.text, word));
                if !["LIKE", "GLOB", "REGEXP", "MATCH", "BETWEEN", "IN"].into_iter().any(negates) {
                    return Ok(false);
                }
                cursor.bump();
            }
            _ => return Ok(false),
        }
    }
}

/// What stands behind `IN`.
fn membership(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    if cursor.symbol("(").is_some() {
        if query::begins(cursor) {
            found.push(Part::Query(Box::new(query::query(cursor)?)));
        } else if !cursor.next_is_symbol(")") {
            expressions(cursor, found)?;
        }
        cursor.need_symbol(")")?;
        return Ok(());
    }
    let mut name = query::word(cursor)?;
    let mut schema = None;
    if cursor.symbol(".").is_some() {
        schema = Some(core::mem::replace(&mut name, query::word(cursor)?));
    }
    found.push(Part::Table { schema, name });
    if cursor.next_is_symbol("(") {
        for argument in arguments(cursor)? {
            found.extend(argument.parts);
        }
    }
    Ok(())
}

/// Expressions in parentheses, or none.
pub(super) fn arguments(cursor: &mut Cursor) -> Read<Vec<Expression>> {
    cursor.need_symbol("(")?;
    let found = if cursor.next_is_symbol(")") { Vec::new() } else { cursor.several(expression)? };
    cursor.need_symbol(")")?;
    Ok(found)
}
