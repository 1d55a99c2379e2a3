//! The schema as a value: every object with its stored text, and who mentions whom.
//!
//! A schema is cheap to copy: two schemas share all that is equal, and a step costs what it changes.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;

use rpds::RedBlackTreeMap;

use crate::parse;
use crate::parse::statement::{Body, ColumnDefinition, CreateTable, Name, ObjectKind, ObjectName, Statement};
use crate::sqlite::name;

pub mod change;
pub mod fingerprint;
pub mod refer;
pub mod replay;
pub mod select;

type Map<Key, Value> = RedBlackTreeMap<Key, Value, archery::RcK>;

/// A schema object with the text that SQLite stores for it.
#[derive(Clone, Debug)]
pub struct Object {
    /// What kind of object it is.
    pub kind: ObjectKind,
    /// The name, spelt as it was created.
    pub name: String,
    /// The table or view that an index or a trigger belongs to.
    pub owner: Option<String>,
    /// The text in `sqlite_schema.sql`.
    pub sql: String,
    /// Whether it lives in the `temp` schema.
    pub temporary: bool,
    /// Whether nothing happened to it that we could not read.
    pub certain: bool,
    /// The stored text, read when somebody first asks.
    statement: OnceCell<Statement>,
    /// Where the columns end in the stored text, as far as that is known without reading it.
    columns_end: Option<u32>,
    /// The tables and views that it may refer to, in the form in which names are compared.
    mentions: Rc<[Rc<str>]>,
}

impl Object {
    /// Reads a stored text. The name is the one that SQLite has for it.
    pub fn new(name: &str, sql: String, temporary: bool) -> Option<Self> {
        let statement = parse::one(&sql)?;
        let mut object = Self::created(name, sql, temporary, &statement);
        object.statement = OnceCell::from(statement);
        Some(object)
    }

    /// The object that `statement` makes, whose stored text is `sql`. The text says the same as the
    /// statement, at other places, and is not read before somebody asks.
    pub(crate) fn created(name: &str, sql: String, temporary: bool, statement: &Statement) -> Self {
        // Both texts end with the statement.
        let end = u32::try_from(sql.len()).unwrap_or(u32::MAX);
        let columns_end = columns_end(statement).and_then(|at| end.checked_sub(statement.span.end - at));
        Self {
            kind: kind(&statement.body),
            name: name.to_owned(),
            owner: owner(&statement.body).map(ToOwned::to_owned),
            sql,
            temporary,
            certain: true,
            statement: OnceCell::new(),
            columns_end,
            mentions: mentions(&statement.body),
        }
    }

    /// The same object with another stored text, in which it refers to the same tables.
    pub(crate) fn edited(&self, sql: String) -> Self {
        Self { sql, ..self.without_statement() }
    }

    /// The same object with another stored text, in which the table `from` is called `to`.
    pub(crate) fn renamed(&self, sql: String, from: &str, to: &str) -> Self {
        let (from, new) = (name::fold(from), Rc::from(name::fold(to)));
        let mut mentions: Vec<Rc<str>> =
            self.mentions.iter().map(|name| Rc::clone(if **name == *from { &new } else { name })).collect();
        mentions.sort();
        mentions.dedup();
        let owner = if self.belongs_to(&from) { Some(to.to_owned()) } else { self.owner.clone() };
        Self { sql, owner, mentions: mentions.into(), ..self.without_statement() }
    }

    fn without_statement(&self) -> Self {
        Self {
            kind: self.kind,
            name: self.name.clone(),
            owner: self.owner.clone(),
            sql: String::new(),
            temporary: self.temporary,
            certain: self.certain,
            statement: OnceCell::new(),
            columns_end: None,
            mentions: Rc::clone(&self.mentions),
        }
    }

    /// Whether the stored text has these letters anywhere, in any case: a quick no.
    pub(crate) fn says(&self, word: &str) -> bool {
        let (text, word) = (self.sql.as_bytes(), word.as_bytes());
        let Some(first) = word.first() else { return true };
        if word.iter().any(|byte| matches!(byte, b'"' | b'`' | b'\'')) {
            return true; // stands there doubled
        }
        let folded = first | 0x20;
        let starts = text.iter().enumerate().filter(|(_, byte)| **byte | 0x20 == folded);
        starts
            .map(|(at, _)| &text[at..])
            .any(|rest| rest.get(..word.len()).is_some_and(|at| at.eq_ignore_ascii_case(word)))
    }

    /// The stored text as it was read; spans point into `sql`.
    pub fn statement(&self) -> &Statement {
        self.statement.get_or_init(|| self.read())
    }

    /// Shows the stored text as it was read, and keeps what was read only if somebody asked before: a
    /// large schema whose every object is looked at once then needs little memory.
    pub(crate) fn glance<Seen>(&self, look: impl FnOnce(&Statement) -> Seen) -> Seen {
        match self.statement.get() {
            Some(statement) => look(statement),
            None => look(&self.read()),
        }
    }

    fn read(&self) -> Statement {
        parse::one(&self.sql).unwrap_or_else(Statement::none)
    }

    /// The table's definition, where it is an ordinary table that could be read.
    pub fn as_table(&self) -> Option<&CreateTable> {
        match &self.statement().body {
            Body::CreateTable(table) => Some(table),
            _ => None,
        }
    }

    /// Whether the index or trigger belongs to that table or view.
    pub fn belongs_to(&self, owner: &str) -> bool {
        self.owner.as_ref().is_some_and(|own| name::same(own, owner))
    }

    /// The table with another column, whose declaration is `added`. Reads nothing where it is known
    /// where the columns end.
    pub(crate) fn with_column(&self, added: &str) -> Option<Self> {
        let at = self.columns_end.or_else(|| columns_end(self.statement()))?;
        let (before, behind) = self.sql.split_at_checked(at as usize)?;
        let end = u32::try_from(before.len() + 2 + added.len()).ok()?;
        Some(Self { columns_end: Some(end), ..self.edited(format!("{before}, {added}{behind}")) })
    }

    /// The column of that name, where the object is a table that has it.
    pub fn column(&self, column: &str) -> Option<&ColumnDefinition> {
        if !self.says(column) {
            return None;
        }
        self.columns().iter().find(|known| known.name.is(column))
    }

    /// The table's columns; none where they are not known, as those of `CREATE TABLE … AS`.
    pub fn columns(&self) -> &[ColumnDefinition] {
        self.as_table().map_or(&[], |table| &table.definition.columns)
    }

    /// Whether the columns of the table are all known.
    pub fn knows_columns(&self) -> bool {
        self.certain && self.as_table().is_some_and(|table| table.query.is_none())
    }
}

fn kind(body: &Body) -> ObjectKind {
    match body {
        Body::CreateIndex(_) => ObjectKind::Index,
        Body::CreateView(_) => ObjectKind::View,
        Body::CreateTrigger(_) => ObjectKind::Trigger,
        Body::Opaque(opaque) if opaque.kind.ends_with("INDEX") => ObjectKind::Index,
        Body::Opaque(opaque) if opaque.kind.ends_with("VIEW") => ObjectKind::View,
        Body::Opaque(opaque) if opaque.kind.ends_with("TRIGGER") => ObjectKind::Trigger,
        _ => ObjectKind::Table,
    }
}

fn owner(body: &Body) -> Option<&str> {
    match body {
        Body::CreateIndex(index) => Some(&index.table.text),
        Body::CreateTrigger(trigger) => Some(&trigger.table.text),
        _ => None,
    }
}

/// The tables whose change can concern the object: an index follows its table, a table the parents
/// of its foreign keys, a view or a trigger all that it reads or writes.
fn mentions(body: &Body) -> Rc<[Rc<str>]> {
    let mut names: Vec<Rc<str>> = match body {
        Body::CreateIndex(index) => Vec::from([folded(&index.table)]),
        Body::CreateTable(table) => refer::foreign_keys(table).map(|(_, key)| folded(&key.table)).collect(),
        Body::CreateView(view) => view.references.tables.iter().map(folded).collect(),
        Body::CreateTrigger(trigger) => trigger.references.tables.iter().chain([&trigger.table]).map(folded).collect(),
        _ => Vec::new(),
    };
    names.sort();
    names.dedup();
    names.into()
}

/// Where the columns end in the text that the statement was read from.
fn columns_end(statement: &Statement) -> Option<u32> {
    match &statement.body {
        Body::CreateTable(table) if table.query.is_none() => Some(table.definition.columns_end),
        _ => None,
    }
}

fn folded(name: &Name) -> Rc<str> {
    name::fold(&name.text).into()
}

/// What an object is found by: triggers have a name space of their own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    temporary: bool,
    trigger: bool,
    name: Rc<str>,
}

#[derive(Clone, Debug)]
struct Entry {
    order: u32,
    object: Rc<Object>,
}

/// What is known of the database before the first statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knowledge {
    /// All of it: it is empty, or its schema was given.
    Complete,
    /// Only what the files themselves create: other tables may exist.
    Partial,
}

/// All objects of a database at one moment.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Stands for all that is in the maps: another one after every change.
    state: Rc<()>,
    objects: Map<Key, Entry>,
    mentions: Map<Rc<str>, Map<Key, ()>>,
    next: u32,
    /// How many of the objects are temporary: mostly none, which saves looking for them.
    temporaries: u32,
    knowledge: Knowledge,
    /// What changed since the fingerprint was taken last, where somebody takes it.
    changed: Option<Map<Key, ()>>,
}

impl Schema {
    /// A database without objects, of which everything or little is known.
    pub fn new(knowledge: Knowledge) -> Self {
        Self {
            state: Rc::default(),
            objects: Map::new_with_ptr_kind(),
            mentions: Map::new_with_ptr_kind(),
            next: 0,
            temporaries: 0,
            knowledge,
            changed: None,
        }
    }

    /// Whether an object that is not here is known to be absent.
    pub const fn knowledge(&self) -> Knowledge {
        self.knowledge
    }

    /// The same objects, of a database of which so much is known.
    #[must_use]
    pub fn with_knowledge(mut self, knowledge: Knowledge) -> Self {
        self.knowledge = knowledge;
        self
    }

    /// Whether the other one is a copy of this, or both are empty: what follows from one follows from
    /// the other.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let same = Rc::ptr_eq(&self.state, &other.state) || (self.is_empty() && other.is_empty());
        same && self.knowledge == other.knowledge
    }

    /// The table, view or index of that name. An unqualified name finds a temporary object first.
    pub fn find(&self, name: &ObjectName) -> Option<&Rc<Object>> {
        self.lookup(name.schema.as_ref().map(|schema| schema.text.as_str()), &name.name.text, false)
    }

    /// The trigger of that name.
    pub fn find_trigger(&self, name: &ObjectName) -> Option<&Rc<Object>> {
        self.lookup(name.schema.as_ref().map(|schema| schema.text.as_str()), &name.name.text, true)
    }

    /// The table, view or index of that unqualified name.
    pub fn get(&self, name: &str) -> Option<&Rc<Object>> {
        self.lookup(None, name, false)
    }

    /// The trigger of that unqualified name.
    pub fn trigger(&self, name: &str) -> Option<&Rc<Object>> {
        self.lookup(None, name, true)
    }

    fn lookup(&self, schema: Option<&str>, name: &str, trigger: bool) -> Option<&Rc<Object>> {
        let folded: Rc<str> = name::fold(name).into();
        [true, false]
            .into_iter()
            .filter(|temporary| !temporary || self.temporaries > 0)
            .filter(|temporary| match schema {
                None => true,
                Some(schema) if name::same(schema, "temp") => *temporary,
                Some(schema) => name::same(schema, "main") && !temporary,
            })
            .find_map(|temporary| {
                let key = Key { temporary, trigger, name: folded.clone() };
                self.objects.get(&key).map(|entry| &entry.object)
            })
    }

    /// Every object, in the order of their creation, which is that of `sqlite_schema`.
    pub fn objects(&self) -> Vec<&Rc<Object>> {
        let mut all: Vec<&Entry> = self.objects.values().collect();
        all.sort_by_key(|entry| entry.order);
        all.into_iter().map(|entry| &entry.object).collect()
    }

    /// The names of every table and view.
    pub fn table_names(&self) -> impl Iterator<Item = &str> {
        self.objects
            .values()
            .map(|entry| &*entry.object)
            .filter(|object| matches!(object.kind, ObjectKind::Table | ObjectKind::View))
            .map(|object| object.name.as_str())
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.objects.size()
    }

    /// Whether there is no object.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// The objects that may refer to the table or view `name`: all that do, and some that do not.
    pub fn mentioning(&self, name: &str) -> Vec<&Rc<Object>> {
        let Some(keys) = self.mentions.get(&*name::fold(name)) else { return Vec::new() };
        let mut found: Vec<&Entry> = keys.keys().filter_map(|key| self.objects.get(key)).collect();
        found.sort_by_key(|entry| entry.order);
        found.into_iter().map(|entry| &entry.object).collect()
    }

    /// Puts an object behind all others.
    #[must_use]
    pub fn with(&self, object: Object) -> Self {
        let order = self.next;
        let mut after = self.clone();
        after.next += 1;
        after.put(order, object);
        after
    }

    /// The object with that key.
    pub(crate) fn by_key(&self, key: &Key) -> Option<&Object> {
        self.objects.get(key).map(|entry| &*entry.object)
    }

    /// What changed since this was asked last; all of it the first time.
    pub(crate) fn take_changed(&mut self) -> Vec<Key> {
        match self.changed.replace(Map::new_with_ptr_kind()) {
            Some(changed) => changed.keys().cloned().collect(),
            None => self.objects.keys().cloned().collect(),
        }
    }

    fn note(&mut self, key: &Key) {
        self.state = Rc::default();
        if let Some(changed) = &mut self.changed {
            changed.insert_mut(key.clone(), ());
        }
    }

    /// Takes an object out.
    #[must_use]
    pub fn without(&self, object: &Object) -> Self {
        let mut after = self.clone();
        after.take(object);
        after
    }

    /// Puts `new` where `old` was.
    #[must_use]
    pub fn replacing(&self, old: &Object, new: Object) -> Self {
        let mut after = self.clone();
        let key = key(old);
        // Most changes leave the name and the tables referred to as they are.
        if Rc::ptr_eq(&old.mentions, &new.mentions)
            && old.name == new.name
            && let Some(order) = after.objects.get(&key).map(|entry| entry.order)
        {
            after.note(&key);
            after.objects.insert_mut(key, Entry { order, object: Rc::new(new) });
            return after;
        }
        let order = after.take(old).unwrap_or(self.next);
        after.put(order, new);
        after
    }

    fn put(&mut self, order: u32, object: Object) {
        let key = key(&object);
        for mention in object.mentions.iter() {
            let keys = self.mentions.get(mention).cloned().unwrap_or_else(Map::new_with_ptr_kind);
            self.mentions.insert_mut(mention.clone(), keys.insert(key.clone(), ()));
        }
        self.note(&key);
        self.temporaries += u32::from(object.temporary);
        self.objects.insert_mut(key, Entry { order, object: Rc::new(object) });
    }

    fn take(&mut self, object: &Object) -> Option<u32> {
        let key = key(object);
        let order = self.objects.get(&key)?.order;
        for mention in object.mentions.iter() {
            if let Some(keys) = self.mentions.get(mention) {
                let keys = keys.remove(&key);
                self.mentions.insert_mut(mention.clone(), keys);
            }
        }
        self.note(&key);
        self.temporaries = self.temporaries.saturating_sub(u32::from(object.temporary));
        self.objects.remove_mut(&key);
        Some(order)
    }

    /// The schema as a script that makes it.
    pub fn to_sql(&self) -> String {
        self.objects().into_iter().filter(|object| !name::is_internal(&object.name)).fold(
            String::new(),
            |mut sql, object| {
                sql.push_str(&object.sql);
                sql.push_str(";\n");
                sql
            },
        )
    }
}

fn key(object: &Object) -> Key {
    Key {
        temporary: object.temporary,
        trigger: object.kind == ObjectKind::Trigger,
        name: name::fold(&object.name).into(),
    }
}

/// The text that SQLite stores for a `CREATE` statement of `text`: from the bare name on, behind
/// words of its own. Nothing for a statement that creates no object.
pub fn stored_sql(text: &str, statement: &Statement) -> Option<String> {
    let (words, name) = match &statement.body {
        Body::CreateTable(create) => ("CREATE TABLE", &create.name),
        Body::CreateVirtualTable(create) => ("CREATE VIRTUAL TABLE", &create.name),
        Body::CreateIndex(create) if create.unique => ("CREATE UNIQUE INDEX", &create.name),
        Body::CreateIndex(create) => ("CREATE INDEX", &create.name),
        Body::CreateView(create) => ("CREATE VIEW", &create.name),
        Body::CreateTrigger(create) => ("CREATE TRIGGER", &create.name),
        _ => return None,
    };
    let rest = crate::text::Span::new(name.name.span.start, statement.span.end);
    Some(format!("{words} {}", rest.of(text)))
}
