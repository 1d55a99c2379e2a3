//! What a rule is: data and a function.

use alloc::rc::Rc;
use core::fmt;

use crate::diagnostics::{Findings, Level};
use crate::directive;
use crate::engine::judge::Happening;
use crate::history::broken::Broken;
use crate::history::rebuild::Rebuild;
use crate::history::{Earlier, InTransaction, Place, Runner, Runs};
use crate::parse::statement::{ObjectKind, Statement};
use crate::schema::change::Change;
use crate::schema::replay::Problem;
use crate::schema::{Object, Schema};
use crate::sqlite::target::Target;
use crate::sqlite::version::{Version, VersionRange};
use crate::text::SourceFile;

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
    /// Each comment that tells remold something and does nothing; the text is the file's.
    Directive(fn(&str, &directive::Fault, &mut Findings)),
    /// Each thing that happened in a real SQLite and that nobody foresaw.
    Replay(fn(&Happening, &mut Findings)),
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
            Self::Directive(_) => "Directive",
            Self::Replay(_) => "Replay",
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
}

/// Everything that a rule may know of a file.
#[derive(Debug)]
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
    /// Who runs it.
    pub runner: &'run Runner,
    /// The versions that read the database.
    pub versions: VersionRange,
    /// The version that executes the file.
    pub engine: Version,
    /// Where the file runs, if not in SQLite itself alone.
    pub targets: &'run [Target],
}

impl Context<'_> {
    /// Whether the file may run a second time.
    pub fn runs_again(&self) -> bool {
        self.runner.runs == Runs::Again
    }

    /// Whether the table comes into being in this very file, and so has no rows of anyone's.
    pub fn is_new(&self, table: &str) -> bool {
        self.earlier.created(table) && self.file_start.get(table).is_none()
    }

    /// Whether the table is new and no statement of the file has put rows into it. Rows that a
    /// trigger writes are not seen.
    pub fn is_empty(&self, table: &str) -> bool {
        self.is_new(table) && !self.earlier.filled(table)
    }
}

impl<'run> FileContext<'run> {
    /// The tables that the file makes or changes, as they are behind it, and where it does.
    pub fn changed_tables(&self) -> impl Iterator<Item = (&'run Rc<Object>, Place)> {
        let (end, places) = (self.end, self.earlier.places());
        places.filter_map(|(name, place)| {
            let object = end.get(name)?;
            (object.kind == ObjectKind::Table && object.certain).then_some((object, place))
        })
    }
}

/// A rule with its page.
#[derive(Debug)]
pub struct Entry {
    /// The rule.
    pub rule: &'static Rule,
    /// Its page, in Markdown.
    pub page: &'static str,
}

impl Entry {
    /// The first line of the page.
    pub fn title(&self) -> &'static str {
        self.page.lines().next().unwrap_or_default().trim_start_matches("# ")
    }
}
