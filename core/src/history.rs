//! The files in their order, statement by statement, each with the schema before and after it.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::layout::{Migration, Recognised};
use crate::parse::Source;
use crate::parse::statement::{
    AlterAction, Body, ColumnDefinition, CreateTable, DataKind, Name, ObjectKind, Statement, TableConstraint,
};
use crate::schema::change::Change;
use crate::schema::replay::{Outcome, Problem, replay};
use crate::schema::{Knowledge, Object, Schema};
use crate::sqlite::name;
use crate::text::{SourceFile, Span, gathered};

pub mod broken;
pub mod conduct;
pub mod down;
pub mod guard;
pub mod rebuild;
pub mod runner;
pub mod since;
pub mod upserts;

use broken::{Broken, Deed, Touch};
use conduct::{Conduct, Known};
use guard::Unguarded;
use rebuild::{Rebuild, Tables};
use runner::is_on;
pub use runner::{Runner, RunnerTransaction, Runs, WayOut};
pub use since::Since;
use upserts::Upserts;

/// The files of a project, below one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// The folder that holds the files, as it is shown before their paths; may be empty.
    pub root: String,
    /// The files, with paths below the root.
    pub files: Vec<SourceFile>,
    /// How the files are laid out.
    pub recognised: Recognised,
}

impl Project {
    /// The files below the root, of which that part is run that the layout says.
    pub fn laid_out(root: String, files: Vec<SourceFile>, recognised: Recognised) -> Self {
        let laid_out = |file: SourceFile| {
            let apart = recognised.setup.apart.contains(&file.path);
            SourceFile { halves: recognised.layout.halves(&file.text), apart, ..file }
        };
        Self { root, files: files.into_iter().map(laid_out).collect(), recognised }
    }

    /// The migrations, in the order in which they are run.
    pub fn migrations(&self) -> Vec<Migration<'_>> {
        self.recognised.migrations(&self.files)
    }

    /// The path of a file as people type it: below where they are, not below the root.
    pub fn shown(&self, file: &SourceFile) -> String {
        self.shown_path(&file.path)
    }

    /// The same of a path, be a file there or not.
    pub fn shown_path(&self, below: &str) -> String {
        if self.root.is_empty() || self.root == "." {
            return below.to_string();
        }
        let mut path = self.root.trim_end_matches('/').to_string();
        path.push('/');
        path.push_str(below);
        path
    }
}

/// Why a statement runs inside a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InTransaction {
    /// It does not.
    No,
    /// The runner began one.
    ByRunner,
    /// The file's own `BEGIN` or `SAVEPOINT`.
    ByFile,
}

impl fmt::Display for InTransaction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::No => "outside a transaction",
            Self::ByRunner => "in the runner's transaction",
            Self::ByFile => "in the file's own transaction",
        })
    }
}

/// What the statements of a file have done so far, beside the schema.
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    created: BTreeSet<String>,
    filled: BTreeSet<String>,
    dropped: Named<()>,
    /// Where the file makes or changes what bears the name.
    places: Named<Place>,
    /// What the file declares of the table that bears the name.
    declared: BTreeMap<String, Declared>,
    /// What gets another name, but for the tables that the file itself makes.
    renamed: Vec<Renamed>,
    /// The tables that lose all their rows.
    emptied: BTreeSet<String>,
    /// The tables that the file makes from a query.
    queried: BTreeMap<String, Queried>,
    /// What the file does to tables and views, by the names that they have there.
    touches: BTreeMap<Rc<str>, Vec<Touch>>,
    tables: Tables,
    conduct: Conduct,
    unguarded: Vec<Unguarded>,
    /// Whether `PRAGMA defer_foreign_keys` holds.
    deferred: bool,
}

/// What is noted of objects by their names, of which triggers have their own. A name is as long as somebody
/// likes: it is looked up as it is, and kept once where `key` finds it.
#[derive(Clone, Debug)]
struct Named<Noted> {
    triggers: BTreeMap<Rc<str>, Noted>,
    others: BTreeMap<Rc<str>, Noted>,
}

impl<Noted> Default for Named<Noted> {
    fn default() -> Self {
        Self { triggers: BTreeMap::new(), others: BTreeMap::new() }
    }
}

impl<Noted> Named<Noted> {
    fn of(&self, kind: ObjectKind) -> &BTreeMap<Rc<str>, Noted> {
        if kind == ObjectKind::Trigger { &self.triggers } else { &self.others }
    }

    fn of_mut(&mut self, kind: ObjectKind) -> &mut BTreeMap<Rc<str>, Noted> {
        if kind == ObjectKind::Trigger { &mut self.triggers } else { &mut self.others }
    }

    fn is_empty(&self) -> bool {
        self.triggers.is_empty() && self.others.is_empty()
    }
}

/// What a file declares of a table.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// The table as the file makes it, and where its name stands in the file: from there on the stored
    /// text and the file's are the same.
    pub made: Option<(Rc<Object>, Span)>,
    /// The columns that the file adds to it.
    pub added: Vec<ColumnDefinition>,
    /// The constraints that the file adds to it.
    pub constraints: Vec<TableConstraint>,
}

/// A table, or a column of it, that gets another name.
#[derive(Clone, Debug)]
pub struct Renamed {
    /// The table, as it is called there.
    pub table: Name,
    /// The column, if it is one.
    pub column: Option<Name>,
    /// The new name.
    pub to: Name,
}

/// A table that a file makes from a query.
#[derive(Clone, Debug)]
pub struct Queried {
    /// The name in the statement.
    pub span: Span,
    /// The tables that the query reads, as they were then.
    pub from: Vec<Rc<Object>>,
}

/// Where a file makes or changes an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name in the statement.
    pub span: Span,
    /// Whether the file makes the object.
    pub made: bool,
}

impl Earlier {
    /// Whether a statement of the file has created the table, be it under another name, and nobody else can have
    /// seen it yet: no migration has ended since.
    pub fn created(&self, table: &str) -> bool {
        self.created.contains(&*name::fold(table))
    }

    /// Whether a statement of the file has put rows into the table.
    pub fn filled(&self, table: &str) -> bool {
        self.filled.contains(&*name::fold(table))
    }

    /// Whether a statement of the file has dropped what bore the name, or would have.
    pub fn dropped(&self, kind: ObjectKind, name: &str) -> bool {
        self.dropped.of(kind).contains_key(&*name::fold(name))
    }

    /// Whether a statement of the file has copied all rows of the table into another.
    pub fn copied(&self, table: &str) -> bool {
        self.tables.is_copied(table)
    }

    /// The statement of the file that has put values of the table's column elsewhere, if one has.
    pub fn carried(&self, table: &str, column: &str) -> Option<Span> {
        self.tables.carried(table, column)
    }

    /// Where the file makes or changes the object that bears the name now.
    pub fn place(&self, kind: ObjectKind, name: &str) -> Option<Place> {
        self.places.of(kind).get(&*name::fold(name)).copied()
    }

    /// What the file makes or changes, by its name now in the form in which names are compared, but for
    /// triggers; and where.
    pub fn places(&self) -> impl Iterator<Item = (&str, Place)> {
        self.places.others.iter().map(|(name, place)| (&**name, *place))
    }

    /// The same of triggers.
    pub fn trigger_places(&self) -> impl Iterator<Item = (&str, Place)> {
        self.places.triggers.iter().map(|(name, place)| (&**name, *place))
    }

    /// What the file declares of tables, each by its name now in the form in which names are compared.
    pub fn declared(&self) -> impl Iterator<Item = (&str, &Declared)> {
        self.declared.iter().map(|(name, declared)| (name.as_str(), declared))
    }

    /// What was there before the file and gets another name in it, in the order of its statements.
    pub fn renamed(&self) -> &[Renamed] {
        &self.renamed
    }

    /// Whether a statement of the file has deleted all rows of the table.
    pub fn emptied(&self, table: &str) -> bool {
        self.emptied.contains(&*name::fold(table))
    }

    /// The tables that the file makes from queries, by their names now in the form in which names are
    /// compared. Temporary ones are not here.
    pub fn queried(&self) -> impl Iterator<Item = (&str, &Queried)> {
        self.queried.iter().map(|(name, queried)| (name.as_str(), queried))
    }

    /// What they have done with transactions, pragmas and rows.
    pub fn conduct(&self) -> &Conduct {
        &self.conduct
    }

    /// The tables that may have lost a key in the file, by their names now in the form in which names are compared,
    /// and where: an index goes, or another table takes the name.
    pub fn keys_lost(&self) -> impl Iterator<Item = (&str, Span)> {
        let loses = |deed: &Deed| matches!(deed, Deed::DropIndex(_) | Deed::RenameFrom(_) | Deed::Make);
        self.touches.iter().filter_map(move |(table, touches)| {
            let last = touches.iter().rev().find(|touch| loses(&touch.deed))?;
            Some((&**table, last.span))
        })
    }

    /// The statements that a second run of the file may stop at, in their order.
    pub fn unguarded(&self) -> &[Unguarded] {
        &self.unguarded
    }

    /// Whether `PRAGMA defer_foreign_keys` holds.
    pub fn defers_foreign_keys(&self) -> bool {
        self.deferred
    }

    /// The pragma holds up to the end of the next transaction, be it that of one statement.
    fn follow_deferral(&mut self, statement: &Statement, text: &str, transaction: InTransaction) {
        match &statement.body {
            Body::Pragma(pragma) => {
                if pragma.name.name.is("defer_foreign_keys")
                    && let Some(value) = pragma.value
                {
                    self.deferred = is_on(value.of(text));
                }
            }
            Body::Commit | Body::Rollback(None) => self.deferred = false,
            Body::Begin | Body::Savepoint(_) => {}
            _ if transaction == InTransaction::No => self.deferred = false,
            _ => {}
        }
    }

    /// The tables that the file has rebuilt, where `end` is the schema now.
    pub fn rebuilds(&self, end: &Schema) -> Vec<Rebuild> {
        self.tables.rebuilds(end)
    }

    /// The views, triggers and foreign keys that the file breaks, or makes broken; `start` is the schema
    /// before the file and `end` that behind it.
    pub fn broken(&self, start: &Schema, end: &Schema) -> Vec<Broken> {
        broken::broken(start, end, self)
    }

    fn follow(&mut self, done: &Done) {
        let known = Known::of(done, self);
        self.conduct.follow(done, &known);
        let unguarded = guard::unguarded(done.statement, self, done.transaction);
        self.unguarded.extend(unguarded);
        self.tables.follow(done);
        done.changes.iter().for_each(|change| self.move_place(change));
        if done.ran {
            done.changes.iter().for_each(|change| self.declare(done, change));
            done.changes.iter().for_each(|change| self.touch(done.before, change));
        }
        let (statement, changes) = (done.statement, done.changes);
        let folded = |name: &str| name::fold(name).into_owned();
        match &statement.body {
            Body::Data(data) if matches!(data.kind, DataKind::Insert | DataKind::Replace) => {
                self.filled.insert(folded(&data.table.name.text));
            }
            Body::CreateTable(create) if create.query.is_some() => {
                self.filled.insert(folded(&create.name.name.text));
                if !changes.is_empty() {
                    self.query(done, create);
                }
            }
            Body::Data(data) if data.kind == DataKind::Delete && data.filter.is_none() && data.limit.is_empty() => {
                self.emptied.insert(folded(&data.table.name.text));
                self.filled.remove(&*name::fold(&data.table.name.text));
            }
            Body::Drop(drop) => {
                let key = self.key(&drop.name.name.text);
                self.dropped.of_mut(drop.kind).insert(key, ());
            }
            Body::Opaque(opaque) if opaque.kind == "CREATE TABLE" => {
                self.created.extend(opaque.name.iter().map(|name| folded(&name.name.text)));
            }
            _ => {}
        }
        for change in changes {
            match change {
                Change::Create { kind: ObjectKind::Table, name } => {
                    self.created.insert(folded(&name.text));
                }
                Change::Drop { kind: ObjectKind::Table, name } => {
                    let name = name::fold(&name.text);
                    for names in [&mut self.created, &mut self.filled, &mut self.emptied] {
                        names.remove(&*name);
                    }
                    self.queried.remove(&*name);
                }
                Change::RenameTable { table, to } => {
                    for names in [&mut self.created, &mut self.filled, &mut self.emptied] {
                        if names.remove(&*name::fold(&table.text)) {
                            names.insert(folded(&to.text));
                        }
                    }
                    if let Some(queried) = self.queried.remove(&*name::fold(&table.text)) {
                        self.queried.insert(folded(&to.text), queried);
                    }
                }
                _ => {}
            }
        }
    }
}

impl Earlier {
    /// The name in the form in which names are compared, to be kept once.
    fn key(&self, name: &str) -> Rc<str> {
        let folded = name::fold(name);
        self.touches.get_key_value(&*folded).map_or_else(|| Rc::from(&*folded), |(key, _)| Rc::clone(key))
    }

    /// Notes what is done to a table or a view.
    fn touch(&mut self, before: &Schema, change: &Change) {
        let mut note = |name: &str, span: Span, deed: Deed| {
            let key = self.key(name);
            self.touches.entry(key).or_default().push(Touch { span, deed });
        };
        match change {
            Change::Create { kind: ObjectKind::Table | ObjectKind::View, name } => {
                note(&name.text, name.span, Deed::Make);
            }
            Change::Drop { kind: ObjectKind::Table | ObjectKind::View, name } => {
                note(&name.text, name.span, Deed::Drop);
            }
            Change::Drop { kind: ObjectKind::Index, name } => {
                if let Some(owner) = before.get(&name.text).and_then(|index| index.owner.as_ref()) {
                    note(owner, name.span, Deed::DropIndex(name.text.clone()));
                }
            }
            Change::RenameTable { table, to } => {
                note(&table.text, table.span, Deed::RenameTo(to.text.clone()));
                note(&to.text, to.span, Deed::RenameFrom(table.text.clone()));
            }
            Change::AddColumn { table, column } => {
                note(&table.text, column.name.span, Deed::AddColumn(column.name.text.clone()));
            }
            Change::DropColumn { table, column } => {
                note(&table.text, column.span, Deed::DropColumn(column.text.clone()));
            }
            Change::RenameColumn { table, column, .. } => {
                note(&table.text, column.span, Deed::RenameColumn(column.text.clone()));
            }
            _ => {}
        }
    }

    fn move_place(&mut self, change: &Change) {
        match change {
            Change::Create { kind, name } => {
                let key = self.key(&name.text);
                self.places.of_mut(*kind).insert(key, Place { span: name.span, made: true });
            }
            Change::Drop { kind, name } => {
                self.places.of_mut(*kind).remove(&*name::fold(&name.text));
            }
            Change::RenameTable { table, to } => {
                let was = self.places.others.remove(&*name::fold(&table.text));
                let place = Place { span: to.span, made: was.is_some_and(|place| place.made) };
                self.places.others.insert(self.key(&to.text), place);
            }
            Change::AddColumn { table, column } => self.change(table, column.name.span),
            Change::RenameColumn { table, to, .. } => self.change(table, to.span),
            Change::DropColumn { table, column }
            | Change::SetNotNull { table, column }
            | Change::DropNotNull { table, column } => self.change(table, column.span),
            Change::AddConstraint { table, constraint } => self.change(table, constraint.span),
            Change::DropConstraint { table, constraint } => self.change(table, constraint.span),
        }
    }

    fn declare(&mut self, done: &Done, change: &Change) {
        let folded = |name: &Name| name::fold(&name.text).into_owned();
        match (change, &done.statement.body) {
            (Change::Create { kind: ObjectKind::Table, name }, Body::CreateTable(create)) if create.query.is_none() => {
                let made = done.after.get(&name.text).map(|object| (Rc::clone(object), name.span));
                self.declared.insert(folded(name), Declared { made, ..Declared::default() });
            }
            (Change::Drop { kind: ObjectKind::Table, name }, _) => {
                self.declared.remove(&*name::fold(&name.text));
            }
            (Change::RenameTable { table, to }, _) => {
                self.note_name(table, None, to);
                if let Some(declared) = self.declared.remove(&*name::fold(&table.text)) {
                    self.declared.insert(folded(to), declared);
                }
            }
            (Change::AddColumn { table, column }, _) => {
                self.declared.entry(folded(table)).or_default().added.push((**column).clone());
            }
            (Change::AddConstraint { table, constraint }, _) => {
                self.declared.entry(folded(table)).or_default().constraints.push((**constraint).clone());
            }
            (Change::RenameColumn { table, column, to }, _) => self.note_name(table, Some(column), to),
            _ => {}
        }
    }

    fn note_name(&mut self, table: &Name, column: Option<&Name>, to: &Name) {
        let is_made = self.declared.get(&*name::fold(&table.text)).is_some_and(|declared| declared.made.is_some());
        if !is_made {
            self.renamed.push(Renamed { table: table.clone(), column: column.cloned(), to: to.clone() });
        }
    }

    /// Notes a table that is made from a query.
    fn query(&mut self, done: &Done, create: &CreateTable) {
        let name = &create.name;
        let is_main = name.schema.as_ref().is_none_or(|schema| schema.is("main"));
        let Some(query) = create.query.as_ref().filter(|_| is_main && !create.temporary) else { return };
        let mut mentions = Vec::new();
        query.tables(done.text, &mut mentions);
        let names: BTreeSet<String> = gathered(mentions.iter().map(|mention| mention.name.folded(done.text)));
        let from = names.iter().filter_map(|name| done.before.get(name)).cloned().collect();
        self.queried.insert(name::fold(&name.name.text).into_owned(), Queried { span: name.name.span, from });
    }

    fn change(&mut self, table: &Name, span: Span) {
        let key = self.key(&table.text);
        self.places.others.entry(key).or_insert(Place { span, made: false });
    }
}

/// One statement in its place.
#[derive(Debug)]
pub struct Step<'walk> {
    /// The file that it stands in.
    pub file: &'walk SourceFile,
    /// The statement.
    pub statement: &'walk Statement,
    /// What it changes.
    pub changes: &'walk [Change],
    /// Why SQLite refuses it, if it does.
    pub problem: Option<&'walk Problem>,
    /// Whether all behind it is looked at as if SQLite had not refused it.
    pub forgiven: bool,
    /// The schema before it.
    pub before: &'walk Schema,
    /// The schema after it.
    pub after: &'walk Schema,
    /// The schema before the file that it stands in.
    pub file_start: &'walk Schema,
    /// Whether it runs in a transaction.
    pub transaction: InTransaction,
    /// Whether foreign keys are on.
    pub foreign_keys: bool,
    /// What the file's statements before it have done.
    pub earlier: &'walk Earlier,
}

/// A statement of which is to be noted what it did.
struct Done<'walk> {
    text: &'walk str,
    statement: &'walk Statement,
    changes: &'walk [Change],
    /// Whether SQLite takes it.
    ran: bool,
    /// The schema before it.
    before: &'walk Schema,
    /// The schema after it.
    after: &'walk Schema,
    transaction: InTransaction,
    foreign_keys: bool,
    /// Whether `PRAGMA defer_foreign_keys` holds.
    deferred: bool,
}

/// A file behind its last statement.
#[derive(Debug)]
pub struct End<'walk> {
    /// The file.
    pub file: &'walk SourceFile,
    /// The schema before it.
    pub start: &'walk Schema,
    /// The schema after it.
    pub end: &'walk Schema,
    /// Whether a transaction is still open, and whose.
    pub transaction: InTransaction,
    /// What its statements have done.
    pub earlier: &'walk Earlier,
    /// The keys by which the files before it upsert.
    pub upserts: &'walk Upserts,
    /// The file that takes it back, where there is one.
    pub down: Option<&'walk SourceFile>,
    /// Whether SQLite takes all of its statements.
    pub ran: bool,
}

/// Who sees a history go by.
pub trait Visitor {
    /// Sees a statement.
    fn step(&mut self, step: &Step);

    /// Sees the end of a file.
    fn end(&mut self, _file: &End) {}
}

/// Follows every file of the project from the schema `start` on and shows each statement to
/// `visit`. Each statement is read, shown and dropped before the next. Returns the last schema.
pub fn walk(project: &Project, start: &Schema, runner: &Runner, visit: impl FnMut(&Step)) -> Schema {
    struct Steps<Visit>(Visit);

    impl<Visit: FnMut(&Step)> Visitor for Steps<Visit> {
        fn step(&mut self, step: &Step) {
            self.0(step);
        }
    }

    visit_all(project, start, runner, &mut Steps(visit))
}

/// The same for those who also want to see where a file ends.
pub fn visit_all(project: &Project, start: &Schema, runner: &Runner, visitor: &mut dyn Visitor) -> Schema {
    let mut walk = Walk::new(start, runner);
    for migration in project.migrations() {
        walk.begin(migration);
        for statement in Source::of(migration.up).statements() {
            walk.step(&statement, None, visitor);
        }
        walk.end(visitor);
    }
    walk.schema
}

/// A walk through the files, for those who read the statements themselves.
#[derive(Debug)]
pub struct Walk<'run> {
    runner: &'run Runner,
    /// The schema after the last statement.
    pub schema: Schema,
    /// Whether it is known what the files start from.
    decided: bool,
    file: Option<Migration<'run>>,
    file_start: Schema,
    /// Whether SQLite has taken all statements of the file.
    ran: bool,
    transaction: InTransaction,
    /// The savepoints of the file's own transaction, where one of them began it.
    savepoints: Vec<String>,
    /// The schemas to which `ROLLBACK` goes back: that before the transaction, and those of the savepoints in
    /// it with their names.
    marks: Vec<(Option<String>, Schema)>,
    foreign_keys: bool,
    earlier: Earlier,
    /// The keys by which the files before this one upsert, and those of this one.
    upserts: [Upserts; 2],
}

impl<'run> Walk<'run> {
    /// Stands before the first file, at the schema `start`.
    pub fn new(start: &Schema, runner: &'run Runner) -> Self {
        Self {
            runner,
            schema: start.clone(),
            decided: !start.is_empty() || start.knowledge() == Knowledge::Complete,
            file: None,
            file_start: start.clone(),
            ran: true,
            transaction: InTransaction::No,
            savepoints: Vec::new(),
            marks: Vec::new(),
            foreign_keys: runner.foreign_keys() == "on",
            earlier: Earlier::default(),
            upserts: Default::default(),
        }
    }

    /// Goes on from the other schema where that is the same, so that both keep it once.
    pub(crate) fn share(&mut self, other: &mut Schema) {
        if self.schema.is(other) {
            self.schema = Schema::new(Knowledge::Partial);
            self.forget_file();
            other.settle();
            self.schema = other.clone();
        }
    }

    /// Lets go of what was noted of the file before.
    fn forget_file(&mut self) {
        self.file_start = Schema::new(Knowledge::Partial);
        self.earlier = Earlier::default();
        if self.runner.transaction != RunnerTransaction::All {
            self.marks.clear();
        }
    }

    /// Enters the next file.
    pub fn begin(&mut self, migration: Migration<'run>) {
        let file = migration.up;
        self.file = Some(migration);
        self.forget_file();
        self.schema.settle();
        if migration.down.is_some() {
            self.schema.watch_changes();
        }
        self.file_start = self.schema.clone();
        self.ran = true;
        self.transaction = match self.runner.transaction_around(file) {
            RunnerTransaction::None => InTransaction::No,
            RunnerTransaction::File | RunnerTransaction::All => InTransaction::ByRunner,
        };
        self.savepoints.clear();
        if self.marks.is_empty() && self.transaction != InTransaction::No {
            self.marks.push((None, self.schema.clone()));
        }
    }

    /// Follows the next statement of the file, and shows it. Where somebody else followed it from the
    /// same schema, `followed` is what came of that.
    pub fn step(&mut self, statement: &Statement, followed: Option<Outcome>, visitor: &mut dyn Visitor) {
        let Some(Migration { up: file, .. }) = self.file else { return };
        if !self.decided
            && let Some(knowledge) = starts_from(statement)
        {
            self.schema = self.schema.clone().with_knowledge(knowledge);
            self.decided = true;
        }
        let mut outcome = followed
            .filter(|outcome| outcome.before.is(&self.schema))
            .unwrap_or_else(|| replay(&self.schema, &file.text, statement));
        if let Some(mark) = self.follow_marks(&statement.body) {
            outcome.after = mark.on_connection_of(&outcome.after);
        }
        let meant = self.meant(&file.text, statement, &outcome);
        visitor.step(&Step {
            file,
            statement,
            changes: &outcome.changes,
            problem: outcome.problem.as_ref(),
            forgiven: meant.is_some(),
            before: &self.schema,
            after: &outcome.after,
            file_start: &self.file_start,
            transaction: self.transaction,
            foreign_keys: self.foreign_keys,
            earlier: &self.earlier,
        });
        self.ran &= outcome.problem.is_none();
        outcome = meant.unwrap_or(outcome);
        self.earlier.follow(&Done {
            text: &file.text,
            statement,
            changes: &outcome.changes,
            ran: outcome.problem.is_none(),
            before: &self.schema,
            after: &outcome.after,
            transaction: self.transaction,
            foreign_keys: self.foreign_keys,
            deferred: self.earlier.deferred,
        });
        self.upserts[1].note(statement, &file.text, &file.path);
        if self.ends_migration(statement) {
            self.earlier.created.clear();
        }
        self.earlier.follow_deferral(statement, &file.text, self.transaction);
        self.follow_foreign_keys(&statement.body, &file.text);
        self.follow_transaction(&statement.body);
        self.schema = outcome.after;
    }

    /// Whether a migration ends with the statement though the file goes on: it commits, so that others can see
    /// what was made, or a tool's ledger gets its row, as where a tool prints all its migrations as one script.
    /// `remold apply` runs a file as one.
    fn ends_migration(&self, statement: &Statement) -> bool {
        match &statement.body {
            _ if self.runner.is_remold() => false,
            Body::Commit => self.transaction == InTransaction::ByFile,
            Body::Data(data) => data.kind != DataKind::Delete && name::is_ledger(&data.table.name.text),
            _ => false,
        }
    }

    /// What the `RENAME` at the end of a rebuild comes to where a broken view or trigger stops it. The refusal
    /// is told; all behind it is looked at as it was meant, or it would be a fault of its own.
    fn meant(&self, text: &str, statement: &Statement, refused: &Outcome) -> Option<Outcome> {
        refused.problem.as_ref()?.broken_object()?;
        let Body::AlterTable(alter) = &statement.body else { return None };
        let AlterAction::RenameTable(to) = &alter.action else { return None };
        if !self.earlier.dropped(ObjectKind::Table, &to.text) {
            return None;
        }
        let outcome = replay(&self.schema.clone().not_looking(), text, statement);
        let after = outcome.after.on_connection_of(&self.schema);
        outcome.problem.is_none().then_some(Outcome { after, ..outcome })
    }

    /// Shows the end of the file.
    pub fn end(&mut self, visitor: &mut dyn Visitor) {
        let Some(Migration { up: file, down }) = self.file.take() else { return };
        visitor.end(&End {
            file,
            start: &self.file_start,
            end: &self.schema,
            transaction: self.transaction,
            earlier: &self.earlier,
            upserts: &self.upserts[0],
            down,
            ran: self.ran,
        });
        let own = core::mem::take(&mut self.upserts[1]);
        self.upserts[0].add(own);
    }

    /// In a transaction the pragma does nothing.
    fn follow_foreign_keys(&mut self, body: &Body, text: &str) {
        if let Body::Pragma(pragma) = body
            && pragma.name.name.is("foreign_keys")
            && self.transaction == InTransaction::No
            && let Some(value) = pragma.value
        {
            self.foreign_keys = is_on(value.of(text));
        }
    }

    /// Notes where a transaction or a savepoint begins. Returns the schema to which the statement goes back, if
    /// it does.
    fn follow_marks(&mut self, body: &Body) -> Option<Schema> {
        let place = |marks: &[(Option<String>, Schema)], name: &Name| {
            marks.iter().rposition(|(known, _)| known.as_ref().is_some_and(|known| name.is(known)))
        };
        match body {
            Body::Begin if self.transaction == InTransaction::No => self.marks.push((None, self.schema.clone())),
            Body::Savepoint(name) => self.marks.push((Some(name.text.clone()), self.schema.clone())),
            Body::Release(name) => {
                if let Some(at) = place(&self.marks, name) {
                    self.marks.truncate(at);
                }
            }
            Body::Commit => self.marks.clear(),
            Body::Rollback(None) => {
                let first = self.marks.drain(..).next();
                return first.map(|(_, schema)| schema);
            }
            Body::Rollback(Some(name)) => {
                let at = place(&self.marks, name)?;
                self.marks.truncate(at + 1);
                return self.marks.last().map(|(_, schema)| schema.clone());
            }
            _ => {}
        }
        None
    }

    fn follow_transaction(&mut self, body: &Body) {
        match body {
            Body::Begin => self.transaction = InTransaction::ByFile,
            Body::Commit | Body::Rollback(None) => {
                self.savepoints.clear();
                self.transaction = InTransaction::No;
            }
            Body::Savepoint(name) if self.transaction == InTransaction::No => {
                self.savepoints.push(name.text.clone());
                self.transaction = InTransaction::ByFile;
            }
            Body::Savepoint(name) if !self.savepoints.is_empty() => self.savepoints.push(name.text.clone()),
            // Those that began behind it end with it.
            Body::Release(name) => {
                if let Some(at) = self.savepoints.iter().rposition(|known| name.is(known)) {
                    self.savepoints.truncate(at);
                    if at == 0 {
                        self.transaction = InTransaction::No;
                    }
                }
            }
            _ => {}
        }
    }
}

/// What the first statement that touches an object tells of the database before it: files that
/// begin with `CREATE TABLE` begin with an empty database, others change one that is there.
fn starts_from(statement: &Statement) -> Option<Knowledge> {
    match &statement.body {
        Body::CreateTable(create) if create.temporary => None,
        Body::CreateTable(_) | Body::CreateVirtualTable(_) => Some(Knowledge::Complete),
        Body::Drop(drop) if drop.if_exists.is_some() => None,
        Body::Opaque(opaque) if opaque.kind == "CREATE TABLE" => Some(Knowledge::Complete),
        Body::CreateIndex(_)
        | Body::CreateView(_)
        | Body::CreateTrigger(_)
        | Body::AlterTable(_)
        | Body::Drop(_)
        | Body::Data(_)
        | Body::Opaque(_) => Some(Knowledge::Partial),
        _ => None,
    }
}
