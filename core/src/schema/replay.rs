//! What a statement does: the changes, the schema after it, and what SQLite will refuse.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::change::Change;
use super::resolve::{DoubleQuotes, fault_of_new, resolve};
use super::{Knowledge, Object, Schema, alter, pragma, read_tables, sense, shadow, stored_sql, table_as};
use crate::parse::statement::{
    Body, ColumnConstraintKind, CreateIndex, CreateTable, CreateTrigger, Drop, Name, ObjectKind, ObjectName, Opaque,
    Other, Pragma, Statement, TriggerStep, TriggerTime,
};
use crate::sqlite::name;
use crate::text::Span;

/// What became of a statement.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What it changes; nothing where it has nothing to do, or where SQLite refuses it for what it says
    /// itself. Where something else stands in its way, what it would change.
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

impl Problem {
    /// The kind and the name of the view or trigger that made no sense before the statement, where that is
    /// what SQLite stops at.
    pub fn broken_object(&self) -> Option<(&str, &str)> {
        let said = self.error.strip_prefix("error in ").filter(|_| matches!(self.kind, ProblemKind::Blocked))?;
        let (kind, rest) = said.split_once(' ')?;
        let (name, _) = rest.split_once(": ")?;
        let by_itself = !name.contains(" after ");
        (by_itself && matches!(kind, "view" | "trigger")).then_some((kind, name))
    }
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
    /// Something else in the schema stands in the way, or the definition makes no sense in itself.
    Blocked,
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
            let made =
                self::create(before, text, statement, ObjectKind::Table, &create.name, create.if_not_exists, temporary);
            shadow::create(made, text, create, temporary)
        }
        Body::CreateView(create) => {
            let temporary = create.temporary || is_temp(&create.name);
            self::create(before, text, statement, ObjectKind::View, &create.name, create.if_not_exists, temporary)
        }
        Body::CreateIndex(create) => create_index(before, text, statement, create),
        Body::CreateTrigger(create)
            if !create.temporary && !is_temp(&create.name) && qualified_step(create).is_some() =>
        {
            Err(Problem {
                kind: ProblemKind::Blocked,
                span: qualified_step(create).unwrap_or(statement.span),
                error: String::from(
                    "qualified table names are not allowed on INSERT, UPDATE, and DELETE statements within triggers",
                ),
            })
        }
        Body::CreateTrigger(create) => match needed_owner(before, create) {
            Err(problem) => Err(problem),
            Ok(Some(table)) if wrong_time(create, table).is_some() => {
                let error = wrong_time(create, table).unwrap_or_default();
                Err(Problem { kind: ProblemKind::Blocked, span: create.table.span, error })
            }
            Ok(table) => {
                let temporary = create.temporary || is_temp(&create.name) || table.is_some_and(|table| table.temporary);
                let made = self::create(
                    before,
                    text,
                    statement,
                    ObjectKind::Trigger,
                    &create.name,
                    create.if_not_exists,
                    temporary,
                );
                made.map(|(changes, after)| {
                    let within = if temporary { "temp" } else { "main" };
                    // It is no more certain than its table.
                    let unsure = table.is_some_and(|table| !table.certain);
                    let made = after.lookup(Some(within), &create.name.name.text, true).filter(|_| unsure).cloned();
                    match made {
                        Some(trigger) => {
                            let unsure = Object { certain: false, ..(*trigger).clone() };
                            (changes, after.replacing(&trigger, unsure))
                        }
                        None => (changes, after),
                    }
                })
            }
        },
        Body::Drop(drop) => self::drop(before, drop),
        Body::AlterTable(alter) => alter::alter(before, text, statement, alter),
        Body::Pragma(pragma) => Ok((Vec::new(), set(before, text, pragma))),
        Body::Data(data) if before.connection.writable_schema && name::is_internal(&data.table.name.text) => {
            // Whoever edits the stored texts may make anything of them.
            Ok((Vec::new(), before.doubted()))
        }
        Body::Data(data) => match before.find(&data.table) {
            None if !is_attached(data.table.schema.as_ref()) => {
                let table = &data.table.name;
                absent::<()>(before, table, || format!("no such table: {}", shown(&data.table)))
                    .map(|_| (Vec::new(), before.clone()))
            }
            _ => Ok((Vec::new(), before.clone())),
        },
        Body::Opaque(opaque) => Ok((Vec::new(), unread(before, text, statement, opaque))),
        Body::Other(Other::Vacuum) => Ok((Vec::new(), before.vacuumed())),
        _ => Ok((Vec::new(), before.clone())),
    };
    let (changes, problem, after) = match result {
        Ok((changes, after)) => (changes, None, after),
        Err(problem) => {
            // What stands in the way can be moved out of it, and then the statement changes this.
            let meant = match &statement.body {
                Body::AlterTable(alter) if matches!(problem.kind, ProblemKind::Blocked) => alter::changes_of(alter),
                _ => Vec::new(),
            };
            (meant, Some(problem), before.clone())
        }
    };
    Outcome { changes, problem, before: before.clone(), after }
}

pub(super) type Step = Result<(Vec<Change>, Schema), Problem>;

/// The schema after a pragma, some of which decide how later statements edit it.
fn set(before: &Schema, text: &str, pragma: &Pragma) -> Schema {
    let Some(value) = pragma.value else { return before.clone() };
    let value = value.of(text).trim_matches(['\'', '"', '`']);
    let on = ["1", "on", "true", "yes"].iter().any(|word| name::same(word, value));
    let mut after = before.clone();
    match &*name::fold(&pragma.name.name.text) {
        "legacy_alter_table" => after.connection.legacy_alter_table = on,
        "foreign_keys" => after.connection.foreign_keys = on,
        "writable_schema" => after.connection.writable_schema = on,
        _ => {}
    }
    after
}

/// An attached database is outside the schema that we follow.
pub(super) fn is_attached(schema: Option<&Name>) -> bool {
    schema.is_some_and(|schema| !schema.is("main") && !schema.is("temp"))
}

/// The name with its schema, as SQLite shows it.
pub(super) fn shown(name: &ObjectName) -> String {
    name.schema.as_ref().map_or_else(|| name.name.text.clone(), |schema| format!("{}.{}", schema.text, name.name.text))
}

/// What a statement that we could not read may have done: made an object, or changed a table.
fn unread(before: &Schema, text: &str, statement: &Statement, opaque: &Opaque) -> Schema {
    let Some(name) = opaque.name.as_ref().filter(|name| !is_attached(name.schema.as_ref())) else {
        return before.clone();
    };
    match (opaque.kind.split(' ').next(), before.find(name)) {
        // It may be there afterwards: then nobody is told that it is not.
        (Some("CREATE"), None) if opaque.kind.ends_with("TABLE") || opaque.kind.ends_with("VIEW") => {
            Object::new(&name.name.text, statement.span.of(text).to_owned(), is_temp(name))
                .map_or_else(|| before.clone(), |object| before.with(Object { certain: false, ..object }))
        }
        (Some("ALTER"), Some(object)) => {
            let uncertain = Object { certain: false, ..(**object).clone() };
            before.replacing(object, uncertain)
        }
        _ => before.clone(),
    }
}

/// Tables have no `INSTEAD OF`, and views nothing else.
pub(super) fn wrong_time(create: &CreateTrigger, table: &Object) -> Option<String> {
    if table.is_virtual() {
        return Some(String::from("cannot create triggers on virtual tables"));
    }
    let is_view = table.kind == ObjectKind::View;
    match create.time {
        TriggerTime::InsteadOf if !is_view => {
            Some(format!("cannot create INSTEAD OF trigger on table: {}", create.table.text))
        }
        TriggerTime::InsteadOf => None,
        time if is_view => {
            let word = if time == TriggerTime::Before { "BEFORE" } else { "AFTER" };
            Some(format!("cannot create {word} trigger on view: {}", create.table.text))
        }
        _ => None,
    }
}

/// Where a statement of the trigger's body says in which database its table is.
fn qualified_step(create: &CreateTrigger) -> Option<Span> {
    create.body.iter().find_map(|step| match step {
        TriggerStep::Data(data) => data.table.schema.as_ref().map(|schema| schema.span),
        TriggerStep::Query(_) => None,
    })
}

fn is_temp(name: &ObjectName) -> bool {
    name.schema.as_ref().is_some_and(|schema| schema.is("temp"))
}

pub(super) fn missing(schema: &Schema, name: &Name, what: &'static str, error: String) -> Problem {
    let kinds: &[ObjectKind] =
        if what == "index" { &[ObjectKind::Index] } else { &[ObjectKind::Table, ObjectKind::View] };
    let nearest = name::nearest(&name.text, schema.names_near(&name.text, kinds));
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
        Some(object) if object.is_virtual() => Err(Problem {
            kind: ProblemKind::Blocked,
            span: table.span,
            error: String::from("virtual tables may not be indexed"),
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

/// The table or view that a trigger is made on: in the trigger's own database, where one is named.
fn needed_owner<'schema>(
    schema: &'schema Schema,
    create: &CreateTrigger,
) -> Result<Option<&'schema Rc<Object>>, Problem> {
    let within = create.table_schema.as_ref().or(create.name.schema.as_ref().filter(|_| !create.temporary));
    let table = &create.table;
    match schema.lookup(within.map(|within| within.text.as_str()), &table.text, false) {
        Some(object) => Ok(Some(object)),
        None if is_attached(within) => Ok(None),
        None => absent(schema, table, || format!("no such table: main.{}", table.text)),
    }
}

/// A missing table: a problem where the whole schema is known, else outside what is known.
pub(super) fn absent<Found>(
    schema: &Schema,
    table: &Name,
    error: impl Fn() -> String,
) -> Result<Option<Found>, Problem> {
    if schema.knowledge() == Knowledge::Partial || name::is_internal(&table.text) {
        return Ok(None);
    }
    Err(missing(schema, table, "table", error()))
}

fn create_index(before: &Schema, text: &str, statement: &Statement, create: &CreateIndex) -> Step {
    let table = needed_table(before, &create.table, create.name.schema.as_ref());
    let temporary =
        is_temp(&create.name) || table.as_ref().is_ok_and(|table| table.is_some_and(|table| table.temporary));
    let exists = create.if_not_exists.is_some() && taken(before, ObjectKind::Index, &create.name, temporary).is_some();
    let table = match table {
        Err(problem) if !exists => return Err(problem),
        table => table.ok().flatten(),
    };
    let (changes, after) =
        self::create(before, text, statement, ObjectKind::Index, &create.name, create.if_not_exists, temporary)?;
    if let Some(table) = table.filter(|_| !exists) {
        // A term in quotes that is no column is a string to SQLite.
        let bare = create.columns.iter().filter_map(|term| term.column.as_ref());
        let is_literal = |column: &Name| column.is("true") || column.is("false");
        for column in
            bare.filter(|column| !column.span.of(text).starts_with(['"', '`', '[', '\'']) && !is_literal(column))
        {
            alter::known_column(table, column, &column.text)?;
        }
        let made = after.lookup(Some(if temporary { "temp" } else { "main" }), &create.name.name.text, false);
        if let Some(error) = made.and_then(|index| fault_of_new(&after, index)) {
            return Err(Problem { kind: ProblemKind::Blocked, span: create.name.name.span, error });
        }
    }
    let after = if exists { after } else { owned(after, &create.name, temporary, table) };
    Ok((changes, after))
}

/// The schema in which the new index belongs to the table as that is spelt, and is no more
/// certain than that.
fn owned(after: Schema, name: &ObjectName, temporary: bool, table: Option<&Rc<Object>>) -> Schema {
    let within = if temporary { "temp" } else { "main" };
    let made = after.lookup(Some(within), &name.name.text, false).cloned();
    match (made, table) {
        (Some(made), Some(table))
            if made.owner.as_ref().is_some_and(|owner| *owner != table.name) || !table.certain =>
        {
            let owner = Some(table.name.clone());
            after.replacing(&made, Object { owner, certain: made.certain && table.certain, ..(*made).clone() })
        }
        _ => after,
    }
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
    if let Body::CreateTable(create) = &statement.body
        && let Some((span, error)) = sense::fault(create, text)
    {
        return Err(Problem { kind: ProblemKind::Blocked, span, error });
    }
    let own = if temporary { "temp" } else { "main" };
    let other = read_tables(text, &statement.body).into_iter().filter_map(|read| read.schema);
    if let Some(other) = other.into_iter().find(|schema| !temporary && !schema.is(text, own)) {
        let (kind, spelt) = (kind.as_str(), name.name.span.of(text));
        let error = format!("{kind} {spelt} cannot reference objects in database {}", other.text(text));
        return Err(Problem { kind: ProblemKind::Blocked, span: other.span, error });
    }
    let changes = vec![Change::Create { kind, name: name.name.clone() }];
    let object = match &statement.body {
        Body::CreateTable(create) if create.query.is_some() => {
            let made = table_as::object(before, text, statement, create, temporary);
            made.map_err(|error| Problem { kind: ProblemKind::Blocked, span: name.name.span, error })?
        }
        _ => stored_sql(text, statement).map(|sql| Object::created(&name.name.text, sql, temporary, text, statement)),
    };
    let Some(object) = object else { return Ok((changes, before.clone())) };
    if pragma::contradicts(&object) {
        let error = String::from("conflicting ON CONFLICT clauses specified");
        return Err(Problem { kind: ProblemKind::Blocked, span: name.name.span, error });
    }
    let after = before.with(object);
    // What the expressions of the table name must be columns of its own.
    if let Body::CreateTable(create) = &statement.body
        && create.query.is_none()
        && has_expressions(create)
        && let Some(made) = taken(&after, kind, name, temporary)
        && let Some(error) = resolve(&after, made, DoubleQuotes::Strings).error
    {
        return Err(Problem { kind: ProblemKind::Blocked, span: name.name.span, error });
    }
    Ok((changes, after))
}

/// Whether something of the table's definition names its columns.
fn has_expressions(create: &CreateTable) -> bool {
    let of_columns = create.definition.columns.iter().flat_map(|column| &column.constraints);
    !create.definition.constraints.is_empty()
        || of_columns.into_iter().any(|constraint| {
            matches!(constraint.kind, ColumnConstraintKind::Check(_) | ColumnConstraintKind::Generated { .. })
        })
}

/// The name as the text has it, quotes and all, which is how SQLite says it here.
fn spelt<'text>(name: &Name, text: &'text str) -> &'text str {
    name.span.of(text)
}

/// What bears the name already. Tables, views and indexes of a schema share one name space.
pub(super) fn taken<'schema>(
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
        ObjectKind::Index => before.find_index(&drop.name),
        _ => before.find(&drop.name),
    };
    let changes = vec![Change::Drop { kind: drop.kind, name: drop.name.name.clone() }];
    if found.is_none() && drop.kind == ObjectKind::Index && is_automatic(before, &drop.name.name.text) {
        let error = String::from("index associated with UNIQUE or PRIMARY KEY constraint cannot be dropped");
        let kind = ProblemKind::Reserved { name: drop.name.name.text.clone() };
        return Err(Problem { kind, span: drop.name.name.span, error });
    }
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
    Ok((changes, shadow::drop(without_dependents(before, object), object)))
}

/// Whether SQLite made the index for a key of a table.
fn is_automatic(schema: &Schema, index: &str) -> bool {
    name::is_internal(index)
        && schema
            .objects()
            .into_iter()
            .filter(|object| object.kind == ObjectKind::Table)
            .any(|table| pragma::automatic_indexes(table).iter().any(|known| name::same(known, index)))
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
pub(super) fn without_dependents(before: &Schema, object: &Object) -> Schema {
    let mut after = before.without(object);
    if matches!(object.kind, ObjectKind::Table | ObjectKind::View) {
        for dependent in before.mentioning(&object.name) {
            if dependent.belongs_to(&object.name) && is_of(before, dependent, object) {
                after = after.without(dependent);
            }
        }
    }
    after
}

/// Whether the index or the trigger on a table of that name is one of this one: a temporary table may bear
/// the same name.
fn is_of(schema: &Schema, dependent: &Object, object: &Object) -> bool {
    match &dependent.statement().body {
        Body::CreateTrigger(trigger) if dependent.temporary => {
            schema.owner(trigger, true).is_none_or(|owner| owner.temporary == object.temporary)
        }
        _ => dependent.temporary == object.temporary,
    }
}
