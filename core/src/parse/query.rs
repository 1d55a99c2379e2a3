//! Queries as SQLite's grammar has them: what they read, under which names, and what they answer.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::cursor::{Cursor, Read, Stop};
use super::expression::{self, Expression, Part, Word};
use super::statement::Problem;
use super::token::TokenKind;
use crate::sqlite::{name, version};
use crate::text::{Span, gathered};

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
    /// How it is joined with the part before it.
    pub compound: Option<Compound>,
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

/// What joins a part of a query with the part before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compound {
    /// `UNION`.
    Union,
    /// `UNION ALL`.
    UnionAll,
    /// `EXCEPT`.
    Except,
    /// `INTERSECT`.
    Intersect,
}

impl Compound {
    /// The words that SQLite uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Union => "UNION",
            Self::UnionAll => "UNION ALL",
            Self::Except => "EXCEPT",
            Self::Intersect => "INTERSECT",
        }
    }
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
    /// The index of `INDEXED BY`.
    pub index: Option<Word>,
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

/// The most tables that SQLite takes behind one `FROM`.
const MOST_SOURCES: usize = 200;

/// The most `SELECT`s that SQLite joins by `UNION` and its like.
const MOST_PARTS: usize = 500;

/// `[WITH …] SELECT …` up to what cannot belong to it.
pub(super) fn query(cursor: &mut Cursor) -> Read<Query> {
    let mut found = Query::default();
    fill(cursor, &mut found)?;
    Ok(found)
}

/// The same behind `INSERT INTO t`, where `VALUES` is no query.
pub(super) fn rows(cursor: &mut Cursor) -> Read<Query> {
    let mut found = Query::default();
    fill_rows(cursor, &mut found)?;
    Ok(found)
}

/// Reads the query where it is to stand: what reads queries in queries moves none of them about, which
/// would need stack for each.
pub(super) fn fill(cursor: &mut Cursor, found: &mut Query) -> Read<()> {
    if cursor.next_is("VALUES") {
        cursor.uses(version::VALUES_QUERY, cursor.here());
    }
    fill_rows(cursor, found)
}

fn fill_rows(cursor: &mut Cursor, found: &mut Query) -> Read<()> {
    cursor.enter_query()?;
    let start = cursor.here();
    if cursor.next_is("WITH") {
        fill_with(cursor, &mut found.with)?;
    }
    let mut compound = None;
    loop {
        begin_part(found, compound);
        if let Some(part) = found.parts.last_mut() {
            fill_select(cursor, part)?;
        }
        compound = joined(cursor, found.parts.len())?;
        if compound.is_none() {
            break;
        }
    }
    // Behind VALUES the grammar has neither.
    if found.parts.last().is_some_and(|last| last.values.span.is_empty()) {
        fill_order(cursor, &mut found.order_by)?;
        fill_limit(cursor, &mut found.limit)?;
    }
    found.span = cursor.since(start);
    cursor.leave_query();
    Ok(())
}

fn begin_part(found: &mut Query, compound: Option<Compound>) {
    if found.parts.is_empty() {
        // Most have one, and a list makes room for four.
        found.parts.reserve_exact(1);
    }
    found.parts.push(Select { compound, ..Select::default() });
}

/// Takes `UNION`, `EXCEPT` or `INTERSECT` behind so many parts: how the next part is joined, if one follows.
fn joined(cursor: &mut Cursor, parts: usize) -> Read<Option<Compound>> {
    if parts > MOST_PARTS {
        return cursor.stop("at most 500 SELECTs joined by UNION, EXCEPT or INTERSECT");
    }
    let compound = if cursor.word("UNION").is_some() {
        if cursor.word("ALL").is_some() { Compound::UnionAll } else { Compound::Union }
    } else if cursor.word("EXCEPT").is_some() {
        Compound::Except
    } else if cursor.word("INTERSECT").is_some() {
        Compound::Intersect
    } else {
        return Ok(None);
    };
    if cursor.next_is("VALUES") {
        cursor.uses(version::VALUES_QUERY, cursor.here());
    }
    Ok(Some(compound))
}

/// Whether a query comes next.
pub(super) fn begins(cursor: &Cursor) -> bool {
    let mut buffer = [0; 17];
    matches!(cursor.upper(&mut buffer), "SELECT" | "VALUES" | "WITH")
}

/// `WITH name (columns) AS (query), …`.
pub(super) fn with(cursor: &mut Cursor) -> Read<Vec<CommonTable>> {
    let mut found = Vec::new();
    fill_with(cursor, &mut found)?;
    Ok(found)
}

fn fill_with(cursor: &mut Cursor, found: &mut Vec<CommonTable>) -> Read<()> {
    let word = cursor.need_word("WITH")?;
    cursor.uses(version::COMMON_TABLE_EXPRESSION, word);
    cursor.word("RECURSIVE");
    loop {
        begin_common_table(cursor, found)?;
        if let Some(common) = found.last_mut() {
            fill(cursor, &mut common.query)?;
        }
        cursor.need_few(found)?;
        cursor.need_symbol(")")?;
        if cursor.symbol(",").is_none() {
            return distinct(cursor, found);
        }
    }
}

/// Two tables of a `WITH` cannot share a name.
fn distinct(cursor: &Cursor, tables: &[CommonTable]) -> Read<()> {
    let mut known = BTreeSet::new();
    for table in tables {
        if !known.insert(table.name.folded(cursor.text)) {
            let problem = Problem::Expected("another name: two tables of a WITH cannot share one");
            return Stop::new(table.name.span, problem);
        }
    }
    Ok(())
}

/// `name (columns) AS (`.
fn begin_common_table(cursor: &mut Cursor, found: &mut Vec<CommonTable>) -> Read<()> {
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
    found.push(CommonTable { name, columns, query: Query::default() });
    Ok(())
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

/// `ORDER BY …`, if it comes next.
pub(super) fn order_by(cursor: &mut Cursor) -> Read<Vec<Expression>> {
    let mut found = Vec::new();
    fill_order(cursor, &mut found)?;
    Ok(found)
}

fn fill_order(cursor: &mut Cursor, found: &mut Vec<Expression>) -> Read<()> {
    if cursor.words(&["ORDER", "BY"]).is_none() {
        return Ok(());
    }
    loop {
        found.push(expression::expression(cursor)?);
        direction(cursor)?;
        cursor.need_terms(found)?;
        if cursor.symbol(",").is_none() {
            return Ok(());
        }
    }
}

/// An expression with a direction and a place for `NULL`.
pub(super) fn ordered(cursor: &mut Cursor) -> Read<Expression> {
    let found = expression::expression(cursor)?;
    direction(cursor)?;
    Ok(found)
}

/// `ASC` or `DESC`, and `NULLS FIRST` or `NULLS LAST`, if they come next.
pub(super) fn direction(cursor: &mut Cursor) -> Read<()> {
    if cursor.word("ASC").is_none() {
        cursor.word("DESC");
    }
    if let Some(nulls) = cursor.word("NULLS") {
        cursor.uses(version::NULLS_FIRST, nulls);
        if cursor.word("FIRST").is_none() {
            cursor.need_word("LAST")?;
        }
    }
    Ok(())
}

/// `LIMIT …`, if it comes next.
pub(super) fn limit(cursor: &mut Cursor) -> Read<Vec<Expression>> {
    let mut found = Vec::new();
    fill_limit(cursor, &mut found)?;
    Ok(found)
}

fn fill_limit(cursor: &mut Cursor, found: &mut Vec<Expression>) -> Read<()> {
    if cursor.word("LIMIT").is_none() {
        return Ok(());
    }
    loop {
        found.push(expression::expression(cursor)?);
        if found.len() == 2 || (cursor.word("OFFSET").is_none() && cursor.symbol(",").is_none()) {
            return Ok(());
        }
    }
}

fn fill_select(cursor: &mut Cursor, found: &mut Select) -> Read<()> {
    if cursor.word("VALUES").is_some() {
        return fill_values(cursor, found);
    }
    cursor.need_word("SELECT")?;
    if cursor.word("DISTINCT").is_none() {
        cursor.word("ALL");
    }
    result_columns(cursor, &mut found.columns)?;
    if cursor.word("FROM").is_some() {
        fill_sources(cursor, &mut found.from)?;
    }
    conditions(cursor, found)
}

/// `WHERE`, `GROUP BY`, `HAVING` and `WINDOW`, those of them that come next.
fn conditions(cursor: &mut Cursor, found: &mut Select) -> Read<()> {
    if cursor.word("WHERE").is_some() {
        found.filter = Some(expression::expression(cursor)?);
    }
    if cursor.words(&["GROUP", "BY"]).is_some() {
        found.group_by = cursor.several(expression::expression)?;
    }
    if cursor.word("HAVING").is_some() {
        found.having = Some(expression::expression(cursor)?);
    }
    if cursor.word("WINDOW").is_some() {
        found.windows.push(windows(cursor)?);
    }
    Ok(())
}

/// `name AS (…), …`.
fn windows(cursor: &mut Cursor) -> Read<Expression> {
    let start = cursor.here();
    let mut parts = Vec::new();
    loop {
        cursor.name_token()?;
        cursor.need_word("AS")?;
        expression::window(cursor, &mut parts)?;
        if cursor.symbol(",").is_none() {
            return Ok(Expression { parts, span: cursor.since(start) });
        }
    }
}

/// `(…), (…)` behind `VALUES`. The rows behind the first are only walked through: there may be a
/// million.
fn fill_values(cursor: &mut Cursor, found: &mut Select) -> Read<()> {
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
    Ok(())
}

/// The terms of a result, also of `RETURNING`.
pub(super) fn result_columns(cursor: &mut Cursor, found: &mut Vec<ResultColumn>) -> Read<()> {
    loop {
        if !star(cursor, found)? {
            let term = expression::expression(cursor)?;
            found.push(ResultColumn::Expression(term, alias(cursor)?));
        }
        cursor.need_terms(found)?;
        if cursor.symbol(",").is_none() {
            return Ok(());
        }
    }
}

/// Takes `*` or `table.*`, if it comes next.
fn star(cursor: &mut Cursor, found: &mut Vec<ResultColumn>) -> Read<bool> {
    if cursor.symbol("*").is_some() {
        found.push(ResultColumn::All);
        return Ok(true);
    }
    let is_name = |kind| matches!(kind, TokenKind::Word | TokenKind::Quoted | TokenKind::String);
    let dot = cursor.peek().filter(|first| is_name(first.kind)).and_then(|first| cursor.behind(first));
    let Some(dot) = dot.filter(|token| token.is_symbol(cursor.text, ".")) else { return Ok(false) };
    if !cursor.behind(dot).is_some_and(|token| token.is_symbol(cursor.text, "*")) {
        return Ok(false);
    }
    found.push(ResultColumn::AllOf(word(cursor)?));
    cursor.bump();
    cursor.bump();
    Ok(true)
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
    let mut found = Vec::new();
    fill_sources(cursor, &mut found)?;
    Ok(found)
}

/// What stands before a parenthesis that is open, and how what is in it is joined with that.
struct Outside {
    sources: Vec<Source>,
    join: Join,
}

/// Sources in parentheses are kept in a list while those are open, and not in the calls of functions.
///
/// Queries stand in queries through here, and what is inlined takes stack in each of them, of which a
/// worker in a tab has little: so what reads no query is not to be inlined.
fn fill_sources(cursor: &mut Cursor, found: &mut Vec<Source>) -> Read<()> {
    let mut open = Vec::new();
    let mut next = Join::default();
    loop {
        while cursor.next_is_symbol("(") && !opens_query(cursor) {
            cursor.bump();
            open.push(Outside { sources: core::mem::take(found), join: core::mem::take(&mut next) });
            cursor.need_shallow(open.len())?;
        }
        source(cursor, found, next)?;
        loop {
            if cursor.word("ON").is_some() {
                let on = expression::expression(cursor)?;
                put_on(found, on);
            } else {
                using(cursor, found)?;
            }
            if found.len() > MOST_SOURCES {
                return cursor.stop("at most 200 tables in FROM");
            }
            if let Some(join) = join(cursor)? {
                next = join;
                break;
            }
            let Some(outside) = open.pop() else { return Ok(()) };
            end_parenthesis(cursor, found, outside)?;
        }
    }
}

fn put_on(found: &mut [Source], on: Expression) {
    if let Some(last) = found.last_mut() {
        last.on = Some(on);
    }
}

/// `USING (…)`, if it comes next.
#[inline(never)]
fn using(cursor: &mut Cursor, found: &mut [Source]) -> Read<()> {
    if cursor.word("USING").is_some()
        && let Some(last) = found.last_mut()
    {
        last.using = cursor.list(word)?;
    }
    Ok(())
}

/// Takes the `)` of a join, which becomes one source of those that stand outside.
#[inline(never)]
fn end_parenthesis(cursor: &mut Cursor, found: &mut Vec<Source>, outside: Outside) -> Read<()> {
    cursor.need_symbol(")")?;
    let kind = SourceKind::Nested(core::mem::replace(found, outside.sources));
    put_source(found, kind, outside.join);
    called(cursor, found)
}

#[inline(never)]
fn opens_query(cursor: &Cursor) -> bool {
    let behind = cursor.peek().and_then(|token| cursor.behind(token));
    behind.is_some_and(|token| ["SELECT", "VALUES", "WITH"].iter().any(|word| token.is(cursor.text, word)))
}

/// A comma or `… JOIN`, if it comes next.
#[inline(never)]
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

/// A table, or a query in parentheses, but for what it is joined by.
fn source(cursor: &mut Cursor, found: &mut Vec<Source>, join: Join) -> Read<()> {
    if cursor.symbol("(").is_some() {
        let mut query = Box::default();
        fill(cursor, &mut query)?;
        cursor.need_symbol(")")?;
        put_source(found, SourceKind::Query(query), join);
    } else {
        table(cursor, found, join)?;
        if cursor.next_is_symbol("(") {
            let given = expression::arguments(cursor)?;
            put_arguments(found, given);
        }
    }
    called(cursor, found)
}

fn put_source(found: &mut Vec<Source>, kind: SourceKind, join: Join) {
    found.push(Source { kind, alias: None, index: None, join, on: None, using: Vec::new() });
}

fn put_arguments(found: &mut [Source], given: Vec<Expression>) {
    if let Some(Source { kind: SourceKind::Table { arguments, .. }, .. }) = found.last_mut() {
        *arguments = Some(given);
    }
}

/// Takes what the last source is called here, and its index.
#[inline(never)]
fn called(cursor: &mut Cursor, found: &mut [Source]) -> Read<()> {
    let alias = alias(cursor)?;
    let index = indexed_by(cursor)?;
    if let Some(last) = found.last_mut() {
        last.alias = alias;
        last.index = index;
    }
    Ok(())
}

/// The index of `INDEXED BY name`, if that comes next; `NOT INDEXED` names none.
pub(super) fn indexed_by(cursor: &mut Cursor) -> Read<Option<Word>> {
    if cursor.words(&["INDEXED", "BY"]).is_some() {
        return Ok(Some(Word::new(cursor.name_token()?)));
    }
    cursor.words(&["NOT", "INDEXED"]);
    Ok(None)
}

/// The name of a table.
#[inline(never)]
fn table(cursor: &mut Cursor, found: &mut Vec<Source>, join: Join) -> Read<()> {
    let mut name = word(cursor)?;
    let mut schema = None;
    if cursor.symbol(".").is_some() {
        schema = Some(core::mem::replace(&mut name, word(cursor)?));
    }
    known_name(cursor, name);
    put_source(found, SourceKind::Table { schema, name, arguments: None }, join);
    Ok(())
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
            let common: BTreeSet<String> = gathered(self.with.iter().map(|common| common.name.folded(sql)));
            let is_common = |mention: &Mention| mention.schema.is_none() && common.contains(&mention.name.folded(sql));
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
