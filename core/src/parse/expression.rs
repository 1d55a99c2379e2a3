//! Expressions: SQLite's grammar, walked through once, of which the names are kept.
//!
//! What an expression computes plays no part in following a schema; which columns, tables and
//! functions it names does. So there is no tree of operators, and a chain of a million of them takes
//! neither memory nor stack.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::cursor::{Bottom, Cursor, Read, is_name};
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

    /// The name in the form in which names are compared.
    pub(crate) fn folded(self, sql: &str) -> String {
        name::fold(&self.text(sql)).into_owned()
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
    /// A function, `CURRENT_TIMESTAMP` and its like and the operator `REGEXP` included.
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

/// What an expression stands in, and so what may stand behind it.
///
/// What is open is kept in a list and not in the calls of functions: a thousand levels then take
/// no stack, however it was compiled.
#[derive(Clone, Copy, Debug)]
pub(super) enum Within {
    /// `(…, …)`, whose first expression begins here.
    Parentheses(Span),
    /// `IN (…, …)`.
    Members,
    /// `CASE … WHEN`.
    Compared,
    /// `WHEN … THEN`.
    When,
    /// `THEN …`.
    Then,
    /// `ELSE … END`.
    Else,
    /// `CAST(… AS type)`.
    Cast,
    /// The message of `RAISE`, and the token that it begins with.
    Message(Option<Token>),
    /// The arguments of a function.
    Arguments,
    /// The terms of `ORDER BY` in one of its places.
    Ordered(Ordered),
    /// `FILTER (WHERE …)`, which begins here.
    Filter(Span),
    /// The terms of `PARTITION BY`.
    Partition,
    /// A bound of a window's frame.
    Bound(Bound),
    /// The window of a clause `WINDOW`, behind which no operator can stand.
    Definition,
}

/// Where in an expression `ORDER BY` stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ordered {
    Arguments,
    Group,
    Window,
}

/// Which bound of a window's frame.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bound {
    First,
    Last,
}

/// What comes next in an expression.
enum Next {
    /// Everything up to the next operator.
    Operand,
    /// Operators, or the end of the expression.
    Operator,
    /// A query in parentheses, of which the first has been taken.
    Query,
    /// What stands behind `IN`.
    Members,
    /// What stands behind an expression that has ended.
    Behind,
    /// Nothing: a window was read.
    Nothing,
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
    let bottom = cursor.begin();
    walk(cursor, found, Next::Operand, bottom)
}

/// `(name PARTITION BY … ORDER BY … ROWS …)`.
pub(super) fn window(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<()> {
    let bottom = cursor.begin();
    cursor.open(Within::Definition)?;
    let next = begin_window(cursor)?;
    walk(cursor, found, next, bottom)
}

fn walk(cursor: &mut Cursor, found: &mut Vec<Part>, mut next: Next, bottom: Bottom) -> Read<()> {
    loop {
        next = match next {
            Next::Operand => operand(cursor, found)?,
            Next::Operator => operator(cursor, found)?,
            Next::Query => subquery(cursor, found)?,
            Next::Members => membership(cursor, found)?,
            Next::Behind if cursor.betweens() > 0 => return cursor.stop("AND"),
            Next::Behind if cursor.is_at(bottom) => break,
            Next::Behind => behind(cursor)?,
            Next::Nothing => break,
        };
    }
    cursor.end(bottom);
    Ok(())
}

/// Everything up to the next operator, or up to the expression that stands in it.
fn operand(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<Next> {
    while matches!(cursor.mark(), "-" | "+" | "~") || (cursor.next_is("NOT")) {
        cursor.bump();
    }
    let Some(token) = cursor.peek() else { return cursor.stop("an expression") };
    match token.kind {
        TokenKind::Number => {
            number(cursor, token);
            Ok(Next::Operator)
        }
        TokenKind::Blob | TokenKind::Parameter => {
            cursor.bump();
            Ok(Next::Operator)
        }
        TokenKind::String if !cursor.then_symbol(".") => {
            cursor.bump();
            Ok(Next::Operator)
        }
        TokenKind::Symbol if token.is_symbol(cursor.text, "(") => {
            cursor.bump();
            if query::begins(cursor) {
                return Ok(Next::Query);
            }
            cursor.open(Within::Parentheses(cursor.here()))?;
            Ok(Next::Operand)
        }
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

/// A query behind its parenthesis.
fn subquery(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<Next> {
    let mut query = Box::default();
    query::fill(cursor, &mut query)?;
    cursor.keep(found, Part::Query(query))?;
    close(cursor)
}

fn close(cursor: &mut Cursor) -> Read<Next> {
    cursor.need_symbol(")")?;
    Ok(Next::Operator)
}

/// An operand that begins with a word.
fn word(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<Next> {
    let mut buffer = [0; 17];
    match cursor.upper(&mut buffer) {
        "NULL" => {
            cursor.bump();
            Ok(Next::Operator)
        }
        "CURRENT_DATE" | "CURRENT_TIME" | "CURRENT_TIMESTAMP" if !cursor.then_symbol(".") => {
            if let Some(word) = cursor.bump() {
                cursor.keep(found, Part::Call(Word::new(word)))?;
            }
            Ok(Next::Operator)
        }
        "CASE" => {
            cursor.bump();
            let within = if cursor.word("WHEN").is_some() { Within::When } else { Within::Compared };
            cursor.open(within)?;
            Ok(Next::Operand)
        }
        "EXISTS" => {
            cursor.bump();
            cursor.need_symbol("(")?;
            Ok(Next::Query)
        }
        "CAST" if cursor.then_symbol("(") => {
            cursor.bump();
            cursor.bump();
            cursor.open(Within::Cast)?;
            Ok(Next::Operand)
        }
        "RAISE" if cursor.then_symbol("(") => raise(cursor),
        _ => named(cursor, found),
    }
}

/// `RAISE(IGNORE)` or `RAISE(ABORT, message)`.
fn raise(cursor: &mut Cursor) -> Read<Next> {
    cursor.bump();
    cursor.bump();
    if cursor.word("IGNORE").is_some() {
        return close(cursor);
    }
    let known = ["ROLLBACK", "ABORT", "FAIL"].iter().any(|word| cursor.word(word).is_some());
    if !known {
        return cursor.stop("IGNORE, ROLLBACK, ABORT or FAIL");
    }
    cursor.need_symbol(",")?;
    cursor.open(Within::Message(cursor.peek()))?;
    Ok(Next::Operand)
}

/// A column, or a function's call.
fn named(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<Next> {
    let Some(first) = cursor.peek().filter(|token| is_name(*token, cursor.text)) else {
        return cursor.stop("an expression");
    };
    cursor.bump();
    if first.kind != TokenKind::String && cursor.next_is_symbol("(") {
        cursor.keep(found, Part::Call(Word::new(first)))?;
        return call(cursor);
    }
    let mut words = [Some(Word::new(first)), None, None];
    for next in &mut words[1..] {
        if cursor.symbol(".").is_none() {
            break;
        }
        *next = Some(query::word(cursor)?);
    }
    let part = match words {
        [Some(schema), Some(table), Some(column)] => Part::Column { schema: Some(schema), table: Some(table), column },
        [Some(table), Some(column), None] => Part::Column { schema: None, table: Some(table), column },
        _ => {
            if first.is(cursor.text, "TRUE") || first.is(cursor.text, "FALSE") {
                cursor.uses(version::BOOLEAN_WORD, first.span);
            }
            Part::Column { schema: None, table: None, column: Word::new(first) }
        }
    };
    cursor.keep(found, part)?;
    Ok(Next::Operator)
}

/// What stands behind a function's name.
fn call(cursor: &mut Cursor) -> Read<Next> {
    cursor.need_symbol("(")?;
    if cursor.symbol("*").is_some() || cursor.next_is_symbol(")") {
        return called(cursor);
    }
    if cursor.word("DISTINCT").is_none() {
        cursor.word("ALL");
    }
    cursor.open(Within::Arguments)?;
    Ok(Next::Operand)
}

/// The `)` behind a function's arguments, and `WITHIN GROUP (ORDER BY …)`.
fn called(cursor: &mut Cursor) -> Read<Next> {
    cursor.need_symbol(")")?;
    if cursor.words(&["WITHIN", "GROUP"]).is_none() {
        return filtered(cursor);
    }
    cursor.need_symbol("(")?;
    if opens_order(cursor, Ordered::Group)? {
        return Ok(Next::Operand);
    }
    cursor.need_symbol(")")?;
    filtered(cursor)
}

/// `FILTER (WHERE …)`, and what stands behind it.
fn filtered(cursor: &mut Cursor) -> Read<Next> {
    let at = cursor.here();
    if !(cursor.next_is("FILTER") && cursor.then_symbol("(")) {
        return over(cursor, None);
    }
    cursor.bump();
    cursor.bump();
    cursor.need_word("WHERE")?;
    cursor.open(Within::Filter(at))?;
    Ok(Next::Operand)
}

/// Opens `ORDER BY …`, if it comes next.
fn opens_order(cursor: &mut Cursor, place: Ordered) -> Read<bool> {
    if cursor.words(&["ORDER", "BY"]).is_none() {
        return Ok(false);
    }
    cursor.open(Within::Ordered(place))?;
    Ok(true)
}

/// `OVER name` or `OVER (…)`, if it comes next; elsewhere the word is a name. `filter` is where a
/// `FILTER` stands before it.
fn over(cursor: &mut Cursor, filter: Option<Span>) -> Read<Next> {
    let word = cursor.peek().filter(|token| token.is(cursor.text, "OVER"));
    let behind = word.and_then(|word| cursor.behind(word));
    let opens = behind.is_some_and(|token| token.is_symbol(cursor.text, "("));
    let Some(word) = word.filter(|_| opens || behind.is_some_and(|token| is_name(token, cursor.text))) else {
        // On a window FILTER is as old as windows are.
        if let Some(filter) = filter {
            cursor.uses(version::AGGREGATE_FILTER, filter);
        }
        return Ok(Next::Operator);
    };
    cursor.uses(version::WINDOW_FUNCTION, word.span);
    cursor.bump();
    if opens {
        return begin_window(cursor);
    }
    cursor.bump();
    Ok(Next::Operator)
}

/// `(name PARTITION BY …`.
fn begin_window(cursor: &mut Cursor) -> Read<Next> {
    cursor.need_symbol("(")?;
    let mut buffer = [0; 17];
    let is_clause = matches!(cursor.upper(&mut buffer), "PARTITION" | "ORDER" | "RANGE" | "ROWS" | "GROUPS");
    if !is_clause && !cursor.next_is_symbol(")") {
        cursor.name_token()?;
    }
    if cursor.words(&["PARTITION", "BY"]).is_some() {
        cursor.open(Within::Partition)?;
        return Ok(Next::Operand);
    }
    partitioned(cursor)
}

/// A window behind its `PARTITION BY`.
fn partitioned(cursor: &mut Cursor) -> Read<Next> {
    if opens_order(cursor, Ordered::Window)? { Ok(Next::Operand) } else { frame(cursor) }
}

/// A window behind its `ORDER BY`.
fn frame(cursor: &mut Cursor) -> Read<Next> {
    if let Some(groups) = cursor.word("GROUPS") {
        cursor.uses(version::WINDOW_GROUPS, groups);
    } else if cursor.word("RANGE").is_none() && cursor.word("ROWS").is_none() {
        return end_window(cursor);
    }
    let first = if cursor.word("BETWEEN").is_some() { Bound::First } else { Bound::Last };
    bound(cursor, first)
}

fn bound(cursor: &mut Cursor, which: Bound) -> Read<Next> {
    if cursor.words(&["CURRENT", "ROW"]).is_some() {
        return bounded(cursor, which);
    }
    if cursor.next_are(&["UNBOUNDED", "PRECEDING"]) || cursor.next_are(&["UNBOUNDED", "FOLLOWING"]) {
        cursor.bump();
        cursor.bump();
        return bounded(cursor, which);
    }
    cursor.open(Within::Bound(which))?;
    Ok(Next::Operand)
}

/// What stands behind a bound.
fn bounded(cursor: &mut Cursor, which: Bound) -> Read<Next> {
    if matches!(which, Bound::First) {
        cursor.need_word("AND")?;
        return bound(cursor, Bound::Last);
    }
    if let Some(exclude) = cursor.word("EXCLUDE") {
        cursor.uses(version::WINDOW_GROUPS, exclude);
        let known = cursor.words(&["NO", "OTHERS"]).is_some()
            || cursor.words(&["CURRENT", "ROW"]).is_some()
            || cursor.word("GROUP").is_some()
            || cursor.word("TIES").is_some();
        if !known {
            return cursor.stop("NO OTHERS, CURRENT ROW, GROUP or TIES");
        }
    }
    end_window(cursor)
}

fn end_window(cursor: &mut Cursor) -> Read<Next> {
    cursor.need_symbol(")")?;
    Ok(if matches!(cursor.within(), Some(Within::Definition)) { Next::Nothing } else { Next::Operator })
}

/// What stands behind an expression in the innermost thing that is open, which ends here or goes on.
fn behind(cursor: &mut Cursor) -> Read<Next> {
    let Some(within) = cursor.close() else { return Ok(Next::Nothing) };
    let goes_on = match within {
        Within::Parentheses(start) if cursor.symbol(",").is_some() => {
            cursor.uses(version::ROW_VALUE, start);
            within
        }
        Within::Members | Within::Arguments | Within::Partition if cursor.symbol(",").is_some() => within,
        Within::Parentheses(_) | Within::Members => return close(cursor),
        Within::Compared => {
            cursor.need_word("WHEN")?;
            Within::When
        }
        Within::When => {
            cursor.need_word("THEN")?;
            Within::Then
        }
        Within::Then if cursor.word("WHEN").is_some() => Within::When,
        Within::Then if cursor.word("ELSE").is_some() => Within::Else,
        Within::Then | Within::Else => {
            cursor.need_word("END")?;
            return Ok(Next::Operator);
        }
        Within::Cast => {
            cursor.need_word("AS")?;
            super::define::type_words(cursor)?;
            return close(cursor);
        }
        Within::Message(first) => {
            let is_name = first.is_some_and(|first| cursor.is_last(first) && is_name(first, cursor.text));
            if let Some(first) = first.filter(|_| !is_name) {
                cursor.uses(version::RAISE_EXPRESSION, cursor.since(first.span));
            }
            return close(cursor);
        }
        Within::Arguments => {
            if cursor.next_is("ORDER") {
                cursor.uses(version::AGGREGATE_ORDER_BY, cursor.here());
            }
            if !opens_order(cursor, Ordered::Arguments)? {
                return called(cursor);
            }
            return Ok(Next::Operand);
        }
        Within::Ordered(place) => {
            query::direction(cursor)?;
            if cursor.symbol(",").is_none() {
                return ordered(cursor, place);
            }
            within
        }
        Within::Filter(at) => {
            cursor.need_symbol(")")?;
            return over(cursor, Some(at));
        }
        Within::Partition => return partitioned(cursor),
        Within::Bound(which) => {
            if cursor.word("PRECEDING").is_none() && cursor.word("FOLLOWING").is_none() {
                return cursor.stop("PRECEDING or FOLLOWING");
            }
            return bounded(cursor, which);
        }
        Within::Definition => return Ok(Next::Nothing),
    };
    cursor.open(goes_on)?;
    Ok(Next::Operand)
}

/// What stands behind the terms of `ORDER BY`.
fn ordered(cursor: &mut Cursor, place: Ordered) -> Read<Next> {
    match place {
        Ordered::Arguments => called(cursor),
        Ordered::Group => {
            cursor.need_symbol(")")?;
            filtered(cursor)
        }
        Ordered::Window => frame(cursor),
    }
}

/// Takes the operators that come next.
fn operator(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<Next> {
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
            let is_arrow = mark == "->" || mark == "->>";
            if is_arrow {
                cursor.uses(version::JSON_ARROW, cursor.here());
            }
            if is_operator || is_arrow {
                cursor.bump();
                return Ok(Next::Operand);
            }
            return Ok(Next::Behind);
        }
        let mut buffer = [0; 17];
        match cursor.upper(&mut buffer) {
            "AND" => {
                cursor.end_between();
                cursor.bump();
                return Ok(Next::Operand);
            }
            // ESCAPE stands behind LIKE and its like; SQLite alone can say whether it is in its place.
            "OR" | "LIKE" | "GLOB" | "MATCH" | "ESCAPE" => {
                cursor.bump();
                return Ok(Next::Operand);
            }
            // It is the call of a function that SQLite itself does not have.
            "REGEXP" => {
                if let Some(word) = cursor.bump() {
                    cursor.keep(found, Part::Call(Word::new(word)))?;
                }
                return Ok(Next::Operand);
            }
            "BETWEEN" => {
                cursor.bump();
                cursor.begin_between();
                return Ok(Next::Operand);
            }
            "IS" => {
                cursor.bump();
                cursor.word("NOT");
                if cursor.next_are(&["DISTINCT", "FROM"]) {
                    cursor.uses(version::IS_DISTINCT_FROM, cursor.here());
                    cursor.bump();
                    cursor.bump();
                }
                return Ok(Next::Operand);
            }
            "ISNULL" | "NOTNULL" => drop(cursor.bump()),
            "COLLATE" => {
                cursor.bump();
                cursor.name_token()?;
            }
            "IN" => {
                cursor.bump();
                return Ok(Next::Members);
            }
            "NOT" => {
                if cursor.words(&["NOT", "NULL"]).is_some() {
                    continue;
                }
                let next = cursor.peek().and_then(|not| cursor.behind(not));
                let negates = |word: &str| next.is_some_and(|token| token.is(cursor.text, word));
                if !["LIKE", "GLOB", "REGEXP", "MATCH", "BETWEEN", "IN"].into_iter().any(negates) {
                    return Ok(Next::Behind);
                }
                cursor.bump();
            }
            _ => return Ok(Next::Behind),
        }
    }
}

/// What stands behind `IN`.
fn membership(cursor: &mut Cursor, found: &mut Vec<Part>) -> Read<Next> {
    if cursor.symbol("(").is_some() {
        return if query::begins(cursor) { Ok(Next::Query) } else { members(cursor) };
    }
    let mut name = query::word(cursor)?;
    let mut schema = None;
    if cursor.symbol(".").is_some() {
        schema = Some(core::mem::replace(&mut name, query::word(cursor)?));
    }
    cursor.keep(found, Part::Table { schema, name })?;
    if cursor.symbol("(").is_some() { members(cursor) } else { Ok(Next::Operator) }
}

/// Expressions behind a parenthesis, or none.
fn members(cursor: &mut Cursor) -> Read<Next> {
    if cursor.next_is_symbol(")") {
        return close(cursor);
    }
    cursor.open(Within::Members)?;
    Ok(Next::Operand)
}

/// Expressions in parentheses, or none.
pub(super) fn arguments(cursor: &mut Cursor) -> Read<Vec<Expression>> {
    let mut found = Vec::new();
    cursor.need_symbol("(")?;
    if !cursor.next_is_symbol(")") {
        loop {
            found.push(expression(cursor)?);
            cursor.need_terms(&found)?;
            if cursor.symbol(",").is_none() {
                break;
            }
        }
    }
    cursor.need_symbol(")")?;
    Ok(found)
}
