//! The functions that a statement calls and the collations that its expressions name, and what keeps each.

use alloc::vec::Vec;

use super::data::Data;
use super::expression::{Expression, Part, Word};
use super::query::{Query, Source, SourceKind};
use super::statement::{
    AlterAction, Body, ColumnConstraintKind, ColumnDefinition, Statement, TableConstraint, TableConstraintKind,
    TriggerStep,
};
use super::token::{self, Token, TokenKind};
use crate::sqlite::name;
use crate::text::Span;

/// A call of a function.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// The function.
    pub name: Word,
    /// What keeps the call.
    pub role: Role,
    /// Whether it stands where a table would.
    pub as_table: bool,
}

impl Call {
    /// What stands between its parentheses, as tokens; `text` is what the call was read from.
    pub fn arguments(self, text: &str) -> Vec<Token> {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let next = |at: u32| token::next_in(text, at, end);
        let mut found = Vec::new();
        let Some(open) = next(self.name.span.end).filter(|token| token.is_symbol(text, "(")) else { return found };
        let (mut at, mut depth) = (open.span.end, 1_u32);
        while let Some(token) = next(at) {
            at = token.span.end;
            depth += u32::from(token.is_symbol(text, "("));
            depth -= u32::from(token.is_symbol(text, ")"));
            if depth == 0 {
                break;
            }
            found.push(token);
        }
        found
    }

    /// The arguments, each as its tokens; `text` is what the call was read from.
    pub fn each_argument(self, text: &str) -> Vec<Vec<Token>> {
        let tokens = self.arguments(text);
        if tokens.is_empty() {
            return Vec::new();
        }
        let (mut found, mut depth) = (Vec::from([Vec::new()]), 0_u32);
        for token in tokens {
            depth += u32::from(token.is_symbol(text, "("));
            depth = depth.saturating_sub(u32::from(token.is_symbol(text, ")")));
            if depth == 0 && token.is_symbol(text, ",") {
                found.push(Vec::new());
            } else if let Some(last) = found.last_mut() {
                last.push(token);
            }
        }
        found
    }

    /// Whether it answers something else each time: a random value, or what the clock says.
    pub fn varies(self, text: &str) -> Option<Varies> {
        let is = |names: &[&str]| names.iter().any(|name| self.name.is(text, name));
        if is(&["random", "randomblob"]) {
            return Some(Varies::Random);
        }
        if is(&["current_date", "current_time", "current_timestamp"]) {
            return Some(Varies::Clock);
        }
        if !is(&["date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff"]) {
            return None;
        }
        let arguments = self.arguments(text);
        let says_now = |token: &Token| token.kind == TokenKind::String && name::same(&token.unquoted(text), "now");
        // Of strftime() the first argument is the form.
        let alone = if is(&["strftime"]) { !arguments.iter().any(|token| token.is_symbol(text, ",")) } else { false };
        (arguments.is_empty() || alone || arguments.iter().any(says_now)).then_some(Varies::Clock)
    }
}

/// Why a call answers something else each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Varies {
    /// It is random.
    Random,
    /// It asks the clock.
    Clock,
}

/// What keeps a call, and so when the function is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The statement itself, which runs once, or what it makes for its connection alone.
    Statement,
    /// The `DEFAULT` of a column.
    Default,
    /// A `CHECK`.
    Check,
    /// A generated column.
    Generated,
    /// A term or the condition of an index.
    Index,
    /// A view.
    View,
    /// A trigger.
    Trigger,
}

/// What the statement calls and compares by, in their order but for those of `WITH`.
#[derive(Clone, Debug, Default)]
pub struct Called {
    /// Every call of a function.
    pub functions: Vec<Call>,
    /// Every collation that an expression names, those of whole columns and terms not included.
    pub collations: Vec<(Word, Role)>,
}

/// What the statement calls and compares by; `text` is what the statement was read from.
pub fn called(text: &str, statement: &Statement) -> Called {
    let bytes = statement.span.of(text).as_bytes();
    let compares = bytes.windows(7).any(|word| word.eq_ignore_ascii_case(b"COLLATE"));
    let mut calls = Calls { text, role: Role::Statement, compares, found: Called::default() };
    match &statement.body {
        Body::CreateTable(create) => {
            create.definition.columns.iter().for_each(|column| calls.column(column));
            create.definition.constraints.iter().for_each(|constraint| calls.constraint(constraint));
            calls.role = Role::Statement;
            create.query.iter().for_each(|query| calls.query(query));
        }
        Body::CreateIndex(create) => {
            let terms = create.columns.iter().filter(|term| term.column.is_none()).map(|term| term.expression);
            terms.chain(create.condition).for_each(|span| calls.span(Role::Index, span));
        }
        Body::CreateView(create) => {
            calls.role = Role::View;
            calls.query(&create.query);
        }
        Body::CreateTrigger(create) => {
            calls.role = Role::Trigger;
            create.condition.iter().for_each(|condition| calls.expression(condition));
            for step in &create.body {
                match step {
                    TriggerStep::Query(query) => calls.query(query),
                    TriggerStep::Data(data) => calls.data(data),
                }
            }
        }
        Body::AlterTable(alter) => match &alter.action {
            AlterAction::AddColumn(column) => calls.column(column),
            AlterAction::AddConstraint(constraint) => calls.constraint(constraint),
            _ => {}
        },
        Body::Data(data) => calls.data(data),
        Body::Query(query) => calls.query(query),
        _ => {}
    }
    // What stands in a query within an expression was met twice.
    calls.found.collations.sort_by_key(|(name, _)| name.span);
    calls.found.collations.dedup_by_key(|(name, _)| name.span);
    if is_temporary(&statement.body) {
        calls.found.functions.iter_mut().for_each(|call| call.role = Role::Statement);
        calls.found.collations.iter_mut().for_each(|(_, role)| *role = Role::Statement);
    }
    calls.found
}

/// Whether what the statement makes goes with the connection.
fn is_temporary(body: &Body) -> bool {
    let (temporary, name) = match body {
        Body::CreateTable(it) => (it.temporary, &it.name),
        Body::CreateView(it) => (it.temporary, &it.name),
        Body::CreateTrigger(it) => (it.temporary, &it.name),
        Body::CreateIndex(it) => (false, &it.name),
        _ => return false,
    };
    temporary || name.schema.as_ref().is_some_and(|schema| schema.is("temp"))
}

struct Calls<'text> {
    text: &'text str,
    role: Role,
    /// Whether it may say `COLLATE`.
    compares: bool,
    found: Called,
}

impl Calls<'_> {
    fn add(&mut self, name: Word) {
        self.found.functions.push(Call { name, role: self.role, as_table: false });
    }

    fn column(&mut self, column: &ColumnDefinition) {
        for constraint in &column.constraints {
            match constraint.kind {
                ColumnConstraintKind::Check(span) => self.span(Role::Check, span),
                ColumnConstraintKind::Default(span) => self.span(Role::Default, span),
                ColumnConstraintKind::Generated { expression, .. } => self.span(Role::Generated, expression),
                _ => {}
            }
        }
    }

    fn constraint(&mut self, constraint: &TableConstraint) {
        if let TableConstraintKind::Check(span) = constraint.kind {
            self.span(Role::Check, span);
        }
    }

    /// An expression of which only the place is known.
    fn span(&mut self, role: Role, span: Span) {
        self.role = role;
        if let Some(expression) = super::expression(self.text, span) {
            self.expression(&expression);
        }
    }

    fn expression(&mut self, expression: &Expression) {
        if self.compares {
            self.collations(expression.span);
        }
        for part in &expression.parts {
            match part {
                Part::Call(name) => self.add(*name),
                Part::Query(query) => self.query(query),
                Part::Column { .. } | Part::Table { .. } => {}
            }
        }
    }

    /// The reader of expressions keeps no collations: nothing else asks for them.
    fn collations(&mut self, within: Span) {
        let text = within.of(self.text);
        let mut before = None;
        for token in token::each(text) {
            if before.is_some_and(|before: Token| before.is(text, "COLLATE")) {
                let span = Span::new(within.start + token.span.start, within.start + token.span.end);
                self.found.collations.push((Word { span }, self.role));
            }
            before = Some(token);
        }
    }

    fn query(&mut self, query: &Query) {
        query.with.iter().for_each(|common| self.query(&common.query));
        for part in &query.parts {
            part.expressions().for_each(|expression| self.expression(expression));
            self.sources(&part.from);
        }
        query.order_by.iter().chain(&query.limit).for_each(|expression| self.expression(expression));
    }

    fn sources(&mut self, sources: &[Source]) {
        for source in sources {
            match &source.kind {
                SourceKind::Table { schema, name, arguments: Some(arguments) } => {
                    if schema.is_none() {
                        self.found.functions.push(Call { name: *name, role: self.role, as_table: true });
                    }
                    for argument in arguments {
                        self.expression(argument);
                    }
                }
                SourceKind::Table { .. } => {}
                SourceKind::Query(query) => self.query(query),
                SourceKind::Nested(nested) => self.sources(nested),
            }
            source.on.iter().for_each(|on| self.expression(on));
        }
    }

    fn data(&mut self, data: &Data) {
        data.with.iter().for_each(|common| self.query(&common.query));
        data.rows.iter().for_each(|rows| self.query(rows));
        self.sources(&data.from);
        data.expressions().for_each(|expression| self.expression(expression));
    }
}
