//! One statement from its tokens.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::cursor::{Cursor, Read, Stop};
use super::statement::{
    AlterAction, AlterTable, Body, CreateIndex, CreateTable, CreateTrigger, CreateView, CreateVirtualTable, DataKind,
    Drop, Name, ObjectKind, ObjectName, Opaque, Other, Pragma, Problem, Statement, TableConstraintKind,
    TableDefinition, TriggerEvent, TriggerStep, TriggerTime, UnsupportedClause,
};
use super::token::{Token, TokenKind};
use super::{data, define, expression, query};
use crate::sqlite::version;
use crate::text::Span;

/// Reads the statement at `span`, which has at least one token and whose `;` stands at `end`.
pub(super) fn statement(text: &str, span: Span, end: u32) -> Statement {
    let mut cursor = Cursor::new(text, span);
    match body(&mut cursor).and_then(|body| cursor.need_end().map(|()| body)) {
        Ok(body) => Statement { span, end, body, features: cursor.features },
        Err(stop) => Statement { span, end, body: opaque(text, span, *stop), features: Vec::new() },
    }
}

fn body(cursor: &mut Cursor) -> Read<Body> {
    let mut buffer = [0; 17];
    Ok(match cursor.upper(&mut buffer) {
        "CREATE" => return create(cursor),
        "ALTER" => Body::AlterTable(Box::new(alter(cursor)?)),
        "DROP" => Body::Drop(Box::new(drop(cursor)?)),
        "PRAGMA" => Body::Pragma(Box::new(pragma(cursor)?)),
        first @ ("BEGIN" | "COMMIT" | "END" | "ROLLBACK" | "SAVEPOINT" | "RELEASE") => transaction(cursor, first)?,
        "INSERT" | "REPLACE" | "UPDATE" | "DELETE" => {
            Body::Data(Box::new(data::data(cursor, Vec::new(), data::Place::Alone)?))
        }
        "WITH" => return with(cursor),
        "SELECT" | "VALUES" => Body::Query(Box::new(query::query(cursor)?)),
        first @ ("ANALYZE" | "REINDEX" | "VACUUM" | "ATTACH" | "DETACH" | "EXPLAIN") => other(cursor, first)?,
        _ if cursor.next_is_symbol(".") => return Stop::new(cursor.here(), Problem::ShellCommand),
        _ => return cursor.stop("a statement"),
    })
}

/// `WITH …` before a query or a data statement.
fn with(cursor: &mut Cursor) -> Read<Body> {
    let start = cursor.here();
    let common = query::with(cursor)?;
    let mut buffer = [0; 17];
    match cursor.upper(&mut buffer) {
        "INSERT" | "REPLACE" | "UPDATE" | "DELETE" => {
            Ok(Body::Data(Box::new(data::data(cursor, common, data::Place::Alone)?)))
        }
        _ => {
            let mut query = query::query(cursor)?;
            query.with = common;
            query.span = cursor.since(start);
            Ok(Body::Query(Box::new(query)))
        }
    }
}

fn create(cursor: &mut Cursor) -> Read<Body> {
    cursor.need_word("CREATE")?;
    let temporary = cursor.word("TEMP").or_else(|| cursor.word("TEMPORARY")).is_some();
    let body = if let Some(keyword) = cursor.word("TABLE") {
        Body::CreateTable(Box::new(create_table(cursor, temporary, keyword)?))
    } else if cursor.next_are(&["UNIQUE", "INDEX"]) || cursor.next_is("INDEX") {
        Body::CreateIndex(Box::new(create_index(cursor)?))
    } else if let Some(keyword) = cursor.word("VIEW") {
        Body::CreateView(Box::new(create_view(cursor, temporary, keyword)?))
    } else if let Some(keyword) = cursor.word("TRIGGER") {
        Body::CreateTrigger(Box::new(create_trigger(cursor, temporary, keyword)?))
    } else if cursor.word("VIRTUAL").is_some() {
        Body::CreateVirtualTable(Box::new(create_virtual_table(cursor)?))
    } else {
        return cursor.stop("TABLE, INDEX, VIEW, TRIGGER or VIRTUAL TABLE");
    };
    Ok(body)
}

fn if_not_exists(cursor: &mut Cursor) -> Option<Span> {
    cursor.words(&["IF", "NOT", "EXISTS"])
}

fn create_table(cursor: &mut Cursor, temporary: bool, keyword: Span) -> Read<CreateTable> {
    let if_not_exists = if_not_exists(cursor);
    let name = cursor.object_name()?;
    let (definition, query) = if cursor.word("AS").is_some() {
        (TableDefinition::default(), Some(Box::new(query::query(cursor)?)))
    } else {
        (define::table(cursor)?, None)
    };
    let generated = definition.columns.iter().find_map(|column| column.generated());
    if let Some((constraint, _)) = generated {
        cursor.uses(version::GENERATED_COLUMN, constraint.span);
    }
    if let Some(without_rowid) = definition.without_rowid {
        cursor.uses(version::WITHOUT_ROWID, without_rowid);
    }
    if let Some(strict) = definition.strict {
        cursor.uses(version::STRICT, strict);
    }
    Ok(CreateTable { temporary, if_not_exists, keyword, name, definition, query })
}

fn create_virtual_table(cursor: &mut Cursor) -> Read<CreateVirtualTable> {
    let keyword = cursor.need_word("TABLE")?;
    let if_not_exists = if_not_exists(cursor);
    let name = cursor.object_name()?;
    cursor.need_word("USING")?;
    let module = cursor.name()?;
    let given = if cursor.next_is_symbol("(") { cursor.parenthesised()? } else { cursor.here() };
    let arguments = if given.is_empty() { given } else { Span::new(given.start + 1, given.end - 1) };
    Ok(CreateVirtualTable { if_not_exists, keyword, name, module, arguments })
}

fn create_index(cursor: &mut Cursor) -> Read<CreateIndex> {
    let unique = cursor.word("UNIQUE").is_some();
    let keyword = cursor.need_word("INDEX")?;
    let if_not_exists = if_not_exists(cursor);
    let name = cursor.object_name()?;
    cursor.need_word("ON")?;
    let table = cursor.name()?;
    let columns = cursor.list(define::indexed_column)?;
    let condition = match cursor.word("WHERE") {
        Some(word) => {
            cursor.uses(version::PARTIAL_INDEX, word);
            Some(expression::expression(cursor)?.span)
        }
        None => None,
    };
    if let Some(expression) = columns.iter().find(|column| column.column.is_none()) {
        cursor.uses(version::EXPRESSION_INDEX, expression.expression);
    }
    Ok(CreateIndex { unique, if_not_exists, keyword, name, table, columns, condition })
}

fn create_view(cursor: &mut Cursor, temporary: bool, keyword: Span) -> Read<CreateView> {
    let if_not_exists = if_not_exists(cursor);
    let name = cursor.object_name()?;
    let columns = if cursor.next_is_symbol("(") { cursor.names()? } else { Vec::new() };
    if let [first, .., last] | [first @ last] = &columns[..] {
        cursor.uses(version::VIEW_COLUMN_LIST, first.span.to(last.span));
    }
    cursor.need_word("AS")?;
    cursor.need_names();
    Ok(CreateView { temporary, if_not_exists, keyword, name, columns, query: query::query(cursor)? })
}

fn create_trigger(cursor: &mut Cursor, temporary: bool, keyword: Span) -> Read<CreateTrigger> {
    let if_not_exists = if_not_exists(cursor);
    let name = cursor.object_name()?;
    let time = if cursor.word("AFTER").is_some() {
        TriggerTime::After
    } else if cursor.words(&["INSTEAD", "OF"]).is_some() {
        TriggerTime::InsteadOf
    } else {
        cursor.word("BEFORE");
        TriggerTime::Before
    };
    let mut update_of = Vec::new();
    let event = if cursor.word("UPDATE").is_some() {
        if cursor.word("OF").is_some() {
            update_of = cursor.several(Cursor::name)?;
        }
        TriggerEvent::Update
    } else if cursor.word("INSERT").is_some() {
        TriggerEvent::Insert
    } else {
        cursor.need_word("DELETE")?;
        TriggerEvent::Delete
    };
    cursor.need_word("ON")?;
    let ObjectName { schema: table_schema, name: table } = cursor.object_name()?;
    cursor.words(&["FOR", "EACH", "ROW"]);
    cursor.need_names();
    let condition = if cursor.word("WHEN").is_some() { Some(expression::expression(cursor)?) } else { None };
    if !cursor.next_is("BEGIN") {
        return cursor.stop("FOR EACH ROW, WHEN or BEGIN");
    }
    cursor.bump();
    let mut body = Vec::new();
    loop {
        body.push(trigger_step(cursor)?);
        cursor.need_few(&body)?;
        cursor.need_symbol(";")?;
        if cursor.word("END").is_some() {
            break;
        }
    }
    Ok(CreateTrigger {
        temporary,
        if_not_exists,
        keyword,
        name,
        table,
        table_schema,
        time,
        event,
        update_of,
        condition,
        body,
    })
}

/// A statement between `BEGIN` and `END`, of which SQLite takes fewer clauses than elsewhere.
fn trigger_step(cursor: &mut Cursor) -> Read<TriggerStep> {
    let mut buffer = [0; 17];
    match cursor.upper(&mut buffer) {
        "INSERT" | "REPLACE" | "UPDATE" | "DELETE" => {
            data::data(cursor, Vec::new(), data::Place::Trigger).map(|data| TriggerStep::Data(Box::new(data)))
        }
        "SELECT" | "VALUES" | "WITH" => query::query(cursor).map(TriggerStep::Query),
        _ => cursor.stop("INSERT, UPDATE, DELETE or SELECT"),
    }
}

fn alter(cursor: &mut Cursor) -> Read<AlterTable> {
    cursor.need_word("ALTER")?;
    cursor.need_word("TABLE")?;
    refuse(cursor, &["IF", "EXISTS"], UnsupportedClause::AlterTableIfExists)?;
    let name = cursor.object_name()?;
    let whole = cursor.rest(cursor.here());
    let action = if cursor.word("RENAME").is_some() {
        rename(cursor)?
    } else if cursor.word("ADD").is_some() {
        add(cursor)?
    } else if cursor.word("DROP").is_some() {
        drop_part(cursor)?
    } else if cursor.word("ALTER").is_some() {
        alter_column(cursor)?
    } else {
        return cursor.stop("RENAME, ADD, DROP or ALTER");
    };
    alter_features(cursor, &action, whole);
    Ok(AlterTable { name, action })
}

/// Stops where the clause comes next: people bring it from other databases.
fn refuse(cursor: &Cursor, words: &[&str], clause: UnsupportedClause) -> Read<()> {
    let mut ahead = cursor.clone();
    ahead.words(words).map_or(Ok(()), |at| Stop::new(at, Problem::Unsupported(clause)))
}

fn rename(cursor: &mut Cursor) -> Read<AlterAction> {
    if cursor.word("TO").is_some() {
        return cursor.name().map(AlterAction::RenameTable);
    }
    cursor.word("COLUMN");
    refuse(cursor, &["IF", "EXISTS"], UnsupportedClause::RenameColumnIfExists)?;
    let from = cursor.name()?;
    cursor.need_word("TO")?;
    Ok(AlterAction::RenameColumn { from, to: cursor.name()? })
}

fn add(cursor: &mut Cursor) -> Read<AlterAction> {
    if cursor.next_is("CONSTRAINT") || cursor.next_is("CHECK") {
        let mut behind = cursor.clone();
        behind.bump();
        refuse(&behind, &["IF", "NOT", "EXISTS"], UnsupportedClause::AddConstraintIfNotExists)?;
        let constraint = define::table_constraint(cursor)?;
        return if matches!(constraint.kind, TableConstraintKind::Check(_)) {
            Ok(AlterAction::AddConstraint(constraint))
        } else {
            let problem = Problem::Expected("CHECK, the only constraint that ALTER TABLE can add");
            Stop::new(constraint.span, problem)
        };
    }
    cursor.word("COLUMN");
    refuse(cursor, &["IF", "NOT", "EXISTS"], UnsupportedClause::AddColumnIfNotExists)?;
    define::column(cursor).map(AlterAction::AddColumn)
}

fn drop_part(cursor: &mut Cursor) -> Read<AlterAction> {
    if cursor.word("CONSTRAINT").is_some() {
        refuse(cursor, &["IF", "EXISTS"], UnsupportedClause::DropConstraintIfExists)?;
        return cursor.name().map(AlterAction::DropConstraint);
    }
    cursor.word("COLUMN");
    refuse(cursor, &["IF", "EXISTS"], UnsupportedClause::DropColumnIfExists)?;
    cursor.name().map(AlterAction::DropColumn)
}

fn alter_column(cursor: &mut Cursor) -> Read<AlterAction> {
    cursor.word("COLUMN");
    let column = cursor.name()?;
    if cursor.words(&["SET", "NOT", "NULL"]).is_some() {
        return Ok(AlterAction::SetNotNull { column, conflict: define::on_conflict(cursor)? });
    }
    if cursor.words(&["DROP", "NOT", "NULL"]).is_some() {
        return Ok(AlterAction::DropNotNull(column));
    }
    cursor.stop("SET NOT NULL or DROP NOT NULL")
}

fn drop(cursor: &mut Cursor) -> Read<Drop> {
    cursor.need_word("DROP")?;
    let kinds = [ObjectKind::Table, ObjectKind::Index, ObjectKind::View, ObjectKind::Trigger];
    let found = kinds.into_iter().find_map(|kind| cursor.word(kind.as_str()).map(|keyword| (kind, keyword)));
    let Some((kind, keyword)) = found else { return cursor.stop("TABLE, INDEX, VIEW or TRIGGER") };
    let if_exists = cursor.words(&["IF", "EXISTS"]);
    Ok(Drop { kind, if_exists, keyword, name: cursor.object_name()? })
}

fn pragma(cursor: &mut Cursor) -> Read<Pragma> {
    cursor.need_word("PRAGMA")?;
    let name = cursor.object_name()?;
    let young = [version::DEFER_FOREIGN_KEYS, version::TABLE_XINFO, version::TABLE_LIST];
    if let Some(feature) =
        young.into_iter().find(|feature| feature.name.strip_prefix("PRAGMA ").is_some_and(|known| name.name.is(known)))
    {
        cursor.uses(feature, name.name.span);
    }
    let called = cursor.symbol("(").is_some();
    if !called && cursor.symbol("=").is_none() {
        return Ok(Pragma { name, value: None, called });
    }
    let start = cursor.here();
    if cursor.symbol("-").is_none() {
        cursor.symbol("+");
    }
    match cursor.bump() {
        Some(Token { kind: TokenKind::Symbol | TokenKind::Illegal, .. }) | None => return cursor.stop("a value"),
        Some(_) => {}
    }
    let value = Some(cursor.since(start));
    if called {
        cursor.need_symbol(")")?;
    }
    Ok(Pragma { name, value, called })
}

fn transaction(cursor: &mut Cursor, first: &str) -> Read<Body> {
    cursor.bump();
    Ok(match first {
        "BEGIN" => {
            for mode in ["DEFERRED", "IMMEDIATE", "EXCLUSIVE"] {
                cursor.word(mode);
            }
            transaction_word(cursor);
            Body::Begin
        }
        "COMMIT" | "END" => {
            transaction_word(cursor);
            Body::Commit
        }
        "ROLLBACK" => {
            transaction_word(cursor);
            if cursor.word("TO").is_none() {
                return Ok(Body::Rollback(None));
            }
            savepoint_word(cursor);
            Body::Rollback(Some(cursor.name()?))
        }
        "SAVEPOINT" => Body::Savepoint(cursor.name()?),
        _ => {
            savepoint_word(cursor);
            Body::Release(cursor.name()?)
        }
    })
}

/// `TRANSACTION name`, of which SQLite ignores the name.
fn transaction_word(cursor: &mut Cursor) {
    if cursor.word("TRANSACTION").is_some() && !cursor.is_done() && !cursor.next_is("TO") {
        cursor.bump();
    }
}

/// The word `SAVEPOINT`, unless it is the savepoint's name.
fn savepoint_word(cursor: &mut Cursor) {
    if cursor.next_is("SAVEPOINT") && cursor.peek().and_then(|word| cursor.behind(word)).is_some() {
        cursor.bump();
    }
}

fn other(cursor: &mut Cursor, first: &str) -> Read<Body> {
    let word = cursor.need_any()?;
    Ok(Body::Other(match first {
        "ANALYZE" => {
            if !cursor.is_done() {
                cursor.object_name()?;
            }
            Other::Analyze
        }
        "REINDEX" => {
            if cursor.next_is("EXPRESSIONS") && cursor.peek().and_then(|word| cursor.behind(word)).is_none() {
                cursor.uses(version::REINDEX_EXPRESSIONS, cursor.here());
            }
            if !cursor.is_done() {
                cursor.object_name()?;
            }
            Other::Reindex
        }
        "VACUUM" => {
            if !cursor.is_done() && !cursor.next_is("INTO") {
                cursor.name()?;
            }
            if cursor.word("INTO").is_some() {
                cursor.uses(version::VACUUM_INTO, word);
                expression::expression(cursor)?;
                Other::VacuumInto
            } else {
                Other::Vacuum
            }
        }
        "DETACH" => {
            database_word(cursor);
            expression::expression(cursor)?;
            Other::Detach
        }
        "ATTACH" => {
            database_word(cursor);
            expression::expression(cursor)?;
            cursor.need_word("AS")?;
            expression::expression(cursor)?;
            if cursor.word("KEY").is_some() {
                expression::expression(cursor)?;
            }
            Other::Attach
        }
        _ => {
            if cursor.word("QUERY").is_some() {
                cursor.need_word("PLAN")?;
            }
            if cursor.next_is("EXPLAIN") {
                return cursor.stop("a statement");
            }
            body(cursor)?;
            Other::Explain
        }
    }))
}

/// The word `DATABASE`, unless it is the name.
fn database_word(cursor: &mut Cursor) {
    if cursor.next_is("DATABASE") && cursor.peek().and_then(|word| cursor.behind(word)).is_some() {
        cursor.bump();
    }
}

/// A default that `ADD COLUMN` takes on a table with rows.
pub(super) fn is_constant(text: &str, mut tokens: &[Token]) -> bool {
    while let [open, inner @ .., close] = tokens
        && open.is_symbol(text, "(")
        && close.is_symbol(text, ")")
    {
        tokens = inner;
    }
    if let [sign, number] = tokens
        && (sign.is_symbol(text, "-") || sign.is_symbol(text, "+"))
    {
        tokens = core::slice::from_ref(number);
    }
    let [only] = tokens else { return false };
    match only.kind {
        TokenKind::Number | TokenKind::String | TokenKind::Blob | TokenKind::Quoted => true,
        TokenKind::Word => {
            !["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"].iter().any(|word| only.is(text, word))
        }
        _ => false,
    }
}

/// How many of its words a statement that cannot be read is told by.
const TELLING: usize = 12;

fn opaque(text: &str, span: Span, stop: Stop) -> Body {
    let mut cursor = Cursor::new(text, span);
    if stop.problem == Problem::ShellCommand {
        let kind = span.of(text).split_whitespace().next().unwrap_or_default().to_owned();
        return Body::Opaque(Box::new(Opaque { kind, name: None, at: span, problem: stop.problem }));
    }
    let words: Vec<&str> = core::iter::from_fn(|| cursor.bump())
        .take(TELLING)
        .take_while(|token| token.kind == TokenKind::Word)
        .map(|token| token.span.of(text))
        .enumerate()
        .filter(|(at, word)| *at == 0 || !["TEMP", "TEMPORARY"].iter().any(|known| word.eq_ignore_ascii_case(known)))
        .map(|(_, word)| word)
        .collect();
    let is = |at: usize, known: &[&str]| {
        words.get(at).is_some_and(|word| known.iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    let length = if is(0, &["CREATE", "ALTER", "DROP"]) { 2 + usize::from(is(1, &["UNIQUE", "VIRTUAL"])) } else { 1 };
    let kind = words[..length.min(words.len())].join(" ").to_ascii_uppercase();
    Body::Opaque(Box::new(Opaque { kind, name: opaque_name(text, span, length), at: stop.at, problem: stop.problem }))
}

/// The name that a definition's words seem to be about.
fn opaque_name(text: &str, span: Span, kind_length: usize) -> Option<ObjectName> {
    if kind_length < 2 {
        return None;
    }
    let mut cursor = Cursor::new(text, span);
    cursor.bump();
    if cursor.word("TEMP").is_none() {
        cursor.word("TEMPORARY");
    }
    for _ in 1..kind_length {
        cursor.bump();
    }
    if cursor.words(&["IF", "NOT", "EXISTS"]).is_none() {
        cursor.words(&["IF", "EXISTS"]);
    }
    cursor.object_name().ok()
}

fn alter_features(cursor: &mut Cursor, action: &AlterAction, whole: Span) {
    match action {
        AlterAction::RenameTable(_) => {}
        AlterAction::RenameColumn { .. } => cursor.uses(version::RENAME_COLUMN, whole),
        AlterAction::DropColumn(_) => cursor.uses(version::DROP_COLUMN, whole),
        AlterAction::AddConstraint(_) => cursor.uses(version::ALTER_ADD_CHECK, whole),
        AlterAction::DropConstraint(_) => cursor.uses(version::ALTER_DROP_CONSTRAINT, whole),
        AlterAction::SetNotNull { .. } | AlterAction::DropNotNull(_) => cursor.uses(version::ALTER_NOT_NULL, whole),
        AlterAction::AddColumn(column) => {
            if let Some((constraint, _)) = column.generated() {
                cursor.uses(version::GENERATED_COLUMN, constraint.span);
            }
        }
    }
}

/// A name for tests and messages: the statement's first words.
pub(super) fn kind_words(body: &Body) -> String {
    match body {
        Body::CreateTable(_) => "CREATE TABLE",
        Body::CreateVirtualTable(_) => "CREATE VIRTUAL TABLE",
        Body::CreateIndex(_) => "CREATE INDEX",
        Body::CreateView(_) => "CREATE VIEW",
        Body::CreateTrigger(_) => "CREATE TRIGGER",
        Body::AlterTable(_) => "ALTER TABLE",
        Body::Drop(drop) => match drop.kind {
            ObjectKind::Table => "DROP TABLE",
            ObjectKind::Index => "DROP INDEX",
            ObjectKind::View => "DROP VIEW",
            ObjectKind::Trigger => "DROP TRIGGER",
        },
        Body::Pragma(_) => "PRAGMA",
        Body::Begin => "BEGIN",
        Body::Commit => "COMMIT",
        Body::Rollback(_) => "ROLLBACK",
        Body::Savepoint(_) => "SAVEPOINT",
        Body::Release(_) => "RELEASE",
        Body::Data(data) => match data.kind {
            DataKind::Insert => "INSERT",
            DataKind::Replace => "REPLACE",
            DataKind::Update => "UPDATE",
            DataKind::Delete => "DELETE",
        },
        Body::Query(_) => "SELECT",
        Body::Other(other) => other.as_str(),
        Body::Opaque(opaque) => return opaque.kind.clone(),
    }
    .to_owned()
}

impl Statement {
    /// Stands where a text holds no statement.
    pub(crate) fn none() -> Self {
        let problem = Problem::Expected("a statement");
        let opaque = Opaque { kind: String::new(), name: None, at: Span::default(), problem };
        Self { span: Span::default(), end: 0, body: Body::Opaque(Box::new(opaque)), features: Vec::new() }
    }

    /// Where its `;` stands in `text`, or where a text that was cut before it ends: only the statement
    /// up to its last word is executed then.
    pub(crate) fn end_in(&self, text: &str) -> u32 {
        u32::try_from(text.len()).map_or(self.end, |length| self.end.min(length))
    }

    /// What kind of statement it is, in its own words: `CREATE TABLE`.
    pub fn kind(&self) -> String {
        kind_words(&self.body)
    }

    /// The name of the object that it is about, where it has one.
    pub fn object(&self) -> Option<&ObjectName> {
        match &self.body {
            Body::CreateTable(create) => Some(&create.name),
            Body::CreateVirtualTable(create) => Some(&create.name),
            Body::CreateIndex(create) => Some(&create.name),
            Body::CreateView(create) => Some(&create.name),
            Body::CreateTrigger(create) => Some(&create.name),
            Body::AlterTable(alter) => Some(&alter.name),
            Body::Drop(drop) => Some(&drop.name),
            Body::Pragma(pragma) => Some(&pragma.name),
            Body::Data(data) => Some(&data.table),
            Body::Opaque(opaque) => opaque.name.as_ref(),
            _ => None,
        }
    }

    /// The savepoint's name, where the statement has one.
    pub fn savepoint(&self) -> Option<&Name> {
        match &self.body {
            Body::Savepoint(name) | Body::Release(name) | Body::Rollback(Some(name)) => Some(name),
            _ => None,
        }
    }
}
