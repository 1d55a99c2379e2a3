//! Queries as SQLite's grammar has them: what they read, under which names, and what they answer.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::cursor::{Cursor, Read, Stop};
use super::expression::{self, Expression, Part, Word};
use super::statement::Problem;
use super::token::TokenKind;
use crate::sqlite::{name, version};
use crate::text::Span;

/// `WITH … SELECT … UNION … ORDER BY … LIMIT …`.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// The common tables of its `WITH`.
    pub with: Vec<CommonTable>,
    /// The parts between `UNION`, `EXCEPT` and `INTERSECT`; at least one.
    pub parts: Vec<Select>,
    /// The terms of `ORDER BY`.
    pub order_by: Vec<Expression>,
    /// The numbers of `LIMIT` and `OFFSET`.
    pub limit: Vec<Expression>,
    /// From its first word to its last.
    pub span: Span,
}

/// A table of `WITH`.
#[derive(Clone, Debug)]
pub struct CommonTable {
    /// What it is called.
    pub name: Word,
    /// The names that it gives its columns.
    pub columns: Vec<Word>,
    /// What it holds.
    pub query: Query,
}

/// `SELECT … FROM … WHERE …`, or `VALUES …`.
#[derive(Clone, Debug, Default)]
pub struct Select {
    /// What it answers. `VALUES` has as many terms as its first row.
    pub columns: Vec<ResultColumn>,
    /// What the rows of `VALUES` name behind the first row, which has its own terms.
    pub values: Expression,
    /// What it reads.
    pub from: Vec<Source>,
    /// The condition of `WHERE`.
    pub filter: Option<Expression>,
    /// The terms of `GROUP BY`.
    pub group_by: Vec<Expression>,
    /// The condition of `HAVING`.
    pub having: Option<Expression>,
    /// The terms of the windows of `WINDOW`.
    pub windows: Vec<Expression>,
}

/// A term of what a query answers.
#[derive(Clone, Debug)]
pub enum ResultColumn {
    /// `*`.
    All,
    /// `table.*`.
    AllOf(Word),
    /// An expression, and what it is called.
    Expression(Expression, Option<Word>),
}

/// Something that a query reads.
#[derive(Clone, Debug)]
pub struct Source {
    /// What it is.
    pub kind: SourceKind,
    /// What it is called here.
    pub alias: Option<Word>,
    /// How it is joined with what stands before it.
    pub join: Join,
    /// The condition of `ON`.
    pub on: Option<Expression>,
    /// The columns of `USING`.
    pub using: Vec<Word>,
}

/// What a query reads.
#[derive(Clone, Debug)]
pub enum SourceKind {
    /// A table, a view, or a common table.
    Table {
        /// The database, where one is named.
        schema: Option<Word>,
        /// The table.
        name: Word,
        /// The arguments, where it is called like a function.
        arguments: Option<Vec<Expression>>,
    },
    /// A query in parentheses.
    Query(Box<Query>),
    /// Sources in parentheses.
    Nested(Vec<Source>),
}

/// A table that a query names.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// The database, where one is named.
    pub schema: Option<Word>,
    /// The table or view.
    pub name: Word,
}

/// How a source is joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Join {
    /// Whether it says `NATURAL`.
    pub natural: bool,
    /// Whether it says `LEFT` or `FULL`.
    pub left: bool,
    /// Whether it says `RIGHT` or `FULL`.
    pub right: bool,
}

/// How many levels of the deepest nesting a query takes: its reader needs as much more stack than
/// that of an expression.
const LEVELS: u32 = 6;

/// The most `SELECT`s that SQLite joins by `UNION` and its like.
const MOST_PARTS: usize = 500;

/// `[WITH …] SELECT …` up to what cannot belong to it.
pub(super) fn query(cursor: &mut Cursor) -> Read<Query> {
    if cursor.next_is("VALUES") {
        cursor.uses(version::VALUES_QUERY, cursor.here());
    }
    rows(cursor)
}

/// The same behind `INSERT INTO t`, where `VALUES` is no query.
pub(super) fn rows(cursor: &mut Cursor) -> Read<Query> {
    cursor.enter(LEVELS)?;
    let start = cursor.here();
    let with = with(cursor)?;
    let mut found = unprefixed(cursor)?;
    found.with = with;
    found.span = cursor.since(start);
    cursor.leave(LEVELS);
    Ok(found)
}

/// Whether a query comes next.
pub(super) fn begins(cursor: &Cursor) -> bool {
    let mut buffer = [0; 17];
    matches!(cursor.upper(&mut buffer), "SELECT" | "VALUES" | "WITH")
}

/// `WITH name (columns) AS (query), …`, if it comes next.
pub(super) fn with(cursor: &mut Cursor) -> Read<Vec<CommonTable>> {
    let Some(word) = cursor.word("WITH") else { return Ok(Vec::new()) };
    cursor.uses(version::COMMON_TABLE_EXPRESSION, word);
    cursor.word("RECURSIVE");
    let tables = cursor.several(common_table)?;
    for (at, table) in tables.iter().enumerate() {
        if tables[..at].iter().any(|before| before.name.same(table.name, cursor.text)) {
            let problem = Problem::Expected("another name: two tables of a WITH cannot share one");
            return Err(Stop { at: table.name.span, problem });
        }
    }
    Ok(tables)
}

fn common_table(cursor: &mut Cursor) -> Read<CommonTable> {
    let name = Word::new(cursor.name_token()?);
    let columns = if cursor.next_is_symbol("(") { cursor.list(indexed_word)? } else { Vec::new() };
    cursor.need_word("AS")?;
    let not = cursor.word("NOT");
    match cursor.word("MATERIALIZED") {
        Some(word) => cursor.uses(version::MATERIALIZED, word),
        None if not.is_some() => return cursor.stop("MATERIALIZED"),
        None => {}
    }
    cursor.need_symbol("(")?;
    let query = query(cursor)?;
    cursor.need_symbol(")")?;
    Ok(CommonTable { name, columns, query })
}

/// A name that may have a collation and a direction behind it, which mean nothing here.
fn indexed_word(cursor: &mut Cursor) -> Read<Word> {
    let word = word(cursor)?;
    if cursor.word("COLLATE").is_some() {
        cursor.name_token()?;
    }
    if cursor.word("ASC").is_none() {
        cursor.word("DESC");
    }
    Ok(word)
}

pub(super) fn word(cursor: &mut Cursor) -> Read<Word> {
    cursor.name_token().map(Word::new)
}

fn unprefixed(cursor: &mut Cursor) -> Read<Query> {
    let mut query = Query::default();
    loop {
        query.parts.push(select(cursor)?);
        if query.parts.len() > MOST_PARTS {
            return cursor.stop("at most 500 SELECTs joined by UNION, EXCEPT or INTERSECT");
        }
        if cursor.word("UNION").is_some() {
            cursor.word("ALL");
        } else if cursor.word("EXCEPT").is_none() && cursor.word("INTERSECT").is_none() {
            break;
        }
        if cursor.next_is("VALUES") {
            cursor.uses(version::VALUES_QUERY, cursor.here());
        }
    }
    // Behind VALUES the grammar has neither.
    if query.parts.last().is_some_and(|last| last.values.span.is_empty()) {
        query.order_by = order_by(cursor)?;
        query.limit = limit(cursor)?;
    }
    Ok(query)
}

/// `ORDER BY …`, if it comes next.
pub(super) fn order_by(cursor: &mut Cursor) -> Read<Vec<Expression>> {
    if cursor.words(&["ORDER", "BY"]).is_none() {
        return Ok(Vec::new());
    }
    cursor.several(ordered)
}

/// An expression with a direction and a place for `NULL`.
pub(super) fn ordered(cursor: &mut Cursor) -> Read<Expression> {
    let found = expression::expression(cursor)?;
    if cursor.word("ASC").is_none() {
        cursor.word("DESC");
    }
    if let Some(nulls) = cursor.word("NULLS") {
        cursor.uses(version::NULLS_FIRST, nulls);
        if cursor.word("FIRST").is_none() {
            cursor.need_word("LAST")?;
        }
    }
    Ok(found)
}

/// `LIMIT …`, if it comes next.
pub(super) fn limit(cursor: &mut Cursor) -> Read<Vec<Expression>> {
    if cursor.word("LIMIT").is_none() {
        return Ok(Vec::new());
    }
    let mut found = Vec::from([expression::expression(cursor)?]);
    if cursor.word("OFFSET").is_some() || cursor.symbol(",").is_some() {
        found.push(expression::expression(cursor)?);
    }
    Ok(found)
}

fn select(cursor: &mut Cursor) -> Read<Select> {
    if cursor.word("VALUES").is_some() {
        return values(cursor);
    }
    cursor.need_word("SELECT")?;
    if cursor.word("DISTINCT").is_none() {
        cursor.word("ALL");
    }
    let mut found = Select { columns: cursor.several(result_column)?, ..Select::default() };
    if cursor.word("FROM").is_some() {
        found.from = sources(cursor)?;
    }
    if cursor.word("WHERE").is_some() {
        found.filter = Some(expression::expression(cursor)?);
    }
    if cursor.words(&["GROUP", "BY"]).is_some() {
        found.group_by = cursor.several(expression::expression)?;
    }
    if cursor.word("HAVING").is_some() {
        found.having = Some(expression::expression(cursor)?);
    }
    if cursor.next_is("WINDOW") {
        cursor.bump();
        let start = cursor.here();
        let mut parts = Vec::new();
        loop {
            cursor.name_token()?;
            cursor.need_word("AS")?;
            expression::window(cursor, &mut parts)?;
            if cursor.symbol(",").is_none() {
                break;
            }
        }
        found.windows.push(Expression { parts, span: cursor.since(start) });
    }
    Ok(found)
}

/// `VALUES (…), (…)`. The rows behind the first are only walked through: there may be a million.
fn values(cursor: &mut Cursor) -> Read<Select> {
    let mut found = Select::default();
    let start = cursor.here();
    cursor.need_symbol("(")?;
    found.columns = cursor.several(|cursor| Ok(ResultColumn::Expression(expression::expression(cursor)?, None)))?;
    cursor.need_symbol(")")?;
    while cursor.symbol(",").is_some() {
        cursor.need_symbol("(")?;
        loop {
            expression::parts(cursor, &mut found.values.parts)?;
            if cursor.symbol(",").is_none() {
                break;
            }
        }
        cursor.need_symbol(")")?;
    }
    found.values.span = cursor.since(start);
    Ok(found)
}

/// A term of a result, also of `RETURNING`.
pub(super) fn result_column(cursor: &mut Cursor) -> Read<ResultColumn> {
    if cursor.symbol("*").is_some() {
        return Ok(ResultColumn::All);
    }
    if let Some(first) = cursor.peek()
        && matches!(first.kind, TokenKind::Word | TokenKind::Quoted | TokenKind::String)
        && let Some(dot) = cursor.behind(first).filter(|token| token.is_symbol(cursor.text, "."))
        && cursor.behind(dot).is_some_and(|token| token.is_symbol(cursor.text, "*"))
    {
        let table = word(cursor)?;
        cursor.bump();
        cursor.bump();
        return Ok(ResultColumn::AllOf(table));
    }
    let found = expression::expression(cursor)?;
    Ok(ResultColumn::Expression(found, alias(cursor)?))
}

/// `AS name`, or a name alone where no keyword of the grammar can stand.
fn alias(cursor: &mut Cursor) -> Read<Option<Word>> {
    if cursor.word("AS").is_some() {
        return word(cursor).map(Some);
    }
    let Some(token) = cursor.peek() else { return Ok(None) };
    let is_alias = match token.kind {
        TokenKind::Quoted | TokenKind::String => true,
        TokenKind::Word => {
            let source = token.span.of(cursor.text);
            !name::is_reserved(source)
                && !is_join_word(source)
                && !token.is(cursor.text, "INDEXED")
                && !begins_window(cursor)
        }
        _ => false,
    };
    if !is_alias {
        return Ok(None);
    }
    cursor.bump();
    Ok(Some(Word::new(token)))
}

/// Whether `WINDOW name AS` comes next: the word is a name everywhere else.
fn begins_window(cursor: &Cursor) -> bool {
    cursor.next_is("WINDOW")
        && cursor
            .peek()
            .and_then(|word| cursor.behind(word))
            .filter(|name| matches!(name.kind, TokenKind::Word | TokenKind::Quoted | TokenKind::String))
            .and_then(|name| cursor.behind(name))
            .is_some_and(|token| token.is(cursor.text, "AS"))
}

fn is_join_word(word: &str) -> bool {
    ["CROSS", "FULL", "INNER", "LEFT", "NATURAL", "OUTER", "RIGHT"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// The sources behind `FROM`, in their order.
pub(super) fn sources(cursor: &mut Cursor) -> Read<Vec<Source>> {
    let mut found = Vec::from([source(cursor, Join::default())?]);
    while let Some(join) = join(cursor)? {
        found.push(source(cursor, join)?);
    }
    Ok(found)
}

/// A comma or `… JOIN`, if it comes next.
fn join(cursor: &mut Cursor) -> Read<Option<Join>> {
    let mut join = Join::default();
    if cursor.symbol(",").is_some() {
        return Ok(Some(join));
    }
    let start = cursor.here();
    let mut words = 0;
    while let Some(token) = cursor.peek() {
        if !is_join_word(token.span.of(cursor.text)) || token.kind != TokenKind::Word || words == 3 {
            break;
        }
        join.natural |= cursor.next_is("NATURAL");
        join.left |= cursor.next_is("LEFT") || cursor.next_is("FULL");
        join.right |= cursor.next_is("RIGHT") || cursor.next_is("FULL");
        cursor.bump();
        words += 1;
    }
    if words == 0 && !cursor.next_is("JOIN") {
        return Ok(None);
    }
    if join.right {
        cursor.uses(version::FULL_JOIN, start);
    }
    cursor.need_word("JOIN")?;
    Ok(Some(join))
}

fn source(cursor: &mut Cursor, join: Join) -> Read<Source> {
    let kind = if cursor.next_is_symbol("(") { parenthesised(cursor)? } else { table(cursor)? };
    let alias = alias(cursor)?;
    indexed_by(cursor)?;
    let mut found = Source { kind, alias, join, on: None, using: Vec::new() };
    if cursor.word("ON").is_some() {
        found.on = Some(expression::expression(cursor)?);
    } else if cursor.word("USING").is_some() {
        found.using = cursor.list(word)?;
    }
    Ok(found)
}

/// `INDEXED BY name` or `NOT INDEXED`, if it comes next.
pub(super) fn indexed_by(cursor: &mut Cursor) -> Read<()> {
    if cursor.words(&["INDEXED", "BY"]).is_some() {
        cursor.name_token()?;
    } else {
        cursor.words(&["NOT", "INDEXED"]);
    }
    Ok(())
}

fn table(cursor: &mut Cursor) -> Read<SourceKind> {
    let mut name = word(cursor)?;
    let mut schema = None;
    if cursor.symbol(".").is_some() {
        schema = Some(core::mem::replace(&mut name, word(cursor)?));
    }
    known_name(cursor, name);
    let arguments = if cursor.next_is_symbol("(") { Some(expression::arguments(cursor)?) } else { None };
    Ok(SourceKind::Table { schema, name, arguments })
}

/// Notes the names of SQLite's own that not every version knows.
pub(super) fn known_name(cursor: &mut Cursor, name: Word) {
    let text = name.text(cursor.text);
    let begins = |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if begins("pragma_") {
        cursor.uses(version::PRAGMA_FUNCTION, name.span);
    } else if begins("sqlite_") && ["sqlite_schema", "sqlite_temp_schema"].iter().any(|known| name::same(known, &text))
    {
        cursor.uses(version::SQLITE_SCHEMA, name.span);
    }
}

fn parenthesised(cursor: &mut Cursor) -> Read<SourceKind> {
    cursor.need_symbol("(")?;
    let kind = if begins(cursor) {
        SourceKind::Query(Box::new(query(cursor)?))
    } else {
        cursor.enter(LEVELS)?;
        let nested = sources(cursor)?;
        cursor.leave(LEVELS);
        SourceKind::Nested(nested)
    };
    cursor.need_symbol(")")?;
    Ok(kind)
}

impl Query {
    /// Every table that the query names in it and in its subqueries, but not its common tables.
    pub fn tables<'me>(&'me self, sql: &'me str, found: &mut Vec<Mention>) {
        let start = found.len();
        for common in &self.with {
            common.query.tables(sql, found);
        }
        for part in &self.parts {
            part.expressions().for_each(|expression| expression.tables(sql, found));
            tables_of(&part.from, sql, found);
        }
        for expression in self.order_by.iter().chain(&self.limit) {
            expression.tables(sql, found);
        }
        if !self.with.is_empty() {
            let is_common = |mention: &Mention| {
                mention.schema.is_none() && self.with.iter().any(|common| common.name.same(mention.name, sql))
            };
            let mut at = start;
            while at < found.len() {
                if is_common(&found[at]) {
                    found.swap_remove(at);
                } else {
                    at += 1;
                }
            }
        }
    }
}

impl Select {
    /// The expressions of the part itself, those of its sources not included.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let columns = self.columns.iter().filter_map(|column| match column {
            ResultColumn::Expression(expression, _) => Some(expression),
            _ => None,
        });
        columns.chain([&self.values]).chain(&self.filter).chain(&self.group_by).chain(&self.having).chain(&self.windows)
    }
}

/// Every table that sources name.
pub(super) fn tables_of(sources: &[Source], sql: &str, found: &mut Vec<Mention>) {
    for source in sources {
        match &source.kind {
            SourceKind::Table { schema, name, arguments } => {
                found.push(Mention { schema: *schema, name: *name });
                arguments.iter().flatten().for_each(|argument| argument.tables(sql, found));
            }
            SourceKind::Query(query) => query.tables(sql, found),
            SourceKind::Nested(nested) => tables_of(nested, sql, found),
        }
        if let Some(on) = &source.on {
            on.tables(sql, found);
        }
    }
}

impl Expression {
    /// Every table that the expression's subqueries name.
    pub fn tables(&self, sql: &str, found: &mut Vec<Mention>) {
        for part in &self.parts {
            match part {
                Part::Query(query) => query.tables(sql, found),
                Part::Table { schema, name } => found.push(Mention { schema: *schema, name: *name }),
                Part::Column { .. } | Part::Call(_) => {}
            }
        }
    }
}
