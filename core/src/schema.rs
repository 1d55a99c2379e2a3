//! The schema as a value: every object with its stored text, and who mentions whom.
//!
//! A schema is cheap to copy: two schemas share all that is equal, and a step costs what it changes.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::borrow::Borrow;
use core::cell::OnceCell;
use core::cmp::Ordering;

use crate::parse;
use crate::parse::statement::{
    Body, ColumnDefinition, CreateTable, CreateTrigger, Mention, Name, ObjectKind, ObjectName, Statement, TriggerStep,
};
use crate::parse::token;
use crate::sqlite::name;
use crate::sqlite::version::{BUNDLED, Version};
use crate::text::{Span, gathered};

mod alter;
pub mod change;
pub mod fingerprint;
mod layers;
pub mod number;
pub mod pragma;
pub mod refer;
pub mod replay;
mod resolve;
pub mod rows;
mod sense;
pub(crate) mod shadow;
pub mod sound;
mod table_as;

pub use alter::{cut_column, cut_constraint};
use layers::{Layers, Map};

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
    /// What it is found by.
    key: Key,
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
        let mentions = mentions(&sql, &statement.body);
        let mut object = Self::made(name, sql, temporary, &statement, mentions);
        object.statement = OnceCell::from(statement);
        Some(object)
    }

    /// The object that `statement` of `text` makes, whose stored text is `sql`. That says the same as the
    /// statement, at other places, and is not read before somebody asks.
    pub(crate) fn created(name: &str, sql: String, temporary: bool, text: &str, statement: &Statement) -> Self {
        Self::made(name, sql, temporary, statement, mentions(text, &statement.body))
    }

    fn made(name: &str, sql: String, temporary: bool, statement: &Statement, mentions: Rc<[Rc<str>]>) -> Self {
        // From the table's name on both texts are the same.
        let named = statement.object().map_or(0, |name| name.name.span.start);
        let start = u32::try_from("CREATE TABLE ".len()).unwrap_or(0);
        let columns_end = columns_end(statement).and_then(|at| (at + start).checked_sub(named));
        let kind = kind(&statement.body);
        Self {
            kind,
            name: name.to_owned(),
            owner: owner(&statement.body).map(ToOwned::to_owned),
            sql,
            temporary,
            certain: true,
            key: Key::of(name, kind, temporary),
            statement: OnceCell::new(),
            columns_end,
            mentions,
        }
    }

    /// The tables and views that it may refer to, in the form in which names are compared.
    pub fn mentions(&self) -> impl Iterator<Item = &str> {
        self.mentions.iter().map(|name| &**name)
    }

    /// Whether its text names the table or view: nothing else, where `mentions` may say too much.
    pub fn names(&self, table: &str) -> bool {
        let folded = name::fold(table);
        mentions(&self.sql, &self.statement().body).iter().any(|known| **known == *folded)
    }

    /// The same object with another stored text, in which it refers to the same tables.
    pub(crate) fn edited(&self, sql: String) -> Self {
        Self { sql, ..self.without_statement() }
    }

    /// The same object under another name.
    pub(crate) fn called(self, name: &str) -> Self {
        Self { name: name.to_owned(), key: Key::of(name, self.kind, self.temporary), ..self }
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
            key: self.key.clone(),
            statement: OnceCell::new(),
            columns_end: None,
            mentions: Rc::clone(&self.mentions),
        }
    }

    /// Whether a module keeps what is in it.
    pub(crate) fn is_virtual(&self) -> bool {
        self.sql.get(.."CREATE VIRTUAL".len()).is_some_and(|start| start.eq_ignore_ascii_case("CREATE VIRTUAL"))
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
        // To look through the text is only cheaper than to read it.
        if self.statement.get().is_none() && !self.says(column) {
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
fn mentions(text: &str, body: &Body) -> Rc<[Rc<str>]> {
    let mut names: Vec<Rc<str>> = match body {
        Body::CreateIndex(index) => Vec::from([folded(&index.table)]),
        Body::CreateTable(table) => refer::foreign_keys(table).map(|(_, key)| folded(&key.table)).collect(),
        Body::CreateTrigger(trigger) => {
            let steps = trigger.body.iter().filter_map(|step| match step {
                TriggerStep::Data(data) => Some(folded(&data.table.name)),
                TriggerStep::Query(_) => None,
            });
            steps.chain([folded(&trigger.table)]).collect()
        }
        _ => Vec::new(),
    };
    names.extend(read_tables(text, body).into_iter().map(|read| Rc::from(name::fold(&read.name.text(text)))));
    names.sort();
    names.dedup();
    names.into()
}

/// The tables that the queries of a view or a trigger name; `text` is what the statement was read from.
pub(crate) fn read_tables(text: &str, body: &Body) -> Vec<Mention> {
    let mut found = Vec::new();
    match body {
        Body::CreateView(view) => view.query.tables(text, &mut found),
        Body::CreateTrigger(trigger) => {
            trigger.condition.iter().for_each(|condition| condition.tables(text, &mut found));
            for step in &trigger.body {
                match step {
                    TriggerStep::Query(query) => query.tables(text, &mut found),
                    TriggerStep::Data(data) => data.tables(text, &mut found),
                }
            }
        }
        _ => {}
    }
    found
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
    /// How the name begins: mostly that tells two apart, and the names themselves are far away.
    start: u128,
    name: Rc<str>,
}

/// The first bytes of a name, in the order in which texts are compared.
fn start_of(name: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(name.bytes()).for_each(|(byte, own)| *byte = own);
    u128::from_be_bytes(bytes)
}

impl Key {
    fn of(name: &str, kind: ObjectKind, temporary: bool) -> Self {
        let name = name::fold(name);
        Self { temporary, trigger: kind == ObjectKind::Trigger, start: start_of(&name), name: name.into() }
    }

    /// A name that something mentions, which may be of anything.
    fn mention(name: &Rc<str>) -> Self {
        Self { temporary: false, trigger: false, start: start_of(name), name: Rc::clone(name) }
    }
}

/// A key by which is looked up, with a name that nobody has to copy for it.
trait Look {
    /// Whether it is temporary, whether it is a trigger, and the folded name with how that begins.
    fn parts(&self) -> (bool, bool, u128, &str);
}

impl Look for Key {
    fn parts(&self) -> (bool, bool, u128, &str) {
        (self.temporary, self.trigger, self.start, &self.name)
    }
}

impl Look for (bool, bool, u128, &str) {
    fn parts(&self) -> (bool, bool, u128, &str) {
        *self
    }
}

// In the order of `Key`.
impl PartialEq for dyn Look + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for dyn Look + '_ {}

impl PartialOrd for dyn Look + '_ {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for dyn Look + '_ {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}

impl<'look> Borrow<dyn Look + 'look> for Key {
    fn borrow(&self) -> &(dyn Look + 'look) {
        self
    }
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
    objects: Layers<Entry>,
    mentions: Layers<Map<Key, ()>>,
    next: u32,
    /// How many of the objects are temporary: mostly none, which saves looking for them.
    temporaries: u32,
    knowledge: Knowledge,
    /// What changed since the fingerprint was taken last, where somebody takes it.
    changed: Option<Map<Key, ()>>,
    /// The objects with names of others in them of which nobody has seen yet whether they make sense.
    unseen: Map<Key, ()>,
    /// Those in which strings stand in double quotes.
    strings: Map<Key, ()>,
    /// The connection that changes it.
    pub(crate) connection: Connection,
}

/// What of a connection decides how `ALTER TABLE` edits the stored texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Connection {
    /// The version of SQLite.
    pub(crate) engine: Version,
    /// `PRAGMA legacy_alter_table`.
    pub(crate) legacy_alter_table: bool,
    /// `PRAGMA foreign_keys`.
    pub(crate) foreign_keys: bool,
    /// `PRAGMA writable_schema`.
    pub(crate) writable_schema: bool,
}

impl Connection {
    /// Whether `RENAME` edits views and the bodies of triggers: since 3.25.0, and then sees to it that
    /// all of the schema makes sense.
    pub(crate) fn edits_queries(self) -> bool {
        self.engine >= Version::new(3, 25, 0) && !self.legacy_alter_table
    }

    /// Whether `RENAME TO` edits the foreign keys of other tables: since 3.26.0 always, else where they
    /// are enforced.
    pub(crate) fn edits_foreign_keys(self) -> bool {
        self.foreign_keys || (self.engine >= Version::new(3, 26, 0) && !self.legacy_alter_table)
    }
}

impl Schema {
    /// A database without objects, of which everything or little is known.
    pub fn new(knowledge: Knowledge) -> Self {
        Self {
            state: Rc::default(),
            objects: Layers::new(),
            mentions: Layers::new(),
            next: 0,
            temporaries: 0,
            knowledge,
            changed: None,
            unseen: Map::new_with_ptr_kind(),
            strings: Map::new_with_ptr_kind(),
            connection: Connection {
                engine: BUNDLED,
                legacy_alter_table: false,
                foreign_keys: false,
                writable_schema: false,
            },
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

    /// The same objects, changed by an engine of that version from now on.
    #[must_use]
    pub fn with_engine(mut self, engine: Version) -> Self {
        self.connection.engine = engine;
        self
    }

    /// The same objects, of a connection whose `RENAME` edits foreign keys and looks at no view and no trigger.
    #[must_use]
    pub(crate) fn not_looking(mut self) -> Self {
        self.connection.legacy_alter_table = true;
        self.connection.foreign_keys = true;
        self
    }

    /// The same objects, as the connection of `other` will change them.
    pub(crate) fn on_connection_of(mut self, other: &Self) -> Self {
        self.connection = other.connection;
        self
    }

    /// The schema of which nothing is certain any more.
    pub(crate) fn doubted(&self) -> Self {
        let mut after = self.clone().with_knowledge(Knowledge::Partial);
        for object in self.objects() {
            after = after.replacing(object, Object { certain: false, ..(**object).clone() });
        }
        after
    }

    /// Whether the other one is a copy of this, or both are empty: what follows from one follows from
    /// the other.
    pub(crate) fn is(&self, other: &Self) -> bool {
        let same = Rc::ptr_eq(&self.state, &other.state) || (self.is_empty() && other.is_empty());
        same && self.knowledge == other.knowledge && self.connection == other.connection
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

    /// The index of that name; else the table or view that bears it.
    pub(crate) fn find_index(&self, name: &ObjectName) -> Option<&Rc<Object>> {
        let within = name.schema.as_ref().map(|schema| schema.text.as_str());
        let found = self.named(within, &name.name.text, false);
        let index = found.into_iter().flatten().find(|object| object.kind == ObjectKind::Index);
        index.or(found[0]).or(found[1])
    }

    /// The table or view of that name, else the index; or the trigger.
    fn lookup(&self, schema: Option<&str>, name: &str, trigger: bool) -> Option<&Rc<Object>> {
        let found = self.named(schema, name, trigger);
        let other = found.into_iter().flatten().find(|object| object.kind != ObjectKind::Index);
        other.or(found[0]).or(found[1])
    }

    /// What bears the name: a temporary object, and one that is not.
    fn named(&self, schema: Option<&str>, name: &str, trigger: bool) -> [Option<&Rc<Object>>; 2] {
        let folded = name::fold(name);
        let start = start_of(&folded);
        let of = |temporary: bool, within: &str| {
            let is_there = !temporary || self.temporaries > 0;
            let key: &dyn Look = &(temporary, trigger, start, &*folded);
            let may = is_there && schema.is_none_or(|schema| name::same(schema, within));
            may.then(|| self.objects.get(key).map(|entry| &entry.object)).flatten()
        };
        [of(true, "temp"), of(false, "main")]
    }

    /// Every object, in the order of their creation, which is that of `sqlite_schema`.
    pub fn objects(&self) -> Vec<&Rc<Object>> {
        let mut all: Vec<&Entry> = self.objects.iter().map(|(_, entry)| entry).collect();
        all.sort_by_key(|entry| entry.order);
        all.into_iter().map(|entry| &entry.object).collect()
    }

    /// The names of every table and view.
    pub fn table_names(&self) -> impl Iterator<Item = &str> {
        self.objects
            .iter()
            .map(|(_, entry)| &*entry.object)
            .filter(|object| matches!(object.kind, ObjectKind::Table | ObjectKind::View))
            .map(|object| object.name.as_str())
    }

    /// The names of tables and views, or of indexes, that stand before and behind `name` in their order: one
    /// of them is probably meant where there is none of that name. In a large schema not all are looked
    /// at, or as many mistakes would take as many times as long.
    pub(crate) fn names_near<'me>(&'me self, name: &str, kinds: &'me [ObjectKind]) -> impl Iterator<Item = &'me str> {
        let around = |temporary: bool| {
            let name = name::fold(name);
            let at = Key { temporary, trigger: false, start: start_of(&name), name: name.into() };
            let near: Vec<_> = self.objects.before(&at).take(NEAR).chain(self.objects.from(&at).take(NEAR)).collect();
            near.into_iter().map(|(_, entry)| &*entry.object)
        };
        around(false)
            .chain(around(true))
            .filter(|object| kinds.contains(&object.kind))
            .map(|object| object.name.as_str())
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether there is no object.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The keys of the objects that mention the folded name.
    fn named_by(&self, folded: &str) -> Option<&Map<Key, ()>> {
        let name: &dyn Look = &(false, false, start_of(folded), folded);
        self.mentions.get(name)
    }

    /// The objects that may refer to the table or view `name`: all that do, and some that do not.
    pub fn mentioning(&self, name: &str) -> Vec<&Rc<Object>> {
        let Some(keys) = self.named_by(&name::fold(name)) else { return Vec::new() };
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

    /// What the object of that unqualified name is found by.
    pub(crate) fn key_of(&self, name: &str, trigger: bool) -> Option<Key> {
        self.lookup(None, name, trigger).map(|object| key(object))
    }

    /// The object with that key.
    pub(crate) fn by_key(&self, key: &Key) -> Option<&Rc<Object>> {
        self.objects.get(key).map(|entry| &entry.object)
    }

    /// The object with that key, and its place in the order of creation.
    pub(crate) fn entry(&self, key: &Key) -> Option<(u32, &Rc<Object>)> {
        self.objects.get(key).map(|entry| (entry.order, &entry.object))
    }

    /// The version of SQLite whose doings are followed.
    pub fn engine(&self) -> Version {
        self.connection.engine
    }

    /// Where the object stands in the order of creation.
    pub(crate) fn position(&self, object: &Object) -> Option<u32> {
        self.entry(&key(object)).map(|(order, _)| order)
    }

    /// The indexes, or the triggers, that belong to a table or view; in no order that means anything.
    pub(crate) fn owned(&self, table: &str, kind: ObjectKind) -> Vec<&Rc<Object>> {
        let Some(keys) = self.named_by(&name::fold(table)) else { return Vec::new() };
        let objects = keys.keys().filter(|key| key.trigger == (kind == ObjectKind::Trigger));
        let objects = objects.filter_map(|key| self.by_key(key));
        objects.filter(|object| object.kind == kind && object.belongs_to(table)).collect()
    }

    /// The table or view that a trigger is on. What is temporary is found first, but where the trigger names
    /// the database, or its own.
    pub(crate) fn owner(&self, trigger: &CreateTrigger, temporary: bool) -> Option<&Rc<Object>> {
        let named = trigger.table_schema.as_ref().or(trigger.name.schema.as_ref().filter(|_| !temporary));
        self.lookup(named.map(|schema| schema.text.as_str()), &trigger.table.text, false)
    }

    /// The views and triggers that mention what is not there.
    pub(crate) fn dangling(&self) -> impl Iterator<Item = &Rc<Object>> {
        // One that was seen to make sense mentions nothing of the kind.
        let unseen = self.unseen.keys().filter_map(|key| self.by_key(key));
        unseen.filter(|object| {
            matches!(object.kind, ObjectKind::View | ObjectKind::Trigger)
                && !object.mentions().all(|name| self.get(name).is_some() || name::is_internal(name))
        })
    }

    /// The objects of which nobody has seen yet whether they make sense.
    pub(crate) fn unseen(&self) -> Vec<Key> {
        self.unseen.keys().cloned().collect()
    }

    /// Whether nobody has seen yet whether the object makes sense.
    pub(crate) fn is_unseen(&self, object: &Object) -> bool {
        self.unseen.contains_key(&object.key)
    }

    /// Notes that it is to be seen again whether the object makes sense.
    pub(crate) fn look_again(&mut self, key: &Key) {
        self.unseen.insert_mut(key.clone(), ());
    }

    /// The objects in which strings stand in double quotes.
    pub(crate) fn with_strings(&self) -> Vec<Key> {
        self.strings.keys().cloned().collect()
    }

    /// Notes that the object makes sense, and whether strings stand in double quotes in it.
    pub(crate) fn see(&mut self, key: &Key, has_strings: bool) {
        self.unseen.remove_mut(key);
        if has_strings {
            self.strings.insert_mut(key.clone(), ());
        } else {
            self.strings.remove_mut(key);
        }
    }

    /// Everything that a change of the table or view can concern, also by way of views; the table
    /// itself included.
    pub(crate) fn depending(&self, table: &str) -> Vec<Key> {
        self.depending_on([table])
    }

    /// The same for several.
    pub(crate) fn depending_on<'name>(&self, tables: impl IntoIterator<Item = &'name str>) -> Vec<Key> {
        let mut names: Vec<String> = tables.into_iter().map(|table| name::fold(table).into_owned()).collect();
        let mut found: BTreeSet<Key> =
            gathered(names.iter().filter_map(|table| self.get(table)).map(|object| key(object)));
        while let Some(name) = names.pop() {
            let Some(keys) = self.named_by(&name) else { continue };
            for key in keys.keys() {
                if let Some(entry) = self.objects.get(key)
                    && found.insert(key.clone())
                    && entry.object.kind == ObjectKind::View
                {
                    names.push(name::fold(&entry.object.name).into_owned());
                }
            }
        }
        found.into_iter().collect()
    }

    /// Notes that what names the object may no longer make sense, or make sense now.
    fn doubt(&mut self, object: &Object) {
        self.doubt_those(object, |_, _| true);
    }

    /// The same, but of those views and triggers alone for which it matters.
    fn doubt_those(&mut self, object: &Object, matters: impl Fn(&Self, &Object) -> bool) {
        if !matches!(object.kind, ObjectKind::Table | ObjectKind::View) {
            return;
        }
        let Some(own) = self.named_by(&name::fold(&object.name)) else { return };
        if own.is_empty() {
            return;
        }
        for key in self.depending(&object.name) {
            let names_others = self
                .objects
                .get(&key)
                .is_some_and(|entry| matches!(entry.object.kind, ObjectKind::View | ObjectKind::Trigger))
                && self.by_key(&key).is_some_and(|object| matters(self, object));
            if names_others {
                self.unseen.insert_mut(key, ());
            }
        }
    }

    /// Notes that what asks for the index by `INDEXED BY` may no longer make sense.
    fn doubt_without(&mut self, index: &Object) {
        let Some(owner) = index.owner.as_ref().filter(|_| index.kind == ObjectKind::Index) else { return };
        let Some(keys) = self.named_by(&name::fold(owner)).cloned() else { return };
        for key in keys.keys() {
            if self.by_key(key).is_some_and(|object| asks_for_index(object)) {
                self.unseen.insert_mut(key.clone(), ());
            }
        }
    }

    /// What changed since this was asked last; all of it the first time.
    pub(crate) fn take_changed(&mut self) -> Vec<Key> {
        match self.changed.replace(Map::new_with_ptr_kind()) {
            Some(changed) => changed.keys().cloned().collect(),
            None => self.objects.iter().map(|(key, _)| key.clone()).collect(),
        }
    }

    /// Has `take_changed` tell what changes from now on.
    pub(crate) fn watch_changes(&mut self) {
        self.changed = Some(Map::new_with_ptr_kind());
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

    /// The schema in the order into which `VACUUM` puts it: tables, then indexes, then all else.
    #[must_use]
    pub(crate) fn vacuumed(&self) -> Self {
        let mut entries: Vec<(Key, Entry)> =
            self.objects.iter().map(|(key, entry)| (key.clone(), entry.clone())).collect();
        entries.sort_by_key(|(_, entry)| {
            let group = match entry.object.kind {
                ObjectKind::Table if !entry.object.is_virtual() => 0_u8,
                ObjectKind::Index => 1,
                _ => 2,
            };
            (group, entry.order)
        });
        let mut after = self.clone();
        after.next = 0;
        for (key, entry) in entries {
            after.objects.insert(key, Entry { order: after.next, ..entry });
            after.next += 1;
        }
        after
    }

    /// Puts `new` where `old` was.
    #[must_use]
    pub fn replacing(&self, old: &Object, new: Object) -> Self {
        self.exchanging(old, new, |_, _| true)
    }

    /// Puts the table where it was, which differs from that in these columns.
    #[must_use]
    pub(crate) fn with_columns(&self, old: &Object, new: Object, columns: &[&str]) -> Self {
        self.exchanging(old, new, |schema, object| schema.may_mean(object, columns))
    }

    /// Whether it can matter to a view or a trigger that tables come to have these columns, or have them no
    /// longer.
    pub(crate) fn may_mean(&self, object: &Object, columns: &[&str]) -> bool {
        // What a view answers can depend on columns that it does not name.
        let reads_views = || {
            let read = object.mentions().filter_map(|name| self.get(name));
            read.into_iter().any(|read| read.kind == ObjectKind::View && read.key != object.key)
        };
        let counts = ["NATURAL", "INSERT", "REPLACE"];
        object.sql.contains('*')
            || counts.iter().chain(columns).any(|word| object.says(word))
            || object.temporary
            || reads_views()
    }

    fn exchanging(&self, old: &Object, new: Object, matters: impl Fn(&Self, &Object) -> bool) -> Self {
        let mut after = self.clone();
        let key = key(old);
        // Most changes leave the name and the tables referred to as they are.
        if Rc::ptr_eq(&old.mentions, &new.mentions)
            && old.name == new.name
            && let Some(order) = after.objects.get(&key).map(|entry| entry.order)
        {
            after.note(&key);
            after.doubt_those(&new, matters);
            if needs_sense(&new) {
                after.unseen.insert_mut(key.clone(), ());
            }
            after.insert(key, order, new);
            return after;
        }
        let order = after.take(old).unwrap_or(self.next);
        after.put(order, new);
        after
    }

    fn put(&mut self, order: u32, object: Object) {
        let key = key(&object);
        for mention in object.mentions.iter() {
            let keys = self.named_by(mention).cloned().unwrap_or_else(Map::new_with_ptr_kind);
            self.mentions.insert(Key::mention(mention), keys.insert(key.clone(), ()));
        }
        self.note(&key);
        self.doubt(&object);
        if needs_sense(&object) {
            self.unseen.insert_mut(key.clone(), ());
        }
        self.temporaries += u32::from(object.temporary);
        self.insert(key, order, object);
    }

    fn insert(&mut self, key: Key, order: u32, object: Object) {
        self.objects.insert(key, Entry { order, object: Rc::new(object) });
    }

    /// Makes what comes cheaper, where nobody needs the schemas any more from which this one came.
    pub(crate) fn settle(&mut self) {
        if !self.objects.is_full() {
            return;
        }
        // What was read of a text takes many times its memory, and mostly nobody asks again.
        self.objects.settle(|entry| {
            if let Some(object) = Rc::get_mut(&mut entry.object) {
                object.statement.take();
            }
        });
        self.mentions.settle(|_| {});
    }

    fn take(&mut self, object: &Object) -> Option<u32> {
        let key = key(object);
        let order = self.objects.get(&key)?.order;
        for mention in object.mentions.iter() {
            if let Some(keys) = self.named_by(mention) {
                let keys = keys.remove(&key);
                self.mentions.insert(Key::mention(mention), keys);
            }
        }
        self.note(&key);
        self.doubt(object);
        self.doubt_without(object);
        self.unseen.remove_mut(&key);
        self.strings.remove_mut(&key);
        self.temporaries = self.temporaries.saturating_sub(u32::from(object.temporary));
        self.objects.remove(key);
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

/// How many names on either side of one are near it.
const NEAR: usize = 64;

/// Whether it is a view or a trigger that may say `INDEXED BY`.
fn asks_for_index(object: &Object) -> bool {
    let is_query = matches!(object.kind, ObjectKind::View | ObjectKind::Trigger);
    is_query && token::each(&object.sql).any(|token| token.is(&object.sql, "INDEXED"))
}

/// Whether the object's text can name what is not there, or hold a string in double quotes.
fn needs_sense(object: &Object) -> bool {
    matches!(object.kind, ObjectKind::View | ObjectKind::Trigger) || object.sql.contains('"')
}

fn key(object: &Object) -> Key {
    object.key.clone()
}

/// The text that SQLite stores for a `CREATE` statement of `text`: from the bare name on, behind
/// words of its own. Of an index, and of a table with options, it keeps all that stands before the
/// `;`, and of a view all but white space. Nothing for a statement that creates no object.
pub fn stored_sql(text: &str, statement: &Statement) -> Option<String> {
    let (span, before_mark) = (statement.span, statement.end_in(text));
    let (words, name, end) = match &statement.body {
        Body::CreateTable(create) => {
            let has_options = create.definition.without_rowid.is_some() || create.definition.strict.is_some();
            ("CREATE TABLE", &create.name, if has_options { before_mark } else { span.end })
        }
        Body::CreateVirtualTable(create) => ("CREATE VIRTUAL TABLE", &create.name, span.end),
        Body::CreateIndex(create) => {
            let gap = Span::new(span.end, before_mark).of(text);
            let end = before_mark - u32::from(gap.ends_with(';'));
            (if create.unique { "CREATE UNIQUE INDEX" } else { "CREATE INDEX" }, &create.name, end)
        }
        Body::CreateView(create) => {
            let gap = Span::new(span.end, before_mark).of(text).trim_end_matches(is_space);
            // The last letter is lost where it is a `;`, even one in a comment.
            let gap = gap.strip_suffix(';').unwrap_or(gap);
            ("CREATE VIEW", &create.name, span.end + u32::try_from(gap.len()).unwrap_or(0))
        }
        Body::CreateTrigger(create) => ("CREATE TRIGGER", &create.name, span.end),
        _ => return None,
    };
    Some(format!("{words} {}", Span::new(name.name.span.start, end).of(text)))
}

const fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}
