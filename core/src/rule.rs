//! What a rule is: data and a function.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;
use core::fmt;

use crate::diagnostics::{Findings, Level};
use crate::directive;
use crate::engine::judge::Happening;
use crate::history::broken::Broken;
use crate::history::down::TakenBack;
use crate::history::rebuild::Rebuild;
use crate::history::since::Sequence;
use crate::history::upserts::Upserts;
use crate::history::{Earlier, InTransaction, Place, Runner, Runs, Since};
use crate::layout::Overlooked;
use crate::layout::setup::list::Mismatch;
use crate::naming::Naming;
use crate::parse::call::{Call, Called, Role, called};
use crate::parse::statement::{ColumnDefinition, CreateTable, Name, ObjectKind, Statement, TableConstraintKind, Word};
use crate::parse::{Source, folded};
use crate::schema::change::Change;
use crate::schema::refer::{checks, column_checks};
use crate::schema::replay::Problem;
use crate::schema::rows::{LARGE, Rows};
use crate::schema::{Object, Schema};
use crate::sqlite::name;
use crate::sqlite::target::Target;
use crate::sqlite::version::{Version, VersionRange};
use crate::text::{SourceFile, Span};

/// A rule. Its page is the comment at the head of its file.
pub struct Rule {
    /// Its id, which is also its file's name.
    pub id: &'static str,
    /// The level of its findings, unless one says otherwise.
    pub level: Level,
    /// The version of remold that brought it.
    pub since: &'static str,
    /// What it looks at.
    pub check: Check,
}

impl fmt::Debug for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Rule({})", self.id)
    }
}

/// What a rule looks at, and the function that does. One variant for each altitude.
#[derive(Clone, Copy)]
pub enum Check {
    /// Each statement as it was read.
    Statement(fn(&Context, &Statement, &mut Findings)),
    /// Each change that a statement makes.
    Change(fn(&Context, &Change, &mut Findings)),
    /// Each statement that SQLite refuses whatever the rows are.
    Problem(fn(&Context, &Problem, &mut Findings)),
    /// Each file, behind its last statement.
    File(fn(&FileContext, &mut Findings)),
    /// Each table that a file rebuilds.
    Rebuild(fn(&FileContext, &Rebuild, &mut Findings)),
    /// Each view, trigger or foreign key that a file leaves broken.
    Broken(fn(&FileContext, &Broken, &mut Findings)),
    /// Each migration that was run and taken back.
    Down(fn(&TakenBack, &mut Findings)),
    /// Each migration that was released and is there no longer: its path.
    Deleted(fn(&Since, &str, &mut Findings)),
    /// Each file that looks like a migration and that the runner does not run.
    Unseen(fn(&Overlooked, &mut Findings)),
    /// Each difference between the files and the list that their tool keeps of them.
    Listed(fn(&Runner, &Mismatch, &mut Findings)),
    /// Each comment that tells remold something and does nothing; the text is the file's.
    Directive(fn(&str, &directive::Fault, &mut Findings)),
    /// Each thing that happened in a real SQLite and that nobody foresaw.
    Replay(fn(&Happening, &mut Findings)),
    /// Each query of the application that worked and works no longer.
    Query(fn(&Happening, &mut Findings)),
}

impl fmt::Debug for Check {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Statement(_) => "Statement",
            Self::Change(_) => "Change",
            Self::Problem(_) => "Problem",
            Self::File(_) => "File",
            Self::Rebuild(_) => "Rebuild",
            Self::Broken(_) => "Broken",
            Self::Down(_) => "Down",
            Self::Deleted(_) => "Deleted",
            Self::Unseen(_) => "Unseen",
            Self::Listed(_) => "Listed",
            Self::Directive(_) => "Directive",
            Self::Replay(_) => "Replay",
            Self::Query(_) => "Query",
        })
    }
}

/// Everything that a rule may know of the statement before it.
#[derive(Debug)]
pub struct Context<'run> {
    /// The file.
    pub file: &'run SourceFile,
    /// The statement.
    pub statement: &'run Statement,
    /// The schema before the statement.
    pub before: &'run Schema,
    /// The schema after it.
    pub after: &'run Schema,
    /// The schema before the file.
    pub file_start: &'run Schema,
    /// Whether the statement runs in a transaction.
    pub transaction: InTransaction,
    /// Whether foreign keys are on.
    pub foreign_keys: bool,
    /// What the file's statements before it have done.
    pub earlier: &'run Earlier,
    /// Who runs the file.
    pub runner: &'run Runner,
    /// The versions that read the database.
    pub versions: VersionRange,
    /// The version that executes the file.
    pub engine: Version,
    /// Where the file runs, if not in SQLite itself alone.
    pub targets: &'run [Target],
    /// How many rows the tables had before the first file, as far as that is known.
    pub rows: &'run Rows,
    /// What the statement calls, once a rule has asked.
    pub(crate) called: OnceCell<Called>,
}

/// Everything that a rule may know of a file.
#[derive(Clone, Copy, Debug)]
pub struct FileContext<'run> {
    /// The file.
    pub file: &'run SourceFile,
    /// The schema before it.
    pub start: &'run Schema,
    /// The schema after it.
    pub end: &'run Schema,
    /// Whether a transaction is still open behind it, and whose.
    pub transaction: InTransaction,
    /// What its statements have done.
    pub earlier: &'run Earlier,
    /// The tables that it rebuilds.
    pub rebuilds: &'run [Rebuild],
    /// Who runs it.
    pub runner: &'run Runner,
    /// The versions that read the database.
    pub versions: VersionRange,
    /// The version that executes the file.
    pub engine: Version,
    /// Where the file runs, if not in SQLite itself alone.
    pub targets: &'run [Target],
    /// What the project calls things.
    pub naming: &'run Naming,
    /// Whether the application's queries are known and asked, so that nobody has to guess at them.
    pub asks_queries: bool,
    /// How the files differ from those that were released, where that is known.
    pub since: Option<&'run Since>,
    /// What their order says.
    pub(crate) sequence: &'run Sequence,
    /// How many rows the tables had before the first file, as far as that is known.
    pub rows: &'run Rows,
    /// The keys by which the files before it upsert.
    pub upserts: &'run Upserts,
}

impl Context<'_> {
    /// About how many rows the table has that was there before the file; none where nobody has looked, or
    /// the file puts some in.
    pub fn rows_of(&self, table: &str) -> Option<u64> {
        let is_changed = self.earlier.created(table) || self.earlier.filled(table);
        self.rows.of(table).filter(|_| !is_changed)
    }

    /// The functions that the statement calls.
    pub fn calls(&self) -> &[Call] {
        &self.called().functions
    }

    /// The collations that the statement's expressions name, and what keeps each.
    pub fn collations(&self) -> &[(Word, Role)] {
        &self.called().collations
    }

    fn called(&self) -> &Called {
        self.called.get_or_init(|| called(&self.file.text, self.statement))
    }

    /// Whether the file may run a second time.
    pub fn runs_again(&self) -> bool {
        self.runner.runs == Runs::Again
    }

    /// Whether the table comes into being in this very file, and so has no rows of anyone's.
    pub fn is_new(&self, table: &str) -> bool {
        self.earlier.created(table) && self.file_start.get(table).is_none()
    }

    /// Whether the file makes the table or deletes all its rows, and puts none into it after that. Rows
    /// that a trigger writes are not seen.
    pub fn is_empty(&self, table: &str) -> bool {
        (self.earlier.created(table) || self.earlier.emptied(table)) && !self.earlier.filled(table)
    }
}

impl<'run> FileContext<'run> {
    /// The migration that has the same number and comes first.
    pub fn twin(&self) -> Option<&'run str> {
        self.sequence.twin(&self.file.path)
    }

    /// A migration that was released and comes behind this one, which is new.
    pub fn overtaken(&self) -> Option<&'run str> {
        self.sequence.overtaken(&self.file.path)
    }

    /// The number that no migration has and that would come before this one, where numbers are consecutive.
    pub fn gap(&self) -> Option<u64> {
        self.sequence.gap(&self.file.path)
    }

    /// The place for what is said of the file as a whole: its first statement, or its beginning.
    pub fn head(&self) -> Span {
        let first = Source::of(self.file).statements().next();
        first.map_or(Span::new(0, 0), |first| Span::new(first.span.start, first.span.start + 1))
    }

    /// The tables that the file makes or changes, as they are behind it, and where it does.
    pub fn changed_tables(&self) -> impl Iterator<Item = (&'run Rc<Object>, Place)> {
        let (end, places) = (self.end, self.earlier.places());
        places.filter_map(|(name, place)| {
            let object = end.get(name)?;
            (object.kind == ObjectKind::Table && object.certain).then_some((object, place))
        })
    }

    /// The tables that the file makes and leaves there, but for temporary ones and those that tools keep
    /// for themselves.
    pub fn made_tables(&self) -> impl Iterator<Item = MadeTable<'run>> {
        let cx = *self;
        self.earlier.declared().filter_map(move |(name, declared)| {
            let (object, place) = declared.made.as_ref()?;
            let now = cx.lasting(name)?;
            let create = object.as_table()?;
            Some(MadeTable {
                name: &now.name,
                now,
                made: object,
                create,
                sql: &object.sql,
                was: cx.was(now, *place),
                place: *place,
            })
        })
    }

    /// The columns that the file declares and leaves there, with the tables that it makes or behind
    /// `ADD COLUMN`.
    pub fn declared_columns(&self) -> impl Iterator<Item = DeclaredColumn<'run>> {
        let (cx, text) = (*self, self.file.text.as_str());
        let made = self.made_tables().flat_map(|table| {
            let as_made = core::ptr::eq(table.made, Rc::as_ptr(table.now));
            table.create.definition.columns.iter().map(move |column| {
                let was = table.was.and_then(|was| Some((was.column(&column.name.text)?, was.sql.as_str())));
                let (sql, shift) = (table.sql, table.shift());
                (as_made, DeclaredColumn { table: table.now, column, sql, was, is_added: false, shift })
            })
        });
        let added = self.earlier.declared().filter_map(move |(name, declared)| {
            let table = cx.lasting(name)?;
            Some(declared.added.iter().map(move |column| DeclaredColumn {
                table,
                column,
                sql: text,
                was: None,
                is_added: true,
                shift: 0,
            }))
        });
        // Mostly the table is still as it was made.
        let is_there = |declared: &DeclaredColumn| declared.table.column(&declared.column.name.text).is_some();
        made.filter(move |(as_made, declared)| *as_made || is_there(declared))
            .map(|(_, declared)| declared)
            .chain(added.flatten().filter(is_there))
    }

    /// The checks that the file declares: with the tables that it makes, of the columns that it adds, and
    /// by `ADD CONSTRAINT`.
    pub fn declared_checks(&self) -> impl Iterator<Item = DeclaredCheck<'run>> {
        let (cx, text) = (*self, self.file.text.as_str());
        let made = self.made_tables().flat_map(|made| {
            let old: Vec<String> = made.was.map(expressions_of_checks).unwrap_or_default();
            checks(made.create).map(move |(name, span, expression)| {
                let is_old = old.contains(&folded(expression.of(made.sql)));
                DeclaredCheck { table: made.name, name, span, expression, sql: made.sql, is_old, shift: made.shift() }
            })
        });
        let added = self.earlier.declared().filter_map(move |(name, declared)| {
            let table = &cx.lasting(name)?.name;
            let of_columns = declared.added.iter().flat_map(column_checks);
            let of_table = declared.constraints.iter().filter_map(|constraint| match constraint.kind {
                TableConstraintKind::Check(expression) => Some((constraint.name.as_ref(), constraint.span, expression)),
                _ => None,
            });
            let all = of_columns.chain(of_table);
            Some(all.map(move |(name, span, expression)| DeclaredCheck {
                table,
                name,
                span,
                expression,
                sql: text,
                is_old: false,
                shift: 0,
            }))
        });
        made.chain(added.flatten())
    }

    fn lasting(&self, name: &str) -> Option<&'run Rc<Object>> {
        let object = self.end.get(name)?;
        let counts = object.kind == ObjectKind::Table && object.certain && !object.temporary;
        (counts && !name::is_bookkeeping(&object.name)).then_some(object)
    }

    /// The table whose place the made one takes, if it takes any.
    fn was(&self, now: &Object, place: Span) -> Option<&'run Object> {
        let rebuild = self.rebuilds.iter().find(|rebuild| rebuild.created == place);
        let before = rebuild.map(|rebuild| &*rebuild.before).or_else(|| self.start.get(&now.name).map(|was| &**was));
        before.filter(|was| was.kind == ObjectKind::Table)
    }
}

/// A table that a file makes.
#[derive(Clone, Copy, Debug)]
pub struct MadeTable<'run> {
    /// What it is called behind the file.
    pub name: &'run str,
    /// The table behind the file.
    pub now: &'run Rc<Object>,
    /// The table as it is made.
    pub made: &'run Object,
    /// Its definition.
    pub create: &'run CreateTable,
    /// The text that this was read from.
    pub sql: &'run str,
    /// The table whose place it takes.
    pub was: Option<&'run Object>,
    /// Where its name stands in the file.
    pub place: Span,
}

impl MadeTable<'_> {
    /// How far the stored text stands before the file's.
    fn shift(&self) -> i64 {
        i64::from(self.place.start) - i64::from(self.create.name.name.span.start)
    }

    /// The place in the file.
    pub fn at(&self, span: Span) -> Span {
        shifted(span, self.shift())
    }
}

/// A column that a file declares.
#[derive(Clone, Copy, Debug)]
pub struct DeclaredColumn<'run> {
    /// The table behind the file.
    pub table: &'run Rc<Object>,
    /// The column as it is declared.
    pub column: &'run ColumnDefinition,
    /// The text that this was read from.
    pub sql: &'run str,
    /// The column whose place it takes, with the text that it was read from.
    pub was: Option<(&'run ColumnDefinition, &'run str)>,
    is_added: bool,
    shift: i64,
}

impl DeclaredColumn<'_> {
    /// The place in the file.
    pub fn at(&self, span: Span) -> Span {
        shifted(span, self.shift)
    }

    /// The words of its type.
    pub fn type_text(&self) -> &str {
        self.column.type_text(self.sql)
    }

    /// Whether `ADD COLUMN` declares it.
    pub fn is_added(&self) -> bool {
        self.is_added
    }

    /// Whether the column was of that type already.
    pub fn had_type(&self) -> bool {
        self.was.is_some_and(|(was, sql)| folded(was.type_text(sql)) == folded(self.type_text()))
    }
}

/// A check that a file declares.
#[derive(Clone, Copy, Debug)]
pub struct DeclaredCheck<'run> {
    /// What its table is called behind the file.
    pub table: &'run str,
    /// The name behind `CONSTRAINT`, if any.
    pub name: Option<&'run Name>,
    /// The whole constraint in `sql`.
    pub span: Span,
    /// Its expression there, parentheses included.
    pub expression: Span,
    /// The text that it was read from.
    pub sql: &'run str,
    /// Whether the table whose place this one takes has the same check.
    pub is_old: bool,
    shift: i64,
}

impl DeclaredCheck<'_> {
    /// The place in the file.
    pub fn at(&self, span: Span) -> Span {
        shifted(span, self.shift)
    }
}

/// How bad it is that each row is read or written: a note where they are few, a warning where they are many,
/// and `unknown` where nobody has counted.
pub fn weight(rows: Option<u64>, unknown: Level) -> Level {
    rows.map_or(unknown, |rows| if rows < LARGE { Level::Note } else { Level::Warning })
}

/// The expressions of all checks of the table, in one form for each.
fn expressions_of_checks(table: &Object) -> Vec<String> {
    let all = table.as_table().into_iter().flat_map(checks);
    all.map(|(_, _, expression)| folded(expression.of(&table.sql))).collect()
}

fn shifted(span: Span, by: i64) -> Span {
    let moved = |at: u32| u32::try_from(i64::from(at) + by).unwrap_or(at);
    Span::new(moved(span.start), moved(span.end))
}

/// A rule with its page, which only the feature `pages` carries.
#[derive(Debug)]
pub struct Entry {
    /// The rule.
    pub rule: &'static Rule,
    /// Its page, in Markdown.
    #[cfg(feature = "pages")]
    pub page: &'static str,
}

#[cfg(feature = "pages")]
impl Entry {
    /// The first line of the page.
    pub fn title(&self) -> &'static str {
        self.page.lines().next().unwrap_or_default().trim_start_matches("# ")
    }
}
