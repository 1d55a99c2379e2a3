//! What a file's statements are and touch, noted while they are followed, and the batch that comes of
//! them.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::cut::{self, Reach, Touched};
use super::watch::Watch;
use super::{Around, Asked, Batch, Foreseen, Look, Setup, Task, seed};
use crate::history::{InTransaction, Runner, RunnerTransaction, Step};
use crate::parse::statement::{
    Action, AlterAction, Body, Data, DataKind, IndexedColumn, ObjectKind, ObjectName, Other, Problem, Statement,
    TableConstraintKind,
};
use crate::parse::token::{TokenKind, tokens};
use crate::schema::change::Change;
use crate::schema::{Knowledge, Object, Schema, refer, shadow};
use crate::sqlite::name::{self, quote};
use crate::text::{Span, gathered};

/// The most statements of a file that is replayed: each change of a schema reads all of it, so that
/// the work grows with the square.
const STATEMENTS: usize = 5_000;
/// The longest file that is replayed.
const BYTES: usize = 4 << 20;
/// The most tables whose rows are counted around one statement.
const CHILDREN: usize = 50;

/// How the rows come about that a statement writes: what its failing tells of others' rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writes {
    /// It writes none, or SQLite's own doing does.
    Nothing,
    /// They stand in the statement.
    Own,
    /// They are copied from one table.
    Copies,
    /// They are found by a query, which may find nothing in rows that are made up.
    Found,
    /// It changes or deletes every row.
    All,
    /// It changes or deletes some.
    Some,
}

/// A table whose rows are counted around a statement.
#[derive(Clone, Debug)]
pub(super) struct Measure {
    pub(super) table: String,
    /// Columns whose values are counted as well, since a foreign key may set them to NULL.
    pub(super) columns: Vec<String>,
}

impl Measure {
    fn sql(&self) -> String {
        let counts = self.columns.iter().map(|column| format!(", count({})", quote(column)));
        format!("SELECT count(*){} FROM {}", counts.collect::<String>(), quote(&self.table))
    }
}

/// A statement as it was noted.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) span: Span,
    pub(super) sql: String,
    /// Where a finding points: the name that the statement is about.
    pub(super) at: Span,
    /// Its first words.
    pub(super) kind: String,
    /// What it is about.
    pub(super) object: Option<String>,
    pub(super) was_read: bool,
    pub(super) before: Schema,
    pub(super) after: Schema,
    /// What SQLite says, where the model foresees that it refuses.
    pub(super) refusal: Option<String>,
    pub(super) writes: Writes,
    pub(super) measures: Vec<Measure>,
    /// The objects of the schema before the file that it names.
    pub(super) names: Vec<Rc<str>>,
    /// What the model says that it makes, alters or renames.
    pub(super) makes: Vec<(ObjectKind, String)>,
    foreseen: Foreseen,
    look: Look,
    /// Why it is not run.
    pub(super) passed_over: Option<String>,
}

/// Whether foreign keys are enforced, as far as the statements tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Enforced {
    No,
    Yes,
}

/// What a file's statements are and touch.
#[derive(Clone, Debug)]
pub(super) struct Recording {
    pub(super) path: String,
    transaction: RunnerTransaction,
    pub(super) entries: Vec<Entry>,
    pub(super) start: Schema,
    touched: Touched,
    words: BTreeMap<String, Option<Rc<str>>>,
    enforced: Enforced,
    keys: Look,
    /// Tables that the file makes and fills with rows of its own alone.
    own: BTreeSet<String>,
    /// The application's queries that the engine is asked about.
    pub(super) asked: BTreeSet<u32>,
    bytes: usize,
    too_long: bool,
}

impl Recording {
    pub(super) fn new(step: &Step, runner: &Runner) -> Self {
        Self {
            path: step.file.path.clone(),
            transaction: runner.transaction_around(step.file),
            entries: Vec::new(),
            start: step.file_start.clone(),
            touched: Touched::default(),
            words: BTreeMap::new(),
            enforced: enforced(runner.foreign_keys()),
            keys: Look::Away,
            own: BTreeSet::new(),
            asked: BTreeSet::new(),
            bytes: 0,
            too_long: false,
        }
    }

    /// Notes the next statement.
    pub(super) fn note(&mut self, step: &Step, runner: &Runner) {
        let text = &*step.file.text;
        let statement = step.statement;
        self.bytes += statement.span.of(text).len();
        if self.too_long || self.bytes > BYTES || self.entries.len() >= STATEMENTS {
            self.too_long = true;
            self.entries = Vec::new();
            return;
        }
        if runner.is_remold() && is_taken_over(&statement.body) {
            return;
        }
        let names = self.names(statement.span.of(text));
        let writes = writes(statement, text);
        self.touch(step, writes);
        let object = statement.object();
        self.entries.push(Entry {
            span: statement.span,
            sql: statement.span.of(text).to_owned(),
            at: object.map_or(statement.span, ObjectName::span),
            kind: statement.kind(),
            object: object.map(|object| object.name.text.clone()),
            was_read: !matches!(statement.body, Body::Opaque(_)),
            before: step.before.clone(),
            after: step.after.clone(),
            refusal: step.problem.map(|problem| problem.error.clone()),
            writes,
            measures: if self.enforced == Enforced::Yes { measures(step) } else { Vec::new() },
            names,
            makes: makes(step),
            foreseen: match (step.problem, writes) {
                // The engine forgives nothing, and stops there.
                (Some(_), _) if step.forgiven => Foreseen::Runs,
                (Some(_), _) => Foreseen::Refused,
                (None, Writes::Own | Writes::Found) => Foreseen::RunsWithOwnRows,
                _ => Foreseen::Runs,
            },
            look: looks(&statement.body),
            passed_over: passed_over(step),
        });
        if let Body::Pragma(pragma) = &statement.body
            && pragma.name.name.is("foreign_keys")
            && step.transaction == InTransaction::No
            && let Some(value) = pragma.value
        {
            self.enforced = enforced(value.of(text));
        }
    }

    /// The objects of the schema before the file whose names stand in the text, be they meant or not.
    fn names(&mut self, text: &str) -> Vec<Rc<str>> {
        let mut found = BTreeSet::new();
        for token in tokens(text) {
            let word = match token.kind {
                TokenKind::Word | TokenKind::Quoted | TokenKind::String => token.unquoted(text),
                _ => continue,
            };
            if (token.kind == TokenKind::Word && name::is_reserved(&word)) || word.is_empty() {
                continue;
            }
            let word = name::fold(&word);
            let known = if let Some(known) = self.words.get(&*word) {
                known.clone()
            } else {
                let there = self.start.get(&word).is_some() || self.start.trigger(&word).is_some();
                let known = there.then(|| Rc::from(&*word));
                if there {
                    self.touched.touch(&word, Reach::NEEDED);
                }
                self.words.insert(word.clone().into_owned(), known.clone());
                known
            };
            found.extend(known);
        }
        found.into_iter().collect()
    }

    /// Notes how far the statement reaches.
    fn touch(&mut self, step: &Step, writes: Writes) {
        let acted = if self.enforced == Enforced::Yes { Reach::ACTED } else { Reach::KEYED };
        match &step.statement.body {
            Body::AlterTable(alter) => {
                let reach = match &alter.action {
                    AlterAction::RenameTable(to) => {
                        self.own.remove(&*name::fold(&alter.name.name.text));
                        self.touched.touch(&to.text, Reach::NAMED);
                        self.keys = Look::There;
                        Reach::NAMED
                    }
                    AlterAction::RenameColumn { .. } => Reach::NAMED,
                    AlterAction::DropColumn(_) => {
                        self.keys = Look::There;
                        Reach::SHAPED
                    }
                    AlterAction::AddColumn(column) => {
                        if column.references().is_some() && column.default().is_some() {
                            self.keys = Look::There;
                        }
                        Reach::SHAPED
                    }
                    _ => Reach::QUERIED,
                };
                self.touched.touch(&alter.name.name.text, reach);
                if reach == Reach::NAMED || matches!(alter.action, AlterAction::DropColumn(_)) {
                    // SQLite refuses this while anything mentions what is not there, wherever it is.
                    step.before.dangling().for_each(|object| self.touched.touch(&object.name, Reach::NEEDED));
                }
            }
            Body::Drop(drop) => match drop.kind {
                ObjectKind::Table => {
                    self.keys = Look::There;
                    let acted = if self.enforced == Enforced::Yes { Reach::ACTED } else { Reach::NEEDED };
                    self.touched.touch(&drop.name.name.text, Reach::NAMED.with(acted));
                }
                ObjectKind::View => self.touched.touch(&drop.name.name.text, Reach::NAMED),
                ObjectKind::Index => {
                    // It may be what a foreign key's parent key needs.
                    self.keys = Look::There;
                    let owner = step.before.find(&drop.name).and_then(|index| index.owner.as_deref());
                    if let Some(owner) = owner {
                        self.touched.touch(owner, Reach::KEYED.with(Reach::QUERIED));
                    }
                }
                ObjectKind::Trigger => {
                    let owner = step.before.find(&drop.name).and_then(|trigger| trigger.owner.as_deref());
                    if let Some(owner) = owner {
                        self.touched.touch(owner, Reach::QUERIED);
                    }
                }
            },
            // What it does is compiled with each statement that fires it.
            Body::CreateTrigger(create) => self.touched.touch(&create.table.text, Reach::QUERIED),
            Body::Data(data) => {
                let keeps = match data.kind {
                    DataKind::Insert => true,
                    DataKind::Update => !sets_key(step, data),
                    DataKind::Replace | DataKind::Delete => false,
                };
                self.touched.touch(&data.table.name.text, if keeps { Reach::WRITTEN } else { acted });
                if data.kind != DataKind::Insert || writes != Writes::Own {
                    self.keys = Look::There;
                }
                if matches!(data.kind, DataKind::Insert | DataKind::Replace) && writes != Writes::Own {
                    self.own.remove(&*name::fold(&data.table.name.text));
                }
            }
            Body::CreateTable(_) | Body::CreateVirtualTable(_) | Body::CreateView(_) => {
                if let Some(name) = step.statement.object() {
                    self.touched.touch(&name.name.text, Reach::NAMED);
                    let copies = matches!(&step.statement.body, Body::CreateTable(create) if create.query.is_some());
                    let is_new = step.file_start.get(&name.name.text).is_none();
                    if step.after.get(&name.name.text).is_some() && is_new && !copies {
                        self.own.insert(name::fold(&name.name.text).into_owned());
                    }
                }
            }
            Body::Opaque(opaque) => {
                self.keys = Look::There;
                if let Some(name) = &opaque.name {
                    self.touched.touch(&name.name.text, Reach::NAMED.with(acted));
                }
            }
            _ => {}
        }
    }

    /// The batch that replays the file; or why it is not replayed.
    pub(super) fn batch(&mut self, runner: &Runner, watch: &mut Watch) -> Result<Batch, String> {
        if self.too_long {
            return Err(format!("a file of more than {STATEMENTS} statements or {} MB is not replayed", BYTES >> 20));
        }
        let objects = cut::cut(&self.start, &self.touched)?;
        let unknown: BTreeSet<&str> =
            gathered(objects.iter().filter(|object| !is_known(object)).map(|object| &*object.name));
        for entry in self.entries.iter_mut().filter(|entry| entry.passed_over.is_none()) {
            let named = unknown.iter().find(|unknown| entry.names.iter().any(|name| name::same(name, unknown)));
            entry.passed_over = named.map(|unknown| format!("the columns of `{unknown}` are not known"));
        }
        let known: Vec<&Rc<Object>> = objects.iter().filter(|object| is_made(&self.start, object)).collect();
        let (tables, observers): (Vec<&Rc<Object>>, Vec<&Rc<Object>>) =
            known.into_iter().partition(|object| matches!(object.kind, ObjectKind::Table | ObjectKind::Index));
        let own: Vec<&Object> =
            tables.iter().filter(|object| object.kind == ObjectKind::Table).map(|object| &***object).collect();
        let tasks: Vec<Task> = (0..).zip(&self.entries).filter_map(|(at, entry)| entry.task(at)).collect();
        if tasks.is_empty() {
            let reason = self.entries.iter().find_map(|entry| entry.passed_over.clone());
            return Err(reason.unwrap_or_else(|| "it has no statement to replay".to_owned()));
        }
        let (others, queries) = self.queries(&objects, runner, watch);
        self.asked = gathered(queries.iter().map(|asked| asked.query));
        Ok(Batch {
            path: self.path.clone(),
            pragmas: runner.pragmas.iter().map(|(pragma, value)| format!("PRAGMA {pragma} = {value}")).collect(),
            seeds: seed::seeds(&self.start, &own),
            tables: setups(&tables),
            observers: setups(&observers),
            around: match self.transaction {
                RunnerTransaction::None => Around::Nothing,
                RunnerTransaction::File | RunnerTransaction::All => Around::Transaction,
            },
            tasks,
            keys: self.keys,
            own: self.own.iter().cloned().collect(),
            others,
            queries,
        })
    }

    /// The names that the file touches, in the form in which names are compared.
    pub(super) fn touched(&self) -> impl Iterator<Item = &str> {
        self.touched.names()
    }

    /// The queries that the file may concern, and what they need beside the objects that it touches.
    fn queries(&self, objects: &[Rc<Object>], runner: &Runner, watch: &mut Watch) -> (Vec<Setup>, Vec<Asked>) {
        if self.entries.iter().all(|entry| entry.look == Look::Away) {
            return (Vec::new(), Vec::new());
        }
        let keys = enforced(runner.foreign_keys());
        let changed = objects.iter().filter_map(|object| match object.kind {
            ObjectKind::View => Some(&*object.name),
            ObjectKind::Trigger => object.owner.as_deref(),
            // Where keys are enforced, SQLite looks at the keys of other tables while it prepares.
            ObjectKind::Table => (keys == Enforced::Yes).then_some(&*object.name),
            ObjectKind::Index => None,
        });
        let mut names: BTreeSet<String> = gathered(changed.map(|name| name::fold(name).into_owned()));
        names.extend(self.touched.queried().map(ToOwned::to_owned));
        let concerned = watch.naming(names.iter().map(|name| &**name));
        if concerned.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let mut touched = self.touched.clone();
        watch.touch(&concerned, if keys == Enforced::Yes { Reach::KEYED } else { Reach::WRITTEN }, &mut touched);
        match cut::cut(&self.start, &touched) {
            Ok(all) => {
                let there: BTreeSet<_> = gathered(objects.iter().filter_map(|object| self.start.position(object)));
                let is_other = |object: &&Rc<Object>| {
                    self.start.position(object).is_none_or(|at| !there.contains(&at)) && is_made(&self.start, object)
                };
                let others: Vec<&Rc<Object>> = all.iter().filter(is_other).collect();
                (setups(&others), watch.ask(&concerned))
            }
            Err(reason) => {
                watch.pass_over(&concerned, &format!("beside `{}`, {reason}", self.path));
                (Vec::new(), Vec::new())
            }
        }
    }
}

impl Entry {
    fn task(&self, statement: u32) -> Option<Task> {
        self.passed_over.is_none().then(|| Task {
            statement,
            sql: self.sql.clone(),
            foreseen: self.foreseen,
            look: self.look,
            measures: self.measures.iter().map(Measure::sql).collect(),
        })
    }
}

fn setups(objects: &[&Rc<Object>]) -> Vec<Setup> {
    // A temporary index or trigger says nowhere that it is one.
    let stays = objects.iter().filter(|object| !object.temporary || object.owner.is_none());
    stays
        .map(|object| {
            let sql =
                if object.temporary { object.sql.replacen("CREATE ", "CREATE TEMP ", 1) } else { object.sql.clone() };
            Setup { name: object.name.clone(), sql }
        })
        .collect()
}

/// The batch that only prepares queries, on the objects of the schema that they need; or why that cannot be
/// done.
pub(super) fn only_prepare(schema: &Schema, queries: &BTreeSet<u32>, watch: &mut Watch) -> Result<Batch, String> {
    let mut touched = Touched::default();
    watch.touch(queries, Reach::WRITTEN, &mut touched);
    let objects = cut::cut(schema, &touched)?;
    let made: Vec<&Rc<Object>> = objects.iter().filter(|object| is_made(schema, object)).collect();
    Ok(Batch { others: setups(&made), queries: watch.ask(queries), ..Batch::default() })
}

/// Whether the object is known, and made by a statement of its own: what SQLite and its modules make is made by
/// them.
fn is_made(schema: &Schema, object: &Object) -> bool {
    is_known(object) && !name::is_internal(&object.name) && shadow::owner(schema, &object.name).is_none()
}

/// Whether what SQLite has for the object is known.
fn is_known(object: &Object) -> bool {
    let read = !matches!(object.statement().body, Body::Opaque(_));
    object.certain && read && object.as_table().is_none_or(|table| table.query.is_none())
}

fn enforced(value: &str) -> Enforced {
    let value = value.trim_matches(['\'', '"', ' ']);
    let yes = ["on", "yes", "true"].iter().any(|word| word.eq_ignore_ascii_case(value));
    if yes || value.parse::<i64>().is_ok_and(|number| number != 0) { Enforced::Yes } else { Enforced::No }
}

/// What the plan of `remold apply` does itself, or does not do.
fn is_taken_over(body: &Body) -> bool {
    match body {
        Body::Begin | Body::Commit | Body::Rollback(_) | Body::Savepoint(_) | Body::Release(_) | Body::Query(_) => true,
        Body::Pragma(pragma) => !["user_version", "application_id"].iter().any(|kept| pragma.name.name.is(kept)),
        Body::Other(other) => *other == Other::Explain,
        _ => false,
    }
}

fn looks(body: &Body) -> Look {
    match body {
        Body::CreateTable(_)
        | Body::CreateVirtualTable(_)
        | Body::CreateIndex(_)
        | Body::CreateView(_)
        | Body::CreateTrigger(_)
        | Body::AlterTable(_)
        | Body::Drop(_)
        | Body::Rollback(_)
        | Body::Opaque(_) => Look::There,
        _ => Look::Away,
    }
}

fn writes(statement: &Statement, text: &str) -> Writes {
    let Body::Data(data) = &statement.body else { return Writes::Nothing };
    let text = statement.span.of(text);
    let found = tokens(text);
    let count = |word: &str| found.iter().filter(|token| token.is(text, word)).count();
    match (data.kind, count("SELECT")) {
        (DataKind::Insert | DataKind::Replace, 0) => Writes::Own,
        (DataKind::Insert | DataKind::Replace, 1) if count("JOIN") == 0 && count("VALUES") == 0 => Writes::Copies,
        (DataKind::Update | DataKind::Delete, 0) if data.from.is_empty() => {
            if data.filter.is_some() || !data.limit.is_empty() { Writes::Some } else { Writes::All }
        }
        _ => Writes::Found,
    }
}

/// Whether an `UPDATE` sets a column that a foreign key can point to.
fn sets_key(step: &Step, data: &Data) -> bool {
    let Some(object) = step.before.find(&data.table) else { return true };
    let Some(create) = object.as_table() else { return false };
    let terms = |columns: &[IndexedColumn]| -> Vec<String> {
        columns.iter().filter_map(|term| term.column.as_ref()).map(|column| column.text.clone()).collect()
    };
    let columns = create.definition.columns.iter();
    let columns = columns.filter(|column| column.primary_key().is_some() || column.unique().is_some());
    let mut keys: Vec<String> = columns.map(|column| column.name.text.clone()).collect();
    keys.extend(refer::key_columns(create).map(|column| column.text.clone()));
    for constraint in &create.definition.constraints {
        if let TableConstraintKind::Unique(columns) = &constraint.kind {
            keys.extend(terms(columns));
        }
    }
    for index in step.before.owned(&object.name, ObjectKind::Index) {
        if let Body::CreateIndex(index) = &index.statement().body
            && index.unique
        {
            keys.extend(terms(&index.columns));
        }
    }
    let mut sets = data.sets.iter().flat_map(|assignment| &assignment.columns);
    sets.any(|column| keys.iter().any(|key| column.is(&step.file.text, key)))
}

/// Why the statement is not run: it reaches what is not known, or what a replay keeps away from.
fn passed_over(step: &Step) -> Option<String> {
    let outside = |schema: &str| !["main", "temp"].iter().any(|own| name::same(own, schema));
    match &step.statement.body {
        Body::Other(other @ (Other::Attach | Other::Detach)) => {
            return Some(format!("{} reaches another database", other.as_str()));
        }
        Body::Other(Other::VacuumInto) => return Some("VACUUM INTO writes a file".to_owned()),
        Body::Other(Other::Vacuum) if step.transaction == InTransaction::No => {
            return Some("VACUUM changes nothing that a replay looks at".to_owned());
        }
        Body::Opaque(opaque) if opaque.problem == Problem::ShellCommand => {
            return Some("it is a command of the sqlite3 shell".to_owned());
        }
        Body::Pragma(_) => return None,
        _ => {}
    }
    if let Some(schema) = step.statement.object().and_then(|object| object.schema.as_ref())
        && outside(&schema.text)
    {
        return Some(format!("`{}` is another database", schema.text));
    }
    let (target, guarded) = match &step.statement.body {
        Body::AlterTable(alter) => (&alter.name.name, false),
        Body::Data(data) => (&data.table.name, false),
        Body::CreateIndex(create) => (&create.table, false),
        Body::CreateTrigger(create) => (&create.table, false),
        Body::Drop(drop) => (&drop.name.name, drop.if_exists.is_some()),
        _ => return None,
    };
    let there = step.before.get(&target.text).is_some() || step.before.trigger(&target.text).is_some();
    let unknown =
        step.before.knowledge() == Knowledge::Partial && !there && !guarded && !name::is_internal(&target.text);
    unknown.then(|| format!("no file creates `{}`, and no schema was given", target.text))
}

/// What the model says that the statement makes, alters or renames.
fn makes(step: &Step) -> Vec<(ObjectKind, String)> {
    let made = step.changes.iter().filter_map(|change| match change {
        Change::Create { kind, name } => Some((*kind, name.text.clone())),
        Change::RenameTable { to, .. } => Some((ObjectKind::Table, to.text.clone())),
        Change::Drop { .. } => None,
        Change::AddColumn { table, .. }
        | Change::DropColumn { table, .. }
        | Change::RenameColumn { table, .. }
        | Change::AddConstraint { table, .. }
        | Change::DropConstraint { table, .. }
        | Change::SetNotNull { table, .. }
        | Change::DropNotNull { table, .. } => Some((ObjectKind::Table, table.text.clone())),
    });
    made.collect()
}

/// The tables whose rows foreign keys may delete or change when the statement runs: the children of
/// the table that it is about, and theirs.
fn measures(step: &Step) -> Vec<Measure> {
    let (table, deletes) = match &step.statement.body {
        Body::Drop(drop) if drop.kind == ObjectKind::Table => (&drop.name.name.text, true),
        Body::Data(data) if data.kind != DataKind::Insert => (&data.table.name.text, data.kind != DataKind::Update),
        _ => return Vec::new(),
    };
    let schema = step.before;
    let mut found: Vec<Measure> = Vec::new();
    let mut left = Vec::from([name::fold(table).into_owned()]);
    let mut seen: BTreeSet<String> = gathered([name::fold(table).into_owned()]);
    while let Some(parent) = left.pop() {
        for child in schema.mentioning(&parent) {
            let Some(create) = child.as_table() else { continue };
            let mut measure = Measure { table: child.name.clone(), columns: Vec::new() };
            let mut acts = false;
            for (columns, key) in refer::foreign_keys(create).filter(|(_, key)| key.table.is(&parent)) {
                match if deletes { key.on_delete } else { key.on_update } {
                    Action::Cascade => acts = true,
                    Action::SetNull => {
                        acts = true;
                        measure.columns.extend(columns.iter().map(|column| column.text.clone()));
                    }
                    _ => {}
                }
            }
            if acts && found.len() < CHILDREN && seen.insert(name::fold(&child.name).into_owned()) {
                left.push(name::fold(&child.name).into_owned());
                found.push(measure);
            }
        }
    }
    found
}
