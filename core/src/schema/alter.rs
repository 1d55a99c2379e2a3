//! `ALTER TABLE`: what it makes of the stored texts, and when SQLite refuses it.
//!
//! SQLite edits the text of the table, and on `RENAME` the texts of all that names it. It looks through
//! the whole schema before and after: a view or a trigger that makes no sense, wherever it is, stops it.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::change::Change;
use super::refer;
use super::replay::{Problem, ProblemKind, Step, absent, is_attached, missing, shown, taken};
use super::resolve::{ColumnUse, DoubleQuotes, Place, Resolution, resolve};
use super::{Key, Object, Schema, key, sense, shadow};
use crate::parse::statement::{
    AlterAction, AlterTable, Body, ColumnConstraintKind, ColumnDefinition, CreateTable, DataKind, Name, ObjectKind,
    ObjectName, Source, SourceKind, Statement, TableConstraint, TriggerStep, Word,
};
use crate::parse::token::Token;
use crate::parse::{MOST_COLUMNS, token};
use crate::sqlite::name;
use crate::text::Span;
use crate::text::edit::{self, Edit};

/// Follows one `ALTER TABLE`.
pub(super) fn alter(before: &Schema, text: &str, statement: &Statement, alter: &AlterTable) -> Step {
    let table = &alter.name.name;
    if name::is_internal(&table.text) {
        let spelt = if table.is("sqlite_schema") { "sqlite_master" } else { &table.text };
        let error = format!("table {spelt} may not be altered");
        return Err(Problem { kind: ProblemKind::Reserved { name: table.text.clone() }, span: table.span, error });
    }
    let Some(object) = before.find(&alter.name) else {
        if !is_attached(alter.name.schema.as_ref()) {
            absent::<()>(before, table, || format!("no such table: {}", shown(&alter.name)))?;
        }
        return Ok((changes_of(alter), before.clone()));
    };
    if object.kind == ObjectKind::Index {
        return Err(missing(before, table, "table", format!("no such table: {}", table.text)));
    }
    if object.kind == ObjectKind::View {
        let error = match &alter.action {
            AlterAction::RenameTable(_) => format!("view {} may not be altered", object.name),
            AlterAction::AddColumn(_) => String::from("Cannot add a column to a view"),
            AlterAction::RenameColumn { .. } => format!("cannot rename columns of view \"{}\"", object.name),
            AlterAction::DropColumn(_) => format!("cannot drop column from view \"{}\"", object.name),
            _ => format!("cannot edit constraints of view \"{}\"", object.name),
        };
        let kind =
            ProblemKind::WrongKind { name: table.text.clone(), found: ObjectKind::View, needed: ObjectKind::Table };
        return Err(Problem { kind, span: table.span, error });
    }
    if object.is_virtual()
        && let Some(error) = refusal_of_virtual(object, &alter.action)
    {
        return Err(blocked(table.span, error));
    }
    let object = Rc::clone(object);
    let after = match &alter.action {
        AlterAction::RenameTable(to) => rename_table(before, &object, to)?,
        AlterAction::RenameColumn { from, to } => rename_column(before, text, &object, from, to)?,
        AlterAction::AddColumn(column) => {
            if let Some(existing) = object.column(&column.name.text) {
                return Err(duplicate_column(
                    &column.name,
                    &existing.name.text,
                    format!("duplicate column name: {}", column.name.text),
                ));
            }
            add_column(before, text, statement, &object, column)?
        }
        AlterAction::DropColumn(column) => drop_column(before, &object, column)?,
        AlterAction::SetNotNull { column, .. } => {
            known_column(&object, column, &column.text)?;
            set_not_null(before, text, statement, &object, column)
        }
        AlterAction::DropNotNull(column) => {
            known_column(&object, column, &column.text)?;
            drop_not_null(before, &object, column)
        }
        AlterAction::AddConstraint(constraint) => add_constraint(before, text, statement, &object, constraint)?,
        AlterAction::DropConstraint(constraint) => drop_constraint(before, &object, constraint)?,
    };
    Ok((changes_of(alter), after))
}

/// A virtual table can be renamed, and nothing else.
fn refusal_of_virtual(object: &Object, action: &AlterAction) -> Option<String> {
    let cannot = match action {
        AlterAction::RenameTable(_) => return None,
        AlterAction::AddColumn(_) => return Some(String::from("virtual tables may not be altered")),
        AlterAction::RenameColumn { .. } => "rename columns of",
        AlterAction::DropColumn(_) => "drop column from",
        _ => "edit constraints of",
    };
    Some(format!("cannot {cannot} virtual table \"{}\"", object.name))
}

/// The table with another column, whose text SQLite keeps with the comments before the `;`.
fn add_column(
    before: &Schema,
    text: &str,
    statement: &Statement,
    object: &Rc<Object>,
    column: &ColumnDefinition,
) -> Result<Schema, Problem> {
    let refused = |error: &str| blocked(column.name.span, String::from(error));
    if column.primary_key().is_some() {
        return Err(refused("Cannot add a PRIMARY KEY column"));
    }
    if column.unique().is_some() {
        return Err(refused("Cannot add a UNIQUE column"));
    }
    rowid_name(object, &column.name, "add")?;
    // A short text is not read for this.
    if object.sql.len() > 2 * MOST_COLUMNS && object.columns().len() >= MOST_COLUMNS {
        return Err(refused(&format!("too many columns on sqlite_altertab_{}", object.name)));
    }
    let declared = Span::new(column.span.start, statement.end_in(text)).of(text);
    let declared = declared.trim_end_matches(|at| super::is_space(at) || at == ';');
    if ends_in_comment(&declared[(statement.span.end - column.span.start) as usize..]) {
        // SQLite puts the text before the parenthesis that closes the table, comment and all.
        let error = format!("error in table {} after add column: incomplete input", object.name);
        return Err(blocked(column.name.span, error));
    }
    let Some(mut added) = object.with_column(declared) else { return Ok(before.clone()) };
    if column.references().is_some() {
        // The table depends on another from now on.
        let read = Object::new(&added.name, added.sql.clone(), added.temporary);
        added = read.map_or(added, |read| Object { certain: object.certain, ..read });
    }
    let after = before.with_columns(object, added, &[&column.name.text]);
    let is_plain = |kind: &ColumnConstraintKind| match kind {
        ColumnConstraintKind::NotNull | ColumnConstraintKind::Null | ColumnConstraintKind::Collate(_) => true,
        ColumnConstraintKind::Default(value) => !value.of(text).starts_with('('),
        _ => false,
    };
    if !object.says("STRICT") && column.constraints.iter().all(|constraint| is_plain(&constraint.kind)) {
        return Ok(after);
    }
    let Some(added) = after.by_key(&key(object)) else { return Ok(after) };
    let fault = added.as_table().and_then(|table| sense::fault(table, &added.sql)).map(|(_, error)| error);
    if let Some(error) = fault.or_else(|| resolve(&after, added, DoubleQuotes::Strings).error) {
        let error = format!("error in table {} after add column: {error}", object.name);
        return Err(blocked(column.name.span, error));
    }
    Ok(after)
}

/// The table with another `CHECK`, whose name must be new and whose columns must be there.
fn add_constraint(
    before: &Schema,
    text: &str,
    statement: &Statement,
    object: &Rc<Object>,
    constraint: &TableConstraint,
) -> Result<Schema, Problem> {
    let added = constraint_text(text, constraint.span, statement);
    let after = with_sql(before, object, |create| {
        let at = create.definition.body.end.checked_sub(1);
        at.map(|at| Edit { span: Span::new(at, at), text: format!(", {added}") }).into_iter().collect()
    });
    let made = after.by_key(&key(object));
    if let Some(error) = made.and_then(|made| resolve(&after, made, DoubleQuotes::Strings).error) {
        return Err(blocked(constraint.span, error));
    }
    let names = object.as_table().map(|create| {
        let of_columns = create.definition.columns.iter().flat_map(|column| &column.constraints);
        let of_table = create.definition.constraints.iter().filter_map(|known| known.name.as_ref());
        of_columns.filter_map(|known| known.name.as_ref()).chain(of_table)
    });
    if let Some(new) = &constraint.name
        && names.into_iter().flatten().any(|known| known.is(&new.text))
    {
        let error = format!("constraint {} already exists", new.text);
        let kind = ProblemKind::Exists { name: new.text.clone(), what: "constraint" };
        return Err(Problem { kind, span: new.span, error });
    }
    Ok(after)
}

/// Whether a gap between tokens ends in a comment that only the end of its line would end.
fn ends_in_comment(gap: &str) -> bool {
    let mut rest = gap;
    loop {
        rest = rest.trim_start_matches(super::is_space);
        if rest.starts_with("--") {
            let Some(end) = rest.find('\n') else { return true };
            rest = &rest[end..];
        } else {
            let Some(end) = rest.strip_prefix("/*").and_then(|comment| comment.find("*/")) else { return false };
            rest = &rest[end + 4..];
        }
    }
}

/// A constraint's text as SQLite keeps it: with the comments before the `;`, but not those that end
/// with their line.
fn constraint_text(text: &str, constraint: Span, statement: &Statement) -> String {
    let rest = Span::new(constraint.start, statement.end_in(text)).of(text);
    let length = constraint.end.max(statement.span.end) - constraint.start;
    rest[..behind_comments(rest, length as usize)].to_owned()
}

/// The place behind the last `/* */` that follows `at`, before anything but comments.
fn behind_comments(text: &str, mut at: usize) -> usize {
    let mut kept = at;
    while let Some(gap) = text.get(at..) {
        at += gap.len() - gap.trim_start_matches(super::is_space).len();
        let gap = &text[at..];
        if gap.starts_with("--") {
            at += gap.find('\n').unwrap_or(gap.len());
        } else if gap.starts_with("/*") {
            at += gap.find("*/").map_or(gap.len(), |end| end + 2);
            kept = at;
        } else {
            break;
        }
    }
    kept.min(text.len())
}

/// What the statement means to change, whether or not the table is known.
pub(super) fn changes_of(alter: &AlterTable) -> Vec<Change> {
    let table = alter.name.name.clone();
    vec![match alter.action.clone() {
        AlterAction::RenameTable(to) => Change::RenameTable { table, to },
        AlterAction::RenameColumn { from, to } => Change::RenameColumn { table, column: from, to },
        AlterAction::AddColumn(column) => Change::AddColumn { table, column: column.into() },
        AlterAction::DropColumn(column) => Change::DropColumn { table, column },
        AlterAction::AddConstraint(constraint) => Change::AddConstraint { table, constraint: constraint.into() },
        AlterAction::DropConstraint(constraint) => Change::DropConstraint { table, constraint },
        AlterAction::SetNotNull { column, .. } => Change::SetNotNull { table, column },
        AlterAction::DropNotNull(column) => Change::DropNotNull { table, column },
    }]
}

fn duplicate_column(at: &Name, existing: &str, error: String) -> Problem {
    Problem { kind: ProblemKind::Exists { name: existing.to_owned(), what: "column" }, span: at.span, error }
}

/// Refuses a column that the table has not. SQLite quotes its name in some places and not in others.
pub(super) fn known_column(object: &Object, column: &Name, shown: &str) -> Result<(), Problem> {
    if object.column(&column.text).is_some() || !object.knows_columns() {
        return Ok(());
    }
    let nearest = name::nearest(&column.text, object.columns().iter().map(|known| known.name.text.as_str()));
    let kind =
        ProblemKind::Missing { name: column.text.clone(), what: "column", nearest: nearest.map(ToOwned::to_owned) };
    Err(Problem { kind, span: column.span, error: format!("no such column: {shown}") })
}

/// The schema with the table's stored text edited.
fn with_sql(before: &Schema, object: &Object, edits: impl FnOnce(&CreateTable) -> Vec<Edit>) -> Schema {
    let Some(create) = object.as_table() else { return before.clone() };
    before.replacing(object, object.edited(edit::apply(&object.sql, edits(create))))
}

/// Cuts the column's declaration out of the stored text, as SQLite does: up to the next column's
/// name, or for the last column from the comma before it.
pub fn cut_column(create: &CreateTable, sql: &str, column: &str) -> Option<Edit> {
    let columns = &create.definition.columns;
    let at = columns.iter().position(|known| known.name.is(column))?;
    let span = if let Some(next) = columns.get(at + 1) {
        Span::new(columns[at].name.span.start, next.name.span.start)
    } else {
        let before = &sql[..columns[at].name.span.start as usize];
        let comma = token::tokens(before).into_iter().rev().find(|token| token.is_symbol(before, ","))?;
        Span::new(comma.span.start, create.definition.columns_end)
    };
    Some(Edit { span, text: String::new() })
}

/// SQLite takes the old `NOT NULL` out and puts the new one, as it is spelt, behind all else.
fn set_not_null(before: &Schema, text: &str, statement: &Statement, object: &Object, column: &Name) -> Schema {
    let rest = Span::new(column.span.end, statement.end_in(text)).of(text);
    let words = token::tokens(rest);
    let length = if words.get(3).is_some_and(|word| word.is(rest, "ON")) { 6 } else { 3 };
    let spelt = words.get(1).zip(words.get(length - 1)).map_or("NOT NULL", |(not, last)| {
        let end = behind_comments(rest, last.span.end as usize);
        &rest[not.span.start as usize..end]
    });
    let cleared = drop_not_null(before, object, column);
    let Some(object) = cleared.get(&object.name).cloned() else { return cleared };
    with_sql(&cleared, &object, |create| {
        let columns = &create.definition.columns;
        let Some(place) = columns.iter().position(|known| known.name.is(&column.text)) else { return Vec::new() };
        let behind = columns[place].span.end;
        let next = token::tokens(&object.sql[behind as usize..]);
        let at = next.first().map_or(behind, |token| behind + token.span.start);
        vec![Edit { span: Span::new(at, at), text: format!(" {spelt}") }]
    })
}

fn drop_not_null(before: &Schema, object: &Object, column: &Name) -> Schema {
    with_sql(before, object, |create| {
        let found = create.definition.columns.iter().find(|known| known.name.is(&column.text));
        let constraint = found.and_then(|found| first_not(&object.sql, found.name.span.end, found.span.end));
        constraint.map(|span| cut_constraint(&object.sql, seen_of(&object.sql, span))).into_iter().collect()
    })
}

/// What SQLite takes for the `NOT NULL` of a column whose declaration stands between the two places: the
/// first `NOT`, be it that of `NOT DEFERRABLE`, with the name before it.
fn first_not(sql: &str, start: u32, end: u32) -> Option<Span> {
    let tokens = token::tokens(sql);
    let mut rest = tokens.iter().filter(|token| token.span.start >= start && token.span.end <= end);
    let mut depth = 0_u32;
    while let Some(token) = rest.next() {
        if token.is_symbol(sql, "(") {
            depth += 1;
        } else if token.is_symbol(sql, ")") {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && token.is(sql, "NOT") {
            return Some(token.span);
        } else if depth == 0 && token.is(sql, "CONSTRAINT") {
            let kind = rest.clone().nth(1)?;
            if kind.is(sql, "NOT") {
                return Some(token.span.to(kind.span));
            }
            rest.next();
        }
    }
    None
}

/// The words at which a constraint ends for SQLite when it cuts one out (`getConstraint()` of `alter.c`).
const ENDS: [&str; 11] = [
    "AS",
    "CHECK",
    "COLLATE",
    "CONSTRAINT",
    "DEFAULT",
    "FOREIGN",
    "GENERATED",
    "NOT",
    "PRIMARY",
    "REFERENCES",
    "UNIQUE",
];

/// As much of the text as SQLite takes for the constraint: up to the next word that begins one, though that
/// may belong to it (`ON DELETE SET DEFAULT`), and though what is before it may not (`NOT NULL NULL`).
fn seen_of(sql: &str, constraint: Span) -> Span {
    let tokens = token::tokens(sql);
    let at = tokens.partition_point(|token| token.span.start < constraint.start);
    let end = seen_end(sql, tokens.get(at..).unwrap_or_default());
    Span::new(constraint.start, end.unwrap_or(constraint.end))
}

/// Where the constraint ends, of which these are the first tokens.
fn seen_end(sql: &str, mut rest: &[Token]) -> Option<u32> {
    if rest.first().is_some_and(|token| token.is(sql, "CONSTRAINT")) {
        rest = rest.get(2..).unwrap_or_default();
    }
    let (kind, behind) = rest.split_first()?;
    let mut end = kind.span.end;
    rest = behind;
    let mut keys = kind.is(sql, "REFERENCES");
    if kind.is(sql, "FOREIGN") {
        let reference = rest.iter().position(|token| token.is(sql, "REFERENCES")).unwrap_or(rest.len());
        rest = rest.get(reference + 1..).unwrap_or_default();
        keys = true;
    }
    if keys && let Some((parent, behind)) = rest.split_first() {
        end = parent.span.end;
        rest = behind;
    }
    let mut depth = 0_u32;
    for token in rest {
        if token.is_symbol(sql, "(") {
            depth += 1;
        } else if token.is_symbol(sql, ")") && depth > 0 {
            depth -= 1;
        } else if depth == 0
            && (token.is_symbol(sql, ")") || token.is_symbol(sql, ",") || ENDS.iter().any(|word| token.is(sql, word)))
        {
            break;
        }
        end = token.span.end;
    }
    Some(end)
}

/// Whether what begins with the token leaves a name before it standing alone.
fn leaves_name(sql: &str, kind: Token) -> bool {
    let words = ["CONSTRAINT", "DEFAULT", "COLLATE", "GENERATED", "AS"];
    [",", ")"].iter().any(|mark| kind.is_symbol(sql, mark)) || words.iter().any(|word| kind.is(sql, word))
}

/// The constraint of that name as SQLite finds it, by its tokens alone, and whether it may be dropped.
fn named_constraint(sql: &str, name: &str) -> Option<(Span, bool)> {
    let tokens = token::tokens(sql);
    let body = tokens.iter().position(|token| token.is_symbol(sql, "("))? + 1;
    let mut rest = tokens.get(body..)?;
    let mut depth = 0_u32;
    while let Some((token, behind)) = rest.split_first() {
        if token.is_symbol(sql, "(") {
            depth += 1;
        } else if token.is_symbol(sql, ")") {
            depth = depth.checked_sub(1)?;
        } else if depth == 0 && token.is(sql, "CONSTRAINT") {
            let [called, kind, ..] = behind else { return None };
            let alone = leaves_name(sql, *kind);
            let end = if alone { called.span.end } else { seen_end(sql, rest)? };
            if name::same(&called.unquoted(sql), name) {
                let whole = ["NOT", "CHECK", "REFERENCES", "FOREIGN"].iter().any(|word| kind.is(sql, word));
                return Some((Span::new(token.span.start, end), alone || whole));
            }
            rest = rest.get(rest.partition_point(|token| token.span.start < end)..)?;
            continue;
        }
        rest = behind;
    }
    None
}

fn drop_constraint(before: &Schema, object: &Object, constraint: &Name) -> Result<Schema, Problem> {
    if object.as_table().is_none() {
        return Ok(before.clone());
    }
    let Some((cut, may_go)) = named_constraint(&object.sql, &constraint.text) else {
        let error = format!("no such constraint: {}", constraint.text);
        let kind = ProblemKind::Missing { name: constraint.text.clone(), what: "constraint", nearest: None };
        return Err(Problem { kind, span: constraint.span, error });
    };
    if !may_go {
        let error = format!("constraint may not be dropped: {}", constraint.text);
        let kind = ProblemKind::Reserved { name: constraint.text.clone() };
        return Err(Problem { kind, span: constraint.span, error });
    }
    let edit = cut_constraint(&object.sql, cut);
    let after = with_sql(before, object, |_| vec![edit]);
    if let Some(made) = after.by_key(&key(object))
        && let Body::Opaque(opaque) = &made.statement().body
    {
        // What was left of the constraint makes no sense.
        let near = opaque.at.of(&made.sql);
        let error = format!("error in table {} after drop constraint: near \"{near}\": syntax error", object.name);
        return Err(blocked(constraint.span, error));
    }
    Ok(after)
}

/// Cuts a constraint out of the stored text as SQLite does: with the gap before it and the gap
/// behind it, and with the comma before it where nothing of the same definition follows.
pub fn cut_constraint(sql: &str, constraint: Span) -> Edit {
    let (mut start, mut end) = (0, constraint.end);
    let mut closes = true;
    for token in token::tokens(sql) {
        if token.span.end <= constraint.start {
            start = token.span.end;
        } else if token.span.start >= constraint.end {
            end = token.span.start;
            closes = token.is_symbol(sql, ")") || token.is_symbol(sql, ",");
            break;
        }
    }
    if closes && sql[..start as usize].ends_with(',') {
        start -= 1;
    }
    Edit { span: Span::new(start, end), text: String::from(if closes { "" } else { " " }) }
}

/// The schema with the column taken out of the table's text.
fn drop_column(before: &Schema, object: &Rc<Object>, column: &Name) -> Result<Schema, Problem> {
    known_column(object, column, &format!("\"{}\"", column.text))?;
    rowid_name(object, column, "drop")?;
    let Some(create) = object.as_table() else { return Ok(before.clone()) };
    let Some(dropped) = object.column(&column.text) else { return Ok(before.clone()) };
    let blocked = |error: String| blocked(column.span, error);
    if dropped.primary_key().is_some() || refer::key_columns(create).any(|key| key.is(&column.text)) {
        return Err(blocked(format!("cannot drop PRIMARY KEY column: \"{}\"", column.text)));
    }
    if dropped.unique().is_some() {
        return Err(blocked(format!("cannot drop UNIQUE column: \"{}\"", column.text)));
    }
    if create.definition.columns.len() == 1 {
        return Err(blocked(format!("cannot drop column \"{}\": no other columns exist", column.text)));
    }
    let (ready, _) = requoted(seen_by_columns(before, object, column.span)?, object, AFTER_DROP, column.span)?;
    let Some(object) = ready.by_key(&key(object)).cloned() else { return Ok(ready) };
    let after = without_column(&ready, &object, &column.text);
    look_at_dependents(after, &object, AFTER_DROP, DoubleQuotes::Names, column.span)
}

/// The schema with the column cut out of the table's text, whatever depends on it.
pub(super) fn without_column(before: &Schema, object: &Object, column: &str) -> Schema {
    with_sql(before, object, |create| cut_column(create, &object.sql, column).into_iter().collect())
}

/// A refusal because of something else in the schema.
const fn blocked(span: Span, error: String) -> Problem {
    Problem { kind: ProblemKind::Blocked, span, error }
}

/// Since 3.54.0 a column of a table with a rowid can neither get nor lose one of the rowid's names.
fn rowid_name(object: &Object, column: &Name, verb: &str) -> Result<(), Problem> {
    let has_rowid = object.as_table().is_some_and(|table| table.definition.without_rowid.is_none());
    if has_rowid && ["rowid", "_rowid_", "oid"].iter().any(|known| column.is(known)) {
        let error = format!("cannot {verb} rowid alias: {}", column.text);
        return Err(Problem { kind: ProblemKind::Reserved { name: column.text.clone() }, span: column.span, error });
    }
    Ok(())
}

/// The same where SQLite looks through the schema at all.
fn seen(before: &Schema, table: &Object, at: Span) -> Result<(Schema, Known), Problem> {
    if before.connection.edits_queries() {
        looked_through(before, table, at)
    } else {
        Ok((before.clone(), Known::new()))
    }
}

/// The same for a change of a column, which looks in any case: for strings in double quotes. Of what it
/// finds by the way under `legacy_alter_table` it says nothing.
fn seen_by_columns(before: &Schema, table: &Object, at: Span) -> Result<(Schema, Known), Problem> {
    looked_through(before, table, at).map_err(|problem| {
        if before.connection.edits_queries() { problem } else { blocked(at, String::from("SQL logic error")) }
    })
}

/// What was found out about objects, so that it is found out once.
type Known = BTreeMap<Key, Option<Resolution>>;

/// The schema in which every view and trigger is known to make sense, and what their names mean; an
/// error names the first that does not, as SQLite does.
fn looked_through(before: &Schema, table: &Object, at: Span) -> Result<(Schema, Known), Problem> {
    let mut after = before.clone();
    let mut known = Known::new();
    let mut first: Option<(bool, u32, Problem)> = None;
    for key in before.unseen() {
        let Some((order, object)) = before.entry(&key) else { continue };
        if table.temporary && !object.temporary {
            continue; // For a temporary table SQLite looks at temporary objects alone.
        }
        let mut resolution = resolve(before, object, DoubleQuotes::Strings);
        if let Some(error) = resolution.error.take()
            && matches!(object.kind, ObjectKind::View | ObjectKind::Trigger)
        {
            if first.as_ref().is_none_or(|(temporary, known, _)| (object.temporary, order) < (*temporary, *known)) {
                let error = format!("error in {} {}: {error}", object.kind.as_str(), object.name);
                first = Some((object.temporary, order, blocked(at, error)));
            }
            continue;
        }
        after.see(&key, !resolution.strings.is_empty());
        known.insert(key, Some(resolution));
    }
    first.map_or(Ok((after, known)), |(_, _, problem)| Err(problem))
}

/// What the object's names mean.
fn meaning<'known>(schema: &Schema, object: &Rc<Object>, known: &'known mut Known) -> &'known Resolution {
    known.entry(key(object)).or_default().get_or_insert_with(|| resolve(schema, object, DoubleQuotes::Strings))
}

/// The schema with every string in double quotes put in single ones, as SQLite does before it renames
/// or drops a column.
fn requoted(
    (before, mut known): (Schema, Known),
    table: &Object,
    when: &str,
    at: Span,
) -> Result<(Schema, Known), Problem> {
    let mut after = before.clone();
    for key in before.with_strings() {
        let Some((_, object)) = before.entry(&key) else { continue };
        if table.temporary && !object.temporary {
            continue;
        }
        let strings = resolve(&before, object, DoubleQuotes::Strings).strings;
        known.insert(key.clone(), None);
        let edits = distinct(strings).into_iter().map(|span| {
            let text = Word { span }.text(&object.sql).into_owned();
            let follows = object.sql.as_bytes().get(span.end as usize) == Some(&b'\'');
            Edit { span, text: name::literal(&text) + if follows { " " } else { "" } }
        });
        let sql = edit::apply(&object.sql, edits.collect());
        after = after.replacing(object, object.edited(sql));
        after.see(&key, false);
        if matches!(object.kind, ObjectKind::View | ObjectKind::Trigger) {
            after.look_again(&key);
        }
        if matches!(object.kind, ObjectKind::Table | ObjectKind::Index)
            && let Some(edited) = after.by_key(&key)
            && let Some(error) = resolve(&after, edited, DoubleQuotes::Names).error
        {
            // In the place of a column even what is in single quotes is a name.
            let error = format!("error in {} {} {when}: {error}", object.kind.as_str(), object.name);
            return Err(blocked(at, error));
        }
    }
    // The names of a view's columns can hold such a string, and change with it.
    for key in before.with_strings() {
        if let Some(view) = after.by_key(&key).filter(|object| object.kind == ObjectKind::View).cloned() {
            after = look_at_dependents(after, &view, when, DoubleQuotes::Names, at)?;
        }
    }
    Ok((after, known))
}

/// Looks at all that depends on the table, and says what no longer makes sense; else the schema in which
/// it is known to.
fn look_at_dependents(
    mut after: Schema,
    table: &Object,
    when: &str,
    quotes: DoubleQuotes,
    at: Span,
) -> Result<Schema, Problem> {
    let renames = when == AFTER_RENAME;
    // An index of a table whose name something temporary has is read as one of that.
    let hidden = !table.temporary && after.lookup(Some("temp"), &table.name, false).is_some();
    let mut dependents: Vec<(bool, bool, u32, Rc<Object>)> = after
        .depending(&table.name)
        .iter()
        .filter_map(|key| after.entry(key))
        .filter(|(_, object)| object.temporary || !table.temporary)
        .filter(|(_, object)| match object.kind {
            // A name that changes everywhere at once breaks no table and no index.
            ObjectKind::Table => !renames && name::same(&object.name, &table.name),
            ObjectKind::Index => (hidden || !renames) && object.belongs_to(&table.name),
            // One that was seen before and that the change is nothing to makes as much sense as it did.
            ObjectKind::View | ObjectKind::Trigger => after.connection.edits_queries() && after.is_unseen(object),
        })
        .map(|(order, object)| {
            let is_query = matches!(object.kind, ObjectKind::View | ObjectKind::Trigger);
            (is_query, object.temporary, order, Rc::clone(object))
        })
        .collect();
    dependents.sort_by_key(|(is_query, temporary, order, _)| (*is_query, *temporary, *order));
    for (_, _, _, object) in dependents {
        let fault = object.as_table().and_then(|table| sense::fault(table, &object.sql)).map(|(_, error)| error);
        // In queries SQLite takes what is in double quotes for strings even then.
        let is_query = matches!(object.kind, ObjectKind::View | ObjectKind::Trigger);
        let resolution = resolve(&after, &object, if is_query { DoubleQuotes::Strings } else { quotes });
        if let Some(error) = fault.or(resolution.error) {
            let error = format!("error in {} {} {when}: {error}", object.kind.as_str(), object.name);
            return Err(blocked(at, error));
        }
        after.see(&key(&object), !resolution.strings.is_empty());
    }
    Ok(after)
}

const AFTER_RENAME: &str = "after rename";
const AFTER_DROP: &str = "after drop column";

pub(super) fn rename_table(before: &Schema, object: &Rc<Object>, to: &Name) -> Result<Schema, Problem> {
    if let Some(existing) =
        taken(before, ObjectKind::Table, &ObjectName { schema: None, name: to.clone() }, object.temporary)
    {
        let error = format!("there is already another table or index with this name: {}", to.text);
        let kind = ProblemKind::Exists { name: existing.name.clone(), what: existing.kind.as_str() };
        return Err(Problem { kind, span: to.span, error });
    }
    if name::is_internal(&to.text) {
        let error = format!("object name reserved for internal use: {}", to.text);
        return Err(Problem { kind: ProblemKind::Reserved { name: to.text.clone() }, span: to.span, error });
    }
    let (ready, mut known) = seen(before, object, to.span)?;
    let own = key(object);
    let quoted = name::quote(&to.text);
    let mut after = ready.clone();
    for dependent in ready.mentioning(&object.name) {
        if key(dependent) == own || !is_edited_with(dependent, object) {
            continue;
        }
        let sql = renamed_everywhere(dependent, table_names(&ready, dependent, object, &mut known), &quoted);
        after = after.replacing(dependent, dependent.renamed(sql, &object.name, &to.text));
    }
    let mut spans = table_names(&ready, object, object, &mut known);
    if let Some(named) = object.statement().object() {
        spans.push(named.name.span);
    }
    let sql = renamed_everywhere(object, spans, &quoted);
    let renamed = object.renamed(sql, &object.name, &to.text).called(&to.text);
    // Nothing is read yet of the new text: the copy is small.
    after = after.replacing(object, renamed.clone());
    let after = look_at_dependents(after, &renamed, AFTER_RENAME, DoubleQuotes::Strings, to.span)?;
    shadow::rename(after, object, to)
}

/// Whether SQLite edits the dependent when it renames something of the table: of what is temporary only views
/// and triggers follow a table that is not, and nothing else follows a temporary table.
fn is_edited_with(dependent: &Object, table: &Object) -> bool {
    match (table.temporary, dependent.temporary) {
        (false, true) => matches!(dependent.kind, ObjectKind::View | ObjectKind::Trigger),
        (true, false) => false,
        _ => true,
    }
}

fn distinct(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    spans.dedup();
    spans
}

/// The object's text with the name put at each of the places. Where a `"` follows, SQLite adds a space.
fn renamed_everywhere(object: &Object, spans: Vec<Span>, quoted: &str) -> String {
    let edits = distinct(spans).into_iter().map(|span| Edit { span, text: spaced(object, span, quoted) });
    edit::apply(&object.sql, edits.collect())
}

fn spaced(object: &Object, span: Span, quoted: &str) -> String {
    let follows = object.sql.as_bytes().get(span.end as usize) == Some(&b'"');
    if follows { format!("{quoted} ") } else { quoted.to_owned() }
}

/// Where the object's text names the table: in foreign keys, behind `ON`, in queries, and before the
/// dot of a column.
fn table_names(schema: &Schema, object: &Rc<Object>, table: &Object, known: &mut Known) -> Vec<Span> {
    let own = key(table);
    let queries = schema.connection.edits_queries();
    let mut meant = || {
        let resolution = meaning(schema, object, known);
        let tables = resolution.tables.iter().filter(|used| used.table == own).map(|used| used.span);
        let columns = resolution.columns.iter().filter(|used| used.table == own && !used.row);
        tables.chain(columns.filter_map(|used| used.qualifier)).collect::<Vec<_>>()
    };
    match &object.statement().body {
        Body::CreateTable(create) => {
            let keys = refer::foreign_keys(create).filter(|(_, key)| key.table.is(&table.name));
            let edited = schema.connection.edits_foreign_keys();
            let mut spans: Vec<Span> = keys.filter(|_| edited).map(|(_, key)| key.table.span).collect();
            if key(object) == own && queries {
                spans.extend(meant());
            }
            spans
        }
        Body::CreateIndex(index) if object.belongs_to(&table.name) => {
            let mut spans = vec![index.table.span];
            if let Some(condition) = index.condition.filter(|_| queries) {
                let inside = |span: &Span| condition.contains(*span);
                spans.extend(meant().into_iter().filter(inside));
            }
            spans
        }
        Body::CreateView(_) if queries => meant(),
        Body::CreateTrigger(trigger) if !queries => {
            trigger.table.is(&table.name).then_some(trigger.table.span).into_iter().collect()
        }
        Body::CreateTrigger(trigger) => {
            let mut spans = meant();
            if trigger.table.is(&table.name) {
                spans.push(trigger.table.span);
            }
            for step in &trigger.body {
                let TriggerStep::Data(data) = step else { continue };
                if data.table.name.is(&table.name) {
                    spans.push(data.table.name.span);
                }
                spans.extend(sources_named(&data.from, &object.sql, &table.name));
            }
            spans
        }
        _ => Vec::new(),
    }
}

/// Of the sources of an `UPDATE`, SQLite goes by the name alone.
fn sources_named<'a>(sources: &'a [Source], sql: &'a str, table: &'a str) -> impl Iterator<Item = Span> + 'a {
    sources.iter().filter_map(move |source| match &source.kind {
        SourceKind::Table { name, .. } if name.is(sql, table) => Some(name.span),
        _ => None,
    })
}

fn rename_column(before: &Schema, text: &str, object: &Rc<Object>, from: &Name, to: &Name) -> Result<Schema, Problem> {
    known_column(object, from, &format!("\"{}\"", from.text))?;
    rowid_name(object, from, "rename from")?;
    rowid_name(object, to, "rename to")?;
    let (ready, mut known) = requoted(seen_by_columns(before, object, from.span)?, object, AFTER_RENAME, from.span)?;
    let Some(object) = ready.by_key(&key(object)).cloned() else { return Ok(ready) };
    if let Some(existing) = object.column(&to.text)
        && !to.is(&from.text)
    {
        let error = format!("error in table {} after rename: duplicate column name: {}", object.name, to.text);
        return Err(duplicate_column(to, &existing.name.text, error));
    }
    // SQLite writes the new name as the statement has it, and in quotes where the old one had them.
    let quoted = name::quote(&to.text);
    let bare = if to.span.of(text).starts_with(['"', '`', '[', '\'']) { &quoted } else { &to.text };
    let edited = |dependent: &Object, spans: Vec<Span>| {
        let edits = distinct(spans).into_iter().map(|span| {
            let was_bare = !span.of(&dependent.sql).starts_with(['"', '`', '[', '\'']);
            let text = if was_bare && *bare == to.text { bare.clone() } else { spaced(dependent, span, &quoted) };
            Edit { span, text }
        });
        edit::apply(&dependent.sql, edits.collect())
    };
    let mut after = ready.clone();
    for dependent in ready.mentioning(&object.name) {
        if key(dependent) == key(&object) || !is_edited_with(dependent, &object) {
            continue;
        }
        let spans = column_names(&ready, dependent, &object, &from.text, &mut known);
        if spans.is_empty() {
            continue;
        }
        let renamed = dependent.edited(edited(dependent, spans));
        if object.temporary && matches!(renamed.kind, ObjectKind::View | ObjectKind::Trigger) {
            // SQLite edits what is temporary twice, and the second time finds the new name nowhere.
            let renamed = Rc::new(renamed.clone());
            if let Some(error) = resolve(&ready, &renamed, DoubleQuotes::Strings).error {
                let error = format!("error in {} {}: {error}", renamed.kind.as_str(), renamed.name);
                return Err(blocked(from.span, error));
            }
        }
        after = after.replacing(dependent, renamed);
    }
    let spans = column_names(&ready, &object, &object, &from.text, &mut known);
    let renamed = object.edited(edited(&object, spans));
    after = after.with_columns(&object, renamed, &[&from.text, &to.text]);
    let is_key = object.column(&from.text).is_some_and(|column| column.primary_key().is_some())
        || object.as_table().is_some_and(|create| refer::key_columns(create).any(|key| key.is(&from.text)));
    if is_key
        && let Some(renamed) = after.by_key(&key(&object))
        && let Some(error) = resolve(&after, renamed, DoubleQuotes::Names).error
    {
        // Not every constraint knows a key as the column that it is.
        return Err(blocked(from.span, format!("error in table {} {AFTER_RENAME}: {error}", object.name)));
    }
    look_at_dependents(after, &object, AFTER_RENAME, DoubleQuotes::Names, from.span)
}

/// Where an object's text names the table's column.
fn column_names(schema: &Schema, object: &Rc<Object>, table: &Object, column: &str, known: &mut Known) -> Vec<Span> {
    let own = key(table);
    let Some(create) = table.as_table() else { return Vec::new() };
    let Some(at) = create.definition.columns.iter().position(|known| known.name.is(column)) else { return Vec::new() };
    let stands_for_rowid = refer::rowid_alias(create, &table.sql).is_some_and(|alias| alias.is(column));
    let place = if stands_for_rowid { Place::Rowid } else { Place::At(at) };
    let is_meant = |used: &ColumnUse| used.table == own && used.column == place;
    let mut meant = || {
        // What does not say the name does not mean it, unless it says `rowid`.
        if place != Place::Rowid && !object.says(column) {
            return Vec::new();
        }
        let resolution = meaning(schema, object, known);
        resolution.columns.iter().filter(|used| is_meant(used)).map(|used| used.span).collect::<Vec<_>>()
    };
    let of_words = |words: &[Word]| -> Vec<Span> {
        words.iter().filter(|word| word.is(&object.sql, column)).map(|word| word.span).collect()
    };
    match &object.statement().body {
        Body::CreateTable(child) => {
            let mut spans = Vec::new();
            for (columns, parent) in refer::foreign_keys(child) {
                if parent.table.is(&table.name) {
                    spans.extend(parent.columns.iter().filter(|name| name.is(column)).map(|name| name.span));
                }
                if key(object) == own {
                    spans.extend(columns.iter().filter(|name| name.is(column)).map(|name| name.span));
                }
            }
            if key(object) == own {
                spans.push(create.definition.columns[at].name.span);
                spans.extend(meant());
            }
            spans
        }
        Body::CreateIndex(_) if object.belongs_to(&table.name) => meant(),
        Body::CreateView(_) => meant(),
        Body::CreateTrigger(trigger) => {
            let mut spans = meant();
            for step in &trigger.body {
                let TriggerStep::Data(data) = step else { continue };
                if !targets(schema, object, &data.table, &own) {
                    continue;
                }
                spans.extend(of_words(&data.columns));
                let upsert = data.upserts.first().map_or(&[][..], |upsert| &upsert.sets);
                if data.kind == DataKind::Update {
                    spans.extend(data.sets.iter().flat_map(|set| of_words(&set.columns)));
                }
                spans.extend(upsert.iter().flat_map(|set| of_words(&set.columns)));
            }
            if targets(schema, object, &ObjectName { schema: None, name: trigger.table.clone() }, &own) {
                spans.extend(trigger.update_of.iter().filter(|name| name.is(column)).map(|name| name.span));
            }
            spans
        }
        _ => Vec::new(),
    }
}

/// Whether a name in the object's text means the table with that key.
fn targets(schema: &Schema, object: &Object, named: &ObjectName, table: &Key) -> bool {
    let found = match &named.schema {
        Some(within) => schema.lookup(Some(&within.text), &named.name.text, false),
        None if object.temporary => schema.lookup(None, &named.name.text, false),
        None => schema.lookup(Some("main"), &named.name.text, false),
    };
    found.is_some_and(|found| key(found) == *table)
}
