//! What a statement does: the changes, the schema after it, and what SQLite will refuse.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::change::Change;
use super::{Knowledge, Object, Schema, refer, stored_sql};
use crate::parse::statement::{
    AlterAction, AlterTable, Body, ColumnConstraintKind, CreateIndex, CreateTable, Drop, Name, ObjectKind, ObjectName,
    Opaque, Statement, TableConstraintKind,
};
use crate::parse::token;
use crate::sqlite::name;
use crate::text::Span;
use crate::text::edit::{self, Edit};

/// What became of a statement.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What it changes; nothing where SQLite refuses it, or where it has nothing to do.
    pub changes: Vec<Change>,
    /// Why SQLite refuses it.
    pub problem: Option<Problem>,
    /// The schema beforehand.
    pub before: Schema,
    /// The schema afterwards. A statement that SQLite refuses changes nothing.
    pub after: Schema,
}

/// Why SQLite refuses a statement, whatever the rows are.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The name at fault.
    pub span: Span,
    /// What SQLite says.
    pub error: String,
}

/// The kinds of refusal.
#[derive(Clone, Debug)]
pub enum ProblemKind {
    /// The name is taken.
    Exists {
        /// The name.
        name: String,
        /// What bears it: `table`, `index`, `view`, `trigger` or `column`.
        what: &'static str,
    },
    /// There is no such object or column.
    Missing {
        /// The name.
        name: String,
        /// What is missing: `table`, `index`, `view`, `trigger` or `column`.
        what: &'static str,
        /// The name that was probably meant.
        nearest: Option<String>,
    },
    /// The name belongs to an object of another kind.
    WrongKind {
        /// The name.
        name: String,
        /// What it is.
        found: ObjectKind,
        /// What the statement needs.
        needed: ObjectKind,
    },
    /// Names that begin with `sqlite_` are SQLite's own.
    Reserved {
        /// The name.
        name: String,
    },
}

/// Follows one statement of `text`.
pub fn replay(before: &Schema, text: &str, statement: &Statement) -> Outcome {
    let result = match &statement.body {
        Body::CreateTable(create) => {
            let temporary = create.temporary || is_temp(&create.name);
            self::create(before, text, statement, ObjectKind::Table, &create.name, create.if_not_exists, temporary)
        }
        Body::CreateVirtualTable(create) => {
            let temporary = is_temp(&create.name);
            self::create(before, text, statement, ObjectKind::Table, &create.name, create.if_not_exists, temporary)
        }
        Body::CreateView(create) => {
            let temporary = create.temporary || is_temp(&create.name);
            self::create(before, text, statement, ObjectKind::View, &create.name, create.if_not_exists, temporary)
        }
        Body::CreateIndex(create) => create_index(before, text, statement, create),
        Body::CreateTrigger(create) => match needed_owner(before, &create.table) {
            Err(problem) => Err(problem),
            Ok(table) => {
                let temporary = create.temporary || is_temp(&create.name) || table.is_some_and(|table| table.temporary);
                self::create(
                    before,
                    text,
                    statement,
                    ObjectKind::Trigger,
                    &create.name,
                    create.if_not_exists,
                    temporary,
                )
            }
        },
        Body::Drop(drop) => self::drop(before, drop),
        Body::AlterTable(alter) => self::alter(before, text, alter),
        Body::Data(data) => match before.find(&data.table) {
            None if !is_attached(data.table.schema.as_ref()) => {
                let table = &data.table.name;
                absent::<()>(before, table, || format!("no such table: {}", shown(&data.table)))
                    .map(|_| (Vec::new(), before.clone()))
            }
            _ => Ok((Vec::new(), before.clone())),
        },
        Body::Opaque(opaque) => Ok((Vec::new(), unread(before, text, statement, opaque))),
        _ => Ok((Vec::new(), before.clone())),
    };
    let (changes, problem, after) = match result {
        Ok((changes, after)) => (changes, None, after),
        Err(problem) => (Vec::new(), Some(problem), before.clone()),
    };
    Outcome { changes, problem, before: before.clone(), after }
}

type Step = Result<(Vec<Change>, Schema), Problem>;

/// An attached database is outside the schema that we follow.
fn is_attached(schema: Option<&Name>) -> bool {
    schema.is_some_and(|schema| !schema.is("main") && !schema.is("temp"))
}

/// The name with its schema, as SQLite shows it.
fn shown(name: &ObjectName) -> String {
    name.schema.as_ref().map_or_else(|| name.name.text.clone(), |schema| format!("{}.{}", schema.text, name.name.text))
}

/// What a statement that we could not read may have done: made an object, or changed a table.
fn unread(before: &Schema, text: &str, statement: &Statement, opaque: &Opaque) -> Schema {
    let Some(name) = opaque.name.as_ref().filter(|name| !is_attached(name.schema.as_ref())) else {
        return before.clone();
    };
    match (opaque.kind.split(' ').next(), before.find(name)) {
        (Some("CREATE"), None) => Object::new(&name.name.text, statement.span.of(text).to_owned(), is_temp(name))
            .map_or_else(|| before.clone(), |object| before.with(object)),
        (Some("ALTER"), Some(object)) => {
            let uncertain = Object { certain: false, ..(**object).clone() };
            before.replacing(object, uncertain)
        }
        _ => before.clone(),
    }
}

fn is_temp(name: &ObjectName) -> bool {
    name.schema.as_ref().is_some_and(|schema| schema.is("temp"))
}

fn missing(schema: &Schema, name: &Name, what: &'static str, error: String) -> Problem {
    let nearest = match what {
        "index" => name::nearest(
            &name.text,
            schema
                .objects()
                .into_iter()
                .filter(|object| object.kind == ObjectKind::Index)
                .map(|object| object.name.as_str()),
        ),
        _ => name::nearest(&name.text, schema.table_names()),
    };
    let kind = ProblemKind::Missing { name: name.text.clone(), what, nearest: nearest.map(ToOwned::to_owned) };
    Problem { kind, span: name.span, error }
}

/// The table that an index is made on. `None` stands for one that is outside what is known.
fn needed_table<'schema>(
    schema: &'schema Schema,
    table: &Name,
    within: Option<&Name>,
) -> Result<Option<&'schema Rc<Object>>, Problem> {
    let found = schema.find(&ObjectName { schema: within.cloned(), name: table.clone() });
    match found {
        None if is_attached(within) => Ok(None),
        Some(object) if object.kind == ObjectKind::View => Err(Problem {
            kind: ProblemKind::WrongKind {
                name: table.text.clone(),
                found: ObjectKind::View,
                needed: ObjectKind::Table,
            },
            span: table.span,
            error: String::from("views may not be indexed"),
        }),
        Some(object) => Ok(Some(object)),
        None => absent(schema, table, || {
            format!(
                "no such table: {}{}",
                within.map_or_else(|| "main.".to_owned(), |schema| format!("{}.", schema.text)),
                table.text
            )
        }),
    }
}

/// The table or view that a trigger is made on.
fn needed_owner<'schema>(schema: &'schema Schema, table: &Name) -> Result<Option<&'schema Rc<Object>>, Problem> {
    match schema.get(&table.text) {
        Some(object) => Ok(Some(object)),
        None => absent(schema, table, || format!("no such table: main.{}", table.text)),
    }
}

/// A missing table: a problem where the whole schema is known, else outside what is known.
fn absent<Found>(schema: &Schema, table: &Name, error: impl Fn() -> String) -> Result<Option<Found>, Problem> {
    if schema.knowledge() == Knowledge::Partial || name::is_internal(&table.text) {
        return Ok(None);
    }
    Err(missing(schema, table, "table", error()))
}

fn create_index(before: &Schema, text: &str, statement: &Statement, create: &CreateIndex) -> Step {
    let exists = create.if_not_exists.is_some() && before.find(&create.name).is_some();
    let table = match needed_table(before, &create.table, create.name.schema.as_ref()) {
        Err(problem) if !exists => return Err(problem),
        table => table.ok().flatten(),
    };
    let temporary = is_temp(&create.name) || table.is_some_and(|table| table.temporary);
    let outcome =
        self::create(before, text, statement, ObjectKind::Index, &create.name, create.if_not_exists, temporary)?;
    if let Some(table) = table.filter(|_| !exists) {
        // A term in quotes that is no column is a string to SQLite.
        let bare = create.columns.iter().filter_map(|term| term.column.as_ref());
        for column in bare.filter(|column| !column.span.of(text).starts_with(['"', '`', '[', '\''])) {
            known_column(table, column, &column.text)?;
        }
    }
    Ok(outcome)
}

fn create(
    before: &Schema,
    text: &str,
    statement: &Statement,
    kind: ObjectKind,
    name: &ObjectName,
    guard: Option<Span>,
    temporary: bool,
) -> Step {
    if name::is_internal(&name.name.text) {
        let error = format!("object name reserved for internal use: {}", name.name.text);
        return Err(Problem {
            kind: ProblemKind::Reserved { name: name.name.text.clone() },
            span: name.name.span,
            error,
        });
    }
    if let Some(existing) = taken(before, kind, name, temporary) {
        let same_hash = matches!(kind, ObjectKind::Index) == matches!(existing.kind, ObjectKind::Index);
        if guard.is_some() && same_hash {
            return Ok((Vec::new(), before.clone()));
        }
        let found = existing.kind.as_str();
        let error = match (kind, existing.kind) {
            (ObjectKind::Table | ObjectKind::View, ObjectKind::Index) => {
                format!("there is already an index named {}", name.name.text)
            }
            (ObjectKind::Index, ObjectKind::Table | ObjectKind::View) => {
                format!("there is already a table named {}", name.name.text)
            }
            _ => format!("{found} {} already exists", spelt(&name.name, text)),
        };
        let kind = ProblemKind::Exists { name: existing.name.clone(), what: found };
        return Err(Problem { kind, span: name.name.span, error });
    }
    let changes = vec![Change::Create { kind, name: name.name.clone() }];
    let sql = stored_sql(text, statement);
    let object = sql.map(|sql| Object::created(&name.name.text, sql, temporary, statement));
    Ok((changes, object.map_or_else(|| before.clone(), |object| before.with(object))))
}

/// The name as the text has it, quotes and all, which is how SQLite says it here.
fn spelt<'text>(name: &Name, text: &'text str) -> &'text str {
    name.span.of(text)
}

/// What bears the name already. Tables, views and indexes of a schema share one name space.
fn taken<'schema>(
    schema: &'schema Schema,
    kind: ObjectKind,
    name: &ObjectName,
    temporary: bool,
) -> Option<&'schema Rc<Object>> {
    let within = if temporary { "temp" } else { "main" };
    let attached = name.schema.as_ref().is_some_and(|schema| !schema.is("main") && !schema.is("temp"));
    if attached {
        return None;
    }
    schema.lookup(Some(within), &name.name.text, kind == ObjectKind::Trigger)
}

fn drop(before: &Schema, drop: &Drop) -> Step {
    let found = match drop.kind {
        ObjectKind::Trigger => before.find_trigger(&drop.name),
        _ => before.find(&drop.name),
    };
    let changes = vec![Change::Drop { kind: drop.kind, name: drop.name.name.clone() }];
    let Some(object) = found else {
        if before.knowledge() == Knowledge::Partial || is_attached(drop.name.schema.as_ref()) {
            return Ok((changes, before.clone()));
        }
        if drop.if_exists.is_some() {
            return Ok((Vec::new(), before.clone()));
        }
        let what = drop.kind.as_str();
        let error = format!("no such {what}: {}", shown(&drop.name));
        return Err(missing(before, &drop.name.name, what, error));
    };
    if object.kind != drop.kind {
        return Err(wrong_kind(object, drop));
    }
    if object.kind == ObjectKind::Table && name::is_internal(&object.name) && !object.name.starts_with("sqlite_stat") {
        let error = format!("table {} may not be dropped", object.name);
        let kind = ProblemKind::Reserved { name: object.name.clone() };
        return Err(Problem { kind, span: drop.name.name.span, error });
    }
    Ok((changes, without_dependents(before, object)))
}

/// A view cannot be dropped as a table nor the other way round, `IF EXISTS` or not.
fn wrong_kind(object: &Object, drop: &Drop) -> Problem {
    let name = drop.name.name.text.clone();
    let error = match (drop.kind, object.kind) {
        (ObjectKind::Table, ObjectKind::View) => format!("use DROP VIEW to delete view {name}"),
        (ObjectKind::View, ObjectKind::Table) => format!("use DROP TABLE to delete table {name}"),
        (needed, _) => format!("no such {}: {name}", needed.as_str()),
    };
    let kind = ProblemKind::WrongKind { name, found: object.kind, needed: drop.kind };
    Problem { kind, span: drop.name.name.span, error }
}

/// The schema without the object, and without a table's indexes and triggers.
fn without_dependents(before: &Schema, object: &Object) -> Schema {
    let mut after = before.without(object);
    if matches!(object.kind, ObjectKind::Table | ObjectKind::View) {
        for dependent in before.mentioning(&object.name) {
            if dependent.belongs_to(&object.name) {
                after = after.without(dependent);
            }
        }
    }
    after
}

fn alter(before: &Schema, text: &str, alter: &AlterTable) -> Step {
    let table = &alter.name.name;
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
            let added = object.with_column(column.span.of(text));
            added.map_or_else(|| before.clone(), |added| before.replacing(&object, added))
        }
        AlterAction::DropColumn(column) => {
            known_column(&object, column, &format!("\"{}\"", column.text))?;
            drop_column(before, &object, column)
        }
        AlterAction::SetNotNull { column, .. } => {
            known_column(&object, column, &column.text)?;
            set_not_null(before, text, &object, column)
        }
        AlterAction::DropNotNull(column) => {
            known_column(&object, column, &column.text)?;
            drop_not_null(before, &object, column)
        }
        AlterAction::AddConstraint(constraint) => {
            let added = constraint.span.of(text);
            with_sql(before, &object, |create| {
                let at = create.definition.body.end - 1;
                vec![Edit { span: Span::new(at, at), text: format!(", {added}") }]
            })
        }
        AlterAction::DropConstraint(constraint) => drop_constraint(before, &object, constraint)?,
    };
    Ok((changes_of(alter), after))
}

/// What the statement means to change, whether or not the table is known.
fn changes_of(alter: &AlterTable) -> Vec<Change> {
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
fn known_column(object: &Object, column: &Name, shown: &str) -> Result<(), Problem> {
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
        let comma = sql[..columns[at].name.span.start as usize].rfind(',')?;
        Span::new(u32::try_from(comma).ok()?, create.definition.columns_end)
    };
    Some(Edit { span, text: String::new() })
}

fn drop_column(before: &Schema, object: &Object, column: &Name) -> Schema {
    with_sql(before, object, |create| cut_column(create, &object.sql, &column.text).into_iter().collect())
}

/// SQLite takes the old `NOT NULL` out and puts the new one, as it is spelt, behind all else.
fn set_not_null(before: &Schema, text: &str, object: &Object, column: &Name) -> Schema {
    let rest = &text[column.span.end as usize..];
    let words = token::tokens(rest, 0);
    let length = if words.get(3).is_some_and(|word| word.is(rest, "ON")) { 6 } else { 3 };
    let spelt =
        words.get(1).zip(words.get(length - 1)).map_or("NOT NULL", |(not, last)| not.span.to(last.span).of(rest));
    let cleared = drop_not_null(before, object, column);
    let Some(object) = cleared.get(&object.name).cloned() else { return cleared };
    with_sql(&cleared, &object, |create| {
        let columns = &create.definition.columns;
        let Some(place) = columns.iter().position(|known| known.name.is(&column.text)) else { return Vec::new() };
        let behind = columns[place].span.end;
        let next = token::tokens(&object.sql[behind as usize..], 0);
        let at = next.first().map_or(behind, |token| behind + token.span.start);
        vec![Edit { span: Span::new(at, at), text: format!(" {spelt}") }]
    })
}

fn drop_not_null(before: &Schema, object: &Object, column: &Name) -> Schema {
    with_sql(before, object, |create| {
        let found = create.definition.columns.iter().find(|known| known.name.is(&column.text));
        let Some(constraint) = found.and_then(|found| found.not_null()) else { return Vec::new() };
        vec![cut_constraint(&object.sql, constraint.span)]
    })
}

fn drop_constraint(before: &Schema, object: &Object, constraint: &Name) -> Result<Schema, Problem> {
    let Some(create) = object.as_table() else { return Ok(before.clone()) };
    let is_it = |name: &Option<Name>| name.as_ref().is_some_and(|name| name.is(&constraint.text));
    let of_table = create.definition.constraints.iter().find(|known| is_it(&known.name));
    let of_column =
        create.definition.columns.iter().flat_map(|column| &column.constraints).find(|known| is_it(&known.name));
    let edit = match (of_table, of_column) {
        (Some(known), _)
            if !matches!(known.kind, TableConstraintKind::Unique(_) | TableConstraintKind::PrimaryKey { .. }) =>
        {
            cut_constraint(&object.sql, known.span)
        }
        (None, Some(known))
            if !matches!(known.kind, ColumnConstraintKind::Unique | ColumnConstraintKind::PrimaryKey { .. }) =>
        {
            cut_constraint(&object.sql, known.span)
        }
        (None, None) => {
            let error = format!("no such constraint: {}", constraint.text);
            let kind = ProblemKind::Missing { name: constraint.text.clone(), what: "constraint", nearest: None };
            return Err(Problem { kind, span: constraint.span, error });
        }
        _ => {
            let error = format!("constraint may not be dropped: {}", constraint.text);
            let kind = ProblemKind::Reserved { name: constraint.text.clone() };
            return Err(Problem { kind, span: constraint.span, error });
        }
    };
    Ok(with_sql(before, object, |_| vec![edit]))
}

/// Cuts a constraint out of the stored text as SQLite does: with the gap before it and the gap
/// behind it, and with the comma before it where nothing of the same definition follows.
pub fn cut_constraint(sql: &str, constraint: Span) -> Edit {
    let (mut start, mut end) = (0, constraint.end);
    let mut closes = true;
    for token in token::tokens(sql, 0) {
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

fn rename_table(before: &Schema, object: &Object, to: &Name) -> Result<Schema, Problem> {
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
    let quoted = name::quote(&to.text);
    let mut after = before.clone();
    for dependent in before.mentioning(&object.name) {
        let is_self = core::ptr::eq(&raw const **dependent, &raw const *object);
        if !is_self {
            let sql = renamed_everywhere(dependent, &table_names(dependent, &object.name), &quoted);
            after = after.replacing(dependent, dependent.renamed(sql, &object.name, &to.text));
        }
    }
    let mut spans = table_names(object, &object.name);
    if let Some(own) = object.statement().object() {
        spans.push(own.name.span);
    }
    let sql = renamed_everywhere(object, &spans, &quoted);
    Ok(after.replacing(object, Object { name: to.text.clone(), ..object.renamed(sql, &object.name, &to.text) }))
}

fn renamed_everywhere(object: &Object, spans: &[Span], to: &str) -> String {
    let mut spans = spans.to_vec();
    spans.sort();
    spans.dedup();
    edit::apply(&object.sql, spans.into_iter().map(|span| Edit { span, text: to.to_owned() }).collect())
}

/// Where the object's text names the table: in foreign keys, behind `ON`, in queries, and before
/// the dot of a column.
fn table_names(object: &Object, table: &str) -> Vec<Span> {
    let of_references = |references: &crate::parse::statement::References| {
        let tables = references.tables.iter().filter(|name| name.is(table));
        let qualifiers =
            references.columns.iter().filter_map(|column| column.qualifier.as_ref()).filter(|name| name.is(table));
        tables.chain(qualifiers).map(|name| name.span).collect::<Vec<_>>()
    };
    match &object.statement().body {
        Body::CreateTable(create) => {
            refer::foreign_keys(create).filter(|(_, key)| key.table.is(table)).map(|(_, key)| key.table.span).collect()
        }
        Body::CreateIndex(index) if index.table.is(table) => vec![index.table.span],
        Body::CreateView(view) => of_references(&view.references),
        Body::CreateTrigger(trigger) => {
            let mut spans = of_references(&trigger.references);
            if trigger.table.is(table) {
                spans.push(trigger.table.span);
            }
            spans
        }
        _ => Vec::new(),
    }
}

fn rename_column(before: &Schema, text: &str, object: &Object, from: &Name, to: &Name) -> Result<Schema, Problem> {
    known_column(object, from, &format!("\"{}\"", from.text))?;
    if let Some(existing) = object.column(&to.text)
        && !to.is(&from.text)
    {
        let error = format!("error in table {} after rename: duplicate column name: {}", object.name, to.text);
        return Err(duplicate_column(to, &existing.name.text, error));
    }
    // SQLite writes the new name as the statement has it, and in quotes where the old one had them.
    let quoted = name::quote(&to.text);
    let bare = if to.span.of(text).starts_with(['"', '`', '[', '\'']) { quoted.clone() } else { to.text.clone() };
    let edited = |dependent: &Object, spans: Vec<Span>| {
        let mut spans = spans;
        spans.sort();
        spans.dedup();
        let edits = spans.into_iter().map(|span| {
            let was_bare = !span.of(&dependent.sql).starts_with(['"', '`', '[', '\'']);
            Edit { span, text: if was_bare { bare.clone() } else { quoted.clone() } }
        });
        edit::apply(&dependent.sql, edits.collect())
    };
    let mut after = before.clone();
    for dependent in before.mentioning(&object.name) {
        let is_self = core::ptr::eq(&raw const **dependent, &raw const *object);
        if is_self || !dependent.says(&from.text) {
            continue;
        }
        let spans = column_names(dependent, &object.name, &from.text);
        if !spans.is_empty() {
            after = after.replacing(dependent, dependent.edited(edited(dependent, spans)));
        }
    }
    let mut spans = own_column_names(object, &from.text);
    spans.extend(column_names(object, &object.name, &from.text));
    Ok(after.replacing(object, object.edited(edited(object, spans))))
}

/// Where another object's text names the table's column.
fn column_names(object: &Object, table: &str, column: &str) -> Vec<Span> {
    match &object.statement().body {
        Body::CreateTable(create) => refer::foreign_keys(create)
            .filter(|(_, key)| key.table.is(table))
            .flat_map(|(_, key)| key.columns.iter())
            .filter(|name| name.is(column))
            .map(|name| name.span)
            .collect(),
        Body::CreateIndex(index) if index.table.is(table) => {
            let terms = index.columns.iter().map(|term| term.expression).chain(index.condition);
            terms.flat_map(|span| refer::names_in(&object.sql, span, column)).collect()
        }
        Body::CreateView(view) => view.references.uses_of(table, column, false).map(|used| used.column.span).collect(),
        Body::CreateTrigger(trigger) => {
            let own = trigger.table.is(table);
            let used = trigger.references.uses_of(table, column, own).map(|used| used.column.span);
            let of = trigger.update_of.iter().filter(|name| own && name.is(column)).map(|name| name.span);
            used.chain(of).collect()
        }
        _ => Vec::new(),
    }
}

/// Where a table's own text names one of its columns.
fn own_column_names(object: &Object, column: &str) -> Vec<Span> {
    let Some(create) = object.as_table() else { return Vec::new() };
    let mut spans = Vec::new();
    let mut expressions = Vec::new();
    for known in &create.definition.columns {
        spans.extend(known.name.is(column).then_some(known.name.span));
        expressions.extend(known.constraints.iter().filter_map(|constraint| match constraint.kind {
            ColumnConstraintKind::Check(span) | ColumnConstraintKind::Generated { expression: span, .. } => Some(span),
            _ => None,
        }));
    }
    for constraint in &create.definition.constraints {
        match &constraint.kind {
            TableConstraintKind::Check(span) => expressions.push(*span),
            TableConstraintKind::PrimaryKey { columns, .. } | TableConstraintKind::Unique(columns) => {
                expressions.extend(columns.iter().map(|term| term.expression));
            }
            TableConstraintKind::ForeignKey { columns, .. } => {
                spans.extend(columns.iter().filter(|name| name.is(column)).map(|name| name.span));
            }
        }
    }
    spans.extend(expressions.into_iter().flat_map(|span| refer::names_in(&object.sql, span, column)));
    spans
}
