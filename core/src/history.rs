//! The files in their order, statement by statement, each with the schema before and after it.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::layout;
use crate::parse::Source;
use crate::parse::statement::{Body, DataKind, ObjectKind, Statement};
use crate::schema::change::Change;
use crate::schema::replay::{Outcome, Problem, replay};
use crate::schema::{Knowledge, Schema};
use crate::sqlite::name;
use crate::text::SourceFile;

/// The files of a project, below one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// The folder that holds the files, as it is shown before their paths; may be empty.
    pub root: String,
    /// The files, with paths below the root.
    pub files: Vec<SourceFile>,
}

impl Project {
    /// The path of a file as people type it: below where they are, not below the root.
    pub fn shown(&self, file: &SourceFile) -> String {
        if self.root.is_empty() || self.root == "." {
            return file.path.clone();
        }
        let mut path = self.root.trim_end_matches('/').to_string();
        path.push('/');
        path.push_str(&file.path);
        path
    }
}

/// Who executes the files, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runner {
    /// What it is called.
    pub name: String,
    /// Which transaction it puts around a file.
    pub transaction: RunnerTransaction,
    /// How often it runs a file.
    pub runs: Runs,
    /// The pragmas that it sets before the first file.
    pub pragmas: Vec<(String, String)>,
}

/// The transaction that a runner puts around the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunnerTransaction {
    /// None: each statement commits by itself.
    None,
    /// One for each file.
    File,
    /// One for all files together.
    All,
}

/// How often a file is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// Once: something records that it was run.
    Once,
    /// Perhaps again: nothing records it.
    Again,
}

impl Runner {
    /// A person, or a tool that is not known: no transaction, and the file may run twice.
    pub fn by_hand() -> Self {
        Self {
            name: String::from("by hand"),
            transaction: RunnerTransaction::None,
            runs: Runs::Again,
            pragmas: Vec::new(),
        }
    }

    /// The same runner, which switches foreign keys `on` or `off` before the first file.
    #[must_use]
    pub fn with_foreign_keys(mut self, word: &str) -> Self {
        self.pragmas.retain(|(pragma, _)| !name::same(pragma, "foreign_keys"));
        self.pragmas.push((String::from("foreign_keys"), word.to_uppercase()));
        self
    }

    /// Whether foreign keys are enforced when the first file begins: `on`, or `off` as they are in
    /// SQLite unless somebody switches them on.
    pub fn foreign_keys(&self) -> &'static str {
        let stated = self.pragmas.iter().rev().find(|(pragma, _)| name::same(pragma, "foreign_keys"));
        let on = |value: &str| {
            let words = ["on", "yes", "true"];
            words.iter().any(|word| word.eq_ignore_ascii_case(value))
                || value.parse::<i64>().is_ok_and(|value| value != 0)
        };
        if stated.is_some_and(|(_, value)| on(value.trim_matches(['\'', '"', ' ']))) { "on" } else { "off" }
    }

    /// Whether it is `remold apply`, whose plan takes over what a file says of transactions and of
    /// foreign keys.
    pub fn is_remold(&self) -> bool {
        self.name == "remold"
    }

    /// `remold apply`: everything in one transaction, each file once.
    pub fn remold() -> Self {
        Self {
            name: String::from("remold"),
            transaction: RunnerTransaction::All,
            runs: Runs::Once,
            pragmas: Vec::from([(String::from("foreign_keys"), String::from("OFF"))]),
        }
    }
}

impl FromStr for Runner {
    type Err = String;

    /// Reads the name of a runner that is known.
    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "by-hand" => Ok(Self::by_hand()),
            "remold" => Ok(Self::remold()),
            _ => Err(alloc::format!("`{name}` is not a runner that is known; write by-hand or remold")),
        }
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
    dropped: BTreeSet<(bool, String)>,
}

impl Earlier {
    /// Whether a statement of the file has created the table, be it under another name.
    pub fn created(&self, table: &str) -> bool {
        self.created.contains(&*name::fold(table))
    }

    /// Whether a statement of the file has put rows into the table.
    pub fn filled(&self, table: &str) -> bool {
        self.filled.contains(&*name::fold(table))
    }

    /// Whether a statement of the file has dropped what bore the name, or would have.
    pub fn dropped(&self, kind: ObjectKind, name: &str) -> bool {
        self.dropped.contains(&(kind == ObjectKind::Trigger, name::fold(name).into_owned()))
    }

    fn follow(&mut self, statement: &Statement, changes: &[Change]) {
        let folded = |name: &str| name::fold(name).into_owned();
        match &statement.body {
            Body::Data(data) if matches!(data.kind, DataKind::Insert | DataKind::Replace) => {
                self.filled.insert(folded(&data.table.name.text));
            }
            Body::CreateTable(create) if create.query.is_some() => {
                self.filled.insert(folded(&create.name.name.text));
            }
            Body::Drop(drop) => {
                self.dropped.insert((drop.kind == ObjectKind::Trigger, folded(&drop.name.name.text)));
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
                    self.created.remove(&folded(&name.text));
                    self.filled.remove(&folded(&name.text));
                }
                Change::RenameTable { table, to } => {
                    for names in [&mut self.created, &mut self.filled] {
                        if names.remove(&folded(&table.text)) {
                            names.insert(folded(&to.text));
                        }
                    }
                }
                _ => {}
            }
        }
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
    /// The schema before it.
    pub before: &'walk Schema,
    /// The schema after it.
    pub after: &'walk Schema,
    /// The schema before the file that it stands in.
    pub file_start: &'walk Schema,
    /// Whether it runs in a transaction.
    pub transaction: InTransaction,
    /// What the file's statements before it have done.
    pub earlier: &'walk Earlier,
}

/// Follows every file of the project from the schema `start` on and shows each statement to
/// `visit`. Each statement is read, shown and dropped before the next. Returns the last schema.
pub fn walk(project: &Project, start: &Schema, runner: &Runner, mut visit: impl FnMut(&Step)) -> Schema {
    let mut walk = Walk::new(start, runner);
    for migration in layout::migrations(&project.files) {
        walk.begin(migration.up);
        for statement in Source::new(&migration.up.text).statements() {
            walk.step(&statement, None, &mut visit);
        }
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
    file: Option<&'run SourceFile>,
    file_start: Schema,
    transaction: InTransaction,
    savepoints: u32,
    earlier: Earlier,
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
            transaction: InTransaction::No,
            savepoints: 0,
            earlier: Earlier::default(),
        }
    }

    /// Enters the next file.
    pub fn begin(&mut self, file: &'run SourceFile) {
        self.file = Some(file);
        self.file_start = self.schema.clone();
        self.transaction = match self.runner.transaction {
            RunnerTransaction::None => InTransaction::No,
            RunnerTransaction::File | RunnerTransaction::All => InTransaction::ByRunner,
        };
        self.savepoints = 0;
        self.earlier = Earlier::default();
    }

    /// Follows the next statement of the file, and shows it. Where somebody else followed it from the
    /// same schema, `followed` is what came of that.
    pub fn step(&mut self, statement: &Statement, followed: Option<Outcome>, visit: impl FnOnce(&Step)) {
        let Some(file) = self.file else { return };
        if !self.decided
            && let Some(knowledge) = starts_from(statement)
        {
            self.schema = self.schema.clone().with_knowledge(knowledge);
            self.decided = true;
        }
        let outcome = followed
            .filter(|outcome| outcome.before.is(&self.schema))
            .unwrap_or_else(|| replay(&self.schema, &file.text, statement));
        visit(&Step {
            file,
            statement,
            changes: &outcome.changes,
            problem: outcome.problem.as_ref(),
            before: &self.schema,
            after: &outcome.after,
            file_start: &self.file_start,
            transaction: self.transaction,
            earlier: &self.earlier,
        });
        self.earlier.follow(statement, &outcome.changes);
        self.follow_transaction(&statement.body);
        self.schema = outcome.after;
    }

    fn follow_transaction(&mut self, body: &Body) {
        match body {
            Body::Begin => self.transaction = InTransaction::ByFile,
            Body::Commit | Body::Rollback(None) => {
                self.savepoints = 0;
                self.transaction = InTransaction::No;
            }
            Body::Savepoint(_) if self.transaction == InTransaction::No => {
                self.savepoints = 1;
                self.transaction = InTransaction::ByFile;
            }
            Body::Savepoint(_) if self.savepoints > 0 => self.savepoints += 1,
            Body::Release(_) if self.savepoints > 0 => {
                self.savepoints -= 1;
                if self.savepoints == 0 {
                    self.transaction = InTransaction::No;
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
