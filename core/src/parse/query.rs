//! Queries, data statements and expressions, which sqlparser reads from our own tokens.
//!
//! Its tokens carry our byte offsets as columns of line 1, so that every place it names is exact.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::ControlFlow;

use sqlparser::ast::{
    self, AssignmentTarget, Expr, Ident, ObjectNamePart, OnInsert, TableFactor, TableObject, Visit, Visitor,
};
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{self as theirs, Location, TokenWithSpan};

use super::cursor::{Cursor, Read, Stop};
use super::dialect::Sqlite;
use super::statement::{ColumnReference, Name, Problem, References};
use super::token::{Token, TokenKind};
use crate::sqlite::name;
use crate::text::Span;

/// Above this many tokens a statement is not given to sqlparser: dropping the tree of a chain of
/// 100,000 operators overflows the stack. An operator that has no right side counts as two.
const MOST_TOKENS: usize = 20_000;

/// How deep sqlparser may go into parentheses and subqueries.
const DEPTH: usize = 50;

/// Takes the rest of the statement.
pub(super) fn rest(cursor: &mut Cursor) -> Span {
    let start = cursor.here();
    cursor.at = cursor.tokens.len();
    if start.is_empty() { start } else { cursor.since(start) }
}

/// Takes the rest of the statement, which must be a statement that sqlparser can read.
pub(super) fn check(cursor: &mut Cursor) -> Read<Span> {
    if cursor.is_done() {
        return cursor.stop("a query");
    }
    let tokens = &cursor.tokens[cursor.at..];
    with_parser(cursor.text, tokens, |parser| statement(parser).map(|_| ()))?;
    Ok(rest(cursor))
}

/// Takes the rest of the statement, which must be an expression that sqlparser can read.
pub(super) fn check_expression(cursor: &mut Cursor) -> Read<()> {
    if cursor.is_done() {
        return cursor.stop("an expression");
    }
    let tokens = &cursor.tokens[cursor.at..];
    with_parser(cursor.text, tokens, |parser| parser.parse_expr().map(|_| ()))?;
    rest(cursor);
    Ok(())
}

/// What a query refers to.
pub(super) fn references(text: &str, tokens: &[Token]) -> References {
    let mut found = Collector { text, ..Collector::default() };
    let complete = found.read(tokens);
    found.finish(tokens, complete)
}

/// What a trigger's `WHEN` and body refer to, from `WHEN` or `BEGIN` on.
pub(super) fn trigger_references(text: &str, tokens: &[Token]) -> References {
    let mut found = Collector { text, ..Collector::default() };
    let begin = tokens.iter().position(|token| token.is(text, "BEGIN")).unwrap_or(tokens.len());
    let mut complete = match &tokens[..begin] {
        [] => true,
        [_, condition @ ..] => found.read_expression(condition),
    };
    let body = tokens.get(begin + 1..).unwrap_or_default();
    for statement in body.split(|token| token.is_symbol(text, ";")) {
        let is_end = matches!(statement, [end] if end.is(text, "END"));
        if !statement.is_empty() && !is_end {
            complete &= found.read(statement);
        }
    }
    found.finish(tokens, complete)
}

/// Runs `parse` over the tokens, all of which it must take. The error is where and why it stopped.
fn with_parser<Tree>(
    text: &str,
    tokens: &[Token],
    parse: impl FnOnce(&mut Parser) -> Result<Tree, ParserError>,
) -> Read<Tree> {
    if let Some(illegal) = tokens.iter().find(|token| token.kind == TokenKind::Illegal) {
        return Err(Stop { at: illegal.span, problem: Problem::Expected("a token of SQL") });
    }
    let whole = tokens[0].span.to(tokens[tokens.len() - 1].span);
    let short = tokens.iter().filter(|token| token.is(text, "ISNULL") || token.is(text, "NOTNULL")).count();
    if tokens.len() + short > MOST_TOKENS {
        let why = "it has more than 20,000 words and marks";
        return Err(Stop { at: tokens[0].span, problem: Problem::Unread(why.to_owned()) });
    }
    let read = tokens.iter().enumerate().filter(|(at, _)| !is_hint(text, tokens, *at));
    // Their tokens are large, and nearly all of ours become one.
    let mut converted = Vec::with_capacity(tokens.len());
    converted.extend(read.flat_map(|(at, _)| convert(text, tokens, at)).flatten());
    let mut parser = Parser::new(&Sqlite).with_recursion_limit(DEPTH).with_tokens_with_locations(converted);
    let tree = parse(&mut parser);
    let next = parser.peek_token();
    let at = if next.token == theirs::Token::EOF { Span::new(whole.end, whole.end) } else { offsets(next.span) };
    match tree {
        Ok(tree) if next.token == theirs::Token::EOF => Ok(tree),
        Ok(_) => Err(Stop { at, problem: Problem::Expected("the end of the statement") }),
        Err(ParserError::RecursionLimitExceeded) => {
            Err(Stop { at, problem: Problem::Unread("it is nested more than 50 deep".to_owned()) })
        }
        Err(ParserError::ParserError(message) | ParserError::TokenizerError(message)) => {
            Err(Stop { at, problem: Problem::Unread(plain(&message)) })
        }
    }
}

/// Reads a query or a data statement, which is all that comes here. Not by `parse_statement`: that
/// links every statement of every dialect, a sixth of the browser's module.
fn statement(parser: &mut Parser) -> Result<ast::Statement, ParserError> {
    let first = parser.peek_token();
    let theirs::Token::Word(word) = &first.token else { return parser.parse_query().map(Into::into) };
    match word.keyword {
        Keyword::INSERT => {
            parser.advance_token();
            parser.parse_insert(first)
        }
        // `parse_insert` takes this word itself.
        Keyword::REPLACE => parser.parse_insert(first),
        Keyword::UPDATE => {
            parser.advance_token();
            parser.parse_update(first)
        }
        Keyword::DELETE => {
            parser.advance_token();
            parser.parse_delete(first)
        }
        _ => parser.parse_query().map(Into::into),
    }
}

/// Whether the token belongs to `AS MATERIALIZED (` or `AS NOT MATERIALIZED (`, which sqlparser reads
/// for PostgreSQL alone. It changes the plan of a query and not its meaning.
fn is_hint(text: &str, tokens: &[Token], at: usize) -> bool {
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is(text, word));
    let opens = |at: usize| tokens.get(at).is_some_and(|token| token.is_symbol(text, "("));
    let after_as = |at: usize| at > 0 && is(at - 1, "AS");
    let negated = |at: usize| is(at, "NOT") && after_as(at);
    (is(at, "MATERIALIZED") && opens(at + 1) && (after_as(at) || (at > 0 && negated(at - 1))))
        || (negated(at) && is(at + 1, "MATERIALIZED") && opens(at + 2))
}

fn expression(parser: &mut Parser<'_>) -> Result<Expr, ParserError> {
    parser.parse_expr()
}

/// sqlparser's message without the line and column, which are not those of the file.
fn plain(message: &str) -> String {
    message.split(" at Line: ").next().unwrap_or(message).replace("Expected: ", "expected ")
}

/// The token as sqlparser has it. Of SQLite's operators it lacks two forms, which get those that say
/// as much about names: `IS NULL` for `ISNULL`, and `NOT LIKE` for `NOT GLOB`, `NOT MATCH` and
/// `NOT REGEXP`. A dialect could read them, but only by cloning all that stands before them.
fn convert(text: &str, tokens: &[Token], at: usize) -> [Option<TokenWithSpan>; 2] {
    let token = tokens[at];
    let place = |offset: u32| Location::new(1, u64::from(offset) + 1);
    let span = theirs::Span::new(place(token.span.start), place(token.span.end));
    let placed = |theirs| Some(TokenWithSpan::new(theirs, span));
    let word = |word| placed(theirs::Token::make_word(word, None));
    let negated = at > 0 && tokens[at - 1].is(text, "NOT");
    if token.is(text, "ISNULL") {
        [word("IS"), word("NULL")]
    } else if negated && ["GLOB", "MATCH", "REGEXP"].iter().any(|operator| token.is(text, operator)) {
        [word("LIKE"), None]
    } else {
        [placed(their_token(text, token)), None]
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the offsets are our own, which fit")]
fn offsets(span: theirs::Span) -> Span {
    Span::new(span.start.column.saturating_sub(1) as u32, span.end.column.saturating_sub(1) as u32)
}

fn their_token(text: &str, token: Token) -> theirs::Token {
    let source = token.span.of(text);
    match token.kind {
        TokenKind::Word => theirs::Token::make_word(source, None),
        TokenKind::Quoted => theirs::Token::make_word(&token.unquoted(text), source.chars().next()),
        TokenKind::String => theirs::Token::SingleQuotedString(token.unquoted(text).into_owned()),
        TokenKind::Blob => theirs::Token::HexStringLiteral(source[2..source.len() - 1].to_owned()),
        TokenKind::Number => theirs::Token::Number(source.to_owned(), false),
        TokenKind::Parameter => theirs::Token::Placeholder(source.to_owned()),
        TokenKind::Symbol => symbol(source),
        TokenKind::Illegal => theirs::Token::Char(source.chars().next().unwrap_or(' ')),
    }
}

fn symbol(source: &str) -> theirs::Token {
    match source {
        "(" => theirs::Token::LParen,
        ")" => theirs::Token::RParen,
        "," => theirs::Token::Comma,
        ";" => theirs::Token::SemiColon,
        "." => theirs::Token::Period,
        "+" => theirs::Token::Plus,
        "-" => theirs::Token::Minus,
        "*" => theirs::Token::Mul,
        "/" => theirs::Token::Div,
        "%" => theirs::Token::Mod,
        "=" => theirs::Token::Eq,
        "==" => theirs::Token::DoubleEq,
        "<" => theirs::Token::Lt,
        ">" => theirs::Token::Gt,
        "<=" => theirs::Token::LtEq,
        ">=" => theirs::Token::GtEq,
        "<>" | "!=" => theirs::Token::Neq,
        "<<" => theirs::Token::ShiftLeft,
        ">>" => theirs::Token::ShiftRight,
        "&" => theirs::Token::Ampersand,
        "|" => theirs::Token::Pipe,
        "||" => theirs::Token::StringConcat,
        "~" => theirs::Token::Tilde,
        "->" => theirs::Token::Arrow,
        "->>" => theirs::Token::LongArrow,
        _ => theirs::Token::Char('?'),
    }
}

/// Gathers names from sqlparser's trees.
#[derive(Default)]
struct Collector<'text> {
    text: &'text str,
    found: References,
    aliases: Vec<(String, String)>,
}

impl Collector<'_> {
    fn read(&mut self, tokens: &[Token]) -> bool {
        !tokens.is_empty() && self.gather(with_parser(self.text, tokens, statement))
    }

    fn read_expression(&mut self, tokens: &[Token]) -> bool {
        !tokens.is_empty() && self.gather(with_parser(self.text, tokens, expression))
    }

    fn gather(&mut self, tree: Read<impl Visit>) -> bool {
        tree.is_ok_and(|tree| {
            let _: ControlFlow<()> = tree.visit(self);
            true
        })
    }

    /// Turns aliases into tables and adds the columns of `USING`, which the trees hide.
    fn finish(mut self, tokens: &[Token], complete: bool) -> References {
        for reference in &mut self.found.columns {
            let Some(qualifier) = &reference.qualifier else { continue };
            let alias = self.aliases.iter().find(|(alias, _)| qualifier.is(alias));
            if let Some((_, table)) = alias {
                reference.table = Some(table.clone());
            }
        }
        for (at, token) in tokens.iter().enumerate() {
            if token.is(self.text, "USING") {
                let mut cursor = Cursor { text: self.text, tokens, at: at + 1 };
                let columns = cursor.names().unwrap_or_default();
                self.found.columns.extend(columns.into_iter().map(|column| ColumnReference {
                    qualifier: None,
                    column,
                    table: None,
                    written: false,
                }));
            }
        }
        if !complete {
            self.found.tables.extend(tokens.iter().filter_map(|token| any_name(self.text, *token)));
        }
        self.found.complete = complete;
        self.found
    }

    fn column(&mut self, qualifier: Option<&Ident>, column: &Ident, table: Option<String>) {
        let written = table.is_some();
        let reference =
            ColumnReference { qualifier: qualifier.map(our_name), column: our_name(column), table, written };
        self.found.columns.push(reference);
    }

    /// Columns that a data statement names outside any expression.
    fn targets<'names>(&mut self, table: &str, columns: impl Iterator<Item = &'names ast::ObjectName>) {
        for column in columns {
            if let Some(ident) = last(column) {
                self.column(None, ident, Some(table.to_owned()));
            }
        }
    }
}

/// What could be a name, where the text could not be read and each may be one.
fn any_name(text: &str, token: Token) -> Option<Name> {
    let is_name = matches!(token.kind, TokenKind::Word | TokenKind::Quoted);
    is_name.then(|| Name { text: token.unquoted(text).into_owned(), span: token.span })
}

fn our_name(ident: &Ident) -> Name {
    Name { text: ident.value.clone(), span: offsets(ident.span) }
}

fn last(name: &ast::ObjectName) -> Option<&Ident> {
    name.0.last().and_then(ObjectNamePart::as_ident)
}

fn assigned(assignment: &ast::Assignment) -> &[ast::ObjectName] {
    match &assignment.target {
        AssignmentTarget::ColumnName(column) => core::slice::from_ref(column),
        AssignmentTarget::Tuple(columns) => columns,
    }
}

fn table_of(factor: &TableFactor) -> Option<String> {
    match factor {
        TableFactor::Table { name, .. } => last(name).map(|ident| ident.value.clone()),
        _ => None,
    }
}

impl Visitor for Collector<'_> {
    type Break = ();

    fn pre_visit_relation(&mut self, relation: &ast::ObjectName) -> ControlFlow<()> {
        if let Some(ident) = last(relation) {
            self.found.tables.push(our_name(ident));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let TableFactor::Table { alias: Some(alias), .. } = factor
            && let Some(table) = table_of(factor)
        {
            self.aliases.push((alias.name.value.clone(), table));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
        match expression {
            Expr::Identifier(column) => self.column(None, column, None),
            Expr::CompoundIdentifier(parts) => {
                if let [.., qualifier, column] = &parts[..] {
                    self.column(Some(qualifier), column, None);
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_statement(&mut self, statement: &ast::Statement) -> ControlFlow<()> {
        match statement {
            ast::Statement::Insert(insert) => {
                if let TableObject::TableName(name) = &insert.table
                    && let Some(table) = last(name).map(|ident| ident.value.clone())
                {
                    self.targets(&table, insert.columns.iter());
                    if let Some(OnInsert::OnConflict(conflict)) = &insert.on {
                        if let Some(ast::ConflictTarget::Columns { columns, .. }) = &conflict.conflict_target {
                            for column in columns {
                                self.column(None, column, Some(table.clone()));
                            }
                        }
                        if let ast::OnConflictAction::DoUpdate(update) = &conflict.action {
                            self.targets(&table, update.assignments.iter().flat_map(assigned));
                        }
                    }
                }
            }
            ast::Statement::Update(update) => {
                if let Some(table) = table_of(&update.table.relation) {
                    self.targets(&table, update.assignments.iter().flat_map(assigned));
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

/// Whether the reference can mean `column` of `table`, of those tables that the query reads.
pub(super) fn can_mean(references: &References, reference: &ColumnReference, table: &str, column: &str) -> bool {
    if !reference.column.is(column) {
        return false;
    }
    match (&reference.table, &reference.qualifier) {
        (Some(named), _) => name::same(named, table),
        (None, Some(qualifier)) => qualifier.is(table),
        (None, None) => references.tables.iter().any(|named| named.is(table)),
    }
}
