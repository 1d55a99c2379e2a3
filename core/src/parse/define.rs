//! The definition of a table: columns, types and constraints, as SQLite's grammar has them.

use alloc::vec::Vec;

use super::cursor::{Cursor, MOST_COLUMNS, Read};
use super::expression;
use super::statement::{
    Action, ColumnConstraint, ColumnConstraintKind, ColumnDefinition, Conflict, ForeignKey, IndexedColumn, Name,
    TableConstraint, TableConstraintKind, TableDefinition,
};
use super::token::TokenKind;
use crate::sqlite::{name, version};
use crate::text::Span;

/// `( column, …, constraint, … ) options`.
pub(super) fn table(cursor: &mut Cursor) -> Read<TableDefinition> {
    let start = cursor.need_symbol("(")?;
    let mut definition = TableDefinition::default();
    loop {
        if begins_table_constraint(cursor) {
            break;
        }
        let column = column(cursor)?;
        // SQLite refuses one too many; those behind it would only take room.
        if definition.columns.len() <= MOST_COLUMNS {
            definition.columns.push(column);
        }
        definition.columns_end = cursor.here().start;
        if cursor.symbol(",").is_none() {
            if begins_table_constraint(cursor) {
                return cursor.stop(", before the first constraint");
            }
            break;
        }
    }
    while begins_table_constraint(cursor) {
        // SQLite takes a name without a constraint behind it, and forgets it.
        if let Some(constraint) = named_table_constraint(cursor)? {
            definition.constraints.push(constraint);
            cursor.need_few(&definition.constraints)?;
        }
        // SQLite's grammar makes the comma optional here.
        cursor.symbol(",");
    }
    cursor.need_symbol(")")?;
    if definition.columns.is_empty() {
        return cursor.stop("a column");
    }
    definition.body = cursor.since(start);
    while !cursor.is_done() {
        if let Some(span) = cursor.words(&["WITHOUT", "ROWID"]) {
            definition.without_rowid = Some(span);
        } else if let Some(span) = cursor.word("STRICT") {
            definition.strict = Some(span);
        } else {
            return cursor.stop("WITHOUT ROWID, STRICT, or the end of the statement");
        }
        if cursor.symbol(",").is_none() {
            break;
        }
    }
    Ok(definition)
}

fn begins_table_constraint(cursor: &Cursor) -> bool {
    // A column may be called `constraint`; SQLite then reads a constraint all the same.
    ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].iter().any(|word| cursor.next_is(word))
}

/// `name type constraint …`.
pub(super) fn column(cursor: &mut Cursor) -> Read<ColumnDefinition> {
    let name = cursor.name()?;
    let start = name.span;
    let declared_type = type_words(cursor)?;
    let mut constraints = Vec::new();
    while let Some(constraint) = column_constraint(cursor)? {
        constraints.push(constraint);
        cursor.need_few(&constraints)?;
    }
    Ok(ColumnDefinition { name, declared_type, constraints, span: cursor.since(start) })
}

/// Any words that are no constraint, then at most two signed numbers in parentheses.
pub(super) fn type_words(cursor: &mut Cursor) -> Read<Option<Span>> {
    let start = cursor.here();
    let mut words = 0;
    while let Some(token) = cursor.peek() {
        let belongs = match token.kind {
            TokenKind::Quoted | TokenKind::String => true,
            TokenKind::Word => {
                !name::is_reserved(token.span.of(cursor.text)) && !cursor.next_are(&["GENERATED", "ALWAYS", "AS"])
            }
            _ => false,
        };
        if !belongs {
            break;
        }
        if cursor.next_are(&["GENERATED", "ALWAYS"]) {
            // Without what they announce SQLite takes the words for a type, and cuts them off its end.
            let declared = (words > 0).then(|| cursor.since(start));
            cursor.bump();
            cursor.bump();
            let ends = cursor.peek().is_none_or(|token| {
                !matches!(token.kind, TokenKind::Quoted | TokenKind::String)
                    && (token.kind != TokenKind::Word || name::is_reserved(token.span.of(cursor.text)))
            });
            if ends && !cursor.next_is_symbol("(") {
                return Ok(declared);
            }
            words += 2;
            continue;
        }
        cursor.bump();
        words += 1;
    }
    if words == 0 {
        return Ok(None);
    }
    if cursor.symbol("(").is_some() {
        signed_number(cursor)?;
        if cursor.symbol(",").is_some() {
            signed_number(cursor)?;
        }
        cursor.need_symbol(")")?;
    }
    Ok(Some(cursor.since(start)))
}

/// A type's parameter.
fn signed_number(cursor: &mut Cursor) -> Read<()> {
    if cursor.symbol("-").is_none() {
        cursor.symbol("+");
    }
    match cursor.peek().map(|token| token.kind) {
        Some(TokenKind::Number) => {
            cursor.bump();
            Ok(())
        }
        _ => cursor.stop("a number"),
    }
}

fn constraint_name(cursor: &mut Cursor) -> Read<Option<Name>> {
    if cursor.word("CONSTRAINT").is_none() {
        return Ok(None);
    }
    cursor.name().map(Some)
}

fn column_constraint(cursor: &mut Cursor) -> Read<Option<ColumnConstraint>> {
    let start = cursor.here();
    let name = constraint_name(cursor)?;
    let Some(kind) = column_constraint_kind(cursor)? else {
        // SQLite takes `CONSTRAINT name` with nothing behind it, and forgets it.
        return match name {
            Some(_) => Ok(Some(ColumnConstraint {
                name,
                kind: ColumnConstraintKind::Null,
                conflict: None,
                span: cursor.since(start),
            })),
            None => Ok(None),
        };
    };
    let takes_conflict = matches!(
        kind,
        ColumnConstraintKind::PrimaryKey { .. }
            | ColumnConstraintKind::NotNull
            | ColumnConstraintKind::Null
            | ColumnConstraintKind::Unique
    );
    let (kind, conflict) = if takes_conflict { autoincrement(cursor, kind)? } else { (kind, None) };
    Ok(Some(ColumnConstraint { name, kind, conflict, span: cursor.since(start) }))
}

/// `ON CONFLICT …` and then `AUTOINCREMENT`, which a primary key may have.
fn autoincrement(
    cursor: &mut Cursor,
    mut kind: ColumnConstraintKind,
) -> Read<(ColumnConstraintKind, Option<Conflict>)> {
    let conflict = on_conflict(cursor)?;
    if let ColumnConstraintKind::PrimaryKey { autoincrement, .. } = &mut kind {
        *autoincrement = cursor.word("AUTOINCREMENT").is_some();
    }
    Ok((kind, conflict))
}

fn column_constraint_kind(cursor: &mut Cursor) -> Read<Option<ColumnConstraintKind>> {
    let Some(token) = cursor.peek() else { return Ok(None) };
    if token.kind != TokenKind::Word {
        return Ok(None);
    }
    let mut buffer = [0; 17];
    let kind = match name::upper(token.span.of(cursor.text), &mut buffer) {
        "PRIMARY" => {
            cursor.bump();
            cursor.need_word("KEY")?;
            ColumnConstraintKind::PrimaryKey { descending: direction(cursor), autoincrement: false }
        }
        "NOT" if !cursor.next_are(&["NOT", "DEFERRABLE"]) => {
            cursor.bump();
            cursor.need_word("NULL")?;
            ColumnConstraintKind::NotNull
        }
        "NOT" | "DEFERRABLE" => {
            // A deferral without its REFERENCES: SQLite takes it for the constraint before.
            deferral(cursor)?;
            ColumnConstraintKind::Null
        }
        "NULL" => {
            cursor.bump();
            ColumnConstraintKind::Null
        }
        "UNIQUE" => {
            cursor.bump();
            ColumnConstraintKind::Unique
        }
        "CHECK" => {
            cursor.bump();
            ColumnConstraintKind::Check(parenthesised(cursor)?)
        }
        "DEFAULT" => {
            cursor.bump();
            ColumnConstraintKind::Default(default_value(cursor)?)
        }
        "COLLATE" => {
            cursor.bump();
            ColumnConstraintKind::Collate(cursor.name()?)
        }
        "REFERENCES" => ColumnConstraintKind::References(foreign_key(cursor)?),
        "GENERATED" | "AS" => generated(cursor)?,
        _ => return Ok(None),
    };
    Ok(Some(kind))
}

fn generated(cursor: &mut Cursor) -> Read<ColumnConstraintKind> {
    if cursor.word("GENERATED").is_some() {
        cursor.need_word("ALWAYS")?;
    }
    cursor.need_word("AS")?;
    let expression = parenthesised(cursor)?;
    let stored = cursor.word("STORED").is_some();
    if !stored {
        cursor.word("VIRTUAL");
    }
    Ok(ColumnConstraintKind::Generated { expression, stored })
}

/// A literal, a signed number, a bare word, or an expression in parentheses.
fn default_value(cursor: &mut Cursor) -> Read<Span> {
    if cursor.next_is_symbol("(") {
        return parenthesised(cursor);
    }
    let start = cursor.here();
    if cursor.symbol("-").is_none() {
        cursor.symbol("+");
    }
    match cursor.peek() {
        Some(token)
            if matches!(token.kind, TokenKind::Number | TokenKind::String | TokenKind::Blob | TokenKind::Quoted)
                || token.is(cursor.text, "NULL")
                || (token.kind == TokenKind::Word && !name::is_reserved(token.span.of(cursor.text))) =>
        {
            if token.kind == TokenKind::Number {
                expression::number(cursor, token);
            } else {
                cursor.bump();
            }
            if token.is(cursor.text, "TRUE") || token.is(cursor.text, "FALSE") {
                cursor.uses(version::BOOLEAN_WORD, token.span);
            }
            Ok(cursor.since(start))
        }
        _ => cursor.stop("a literal, or an expression in parentheses"),
    }
}

/// `ASC` or `DESC`; whether it is the latter.
fn direction(cursor: &mut Cursor) -> bool {
    cursor.word("ASC").is_none() && cursor.word("DESC").is_some()
}

pub(super) fn on_conflict(cursor: &mut Cursor) -> Read<Option<Conflict>> {
    if cursor.words(&["ON", "CONFLICT"]).is_none() {
        return Ok(None);
    }
    let all = [Conflict::Rollback, Conflict::Abort, Conflict::Fail, Conflict::Ignore, Conflict::Replace];
    let found = all.into_iter().find(|conflict| cursor.word(conflict.as_str()).is_some());
    found.map_or_else(|| cursor.stop("ROLLBACK, ABORT, FAIL, IGNORE or REPLACE"), |conflict| Ok(Some(conflict)))
}

/// `REFERENCES table (columns) actions deferral`.
fn foreign_key(cursor: &mut Cursor) -> Read<ForeignKey> {
    let start = cursor.need_word("REFERENCES")?;
    let table = cursor.name()?;
    let columns = if cursor.next_is_symbol("(") { indexed_names(cursor)? } else { Vec::new() };
    let (mut on_delete, mut on_update) = (Action::NoAction, Action::NoAction);
    let mut deferred = false;
    loop {
        if cursor.words(&["ON", "DELETE"]).is_some() {
            on_delete = action(cursor)?;
        } else if cursor.words(&["ON", "UPDATE"]).is_some() {
            on_update = action(cursor)?;
        } else if cursor.words(&["ON", "INSERT"]).is_some() {
            action(cursor)?;
        } else if cursor.word("MATCH").is_some() {
            cursor.name()?;
        } else if cursor.next_is("DEFERRABLE") || cursor.next_are(&["NOT", "DEFERRABLE"]) {
            deferred = deferral(cursor)?;
        } else {
            return Ok(ForeignKey { table, columns, on_delete, on_update, deferred, span: cursor.since(start) });
        }
    }
}

/// Column names that may carry a collation and a direction, which mean nothing here.
fn indexed_names(cursor: &mut Cursor) -> Read<Vec<Name>> {
    cursor.list(|cursor| {
        let name = cursor.name()?;
        if cursor.word("COLLATE").is_some() {
            cursor.name()?;
        }
        direction(cursor);
        Ok(name)
    })
}

fn action(cursor: &mut Cursor) -> Read<Action> {
    let all = [Action::NoAction, Action::Restrict, Action::SetNull, Action::SetDefault, Action::Cascade];
    for action in all {
        let taken = match action.as_str().split_once(' ') {
            Some((first, second)) => cursor.words(&[first, second]),
            None => cursor.word(action.as_str()),
        };
        if taken.is_some() {
            return Ok(action);
        }
    }
    cursor.stop("SET NULL, SET DEFAULT, CASCADE, RESTRICT or NO ACTION")
}

fn deferral(cursor: &mut Cursor) -> Read<bool> {
    let not = cursor.word("NOT").is_some();
    cursor.need_word("DEFERRABLE")?;
    if cursor.word("INITIALLY").is_none() {
        return Ok(false);
    }
    let deferred = cursor.word("DEFERRED").is_some();
    if !deferred {
        cursor.need_word("IMMEDIATE")?;
    }
    Ok(deferred && !not)
}

/// A constraint of the table, or nothing where only a name stands there.
fn named_table_constraint(cursor: &mut Cursor) -> Read<Option<TableConstraint>> {
    let mut ahead = cursor.clone();
    if constraint_name(&mut ahead)?.is_some() && (ahead.next_is("CONSTRAINT") || matches!(ahead.mark(), "," | ")")) {
        *cursor = ahead;
        return Ok(None);
    }
    table_constraint(cursor).map(Some)
}

/// A constraint of the table as a whole, with its name and its `ON CONFLICT`.
pub(super) fn table_constraint(cursor: &mut Cursor) -> Read<TableConstraint> {
    let start = cursor.here();
    let name = constraint_name(cursor)?;
    let kind = if cursor.words(&["PRIMARY", "KEY"]).is_some() {
        let (columns, autoincrement) = key_columns(cursor)?;
        TableConstraintKind::PrimaryKey { columns, autoincrement }
    } else if cursor.word("UNIQUE").is_some() {
        TableConstraintKind::Unique(cursor.list(indexed_column)?)
    } else if cursor.word("CHECK").is_some() {
        TableConstraintKind::Check(parenthesised(cursor)?)
    } else if cursor.words(&["FOREIGN", "KEY"]).is_some() {
        let columns = cursor.names()?;
        TableConstraintKind::ForeignKey { columns, key: foreign_key(cursor)? }
    } else {
        return cursor.stop("PRIMARY KEY, UNIQUE, CHECK or FOREIGN KEY");
    };
    let conflict = on_conflict(cursor)?;
    Ok(TableConstraint { name, kind, conflict, span: cursor.since(start) })
}

/// `(a, b AUTOINCREMENT)`.
fn key_columns(cursor: &mut Cursor) -> Read<(Vec<IndexedColumn>, bool)> {
    cursor.need_symbol("(")?;
    let mut columns = Vec::new();
    loop {
        columns.push(indexed_column(cursor)?);
        let autoincrement = cursor.word("AUTOINCREMENT").is_some();
        if autoincrement || cursor.symbol(",").is_none() {
            cursor.need_symbol(")")?;
            return Ok((columns, autoincrement));
        }
    }
}

/// A column or an expression, its collation and its direction.
pub(super) fn indexed_column(cursor: &mut Cursor) -> Read<IndexedColumn> {
    let found = expression::expression(cursor)?;
    let (expression, collation) = without_collation(cursor.text, found.span);
    let mut only = Cursor::new(cursor.text, expression);
    let column = only.name().ok().filter(|_| only.is_done());
    Ok(IndexedColumn { column, expression, collation, descending: direction(cursor) })
}

/// A term without the `COLLATE` that ends it, of which the reader of expressions has made a part of it.
/// Behind an operator it belongs to the last operand, and not to the term.
fn without_collation(text: &str, term: Span) -> (Span, Option<Name>) {
    let mut walk = Cursor::new(text, term);
    let mut depth = 0_u32;
    let mut before = Span::default();
    while let Some(token) = walk.bump() {
        if token.is_symbol(text, "(") {
            depth += 1;
        } else if token.is_symbol(text, ")") {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && token.is(text, "COLLATE") && !before.is_empty() {
            return match walk.name() {
                Ok(name) if walk.is_done() => (Span::new(term.start, before.end), Some(name)),
                _ => (term, None),
            };
        } else if depth == 0 && token.kind == TokenKind::Symbol && !token.is_symbol(text, ".") {
            // A sign binds its operand more closely than that.
            let is_sign = before.is_empty() && ["-", "+", "~"].iter().any(|sign| token.is_symbol(text, sign));
            if is_sign {
                continue;
            }
            break;
        }
        before = token.span;
    }
    (term, None)
}

/// `(expression)`.
fn parenthesised(cursor: &mut Cursor) -> Read<Span> {
    let start = cursor.need_symbol("(")?;
    expression::expression(cursor)?;
    cursor.need_symbol(")")?;
    Ok(cursor.since(start))
}
