//! Who refers to a table or a column: what a change of it concerns.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::pragma::shown_type;
use super::resolve::{DoubleQuotes, resolve};
use super::{Object, Schema, alter};
use crate::parse::folded;
use crate::parse::statement::{
    Action, Body, ColumnConstraintKind, ColumnDefinition, Conflict, CreateTable, ForeignKey, Name, ObjectKind,
    TableConstraintKind, TriggerStep, Word,
};
use crate::parse::token::{self, TokenKind};
use crate::sqlite::affinity::Affinity;
use crate::sqlite::name;
use crate::text::{Span, gathered};

/// The table's foreign keys, each with the columns of this table that it binds.
pub fn foreign_keys(table: &CreateTable) -> impl Iterator<Item = (Vec<&Name>, &ForeignKey)> {
    let columns = table.definition.columns.iter().flat_map(|column| {
        column.constraints.iter().filter_map(move |constraint| match &constraint.kind {
            ColumnConstraintKind::References(key) => Some((Vec::from([&column.name]), key)),
            _ => None,
        })
    });
    let constraints = table.definition.constraints.iter().filter_map(|constraint| match &constraint.kind {
        TableConstraintKind::ForeignKey { columns, key } => Some((columns.iter().collect(), key)),
        _ => None,
    });
    columns.chain(constraints)
}

/// The keys of the table whose `ON CONFLICT REPLACE` deletes the row that is in the way of another: the columns
/// of each, and where it stands.
pub fn replacing_keys(table: &CreateTable) -> impl Iterator<Item = (Vec<&Name>, Span)> {
    let is_replacing = |conflict| conflict == Some(Conflict::Replace);
    let columns = table.definition.columns.iter().flat_map(move |column| {
        let keys = column.constraints.iter().filter(move |constraint| {
            let is_key =
                matches!(constraint.kind, ColumnConstraintKind::PrimaryKey { .. } | ColumnConstraintKind::Unique);
            is_key && is_replacing(constraint.conflict)
        });
        keys.map(|constraint| (Vec::from([&column.name]), constraint.span))
    });
    let constraints = table.definition.constraints.iter().filter_map(move |constraint| match &constraint.kind {
        TableConstraintKind::PrimaryKey { columns, .. } | TableConstraintKind::Unique(columns)
            if is_replacing(constraint.conflict) =>
        {
            Some((columns.iter().filter_map(|column| column.column.as_ref()).collect(), constraint.span))
        }
        _ => None,
    });
    columns.chain(constraints)
}

/// The table's checks: the name of each, where it stands as a whole, and its expression in parentheses.
pub fn checks(table: &CreateTable) -> impl Iterator<Item = (Option<&Name>, Span, Span)> {
    let columns = table.definition.columns.iter().flat_map(column_checks);
    let constraints = table.definition.constraints.iter().filter_map(|constraint| match constraint.kind {
        TableConstraintKind::Check(expression) => Some((constraint.name.as_ref(), constraint.span, expression)),
        _ => None,
    });
    columns.chain(constraints)
}

/// The same of one column.
pub fn column_checks(column: &ColumnDefinition) -> impl Iterator<Item = (Option<&Name>, Span, Span)> {
    column.constraints.iter().filter_map(|constraint| match constraint.kind {
        ColumnConstraintKind::Check(expression) => Some((constraint.name.as_ref(), constraint.span, expression)),
        _ => None,
    })
}

/// The tables whose rows go with rows of the table and with theirs, by foreign keys that have the action.
pub fn followers(schema: &Schema, table: &Object, action: Action, has_rows: &impl Fn(&Object) -> bool) -> Vec<String> {
    let mut found = children(schema, &table.name, action, has_rows);
    let mut at = 0;
    while let Some(next) = found.get(at).cloned() {
        for child in children(schema, &next, action, has_rows) {
            if !found.contains(&child) && found.len() < MOST {
                found.push(child);
            }
        }
        at += 1;
    }
    found
}

/// The columns that a CHECK keeps from being NULL, in the form in which names are compared.
pub fn never_null(table: &Object) -> BTreeSet<String> {
    let all = table.as_table().into_iter().flat_map(checks);
    gathered(all.filter_map(|(_, _, expression)| demanded(expression.of(&table.sql))))
}

/// The column, where the CHECK is that it is not NULL and nothing else.
pub fn demanded(check: &str) -> Option<String> {
    let check = folded(check);
    let inner = check.strip_prefix("( ")?;
    let ends = [" is not null )", " not null )", " notnull )"];
    ends.iter().find_map(|end| inner.strip_suffix(end)).map(ToString::to_string)
}

/// As many tables as a finding can name.
const MOST: usize = 20;

/// The tables with a foreign key to the table that has the action.
pub fn children(schema: &Schema, table: &str, action: Action, has_rows: &impl Fn(&Object) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for object in schema.mentioning(table) {
        let Some(create) = object.as_table().filter(|_| object.kind == ObjectKind::Table) else { continue };
        let follows = foreign_keys(create).any(|(_, key)| key.table.is(table) && key.on_delete == action);
        if follows && has_rows(object) && found.len() < MOST {
            found.push(object.name.clone());
        }
    }
    found
}

/// The names in an expression of `text` that can mean the column.
pub fn names_in(text: &str, expression: Span, column: &str) -> Vec<Span> {
    let source = expression.of(text);
    token::each(source)
        .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted))
        .filter(|token| name::same(&token.unquoted(source), column))
        .map(|token| Span::new(expression.start + token.span.start, expression.start + token.span.end))
        .collect()
}

/// Something that keeps SQLite from dropping a column.
#[derive(Clone, Debug)]
pub struct Blocker {
    /// What it is, in words: ``index `assets_by_tag` ``.
    pub what: String,
    /// What SQLite says.
    pub error: String,
    /// Whether SQLite drops the column all the same, and the object fails at its next use.
    pub silent: bool,
    /// What can be done about it.
    pub remedy: Remedy,
}

/// How a rebuild of the table can deal with a blocker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// It concerns the dropped column alone and goes with it: a part of the table's own text.
    GoesWithColumn(Span),
    /// The index is on the dropped column alone and goes with it.
    DropIndex(String),
    /// The column's own constraint, which leaves with its declaration.
    OwnConstraint,
    /// Only a person can decide.
    Decide,
}

/// Everything that makes SQLite refuse `DROP COLUMN`, in the order in which it looks.
pub fn drop_column_blockers(schema: &Schema, table: &Object, column: &str) -> Vec<Blocker> {
    let mut found = Vec::new();
    let Some(create) = table.as_table() else { return found };
    let (sql, definition) = (table.sql.as_str(), &create.definition);
    let Some(dropped) = table.column(column) else { return found };
    let spelt = &dropped.name.text;
    let after = |error: String| format!("error in table {} after drop column: {error}", table.name);

    if dropped.primary_key().is_some() || key_columns(create).any(|key| key.is(column)) {
        let error = format!("cannot drop PRIMARY KEY column: \"{spelt}\"");
        found.push(Blocker { what: "its PRIMARY KEY".to_string(), error, silent: false, remedy: Remedy::Decide });
    }
    if dropped.unique().is_some() {
        let error = format!("cannot drop UNIQUE column: \"{spelt}\"");
        found.push(Blocker {
            what: "its UNIQUE constraint".to_string(),
            error,
            silent: false,
            remedy: Remedy::OwnConstraint,
        });
    }
    if definition.columns.len() == 1 {
        let error = format!("cannot drop column \"{spelt}\": no other columns exist");
        found.push(Blocker { what: "being the last column".to_string(), error, silent: false, remedy: Remedy::Decide });
    }
    for constraint in &definition.constraints {
        let (what, columns, error) = match &constraint.kind {
            TableConstraintKind::PrimaryKey { .. } => continue,
            TableConstraintKind::Unique(columns) => {
                let names = columns.iter().filter_map(|term| term.column.as_ref()).collect();
                ("a UNIQUE constraint of the table", names, format!("no such column: {column}"))
            }
            TableConstraintKind::ForeignKey { columns, .. } => (
                "a FOREIGN KEY constraint of the table",
                columns.iter().collect::<Vec<_>>(),
                format!("unknown column \"{column}\" in foreign key definition"),
            ),
            TableConstraintKind::Check(expression) => {
                if names_in(sql, *expression, column).is_empty() {
                    continue;
                }
                let alone = definition
                    .columns
                    .iter()
                    .filter(|other| !other.name.is(column))
                    .all(|other| names_in(sql, *expression, &other.name.text).is_empty());
                let remedy = if alone { Remedy::GoesWithColumn(constraint.span) } else { Remedy::Decide };
                let error = after(format!("no such column: {column}"));
                found.push(Blocker {
                    what: "a CHECK constraint of the table".to_string(),
                    error,
                    silent: false,
                    remedy,
                });
                continue;
            }
        };
        if columns.iter().any(|named| named.is(column)) {
            let remedy = if columns.len() == 1 { Remedy::GoesWithColumn(constraint.span) } else { Remedy::Decide };
            found.push(Blocker { what: what.to_string(), error: after(error), silent: false, remedy });
        }
    }
    for other in definition.columns.iter().filter(|other| !other.name.is(column)) {
        for constraint in &other.constraints {
            let (ColumnConstraintKind::Check(expression) | ColumnConstraintKind::Generated { expression, .. }) =
                constraint.kind
            else {
                continue;
            };
            if !names_in(sql, expression, column).is_empty() {
                let what = format!("column `{}`, whose expression uses it", other.name.text);
                let error = after(format!("no such column: {column}"));
                found.push(Blocker { what, error, silent: false, remedy: Remedy::Decide });
            }
        }
    }
    found.extend(outside_blockers(schema, table, column));
    found
}

/// Indexes, views and triggers that need the column, in the order of their creation.
fn outside_blockers(schema: &Schema, table: &Object, column: &str) -> Vec<Blocker> {
    let after = alter::without_column(schema, table, column);
    let mut dependents: Vec<(bool, u32, &Rc<Object>)> = schema
        .depending(&table.name)
        .iter()
        .filter_map(|key| schema.entry(key))
        .map(|(order, object)| (object.temporary, order, object))
        .collect();
    dependents.sort_by_key(|(temporary, order, _)| (*temporary, *order));
    dependents.into_iter().filter_map(|(_, _, object)| outside_blocker(schema, &after, object, table, column)).collect()
}

fn outside_blocker(
    schema: &Schema,
    after: &Schema,
    object: &Rc<Object>,
    table: &Object,
    column: &str,
) -> Option<Blocker> {
    let kind = object.kind.as_str();
    let what = format!("{kind} `{}`", object.name);
    let in_way = |error: String, remedy: Remedy| Some(Blocker { what: what.clone(), error, silent: false, remedy });
    let after_drop = |missing: String| format!("error in {kind} {} after drop column: {missing}", object.name);
    match &object.statement().body {
        Body::CreateIndex(index) if object.belongs_to(&table.name) => {
            let term_uses = |span: Span| !names_in(&object.sql, span, column).is_empty();
            let in_terms = index.columns.iter().filter(|term| term_uses(term.expression)).count();
            let in_condition = index.condition.is_some_and(term_uses);
            if in_terms == 0 && !in_condition {
                return None;
            }
            let alone = in_terms == index.columns.len();
            let remedy = if alone { Remedy::DropIndex(object.name.clone()) } else { Remedy::Decide };
            in_way(after_drop(format!("no such column: {column}")), remedy)
        }
        Body::CreateView(_) | Body::CreateTrigger(_) => {
            if let Some(error) = resolve(schema, object, DoubleQuotes::Strings).error {
                return in_way(format!("error in {kind} {}: {error}", object.name), Remedy::Decide);
            }
            if let Some(error) = resolve(after, object, DoubleQuotes::Strings).error {
                return in_way(after_drop(error), Remedy::Decide);
            }
            written(object, table, column).then(|| Blocker {
                what,
                error: format!("no such column: {column}"),
                silent: true,
                remedy: Remedy::Decide,
            })
        }
        _ => None,
    }
}

/// Whether a trigger writes the column or waits for its change, which SQLite does not look at.
fn written(object: &Object, table: &Object, column: &str) -> bool {
    let Body::CreateTrigger(trigger) = &object.statement().body else { return false };
    if trigger.table.is(&table.name) && trigger.update_of.iter().any(|named| named.is(column)) {
        return true;
    }
    let is_it = |word: &Word| word.is(&object.sql, column);
    trigger.body.iter().any(|step| match step {
        TriggerStep::Data(data) if data.table.name.is(&table.name) => {
            let upserts = data.upserts.iter().flat_map(|upsert| &upsert.sets);
            let sets = data.sets.iter().chain(upserts).flat_map(|set| &set.columns);
            data.columns.iter().chain(sets).any(is_it)
        }
        _ => false,
    })
}

/// The columns of the table's primary key, where the key is a constraint of the table.
pub fn key_columns(table: &CreateTable) -> impl Iterator<Item = &Name> {
    table
        .definition
        .constraints
        .iter()
        .filter_map(|constraint| match &constraint.kind {
            TableConstraintKind::PrimaryKey { columns, .. } => Some(columns),
            _ => None,
        })
        .flatten()
        .filter_map(|term| term.column.as_ref())
}

/// The column that stands for the rowid: an `INTEGER PRIMARY KEY`.
pub fn rowid_alias<'table>(table: &'table CreateTable, sql: &str) -> Option<&'table Name> {
    if table.definition.without_rowid.is_some() {
        return None;
    }
    let is_integer = |name: &Name| {
        let column = table.definition.columns.iter().find(|column| column.name.is(&name.text));
        column.is_some_and(|column| shown_type(column.type_text(sql)) == "INTEGER")
    };
    let of_column = table.definition.columns.iter().find(|column| {
        column
            .primary_key()
            .is_some_and(|key| matches!(key.kind, ColumnConstraintKind::PrimaryKey { descending: false, .. }))
    });
    let mut of_table = key_columns(table);
    let candidate = match (of_column, of_table.next(), of_table.next()) {
        (Some(column), _, _) => &column.name,
        (None, Some(only), None) => only,
        _ => return None,
    };
    is_integer(candidate).then_some(candidate)
}

/// The only column of a key that looks as if SQLite numbered it, being a whole number without a default
/// and no foreign key, and that is no rowid all the same.
pub fn unnumbered_key<'table>(table: &'table CreateTable, sql: &str) -> Option<&'table ColumnDefinition> {
    let definition = &table.definition;
    if definition.without_rowid.is_some() || rowid_alias(table, sql).is_some() {
        return None;
    }
    let of_column = definition.columns.iter().find(|column| column.primary_key().is_some());
    let mut of_table = key_columns(table);
    let key = match (of_column, of_table.next(), of_table.next()) {
        (Some(column), _, _) => column,
        (None, Some(only), None) => definition.columns.iter().find(|column| column.name.is(&only.text))?,
        _ => return None,
    };
    let points = foreign_keys(table).any(|(columns, _)| columns.iter().any(|column| column.is(&key.name.text)));
    let declared = shown_type(key.type_text(sql));
    let numbers = Affinity::of(&declared) == Affinity::Integer || is_serial(&declared);
    (numbers && !points && key.default().is_none() && key.generated().is_none()).then_some(key)
}

/// Whether the type is one that numbers rows in another database.
pub fn is_serial(declared: &str) -> bool {
    ["SERIAL", "BIGSERIAL", "SMALLSERIAL", "SERIAL4", "SERIAL8", "IDENTITY"].iter().any(|own| name::same(own, declared))
}

/// Whether the table has an `AUTOINCREMENT` key.
pub fn has_autoincrement(table: &CreateTable) -> bool {
    let of_column = table
        .definition
        .columns
        .iter()
        .flat_map(|column| &column.constraints)
        .any(|constraint| matches!(constraint.kind, ColumnConstraintKind::PrimaryKey { autoincrement: true, .. }));
    let of_table = table
        .definition
        .constraints
        .iter()
        .any(|constraint| matches!(constraint.kind, TableConstraintKind::PrimaryKey { autoincrement: true, .. }));
    of_column || of_table
}
