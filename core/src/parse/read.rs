//! One statement from its tokens.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::cursor::{Cursor, Read, Stop};
use super::statement::{
    AlterAction, AlterTable, Body, ColumnReference, CreateIndex, CreateTable, CreateTrigger, CreateView,
    CreateVirtualTable, Data, DataKind, Drop, Name, ObjectKind, ObjectName, Opaque, Other, Pragma, Problem, References,
    Statement, TableConstraintKind, TableDefinition, UnsupportedClause,
};
use super::token::{Token, TokenKind};
use super::{define, query};
use crate::sqlite::name;
use crate::sqlite::version::{self, Feature};
use crate::text::Span;

/// Reads the statement that `tokens` are; there is at least one.
pub(super) fn statement(text: &str, tokens: &[Token]) -> Statement {
    let mut cursor = Cursor::new(text, tokens);
    let body = match body(&mut cursor) {
        Ok(body) => body,
        Err(stop) => opaque(text, tokens, stop),
    };
    let span = tokens[0].span.to(tokens[tokens.len() - 1].span);
    let features = features(text, tokens, &body);
    Statement { span, body, features }
}

fn body(cursor: &mut Cursor) -> Read<Body> {
    let mut buffer = [0; 17];
    let first = name::upper(cursor.here().of(cursor.text), &mut buffer);
    let body = match first {
        "CREATE" => return create(cursor),
        "ALTER" => Body::AlterTable(Box::new(alter(cursor)?)),
        "DROP" => Body::Drop(Box::new(drop(cursor)?)),
        "PRAGMA" => Body::Pragma(Box::new(pragma(cursor)?)),
        "BEGIN" | "COMMIT" | "END" | "ROLLBACK" | "SAVEPOINT" | "RELEASE" => transaction(cursor, first)?,
        "INSERT" | "REPLACE" | "UPDATE" | "DELETE" => Body::Data(Box::new(data(cursor)?)),
        "WITH" => return with(cursor),
        "SELECT" | "VALUES" => {
            query::check(cursor)?;
            return Ok(Body::Query);
        }
        "ANALYZE" | "REINDEX" | "VACUUM" | "ATTACH" | "DETACH" | "EXPLAIN" => return other(cursor, first),
        _ => return cursor.stop("a statement"),
    };
    cursor.need_end()?;
    Ok(body)
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
    cursor.need_end()?;
    Ok(body)
}

fn if_not_exists(cursor: &mut Cursor) -> Option<Span> {
    cursor.words(&["IF", "NOT", "EXISTS"])
}

fn create_table(cursor: &mut Cursor, temporary: bool, keyword: Span) -> Read<CreateTable> {
    let if_not_exists = if_not_exists(cursor);
    let name = cursor.object_name()?;
    let (definition, query) = if cursor.word("AS").is_some() {
        (TableDefinition::default(), Some(query::check(cursor)?))
    } else {
        (define::table(cursor)?, None)
    };
    Ok(CreateTable { temporary, if_not_exists, keyword, name, definition, query })
}

fn create_virtual_table(cursor: &mut Cursor) -> Read<CreateVirtualTable> {
    let keyword = cursor.need_word("TABLE")?;
    let if_not_exists = if_not_exists(cursor);
    let name = cursor.object_name()?;
    cursor.need_word("USING")?;
    let module = cursor.name()?;
    if cursor.next_is_symbol("(") {
        cursor.parenthesised()?;
    }
    Ok(CreateVirtualTable { if_not_exists, keyword, name, module })
}

fn create_index(cursor: &mut Cursor) -> Read<CreateIndex> {
    let unique = cursor.word("UNIQUE").is_some();
    let keyword = cursor.need_word("INDEX")?;
    let if_not_exists = if_not_exists(cursor);
    let name = cursor.object_name()?;
    cursor.need_word("ON")?;
    let table = cursor.name()?;
    let columns = cursor.list(define::indexed_column)?;
    let condition = if cursor.word("WHERE").is_some() {
        let start = cursor.here();
        query::check_expression(cursor)?;
        Some(cursor.since(start))
    } else {
        None
    };
    Ok(CreateIndex { unique, if_not_exists, keyword, name, table, columns, condition })
}

fn create_view(cursor: &mut Cursor, temporary: bool, keyword: Span) -> Read<CreateView> {
    let if_not_exists = if_not_exists(cursor);
    let name = cursor.object_name()?;
    let columns = if cursor.next_is_symbol("(") { cursor.names()? } else { Vec::new() };
    cursor.need_word("AS")?;
    let references = query::references(cursor.text, &cursor.tokens[cursor.at..]);
    let query = query::rest(cursor);
    if query.is_empty() {
        return cursor.stop("SELECT");
    }
    Ok(CreateView { temporary, if_not_exists, keyword, name, columns, query, references })
}

fn create_trigger(cursor: &mut Cursor, temporary: bool, keyword: Span) -> Read<CreateTrigger> {
    let if_not_exists = if_not_exists(cursor);
    let name = cursor.object_name()?;
    if cursor.word("BEFORE").is_none() && cursor.word("AFTER").is_none() {
        cursor.words(&["INSTEAD", "OF"]);
    }
    let mut update_of = Vec::new();
    if cursor.word("UPDATE").is_some() {
        if cursor.word("OF").is_some() {
            update_of.push(cursor.name()?);
            while cursor.symbol(",").is_some() {
                update_of.push(cursor.name()?);
            }
        }
    } else if cursor.word("INSERT").is_none() {
        cursor.need_word("DELETE")?;
    }
    cursor.need_word("ON")?;
    let table = cursor.name()?;
    cursor.words(&["FOR", "EACH", "ROW"]);
    if !cursor.next_is("WHEN") && !cursor.next_is("BEGIN") {
        return cursor.stop("FOR EACH ROW, WHEN or BEGIN");
    }
    let references = query::trigger_references(cursor.text, &cursor.tokens[cursor.at..]);
    let last_is_end = cursor.tokens.last().is_some_and(|token| token.is(cursor.text, "END"));
    query::rest(cursor);
    if !last_is_end {
        return cursor.stop("END");
    }
    Ok(CreateTrigger { temporary, if_not_exists, keyword, name, table, update_of, references })
}

fn alter(cursor: &mut Cursor) -> Read<AlterTable> {
    cursor.need_word("ALTER")?;
    cursor.need_word("TABLE")?;
    refuse(cursor, &["IF", "EXISTS"], UnsupportedClause::AlterTableIfExists)?;
    let name = cursor.object_name()?;
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
    Ok(AlterTable { name, action })
}

/// Stops where the clause comes next: people bring it from other databases.
fn refuse(cursor: &Cursor, words: &[&str], clause: UnsupportedClause) -> Read<()> {
    let mut ahead = cursor.clone();
    ahead.words(words).map_or(Ok(()), |at| Err(Stop { at, problem: Problem::Unsupported(clause) }))
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
        let behind = Cursor { at: cursor.at + 1, ..cursor.clone() };
        refuse(&behind, &["IF", "NOT", "EXISTS"], UnsupportedClause::AddConstraintIfNotExists)?;
        let constraint = define::table_constraint(cursor)?;
        return if matches!(constraint.kind, TableConstraintKind::Check(_)) {
            Ok(AlterAction::AddConstraint(constraint))
        } else {
            let problem = Problem::Expected("CHECK, the only constraint that ALTER TABLE can add");
            Err(Stop { at: constraint.span, problem })
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
            if cursor.next_is("SAVEPOINT") && cursor.at + 1 < cursor.tokens.len() {
                cursor.bump();
            }
            Body::Rollback(Some(cursor.name()?))
        }
        "SAVEPOINT" => Body::Savepoint(cursor.name()?),
        _ => {
            if cursor.next_is("SAVEPOINT") && cursor.at + 1 < cursor.tokens.len() {
                cursor.bump();
            }
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

/// The head of a data statement from its tokens; sqlparser then reads the whole.
fn data(cursor: &mut Cursor) -> Read<Data> {
    let mut head = cursor.clone();
    let found = data_head(&mut head)?;
    query::check(cursor)?;
    Ok(found)
}

fn data_head(cursor: &mut Cursor) -> Read<Data> {
    let start = cursor.at;
    let mut kind = match cursor.bump() {
        Some(token) if token.is(cursor.text, "UPDATE") => DataKind::Update,
        Some(token) if token.is(cursor.text, "DELETE") => DataKind::Delete,
        Some(token) if token.is(cursor.text, "REPLACE") => DataKind::Replace,
        _ => DataKind::Insert,
    };
    if cursor.word("OR").is_some() {
        if cursor.next_is("REPLACE") && kind == DataKind::Insert {
            kind = DataKind::Replace;
        }
        cursor.bump();
    }
    match kind {
        DataKind::Delete => cursor.need_word("FROM").map(drop_span)?,
        DataKind::Insert | DataKind::Replace => cursor.need_word("INTO").map(drop_span)?,
        DataKind::Update => {}
    }
    let table = cursor.object_name()?;
    let filtered = has_where(cursor.text, &cursor.tokens[start..]);
    Ok(Data { kind, table, filtered })
}

const fn drop_span(_: Span) {}

/// Whether a `WHERE` stands outside every parenthesis.
fn has_where(text: &str, tokens: &[Token]) -> bool {
    let mut depth = 0_i32;
    tokens.iter().any(|token| {
        if token.is_symbol(text, "(") {
            depth += 1;
        } else if token.is_symbol(text, ")") {
            depth -= 1;
        }
        depth == 0 && token.is(text, "WHERE")
    })
}

/// `WITH …`: the first data word outside parentheses tells what the statement is.
fn with(cursor: &mut Cursor) -> Read<Body> {
    let mut depth = 0_i32;
    let main = cursor.tokens.iter().position(|token| {
        if token.is_symbol(cursor.text, "(") {
            depth += 1;
        } else if token.is_symbol(cursor.text, ")") {
            depth -= 1;
        }
        depth == 0
            && ["SELECT", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE"]
                .iter()
                .any(|word| token.is(cursor.text, word))
    });
    let Some(main) = main else { return cursor.stop("SELECT, INSERT, UPDATE or DELETE") };
    let is_query = ["SELECT", "VALUES"].iter().any(|word| cursor.tokens[main].is(cursor.text, word));
    let found = if is_query {
        Body::Query
    } else {
        let mut head = Cursor { at: main, ..cursor.clone() };
        Body::Data(Box::new(data_head(&mut head)?))
    };
    query::check(cursor)?;
    Ok(found)
}

fn other(cursor: &mut Cursor, first: &str) -> Read<Body> {
    cursor.bump();
    let found = match first {
        "ANALYZE" | "REINDEX" => {
            if !cursor.is_done() {
                cursor.object_name()?;
            }
            if first == "ANALYZE" { Other::Analyze } else { Other::Reindex }
        }
        "VACUUM" => {
            if !cursor.is_done() && !cursor.next_is("INTO") {
                cursor.name()?;
            }
            if cursor.word("INTO").is_some() {
                query::check_expression(cursor)?;
            }
            Other::Vacuum
        }
        "DETACH" => {
            if cursor.tokens.len() > 2 {
                cursor.word("DATABASE");
            }
            cursor.name()?;
            Other::Detach
        }
        "ATTACH" => {
            query::rest(cursor);
            Other::Attach
        }
        _ => {
            query::rest(cursor);
            Other::Explain
        }
    };
    cursor.need_end()?;
    Ok(Body::Other(found))
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

fn opaque(text: &str, tokens: &[Token], stop: Stop) -> Body {
    let words: Vec<&str> = tokens
        .iter()
        .take_while(|token| token.kind == TokenKind::Word)
        .map(|token| token.span.of(text))
        .filter(|word| !word.eq_ignore_ascii_case("TEMP") && !word.eq_ignore_ascii_case("TEMPORARY"))
        .collect();
    let definition = matches!(words.first(), Some(first) if ["CREATE", "ALTER", "DROP"].iter().any(|word| first.eq_ignore_ascii_case(word)));
    let unique =
        words.get(1).is_some_and(|word| ["UNIQUE", "VIRTUAL"].iter().any(|known| word.eq_ignore_ascii_case(known)));
    let length = if definition { 2 + usize::from(unique) } else { 1 };
    let kind = words[..length.min(words.len())].join(" ").to_ascii_uppercase();
    Body::Opaque(Box::new(Opaque { kind, name: opaque_name(text, tokens, length), at: stop.at, problem: stop.problem }))
}

/// The name that a definition's words seem to be about.
fn opaque_name(text: &str, tokens: &[Token], kind_length: usize) -> Option<ObjectName> {
    if kind_length < 2 {
        return None;
    }
    let mut cursor = Cursor::new(text, tokens);
    cursor.bump();
    if cursor.word("TEMP").is_none() {
        cursor.word("TEMPORARY");
    }
    cursor.at += kind_length - 1;
    if cursor.words(&["IF", "NOT", "EXISTS"]).is_none() {
        cursor.words(&["IF", "EXISTS"]);
    }
    cursor.object_name().ok()
}

/// What the statement uses that not every version has.
fn features(text: &str, tokens: &[Token], body: &Body) -> Vec<(Feature, Span)> {
    let mut found = Vec::new();
    match body {
        Body::Opaque(_) | Body::Pragma(_) | Body::Begin | Body::Commit => return found,
        Body::CreateTable(table) => table_features(&table.definition, &mut found),
        Body::AlterTable(alter) => alter_features(alter, tokens, &mut found),
        Body::CreateIndex(index) => {
            let expression = index.columns.iter().find(|column| column.column.is_none());
            found.extend(expression.map(|column| (version::EXPRESSION_INDEX, column.expression)));
        }
        Body::CreateView(view) => {
            if let [first, .., last] | [first @ last] = &view.columns[..] {
                found.push((version::VIEW_COLUMN_LIST, first.span.to(last.span)));
            }
        }
        Body::Other(Other::Vacuum) if tokens.iter().any(|token| token.is(text, "INTO")) => {
            found.push((version::VACUUM_INTO, tokens[0].span));
        }
        Body::Other(Other::Reindex) if tokens.len() == 2 && tokens[1].is(text, "EXPRESSIONS") => {
            found.push((version::REINDEX_EXPRESSIONS, tokens[1].span));
        }
        _ => {}
    }
    word_features(text, tokens, &mut found);
    found
}

fn table_features(definition: &TableDefinition, found: &mut Vec<(Feature, Span)>) {
    let generated = definition.columns.iter().find_map(|column| column.generated());
    found.extend(generated.map(|(constraint, _)| (version::GENERATED_COLUMN, constraint.span)));
    found.extend(definition.strict.map(|span| (version::STRICT, span)));
}

fn alter_features(alter: &AlterTable, tokens: &[Token], found: &mut Vec<(Feature, Span)>) {
    let behind = |at: Span| Span::new(at.end, tokens[tokens.len() - 1].span.end);
    let action = tokens.iter().find(|token| behind(alter.name.span()).contains(token.span)).map(|token| token.span);
    let whole = action.map_or(alter.name.span(), |action| action.to(behind(action)));
    match &alter.action {
        AlterAction::RenameTable(_) => {}
        AlterAction::RenameColumn { .. } => found.push((version::RENAME_COLUMN, whole)),
        AlterAction::DropColumn(_) => found.push((version::DROP_COLUMN, whole)),
        AlterAction::AddConstraint(_) => found.push((version::ALTER_ADD_CHECK, whole)),
        AlterAction::DropConstraint(_) => found.push((version::ALTER_DROP_CONSTRAINT, whole)),
        AlterAction::SetNotNull { .. } | AlterAction::DropNotNull(_) => found.push((version::ALTER_NOT_NULL, whole)),
        AlterAction::AddColumn(column) => {
            found.extend(column.generated().map(|(constraint, _)| (version::GENERATED_COLUMN, constraint.span)));
        }
    }
}

/// Words and operators that tell a feature wherever they stand.
fn word_features(text: &str, tokens: &[Token], found: &mut Vec<(Feature, Span)>) {
    for (at, token) in tokens.iter().enumerate() {
        let next = |ahead: usize, word: &str| tokens.get(at + ahead).is_some_and(|token| token.is(text, word));
        let opens = |ahead: usize| tokens.get(at + ahead).is_some_and(|token| token.is_symbol(text, "("));
        let source = token.span.of(text);
        let feature = match token.kind {
            TokenKind::Symbol if source == "->" || source == "->>" => version::JSON_ARROW,
            TokenKind::Number if source.contains('_') => version::DIGIT_SEPARATOR,
            TokenKind::Word => match source.as_bytes()[0].to_ascii_uppercase() {
                b'W' if at == 0 && token.is(text, "WITH") => version::COMMON_TABLE_EXPRESSION,
                b'R' if token.is(text, "RETURNING") => version::RETURNING,
                b'R' if token.is(text, "RIGHT") && (next(1, "JOIN") || next(1, "OUTER")) => version::FULL_JOIN,
                b'F' if token.is(text, "FULL") && (next(1, "JOIN") || next(1, "OUTER")) => version::FULL_JOIN,
                b'F' if token.is(text, "FILTER") && opens(1) => version::AGGREGATE_FILTER,
                b'O' if token.is(text, "OVER") && opens(1) => version::WINDOW_FUNCTION,
                b'N' if token.is(text, "NULLS") && (next(1, "FIRST") || next(1, "LAST")) => version::NULLS_FIRST,
                b'M' if token.is(text, "MATERIALIZED") && opens(1) => version::MATERIALIZED,
                b'D' if token.is(text, "DISTINCT") && next(1, "FROM") => version::IS_DISTINCT_FROM,
                b'D' if token.is(text, "DO") && (next(1, "NOTHING") || next(1, "UPDATE")) => version::UPSERT,
                _ => continue,
            },
            _ => continue,
        };
        if !found.iter().any(|(known, _)| *known == feature) {
            found.push((feature, token.span));
        }
    }
    if let Some(from) = update_from(text, tokens) {
        found.push((version::UPDATE_FROM, from));
    }
}

/// The `FROM` of an `UPDATE`, outside parentheses.
fn update_from(text: &str, tokens: &[Token]) -> Option<Span> {
    if !tokens[0].is(text, "UPDATE") {
        return None;
    }
    let mut depth = 0_i32;
    let from = tokens.iter().enumerate().find(|(at, token)| {
        if token.is_symbol(text, "(") {
            depth += 1;
        } else if token.is_symbol(text, ")") {
            depth -= 1;
        }
        depth == 0 && token.is(text, "FROM") && !tokens[at - 1].is(text, "DISTINCT")
    });
    from.map(|(_, token)| token.span)
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
        Body::Query => "SELECT",
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
        Self { span: Span::default(), body: Body::Opaque(Box::new(opaque)), features: Vec::new() }
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

impl References {
    /// The places that can mean `column` of `table`. `NEW` and `OLD` count where `own` says that
    /// `table` is the trigger's own.
    pub fn uses_of<'me>(
        &'me self,
        table: &'me str,
        column: &'me str,
        own: bool,
    ) -> impl Iterator<Item = &'me ColumnReference> {
        self.columns.iter().filter(move |reference| {
            let row = reference.qualifier.as_ref().is_some_and(|name| name.is("new") || name.is("old"));
            if row { own && reference.column.is(column) } else { query::can_mean(self, reference, table, column) }
        })
    }
}
