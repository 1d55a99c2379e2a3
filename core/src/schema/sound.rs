//! What SQLite finds out only at use: views and triggers that do not compile, and foreign keys that have
//! no key to point to. `CREATE`, `DROP` and most of `ALTER TABLE` let them pass.

use alloc::borrow::{Cow, ToOwned};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::pragma::{IndexRow, Origin, Term, TermRow, index_list, table_xinfo};
use super::refer::rowid_alias;
use super::resolve::{DoubleQuotes, ordinal, resolve, strings_of, width};
use super::{Key, Knowledge, Object, Schema, key};
use crate::parse::statement::{
    AlterAction, Body, CreateTrigger, Data, Expression, ForeignKey, Name, ObjectKind, Statement, TriggerStep, Upsert,
    Word,
};
use crate::sqlite::name;
use crate::text::{Span, gathered};

/// Why something does not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault.
    pub kind: FaultKind,
    /// What SQLite says at use; nothing where it keeps silent.
    pub error: Option<String>,
}

/// The kinds of fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The table or view that it names is not there.
    Table(String),
    /// The index of its `INDEXED BY` is not there.
    Index(String),
    /// A column that it names is not there.
    Column,
    /// What it reads or fills has another number of columns, or two of one name.
    Columns,
    /// `ON CONFLICT` names columns that no key keeps unique.
    Conflict,
    /// `UPDATE OF` waits for a column that is not there.
    NeverFires(String),
    /// A name in double quotes means no column, and so is a string.
    String(String),
    /// A foreign key has nothing to point to.
    Parent(ParentFault),
    /// Something else.
    Other,
}

/// Why a foreign key fits no key of its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParentFault {
    /// There is no such table.
    Missing,
    /// It is a view.
    View,
    /// It is the rowid under its own name.
    Rowid,
    /// The key names no columns, and the parent has no primary key.
    NoPrimaryKey,
    /// The key names no columns, and the parent's primary key has so many.
    Count(usize),
    /// The parent has no such column.
    Column(String),
    /// Only this partial index keeps the columns unique.
    Partial(String),
    /// Only this index keeps them unique, and compares otherwise than the columns do.
    Collation(String),
    /// Nothing keeps the columns unique.
    NotUnique,
}

impl Fault {
    const fn said(kind: FaultKind, error: String) -> Self {
        Self { kind, error: Some(error) }
    }

    /// The fault that SQLite names so when it resolves names.
    fn named(error: String) -> Self {
        if let Some(index) = error.strip_prefix("no such index: ") {
            return Self::said(FaultKind::Index(index.to_owned()), error.clone());
        }
        let kind = match error.strip_prefix("no such table: ") {
            Some(table) => {
                let bare = table.strip_prefix("main.").or_else(|| table.strip_prefix("temp.")).unwrap_or(table);
                FaultKind::Table(bare.to_owned())
            }
            None if error.starts_with("no such column") || error.starts_with("cannot join using") => FaultKind::Column,
            None if error.starts_with("ambiguous ") || error.starts_with("SELECTs to the left") => FaultKind::Columns,
            None => FaultKind::Other,
        };
        Self::said(kind, error)
    }
}

/// Views of one schema that can be read, they and all below them: what others read of them is not looked at
/// again.
#[derive(Debug, Default)]
pub(crate) struct Sound(BTreeSet<Key>);

/// What keeps a view from being read, or a trigger from being fired. Nothing where too little is known.
pub(crate) fn fault(schema: &Schema, object: &Rc<Object>, sound: &mut Sound) -> Option<Fault> {
    if !object.certain {
        return None;
    }
    // What was seen to make sense needs no second look.
    let error = schema.is_unseen(object).then(|| resolve(schema, object, DoubleQuotes::Strings).error).flatten();
    error.map(Fault::named).or_else(|| own_fault(schema, object)).or_else(|| fault_below(schema, object, sound))
}

/// The names in double quotes that mean no column in it.
pub(crate) fn strings(schema: &Schema, object: &Rc<Object>) -> Vec<String> {
    let found = resolve(schema, object, DoubleQuotes::Strings).strings;
    found.into_iter().map(|span| Word { span }.text(&object.sql).into_owned()).collect()
}

/// The names in double quotes of a statement of `text` that mean no column, and so are strings, in their
/// order. `after` is the schema behind it; of an object that is there already nothing is said.
pub fn strings_in(before: &Schema, after: &Schema, text: &str, statement: &Statement) -> Vec<Word> {
    if !statement.span.of(text).contains('"') {
        return Vec::new();
    }
    let found = match &statement.body {
        Body::Data(_) | Body::Query(_) => strings_of(before, text, &statement.body),
        body => match made(before, after, body) {
            Some((object, within, shift)) => {
                let all = resolve(after, object, DoubleQuotes::Strings);
                let strings = all.strings.into_iter().filter(|_| all.error.is_none());
                let own = strings.filter(|string| within.contains(*string));
                own.filter_map(|string| shifted(string, shift)).collect()
            }
            None => Vec::new(),
        },
    };
    let mut places: Vec<(u32, u32)> = found.into_iter().map(|span| (span.start, span.end)).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|(start, end)| Word { span: Span::new(start, end) }).collect()
}

/// The object whose stored text has what the statement says, the part of that text, and how far the
/// statement's own text is behind it.
fn made<'schema>(before: &Schema, after: &'schema Schema, body: &Body) -> Option<(&'schema Rc<Object>, Span, i64)> {
    let shift = |here: Span, stored: Span| i64::from(here.start) - i64::from(stored.start);
    if let Body::AlterTable(alter) = body {
        let AlterAction::AddColumn(column) = &alter.action else { return None };
        let object = after.find(&alter.name)?;
        let stored = object.column(&column.name.text)?;
        return Some((object, stored.span, shift(column.name.span, stored.name.span)));
    }
    let (name, is_trigger) = match body {
        Body::CreateTable(create) => (&create.name, false),
        Body::CreateIndex(create) => (&create.name, false),
        Body::CreateView(create) => (&create.name, false),
        Body::CreateTrigger(create) => (&create.name, true),
        _ => return None,
    };
    let find = |schema: &'schema Schema| if is_trigger { schema.find_trigger(name) } else { schema.find(name) };
    let object = find(after)?;
    let known = if is_trigger { before.find_trigger(name) } else { before.find(name) };
    let is_new = known.is_none_or(|known| !Rc::ptr_eq(known, object));
    let stored = match &object.statement().body {
        Body::CreateTable(create) => &create.name,
        Body::CreateIndex(create) => &create.name,
        Body::CreateView(create) => &create.name,
        Body::CreateTrigger(create) => &create.name,
        _ => return None,
    };
    is_new.then_some((object, Span::new(0, u32::MAX), shift(name.name.span, stored.name.span)))
}

fn shifted(span: Span, by: i64) -> Option<Span> {
    let at = |place: u32| u32::try_from(i64::from(place) + by).ok();
    Some(Span::new(at(span.start)?, at(span.end)?))
}

/// What SQLite says where a name in double quotes is no string.
pub(crate) fn fault_of_names(schema: &Schema, object: &Rc<Object>) -> Option<String> {
    resolve(schema, object, DoubleQuotes::Names).error
}

/// What resolving names does not find.
fn own_fault(schema: &Schema, object: &Object) -> Option<Fault> {
    match &object.statement().body {
        Body::CreateView(view) if !view.columns.is_empty() => {
            let (named, found) = (view.columns.len(), width(schema, &object.sql, object.temporary, &view.query)?);
            let error = format!("expected {named} columns for '{}' but got {found}", object.name);
            (named != found).then(|| Fault::said(FaultKind::Columns, error))
        }
        Body::CreateTrigger(trigger) => trigger_fault(schema, object, trigger),
        _ => None,
    }
}

/// The fault of a view that it reads, also by way of other views.
fn fault_below(schema: &Schema, object: &Object, sound: &mut Sound) -> Option<Fault> {
    let within = (!object.temporary).then_some("main");
    let mut seen: BTreeSet<Key> = gathered([key(object)]);
    let mut next: Vec<Rc<Object>> = Vec::new();
    let read = |from: &Object, next: &mut Vec<Rc<Object>>, seen: &mut BTreeSet<Key>| {
        let views = from.mentions().filter_map(|name| schema.lookup(within, name, false));
        let is_new = |view: &Rc<Object>, seen: &mut BTreeSet<Key>| {
            let key = key(view);
            view.kind == ObjectKind::View && !sound.0.contains(&key) && seen.insert(key)
        };
        next.extend(views.filter(|view| is_new(view, seen)).cloned());
    };
    read(object, &mut next, &mut seen);
    while let Some(view) = next.pop() {
        if let Some(fault) = own_fault(schema, &view) {
            return Some(fault);
        }
        read(&view, &mut next, &mut seen);
    }
    // What is temporary reads other things by the same names.
    if !object.temporary {
        sound.0.extend(seen);
    }
    None
}

fn trigger_fault(schema: &Schema, object: &Object, trigger: &CreateTrigger) -> Option<Fault> {
    let within = (!object.temporary).then_some("main");
    let steps = trigger.body.iter().filter_map(|step| match step {
        TriggerStep::Data(data) => Some(&**data),
        TriggerStep::Query(_) => None,
    });
    let table = |name: &str| schema.lookup(within, name, false);
    let of_steps = steps
        .filter_map(|data| Some((data, table(&data.table.name.text)?)))
        .find_map(|(data, table)| data_fault_on(schema, &object.sql, object.temporary, table, data));
    of_steps.or_else(|| {
        let owner = table(&trigger.table.text).filter(|owner| owner.knows_columns())?;
        let lost = trigger.update_of.iter().find(|column| owner.column(&column.text).is_none())?;
        Some(Fault { kind: FaultKind::NeverFires(lost.text.clone()), error: None })
    })
}

/// What makes SQLite refuse a data statement of `text` whatever the rows are: the number of its values,
/// a column that it fills, or the key of its `ON CONFLICT`.
pub fn data_fault(schema: &Schema, text: &str, data: &Data) -> Option<Fault> {
    let table = schema.find(&data.table)?;
    data_fault_on(schema, text, true, table, data)
}

/// The same for a statement that changes `table`.
fn data_fault_on(schema: &Schema, sql: &str, temporary: bool, table: &Object, data: &Data) -> Option<Fault> {
    if table.kind != ObjectKind::Table || !table.knows_columns() {
        return None;
    }
    let columns: BTreeSet<Cow<str>> = gathered(table.columns().iter().map(|column| name::fold(&column.name.text)));
    let is_known = |word: &Word| {
        let text = word.text(sql);
        columns.contains(&name::fold(&text)) || is_rowid(table, &text)
    };
    let shown = data.alias.as_ref().map_or_else(
        || match &data.table.schema {
            Some(within) => format!("{}.{}", within.text, data.table.name.text),
            None => data.table.name.text.clone(),
        },
        |alias| alias.text.clone(),
    );
    if let Some(unknown) = data.columns.iter().find(|column| !is_known(column)) {
        let error = format!("table {shown} has no column named {}", unknown.text(sql));
        return Some(Fault::said(FaultKind::Column, error));
    }
    let upserts = data.upserts.iter().flat_map(|upsert| &upsert.sets);
    let sets = data.sets.iter().chain(upserts).flat_map(|set| &set.columns);
    if let Some(unknown) = sets.into_iter().find(|column| !is_known(column)) {
        return Some(Fault::said(FaultKind::Column, format!("no such column: {}", unknown.text(sql))));
    }
    if data.with.is_empty()
        && let Some(rows) = &data.rows
        && let Some(given) = width(schema, sql, temporary, rows)
    {
        let (open, named) = (insertable(table), data.columns.len());
        if named == 0 && given != open {
            let error = format!("table {shown} has {open} columns but {given} values were supplied");
            return Some(Fault::said(FaultKind::Columns, error));
        }
        if named > 0 && given != named {
            let error = format!("{given} values for {named} columns");
            return Some(Fault::said(FaultKind::Columns, error));
        }
    }
    let at = data.upserts.iter().position(|upsert| !has_key_for(schema, table, upsert, sql))?;
    let which = if data.upserts.len() > 1 { format!("{} ", ordinal(at + 1)) } else { String::new() };
    let error = format!("{which}ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint");
    Some(Fault::said(FaultKind::Conflict, error))
}

/// How many columns an `INSERT` fills that names none.
fn insertable(table: &Object) -> usize {
    table.columns().iter().filter(|column| column.generated().is_none()).count()
}

/// Whether the name means the rowid of the table.
fn is_rowid(table: &Object, column: &str) -> bool {
    let has_one = table.as_table().is_some_and(|table| table.definition.without_rowid.is_none());
    has_one && ["rowid", "_rowid_", "oid"].iter().any(|known| name::same(known, column))
}

/// Whether something keeps unique what the clause names. What is more than a column's name is not looked
/// into.
fn has_key_for(schema: &Schema, table: &Object, upsert: &Upsert, sql: &str) -> bool {
    let columns: Vec<Word> = upsert.target.iter().filter_map(Expression::column).collect();
    if columns.len() != upsert.target.len() || columns.is_empty() {
        return true;
    }
    let columns: Vec<Cow<str>> = columns.iter().map(|column| column.text(sql)).collect();
    has_key(schema, table, &columns, upsert.target_filter.is_some())
}

/// Whether something keeps just these columns of all rows unique, as an upsert needs it.
pub fn has_key_on(schema: &Schema, table: &Object, columns: &[String]) -> bool {
    has_key(schema, table, columns, false)
}

fn has_key(schema: &Schema, table: &Object, columns: &[impl AsRef<str>], partial: bool) -> bool {
    let alias = table.as_table().and_then(|create| rowid_alias(create, &table.sql));
    if let [only] = columns {
        let text = only.as_ref();
        let is_own = table.column(text).is_none() && is_rowid(table, text);
        if is_own || alias.is_some_and(|alias| alias.is(text)) {
            return true;
        }
    }
    let fits = |index: &IndexRow| {
        let own: Vec<&TermRow> = own_terms(index).collect();
        index.unique
            && (!index.partial || partial)
            && own.len() == columns.len()
            && own.iter().all(|term| columns.iter().any(|column| is_column(term, column.as_ref())))
    };
    index_list(&Schema::new(Knowledge::Complete), table).iter().any(fits)
        || certain_indexes(schema, table).is_none_or(|indexes| indexes.iter().any(fits))
}

/// The indexes of the table, where nothing happened to them that we could not read.
fn certain_indexes(schema: &Schema, table: &Object) -> Option<Vec<IndexRow>> {
    let certain = schema.owned(&table.name, ObjectKind::Index).into_iter().all(|index| index.certain);
    certain.then(|| index_list(schema, table))
}

fn own_terms(index: &IndexRow) -> impl Iterator<Item = &TermRow> {
    index.terms.iter().filter(|term| term.key)
}

fn is_column(term: &TermRow, column: &str) -> bool {
    matches!(&term.term, Term::Column(_, name) if name::same(name, column))
}

/// Why the foreign key of `child` fits no key of its parent. Nothing where it does, or where too little is
/// known of the parent.
pub fn parent_fault(schema: &Schema, child: &Object, width: usize, key: &ForeignKey) -> Option<Fault> {
    let within = if child.temporary { "temp" } else { "main" };
    let found = schema.lookup(Some(within), &key.table.text, false).filter(|found| found.kind != ObjectKind::Index);
    let Some(parent) = found else {
        let known = schema.knowledge() == Knowledge::Complete && !name::is_internal(&key.table.text);
        let error = format!("no such table: {within}.{}", key.table.text);
        return known.then(|| Fault::said(FaultKind::Parent(ParentFault::Missing), error));
    };
    let fault = if parent.kind == ObjectKind::View {
        ParentFault::View
    } else if parent.knows_columns() {
        // Mostly it is the rowid, else a key of the table's own definition: then its indexes are not looked for.
        if points_to_rowid(parent, width, key) {
            return None;
        }
        unfit(&index_list(&Schema::new(Knowledge::Complete), parent), parent, width, key)?;
        unfit(&certain_indexes(schema, parent)?, parent, width, key)?
    } else {
        return None;
    };
    let error = format!("foreign key mismatch - \"{}\" referencing \"{}\"", child.name, key.table.text);
    Some(Fault::said(FaultKind::Parent(fault), error))
}

fn points_to_rowid(parent: &Object, width: usize, key: &ForeignKey) -> bool {
    let alias = parent.as_table().and_then(|create| rowid_alias(create, &parent.sql));
    let fits = |alias: &Name| key.columns.first().is_none_or(|column| column.is(&alias.text));
    width == 1 && alias.is_some_and(fits)
}

/// Follows `sqlite3FkLocateIndex()` of SQLite's `fkey.c`, for what does not point to a rowid.
fn unfit(indexes: &[IndexRow], parent: &Object, width: usize, key: &ForeignKey) -> Option<ParentFault> {
    let alias = parent.as_table().and_then(|create| rowid_alias(create, &parent.sql));
    if key.columns.is_empty() {
        let primary = indexes.iter().find(|index| index.origin == Origin::PrimaryKey);
        let count = primary.map_or(usize::from(alias.is_some()), |index| own_terms(index).count());
        return match count {
            0 => Some(ParentFault::NoPrimaryKey),
            count => (count != width).then_some(ParentFault::Count(count)),
        };
    }
    if let Some(unknown) = key.columns.iter().find(|column| parent.column(&column.text).is_none()) {
        let rowid = is_rowid(parent, &unknown.text);
        return Some(if rowid { ParentFault::Rowid } else { ParentFault::Column(unknown.text.clone()) });
    }
    let rows = table_xinfo(parent);
    let declared = |at: usize| rows.get(at).and_then(|row| row.collation.as_deref()).unwrap_or("BINARY");
    let mut fault = ParentFault::NotUnique;
    for index in indexes.iter().filter(|index| index.unique && own_terms(index).count() == key.columns.len()) {
        let fits = own_terms(index).all(|term| key.columns.iter().any(|column| is_column(term, &column.text)));
        let compares = own_terms(index)
            .all(|term| matches!(&term.term, Term::Column(at, _) if name::same(declared(*at), &term.collation)));
        match (fits, index.partial, compares) {
            (false, ..) => {}
            (true, false, true) => return None,
            (true, true, _) => fault = ParentFault::Partial(index.name.clone()),
            (true, false, false) => fault = ParentFault::Collation(index.name.clone()),
        }
    }
    Some(fault)
}
