//! Our statements: what SQLite's grammar says, with the place of every part.
//!
//! Spans point into the text that was read: a migration file, or the stored text of a schema.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub use super::data::{Assignment, Data, Upsert};
pub use super::expression::{Expression, Part, Word};
pub use super::query::{CommonTable, Compound, Join, Mention, Query, ResultColumn, Select, Source, SourceKind};
use super::token;
use crate::sqlite::name;
use crate::sqlite::version::Feature;
use crate::text::Span;

/// One statement of a file.
#[derive(Clone, Debug)]
pub struct Statement {
    /// From its first word to its last; the `;` does not belong to it.
    pub span: Span,
    /// Where its `;` stands, or the text ends: SQLite keeps some of the comments before it.
    pub end: u32,
    /// What it says.
    pub body: Body,
    /// What it uses that SQLite has only since some version, and where.
    pub features: Vec<(Feature, Span)>,
}

/// What a statement says.
#[derive(Clone, Debug)]
pub enum Body {
    /// `CREATE TABLE`.
    CreateTable(Box<CreateTable>),
    /// `CREATE VIRTUAL TABLE`.
    CreateVirtualTable(Box<CreateVirtualTable>),
    /// `CREATE INDEX`.
    CreateIndex(Box<CreateIndex>),
    /// `CREATE VIEW`.
    CreateView(Box<CreateView>),
    /// `CREATE TRIGGER`.
    CreateTrigger(Box<CreateTrigger>),
    /// `ALTER TABLE`.
    AlterTable(Box<AlterTable>),
    /// `DROP TABLE`, `DROP INDEX`, `DROP VIEW` or `DROP TRIGGER`.
    Drop(Box<Drop>),
    /// `PRAGMA`.
    Pragma(Box<Pragma>),
    /// `BEGIN`.
    Begin,
    /// `COMMIT` or `END`.
    Commit,
    /// `ROLLBACK`, or `ROLLBACK TO` the named savepoint.
    Rollback(Option<Name>),
    /// `SAVEPOINT`.
    Savepoint(Name),
    /// `RELEASE`.
    Release(Name),
    /// `INSERT`, `REPLACE`, `UPDATE` or `DELETE`.
    Data(Box<Data>),
    /// `SELECT`, `VALUES`, or a `WITH` that ends in one.
    Query(Box<Query>),
    /// A statement that neither changes the schema nor rows: `ANALYZE`, `REINDEX`, `VACUUM`,
    /// `ATTACH`, `DETACH`, `EXPLAIN`.
    Other(Other),
    /// A statement that we could not read.
    Opaque(Box<Opaque>),
}

/// A name as the text has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name without its quotes.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl Name {
    /// Whether SQLite takes it for the name `other`.
    pub fn is(&self, other: &str) -> bool {
        name::same(&self.text, other)
    }
}

/// A name that may say in which schema it lives: `main.assets`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectName {
    /// `main`, `temp` or the name of an attached database, where one is given.
    pub schema: Option<Name>,
    /// The object's own name.
    pub name: Name,
}

impl ObjectName {
    /// The whole name, schema and all.
    pub fn span(&self) -> Span {
        self.schema.as_ref().map_or(self.name.span, |schema| schema.span.to(self.name.span))
    }
}

/// `CREATE TABLE`.
#[derive(Clone, Debug)]
pub struct CreateTable {
    /// Whether it says `TEMP`.
    pub temporary: bool,
    /// Where it says `IF NOT EXISTS`.
    pub if_not_exists: Option<Span>,
    /// The keyword `TABLE`, behind which a guard would stand.
    pub keyword: Span,
    /// The table's name.
    pub name: ObjectName,
    /// Columns and constraints; none of them where the table is made from a query.
    pub definition: TableDefinition,
    /// The query of `CREATE TABLE … AS`.
    pub query: Option<Box<Query>>,
}

/// What stands between the parentheses of `CREATE TABLE`, and behind them.
#[derive(Clone, Debug, Default)]
pub struct TableDefinition {
    /// The columns in their order.
    pub columns: Vec<ColumnDefinition>,
    /// The constraints of the table as a whole.
    pub constraints: Vec<TableConstraint>,
    /// From the opening parenthesis to the closing one.
    pub body: Span,
    /// Where the columns end, and `ALTER TABLE ADD COLUMN` puts the next one: the comma before the
    /// first constraint, or the closing parenthesis.
    pub columns_end: u32,
    /// Where it says `WITHOUT ROWID`.
    pub without_rowid: Option<Span>,
    /// Where it says `STRICT`.
    pub strict: Option<Span>,
}

/// A column as it is declared.
#[derive(Clone, Debug)]
pub struct ColumnDefinition {
    /// The column's name.
    pub name: Name,
    /// The words of its type, as they stand; none where it has no type.
    pub declared_type: Option<Span>,
    /// Everything behind the type, in its order.
    pub constraints: Vec<ColumnConstraint>,
    /// The whole declaration.
    pub span: Span,
}

impl ColumnDefinition {
    /// The first constraint for which `wanted` finds something.
    pub fn find<'me, Found: 'me>(
        &'me self,
        wanted: impl Fn(&'me ColumnConstraintKind) -> Option<Found>,
    ) -> Option<(&'me ColumnConstraint, Found)> {
        self.constraints.iter().find_map(|constraint| wanted(&constraint.kind).map(|found| (constraint, found)))
    }

    /// Its `NOT NULL`, if it has one.
    pub fn not_null(&self) -> Option<&ColumnConstraint> {
        self.find(|kind| matches!(kind, ColumnConstraintKind::NotNull).then_some(())).map(|found| found.0)
    }

    /// Its `DEFAULT`, if it has one. Of several SQLite takes the last.
    pub fn default(&self) -> Option<Span> {
        self.constraints.iter().rev().find_map(|constraint| match constraint.kind {
            ColumnConstraintKind::Default(expression) => Some(expression),
            _ => None,
        })
    }

    /// Its `PRIMARY KEY`, if it has one.
    pub fn primary_key(&self) -> Option<&ColumnConstraint> {
        self.find(|kind| matches!(kind, ColumnConstraintKind::PrimaryKey { .. }).then_some(())).map(|found| found.0)
    }

    /// Its `UNIQUE`, if it has one.
    pub fn unique(&self) -> Option<&ColumnConstraint> {
        self.find(|kind| matches!(kind, ColumnConstraintKind::Unique).then_some(())).map(|found| found.0)
    }

    /// Its generation clause, and whether the value is stored.
    pub fn generated(&self) -> Option<(&ColumnConstraint, bool)> {
        self.find(|kind| match kind {
            ColumnConstraintKind::Generated { stored, .. } => Some(*stored),
            _ => None,
        })
    }

    /// Its first `REFERENCES`, if it has one.
    pub fn references(&self) -> Option<&ForeignKey> {
        self.find(|kind| match kind {
            ColumnConstraintKind::References(key) => Some(key),
            _ => None,
        })
        .map(|found| found.1)
    }

    /// The words of its type in `text`, which the column was read from.
    pub fn type_text<'text>(&self, text: &'text str) -> &'text str {
        self.declared_type.map_or("", |span| span.of(text))
    }
}

/// A constraint behind a column's type.
#[derive(Clone, Debug)]
pub struct ColumnConstraint {
    /// The name behind `CONSTRAINT`, if any.
    pub name: Option<Name>,
    /// What it demands.
    pub kind: ColumnConstraintKind,
    /// What `ON CONFLICT` says.
    pub conflict: Option<Conflict>,
    /// From `CONSTRAINT`, or its own first word, to its last.
    pub span: Span,
}

/// What a column's constraint demands.
#[derive(Clone, Debug)]
pub enum ColumnConstraintKind {
    /// `PRIMARY KEY`.
    PrimaryKey {
        /// Whether it says `DESC`.
        descending: bool,
        /// Whether it says `AUTOINCREMENT`.
        autoincrement: bool,
    },
    /// `NOT NULL`.
    NotNull,
    /// `NULL`, which demands nothing.
    Null,
    /// `UNIQUE`.
    Unique,
    /// `CHECK` with its expression, parentheses included.
    Check(Span),
    /// `DEFAULT` with its literal or its expression in parentheses.
    Default(Span),
    /// `COLLATE`.
    Collate(Name),
    /// `REFERENCES`.
    References(ForeignKey),
    /// `AS (…)`.
    Generated {
        /// The expression, parentheses included.
        expression: Span,
        /// Whether it says `STORED`.
        stored: bool,
    },
}

/// A constraint of the table as a whole.
#[derive(Clone, Debug)]
pub struct TableConstraint {
    /// The name behind `CONSTRAINT`, if any.
    pub name: Option<Name>,
    /// What it demands.
    pub kind: TableConstraintKind,
    /// What `ON CONFLICT` says.
    pub conflict: Option<Conflict>,
    /// From `CONSTRAINT`, or its own first word, to its last.
    pub span: Span,
}

/// What a table's constraint demands.
#[derive(Clone, Debug)]
pub enum TableConstraintKind {
    /// `PRIMARY KEY (…)`.
    PrimaryKey {
        /// The key's columns.
        columns: Vec<IndexedColumn>,
        /// Whether it says `AUTOINCREMENT`.
        autoincrement: bool,
    },
    /// `UNIQUE (…)`.
    Unique(Vec<IndexedColumn>),
    /// `CHECK` with its expression, parentheses included.
    Check(Span),
    /// `FOREIGN KEY (…) REFERENCES …`.
    ForeignKey {
        /// The columns of this table.
        columns: Vec<Name>,
        /// What they point to.
        key: ForeignKey,
    },
}

/// What `REFERENCES` says.
#[derive(Clone, Debug)]
pub struct ForeignKey {
    /// The parent table.
    pub table: Name,
    /// The parent's columns; its primary key where none is named.
    pub columns: Vec<Name>,
    /// The action of `ON DELETE`.
    pub on_delete: Action,
    /// The action of `ON UPDATE`.
    pub on_update: Action,
    /// Whether the check waits for `COMMIT`: `DEFERRABLE INITIALLY DEFERRED`.
    pub deferred: bool,
    /// From `REFERENCES` to its last word.
    pub span: Span,
}

/// What happens to children when their parent row goes or its key changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Action {
    /// `NO ACTION`, which is also what saying nothing means.
    #[default]
    NoAction,
    /// `RESTRICT`.
    Restrict,
    /// `SET NULL`.
    SetNull,
    /// `SET DEFAULT`.
    SetDefault,
    /// `CASCADE`.
    Cascade,
}

impl Action {
    /// The words that SQLite uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
            Self::Cascade => "CASCADE",
        }
    }
}

/// What `ON CONFLICT` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// `ROLLBACK`.
    Rollback,
    /// `ABORT`.
    Abort,
    /// `FAIL`.
    Fail,
    /// `IGNORE`.
    Ignore,
    /// `REPLACE`.
    Replace,
}

impl Conflict {
    /// The word that SQLite uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rollback => "ROLLBACK",
            Self::Abort => "ABORT",
            Self::Fail => "FAIL",
            Self::Ignore => "IGNORE",
            Self::Replace => "REPLACE",
        }
    }
}

/// One term of an index or a key.
#[derive(Clone, Debug)]
pub struct IndexedColumn {
    /// The column, where the term is a plain one.
    pub column: Option<Name>,
    /// The term without its collation and direction.
    pub expression: Span,
    /// What `COLLATE` says.
    pub collation: Option<Name>,
    /// Whether it says `DESC`.
    pub descending: bool,
}

/// `CREATE VIRTUAL TABLE`. What stands between its parentheses belongs to the module.
#[derive(Clone, Debug)]
pub struct CreateVirtualTable {
    /// Where it says `IF NOT EXISTS`.
    pub if_not_exists: Option<Span>,
    /// The keyword `TABLE`, behind which a guard would stand.
    pub keyword: Span,
    /// The table's name.
    pub name: ObjectName,
    /// The module behind `USING`.
    pub module: Name,
    /// What stands between the parentheses.
    pub arguments: Span,
}

impl CreateVirtualTable {
    /// The arguments as the module gets them; `text` is what was read.
    pub fn arguments<'text>(&self, text: &'text str) -> impl Iterator<Item = &'text str> {
        token::split_at_commas(text, self.arguments)
    }
}

/// `CREATE INDEX`.
#[derive(Clone, Debug)]
pub struct CreateIndex {
    /// Whether it says `UNIQUE`.
    pub unique: bool,
    /// Where it says `IF NOT EXISTS`.
    pub if_not_exists: Option<Span>,
    /// The keyword `INDEX`, behind which a guard would stand.
    pub keyword: Span,
    /// The index's name.
    pub name: ObjectName,
    /// The table behind `ON`.
    pub table: Name,
    /// What is indexed.
    pub columns: Vec<IndexedColumn>,
    /// The condition of a partial index.
    pub condition: Option<Span>,
}

/// `CREATE VIEW`.
#[derive(Clone, Debug)]
pub struct CreateView {
    /// Whether it says `TEMP`.
    pub temporary: bool,
    /// Where it says `IF NOT EXISTS`.
    pub if_not_exists: Option<Span>,
    /// The keyword `VIEW`, behind which a guard would stand.
    pub keyword: Span,
    /// The view's name.
    pub name: ObjectName,
    /// The names that the view gives its columns.
    pub columns: Vec<Name>,
    /// The query behind `AS`.
    pub query: Query,
}

/// `CREATE TRIGGER`.
#[derive(Clone, Debug)]
pub struct CreateTrigger {
    /// Whether it says `TEMP`.
    pub temporary: bool,
    /// Where it says `IF NOT EXISTS`.
    pub if_not_exists: Option<Span>,
    /// The keyword `TRIGGER`, behind which a guard would stand.
    pub keyword: Span,
    /// The trigger's name.
    pub name: ObjectName,
    /// The table or view behind `ON`.
    pub table: Name,
    /// The database behind `ON`, where one is named.
    pub table_schema: Option<Name>,
    /// When it fires.
    pub time: TriggerTime,
    /// What makes it fire.
    pub event: TriggerEvent,
    /// The columns of `UPDATE OF`.
    pub update_of: Vec<Name>,
    /// The condition of `WHEN`.
    pub condition: Option<Expression>,
    /// The statements between `BEGIN` and `END`.
    pub body: Vec<TriggerStep>,
}

/// When a trigger fires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TriggerTime {
    /// `BEFORE`, which is also what saying nothing means.
    #[default]
    Before,
    /// `AFTER`.
    After,
    /// `INSTEAD OF`.
    InsteadOf,
}

/// What makes a trigger fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerEvent {
    /// `INSERT`.
    Insert,
    /// `UPDATE`.
    Update,
    /// `DELETE`.
    Delete,
}

/// A statement of a trigger's body.
#[derive(Clone, Debug)]
pub enum TriggerStep {
    /// `SELECT`.
    Query(Query),
    /// `INSERT`, `REPLACE`, `UPDATE` or `DELETE`.
    Data(Box<Data>),
}

/// `ALTER TABLE`.
#[derive(Clone, Debug)]
pub struct AlterTable {
    /// The table.
    pub name: ObjectName,
    /// What is done to it.
    pub action: AlterAction,
}

/// What `ALTER TABLE` does.
#[derive(Clone, Debug)]
pub enum AlterAction {
    /// `RENAME TO`.
    RenameTable(Name),
    /// `RENAME COLUMN … TO …`.
    RenameColumn {
        /// The column.
        from: Name,
        /// Its new name.
        to: Name,
    },
    /// `ADD COLUMN`.
    AddColumn(ColumnDefinition),
    /// `DROP COLUMN`.
    DropColumn(Name),
    /// `ADD CONSTRAINT … CHECK`.
    AddConstraint(TableConstraint),
    /// `DROP CONSTRAINT`.
    DropConstraint(Name),
    /// `ALTER COLUMN … SET NOT NULL`.
    SetNotNull {
        /// The column.
        column: Name,
        /// What `ON CONFLICT` says.
        conflict: Option<Conflict>,
    },
    /// `ALTER COLUMN … DROP NOT NULL`.
    DropNotNull(Name),
}

/// A kind of schema object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    /// A table, ordinary or virtual.
    Table,
    /// An index.
    Index,
    /// A view.
    View,
    /// A trigger.
    Trigger,
}

impl ObjectKind {
    /// SQLite's word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Index => "index",
            Self::View => "view",
            Self::Trigger => "trigger",
        }
    }
}

/// `DROP …`.
#[derive(Clone, Debug)]
pub struct Drop {
    /// What kind of object goes.
    pub kind: ObjectKind,
    /// Where it says `IF EXISTS`.
    pub if_exists: Option<Span>,
    /// The keyword behind `DROP`, behind which a guard would stand.
    pub keyword: Span,
    /// The object.
    pub name: ObjectName,
}

/// `PRAGMA`.
#[derive(Clone, Debug)]
pub struct Pragma {
    /// The pragma's name, which may name a schema.
    pub name: ObjectName,
    /// What stands behind `=` or between the parentheses, as it stands.
    pub value: Option<Span>,
    /// Whether the value stands between parentheses.
    pub called: bool,
}

/// What a data statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataKind {
    /// `INSERT`.
    Insert,
    /// `REPLACE` or `INSERT OR REPLACE`.
    Replace,
    /// `UPDATE`.
    Update,
    /// `DELETE`.
    Delete,
}

/// Statements that need no structure here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    /// `ANALYZE`.
    Analyze,
    /// `REINDEX`.
    Reindex,
    /// `VACUUM`.
    Vacuum,
    /// `VACUUM INTO`, which leaves the database as it is.
    VacuumInto,
    /// `ATTACH`.
    Attach,
    /// `DETACH`.
    Detach,
    /// `EXPLAIN`.
    Explain,
}

impl Other {
    /// The statement's first word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Analyze => "ANALYZE",
            Self::Reindex => "REINDEX",
            Self::Vacuum => "VACUUM",
            Self::VacuumInto => "VACUUM INTO",
            Self::Attach => "ATTACH",
            Self::Detach => "DETACH",
            Self::Explain => "EXPLAIN",
        }
    }
}

/// A statement that we could not read: as much as its words tell.
#[derive(Clone, Debug)]
pub struct Opaque {
    /// Its first words, such as `CREATE TABLE`.
    pub kind: String,
    /// The name that seems to be its object.
    pub name: Option<ObjectName>,
    /// The word at which reading stopped.
    pub at: Span,
    /// What was expected there, or what the reader found wrong.
    pub problem: Problem,
}

/// Why a statement could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// SQLite's grammar has something else here.
    Expected(&'static str),
    /// A word that other databases have and SQLite has not.
    Unsupported(UnsupportedClause),
    /// A command of the `sqlite3` shell, which is no SQL.
    ShellCommand,
    /// More stands in each other than SQLite takes.
    TooDeep,
}

impl Problem {
    /// The problem in a few words: what was expected, or what is not so.
    pub fn words(&self) -> String {
        match self {
            Self::Expected(mark) if mark.len() == 1 => format!("expected `{mark}`"),
            Self::Expected(what) => format!("expected {what}"),
            Self::Unsupported(_) => String::from("no version of SQLite has this clause"),
            Self::ShellCommand => String::from("this is a command of the sqlite3 shell and no SQL"),
            Self::TooDeep => String::from("more stands in each other than SQLite takes"),
        }
    }
}

/// Clauses that people bring from elsewhere; no version of SQLite has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsupportedClause {
    /// `ALTER TABLE IF EXISTS`.
    AlterTableIfExists,
    /// `ADD COLUMN IF NOT EXISTS`.
    AddColumnIfNotExists,
    /// `DROP COLUMN IF EXISTS`.
    DropColumnIfExists,
    /// `RENAME COLUMN IF EXISTS`.
    RenameColumnIfExists,
    /// `DROP CONSTRAINT IF EXISTS`.
    DropConstraintIfExists,
    /// `ADD CONSTRAINT IF NOT EXISTS`.
    AddConstraintIfNotExists,
}
