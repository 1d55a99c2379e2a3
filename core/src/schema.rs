//! The schema as a value: every object with its stored text, and who mentions whom.
//!
//! A schema is cheap to copy: two schemas share all that is equal, and a step costs what it changes.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use rpds::RedBlackTreeMap;

use crate::parse::statement::{Body, ColumnDefinition, CreateTable, ObjectKind, ObjectName, Statement};
use crate::parse::{self, token};
use crate::sqlite::name;

pub mod change;
pub mod fingerprint;
pub mod refer;
pub mod replay;

type Map<Key, Value> = RedBlackTreeMap<Key, Value, archery::ArcK>;

/// A schema object with the text that SQLite stores for it.
#[derive(Clone, Debug)]
pub struct Object {
    /// The name, spelt as it was created.
    pub name: String,
    /// The text in `sqlite_schema.sql`.
    pub sql: String,
    /// Whether it lives in the `temp` schema.
    pub temporary: bool,
    /// The stored text, read. Spans point into `sql`.
    pub statement: Statement,
    /// Whether nothing happened to it that we could not read.
    pub certain: bool,
}

impl Object {
    /// Reads a stored text. The name is the one that SQLite has for it.
    pub fn new(name: &str, sql: String, temporary: bool) -> Option<Self> {
        let statement = parse::one(&sql)?;
        Some(Self { name: name.to_owned(), sql, temporary, statement, certain: true })
    }

    /// What kind of object it is.
    pub fn kind(&self) -> ObjectKind {
        match self.statement.body {
            Body::CreateIndex(_) => ObjectKind::Index,
            Body::CreateView(_) => ObjectKind::View,
            Body::CreateTrigger(_) => ObjectKind::Trigger,
            _ => match &self.statement.body {
                Body::Opaque(opaque) if opaque.kind.ends_with("INDEX") => ObjectKind::Index,
                Body::Opaque(opaque) if opaque.kind.ends_with("VIEW") => ObjectKind::View,
                Body::Opaque(opaque) if opaque.kind.ends_with("TRIGGER") => ObjectKind::Trigger,
                _ => ObjectKind::Table,
            },
        }
    }

    /// The table's definition, where it is an ordinary table that could be read.
    pub fn as_table(&self) -> Option<&CreateTable> {
        match &self.statement.body {
            Body::CreateTable(table) => Some(table),
            _ => None,
        }
    }

    /// The table or view that an index or a trigger belongs to.
    pub fn owner(&self) -> Option<&str> {
        match &self.statement.body {
            Body::CreateIndex(index) => Some(&index.table.text),
            Body::CreateTrigger(trigger) => Some(&trigger.table.text),
            _ => None,
        }
    }

    /// The column of that name, where the object is a table that has it.
    pub fn column(&self, column: &str) -> Option<&ColumnDefinition> {
        self.as_table()?.definition.columns.iter().find(|known| known.name.is(column))
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

/// What an object is found by: triggers have a name space of their own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    temporary: bool,
    trigger: bool,
    name: Box<str>,
}

#[derive(Clone, Debug)]
struct Entry {
    order: u32,
    object: Arc<Object>,
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
    objects: Map<Key, Entry>,
    mentions: Map<Box<str>, Map<Key, ()>>,
    next: u32,
    knowledge: Knowledge,
}

impl Schema {
    /// A database without objects, of which everything or little is known.
    pub fn new(knowledge: Knowledge) -> Self {
        Self { objects: Map::new_with_ptr_kind(), mentions: Map::new_with_ptr_kind(), next: 0, knowledge }
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

    /// The table, view or index of that name. An unqualified name finds a temporary object first.
    pub fn find(&self, name: &ObjectName) -> Option<&Arc<Object>> {
        self.lookup(name.schema.as_ref().map(|schema| schema.text.as_str()), &name.name.text, false)
    }

    /// The trigger of that name.
    pub fn find_trigger(&self, name: &ObjectName) -> Option<&Arc<Object>> {
        self.lookup(name.schema.as_ref().map(|schema| schema.text.as_str()), &name.name.text, true)
    }

    /// The table, view or index of that unqualified name.
    pub fn get(&self, name: &str) -> Option<&Arc<Object>> {
        self.lookup(None, name, false)
    }

    /// The trigger of that unqualified name.
    pub fn trigger(&self, name: &str) -> Option<&Arc<Object>> {
        self.lookup(None, name, true)
    }

    fn lookup(&self, schema: Option<&str>, name: &str, trigger: bool) -> Option<&Arc<Object>> {
        let folded: Box<str> = name::fold(name).into();
        [true, false]
            .into_iter()
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
    pub fn objects(&self) -> Vec<&Arc<Object>> {
        let mut all: Vec<&Entry> = self.objects.values().collect();
        all.sort_by_key(|entry| entry.order);
        all.into_iter().map(|entry| &entry.object).collect()
    }

    /// The names of every table and view.
    pub fn table_names(&self) -> impl Iterator<Item = &str> {
        self.objects
            .values()
            .map(|entry| &*entry.object)
            .filter(|object| matches!(object.kind(), ObjectKind::Table | ObjectKind::View))
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

    /// The objects whose text has the word `name`: all that can refer to it and some that do not.
    pub fn mentioning(&self, name: &str) -> Vec<&Arc<Object>> {
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
        let order = after.take(old).unwrap_or(self.next);
        after.put(order, new);
        after
    }

    fn put(&mut self, order: u32, object: Object) {
        let key = key(&object);
        for mention in mentions(&object) {
            let keys = self.mentions.get(&mention).cloned().unwrap_or_else(Map::new_with_ptr_kind);
            self.mentions.insert_mut(mention, keys.insert(key.clone(), ()));
        }
        self.objects.insert_mut(key, Entry { order, object: Arc::new(object) });
    }

    fn take(&mut self, object: &Object) -> Option<u32> {
        let key = key(object);
        let order = self.objects.get(&key)?.order;
        for mention in mentions(object) {
            if let Some(keys) = self.mentions.get(&mention) {
                let keys = keys.remove(&key);
                self.mentions.insert_mut(mention, keys);
            }
        }
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
        trigger: object.kind() == ObjectKind::Trigger,
        name: name::fold(&object.name).into(),
    }
}

/// The names by which another object's change can concern this one. An index follows its table, a
/// table the parents of its foreign keys; of a view or a trigger every name counts.
fn mentions(object: &Object) -> BTreeSet<Box<str>> {
    let folded = |text: &str| Box::from(name::fold(text));
    match &object.statement.body {
        Body::CreateIndex(index) => BTreeSet::from([folded(&index.table.text)]),
        Body::CreateTable(table) => refer::foreign_keys(table).map(|(_, key)| folded(&key.table.text)).collect(),
        Body::CreateView(_) | Body::CreateTrigger(_) => token::tokens(&object.sql, 0)
            .into_iter()
            .filter(|token| matches!(token.kind, token::TokenKind::Word | token::TokenKind::Quoted))
            .map(|token| folded(&token.unquoted(&object.sql)))
            .collect(),
        _ => BTreeSet::new(),
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
