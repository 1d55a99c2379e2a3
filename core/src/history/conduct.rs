//! What the statements of a file do beside the schema: where transactions begin and end, which pragmas
//! stay, what runs without a transaction, and which rows are changed.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Done, Earlier, InTransaction, is_on};
use crate::parse::statement::{Body, Conflict, Data, DataKind, Name, ObjectKind, Other, Pragma, Query, Statement};
use crate::parse::token::{Token, tokens};
use crate::schema::change::Change;
use crate::sqlite::name;
use crate::text::Span;

/// What the statements of a file have done so far with the connection and with rows.
#[derive(Clone, Debug, Default)]
pub struct Conduct {
    turns: Vec<Turn>,
    opened: Option<Span>,
    begun: Option<Begun>,
    late: Vec<Late>,
    bare: Option<Bare>,
    /// Whether the last of those can be done again.
    repeatable: bool,
    /// Whether something that has no place in a transaction stands behind the last step.
    interrupted: bool,
    /// Whether one transaction around the steps is not for the taking.
    divided: bool,
    settings: BTreeMap<String, Setting>,
    updated: BTreeMap<(String, String), u32>,
    corrected: BTreeSet<(String, String)>,
    thinned: BTreeMap<String, u32>,
    added: BTreeSet<(String, String)>,
    tightened: Vec<Tightened>,
    last: Option<Place>,
}

/// Where a statement stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The statement.
    pub span: Span,
    /// Where its `;` stands, or the text ends.
    pub end: u32,
}

impl Place {
    /// Where something can be put in behind it, and what must stand there first: its `;` where it has none.
    pub fn behind(self, text: &str) -> (u32, &'static str) {
        let has_end = text.as_bytes().get(self.end as usize) == Some(&b';');
        if has_end { (self.end + 1, "") } else { (self.span.end, ";") }
    }

    /// The statement with its `;`.
    pub fn whole(self, text: &str) -> Span {
        Span::new(self.span.start, self.behind(text).0)
    }
}

/// A statement that begins or ends a transaction.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// The statement.
    pub place: Place,
    /// What it does.
    pub kind: TurnKind,
    /// In whose transaction it stands.
    pub within: InTransaction,
}

/// What a statement does to the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnKind {
    /// `BEGIN`.
    Begin,
    /// `COMMIT` or `END`.
    Commit,
    /// `ROLLBACK` of everything.
    Rollback,
}

/// A transaction that has only read when it first writes.
#[derive(Clone, Debug)]
pub struct Late {
    /// Its `BEGIN`, up to the word that says when the lock is taken, if there is one.
    pub begin: Span,
    /// The first words of the statement that reads.
    pub reads: String,
    /// Whether it reads only where the file has run before, and its guard finds what it asks for.
    pub again: bool,
}

#[derive(Clone, Debug)]
struct Begun {
    begin: Span,
    reads: Option<(String, Touch)>,
}

/// How a statement touches the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Touch {
    Nothing,
    Reads,
    /// It writes, and only reads where it has run before.
    WritesOnce,
    Writes,
}

/// The steps of a file, which change the schema or rows, that run without a transaction around them.
#[derive(Clone, Copy, Debug)]
pub struct Bare {
    /// How many they are.
    pub count: u32,
    /// The first of them.
    pub first: Place,
    /// The last of them.
    pub last: Place,
    /// Whether one of them changes the schema.
    pub changes_schema: bool,
    /// Whether one before the last cannot be done again.
    pub leaves_some: bool,
    /// Whether one changes something that was there before the file.
    pub old: bool,
}

/// A column of a table that was there before the file, which gets `NOT NULL`.
#[derive(Clone, Debug)]
pub struct Tightened {
    /// The table, as it is called there.
    pub table: Name,
    /// The column.
    pub column: Name,
}

/// A pragma of the connection, as the file sets it last.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The statement.
    pub span: Span,
    /// Whether it is on.
    pub on: bool,
}

/// The pragmas that decide how later statements work, until the connection ends.
const SETTINGS: [&str; 4] = ["foreign_keys", "legacy_alter_table", "writable_schema", "ignore_check_constraints"];

impl Conduct {
    /// The statements that begin or end a transaction, in their order.
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// Where the file's own transaction begins that is open now.
    pub fn opened(&self) -> Option<Span> {
        self.opened
    }

    /// The transactions that read first and write then, without having asked for the lock.
    pub fn late(&self) -> &[Late] {
        &self.late
    }

    /// The steps that run without a transaction, if there are any.
    pub fn bare(&self) -> Option<Bare> {
        self.bare
    }

    /// Whether one transaction around those statements would have something in it that has no place there,
    /// or that someone has to weigh first.
    pub fn is_divided(&self) -> bool {
        self.divided
    }

    /// The pragmas that the file sets and that stay, with what they are at last.
    pub fn settings(&self) -> impl Iterator<Item = (&str, Setting)> {
        self.settings.iter().map(|(pragma, setting)| (pragma.as_str(), *setting))
    }

    /// Where an `UPDATE` first sets the column of the table, as that is called there.
    pub fn updated(&self, table: &str, column: &str) -> Option<u32> {
        self.updated.get(&folded(table, column)).copied()
    }

    /// Where a `DELETE` first takes rows out of the table, as that is called there.
    pub fn thinned(&self, table: &str) -> Option<u32> {
        self.thinned.get(&*name::fold(table)).copied()
    }

    /// Whether an `UPDATE` of some rows sets the column of the table.
    pub fn corrected(&self, table: &str, column: &str) -> bool {
        self.corrected.contains(&folded(table, column))
    }

    /// Whether an `ADD COLUMN` makes the column of the table, as that is called there.
    pub fn added(&self, table: &str, column: &str) -> bool {
        self.added.contains(&folded(table, column))
    }

    /// The columns that get `NOT NULL` where they are.
    pub fn tightened(&self) -> &[Tightened] {
        &self.tightened
    }

    /// The last statement of the file.
    pub fn last(&self) -> Option<Place> {
        self.last
    }

    pub(super) fn follow(&mut self, done: &Done, earlier: &Known) {
        let place = Place { span: done.statement.span, end: done.statement.end };
        self.last = Some(place);
        self.turn(done, place);
        self.set(done);
        self.touch(done, touch(done));
        if let Body::Data(data) = &done.statement.body {
            self.change_rows(done, data);
        }
        for change in done.changes {
            self.change_columns(change, earlier);
        }
        self.step(done, place, earlier);
    }

    fn change_columns(&mut self, change: &Change, known: &Known) {
        match change {
            Change::AddColumn { table, column } => {
                self.added.insert(folded(&table.text, &column.name.text));
            }
            Change::SetNotNull { table, column } if known.old => {
                self.tightened.push(Tightened { table: table.clone(), column: column.clone() });
            }
            _ => {}
        }
    }

    fn turn(&mut self, done: &Done, place: Place) {
        let within = done.transaction;
        let kind = match &done.statement.body {
            Body::Begin => {
                if within == InTransaction::No {
                    self.opened = Some(place.span);
                    let begin = deferred(done.text, place.span);
                    self.begun = begin.map(|begin| Begun { begin, reads: None });
                }
                TurnKind::Begin
            }
            Body::Savepoint(_) if within == InTransaction::No => {
                self.opened = Some(place.span);
                return;
            }
            Body::Commit => TurnKind::Commit,
            Body::Rollback(None) => TurnKind::Rollback,
            _ => return,
        };
        if kind != TurnKind::Begin {
            self.opened = None;
            self.begun = None;
        }
        self.turns.push(Turn { place, kind, within });
    }

    fn set(&mut self, done: &Done) {
        let Body::Pragma(set) = &done.statement.body else { return };
        let Some(value) = set.value else { return };
        let Some(pragma) = SETTINGS.iter().find(|known| set.name.name.is(known)) else { return };
        // In a transaction this one does nothing.
        if *pragma == "foreign_keys" && done.transaction != InTransaction::No {
            return;
        }
        let setting = Setting { span: done.statement.span, on: is_on(value.of(done.text)) };
        self.settings.insert(String::from(*pragma), setting);
    }

    fn touch(&mut self, done: &Done, touch: Touch) {
        let Some(mut begun) = self.begun.take() else { return };
        match (begun.reads.take(), touch) {
            (None, Touch::Writes) => {}
            (Some((reads, how)), Touch::Writes | Touch::WritesOnce)
                if touch == Touch::Writes || how == Touch::Reads =>
            {
                self.late.push(Late { begin: begun.begin, reads, again: how == Touch::WritesOnce });
            }
            (None, Touch::Reads | Touch::WritesOnce) => {
                self.begun = Some(Begun { reads: Some((words(done.statement), touch)), ..begun });
            }
            (reads, _) => self.begun = Some(Begun { reads, ..begun }),
        }
    }

    fn change_rows(&mut self, done: &Done, data: &Data) {
        let at = done.statement.span.start;
        match data.kind {
            DataKind::Update => {
                for column in data.sets.iter().flat_map(|assignment| &assignment.columns) {
                    let key = folded(&data.table.name.text, &column.text(done.text));
                    if data.filter.is_some() {
                        self.corrected.insert(key.clone());
                    }
                    self.updated.entry(key).or_insert(at);
                }
            }
            DataKind::Delete => {
                self.thinned.entry(name::fold(&data.table.name.text).into_owned()).or_insert(at);
            }
            DataKind::Insert | DataKind::Replace => {}
        }
    }

    fn step(&mut self, done: &Done, place: Place, known: &Known) {
        let body = &done.statement.body;
        if stands_apart(body) {
            self.interrupted |= self.bare.is_some();
            return;
        }
        let changes_schema = !done.changes.is_empty();
        let changes_rows = matches!(body, Body::Data(_));
        if done.transaction != InTransaction::No || !(changes_schema || changes_rows) || known.temporary {
            return;
        }
        // How much of a table is written at once is for someone to weigh who knows its size.
        let writes_all = matches!(body, Body::Data(data) if data.kind == DataKind::Update) && known.old;
        self.divided |= self.interrupted || writes_all;
        let again = known.repeatable || is_guarded(done.statement) || is_repeatable(done.statement);
        let repeatable = core::mem::replace(&mut self.repeatable, again);
        let only = Bare { count: 1, first: place, last: place, changes_schema, leaves_some: false, old: known.old };
        self.bare = Some(self.bare.map_or(only, |before| Bare {
            count: before.count + 1,
            first: before.first,
            last: place,
            changes_schema: before.changes_schema || changes_schema,
            leaves_some: before.leaves_some || !repeatable,
            old: before.old || known.old,
        }));
    }
}

/// What the file's earlier statements tell of a statement's object.
pub(super) struct Known {
    old: bool,
    repeatable: bool,
    temporary: bool,
}

impl Known {
    pub(super) fn of(done: &Done, earlier: &Earlier) -> Self {
        let is_temporary = |table: &str| done.before.get(table).is_some_and(|object| object.temporary);
        let dropped = |kind, name: &str| earlier.dropped(kind, name);
        let (table, repeatable, temporary) = match &done.statement.body {
            Body::CreateTable(it) => (None, dropped(ObjectKind::Table, &it.name.name.text), it.temporary),
            Body::CreateVirtualTable(it) => (None, dropped(ObjectKind::Table, &it.name.name.text), false),
            Body::CreateView(it) => (None, dropped(ObjectKind::View, &it.name.name.text), it.temporary),
            Body::CreateIndex(it) => {
                (Some(&it.table), dropped(ObjectKind::Index, &it.name.name.text), is_temporary(&it.table.text))
            }
            Body::CreateTrigger(it) => {
                (Some(&it.table), dropped(ObjectKind::Trigger, &it.name.name.text), it.temporary)
            }
            Body::AlterTable(it) => (Some(&it.name.name), false, is_temporary(&it.name.name.text)),
            Body::Drop(it) => (Some(&it.name.name), false, is_temporary(&it.name.name.text)),
            Body::Data(it) => (Some(&it.table.name), false, is_temporary(&it.table.name.text)),
            _ => (None, false, false),
        };
        Self { old: table.is_some_and(|table| !earlier.created(&table.text)), repeatable, temporary }
    }
}

fn folded(table: &str, column: &str) -> (String, String) {
    (name::fold(table).into_owned(), name::fold(column).into_owned())
}

/// The `BEGIN` of a transaction that asks for no lock: with the word `DEFERRED`, if it is there.
fn deferred(text: &str, span: Span) -> Option<Span> {
    let sql = span.of(text);
    let words = tokens(sql);
    let moved = |token: &Token| Span::new(span.start + token.span.start, span.start + token.span.end);
    let (begin, next) = (words.first()?, words.get(1));
    match next {
        Some(next) if next.is(sql, "IMMEDIATE") || next.is(sql, "EXCLUSIVE") => None,
        Some(next) if next.is(sql, "DEFERRED") => Some(moved(begin).to(moved(next))),
        _ => Some(moved(begin)),
    }
}

fn touch(done: &Done) -> Touch {
    let statement = done.statement;
    match &statement.body {
        Body::Query(query) => reads(query, done.text),
        Body::Pragma(pragma) => touch_of_pragma(pragma),
        Body::Begin | Body::Commit | Body::Rollback(_) | Body::Savepoint(_) | Body::Release(_) | Body::Other(_) => {
            Touch::Nothing
        }
        _ if done.changes.is_empty() && is_guarded(statement) => Touch::Reads,
        _ if is_guarded(statement) => Touch::WritesOnce,
        _ => Touch::Writes,
    }
}

fn reads(query: &Query, text: &str) -> Touch {
    let mut mentions = Vec::new();
    query.tables(text, &mut mentions);
    if mentions.is_empty() { Touch::Nothing } else { Touch::Reads }
}

/// The statement in a few words.
fn words(statement: &Statement) -> String {
    match &statement.body {
        Body::Pragma(pragma) => format!("PRAGMA {}", pragma.name.name.text),
        _ => statement.kind(),
    }
}

/// Those that look into the database file, and the two that write there.
fn touch_of_pragma(pragma: &Pragma) -> Touch {
    let is = |names: &[&str]| names.iter().any(|known| pragma.name.name.is(known));
    if is(&["user_version", "application_id", "schema_version"]) {
        return if pragma.value.is_some() { Touch::Writes } else { Touch::Reads };
    }
    let looks =
        ["table_info", "table_xinfo", "index_list", "index_info", "index_xinfo", "foreign_key_list", "table_list"];
    if is(&looks) { Touch::Reads } else { Touch::Nothing }
}

fn is_guarded(statement: &Statement) -> bool {
    match &statement.body {
        Body::CreateTable(it) => it.if_not_exists.is_some(),
        Body::CreateVirtualTable(it) => it.if_not_exists.is_some(),
        Body::CreateIndex(it) => it.if_not_exists.is_some(),
        Body::CreateView(it) => it.if_not_exists.is_some(),
        Body::CreateTrigger(it) => it.if_not_exists.is_some(),
        Body::Drop(it) => it.if_exists.is_some(),
        _ => false,
    }
}

/// Whether a statement is a transaction's own, or nothing for one.
fn stands_apart(body: &Body) -> bool {
    match body {
        Body::Begin | Body::Commit | Body::Rollback(None) | Body::Savepoint(_) | Body::Opaque(_) => true,
        Body::Pragma(pragma) => pragma.value.is_some(),
        Body::Other(other) => matches!(other, Other::Vacuum | Other::VacuumInto | Other::Attach | Other::Detach),
        _ => false,
    }
}

/// Whether rows that are there already are left alone, or taken out.
fn is_repeatable(statement: &Statement) -> bool {
    let Body::Data(data) = &statement.body else { return false };
    match data.kind {
        DataKind::Delete | DataKind::Replace => true,
        DataKind::Insert => !data.upserts.is_empty() || data.conflict == Some(Conflict::Ignore),
        DataKind::Update => false,
    }
}
