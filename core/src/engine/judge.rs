//! What happened beside what was foreseen: what rules report, and what the report says of the replay.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::record::{Entry, Recording, Writes};
use super::watch::{Watch, Watched};
use super::{Answer, BrokenQuery, Observation, OnEmpty, QueryFault, Stored};
use crate::parse::statement::ObjectKind;
use crate::parse::token::{self, TokenKind};
use crate::queries::Query;
use crate::schema::rows::Rows;
use crate::schema::{Object, Schema, refer};
use crate::sqlite::name;
use crate::sqlite::version::Version;
use crate::text::Span;

/// The longest statements that put rows in which a finding shows.
const ROWS: usize = 400;

/// What a replay did, and what it says beside the findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The SQLite that answered.
    pub engine: Version,
    /// Whether foreign keys were enforced when the first file began: `on` or `off`.
    pub foreign_keys: &'static str,
    /// How many files were replayed, at least in part.
    pub files: u32,
    /// How many statements were run.
    pub statements: u32,
    /// What was not replayed, not seeded, or had a stand-in, and why.
    pub remarks: Vec<Remark>,
    /// Where the model and SQLite do not agree: our own faults.
    pub disagreements: Vec<Disagreement>,
}

impl Replay {
    pub(super) const fn new(engine: Version, foreign_keys: &'static str) -> Self {
        Self { engine, foreign_keys, files: 0, statements: 0, remarks: Vec::new(), disagreements: Vec::new() }
    }
}

/// Something to know of the replay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What it is about.
    pub kind: RemarkKind,
    /// The file, below the project's root.
    pub path: String,
    /// The statement; none where it holds for the whole file.
    pub span: Option<Span>,
    /// The reason: one clause.
    pub message: String,
}

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// A file or a statement was not replayed.
    NotReplayed,
    /// An object before the file could not be made.
    NotMade,
    /// A table has no row.
    NotSeeded,
    /// What the engine lacks had a stand-in.
    StandIn,
}

impl RemarkKind {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotReplayed => "not-replayed",
            Self::NotMade => "not-made",
            Self::NotSeeded => "not-seeded",
            Self::StandIn => "stand-in",
        }
    }
}

/// The model says one thing and SQLite another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The file, below the project's root.
    pub path: String,
    /// The statement.
    pub span: Span,
    /// What it is about: an object, or `error`.
    pub about: String,
    /// What the model says; nothing where it has no such thing.
    pub model: Option<String>,
    /// What SQLite says.
    pub sqlite: Option<String>,
}

/// Something that happened and that nobody foresaw: what rules for a replay look at.
#[derive(Clone, Debug)]
pub struct Happening<'run> {
    /// The statement.
    pub span: Span,
    /// Where a finding points: the name that the statement is about.
    pub at: Span,
    /// The statement's first words: `ALTER TABLE`.
    pub kind: &'run str,
    /// The name of what it is about.
    pub object: Option<&'run str>,
    /// Whether the statement could be read.
    pub was_read: bool,
    /// The schema before it.
    pub before: &'run Schema,
    /// The SQLite in which it happened.
    pub engine: Version,
    /// The rows that were there, as statements that put them in: as few as show it.
    pub rows: Vec<&'run str>,
    /// How many rows the tables had before the first file, as far as that is known.
    pub counts: &'run Rows,
    /// What happened.
    pub effect: Effect,
}

impl Happening<'_> {
    /// The statement in words, as code: `` `ALTER TABLE users` ``.
    pub fn what(&self) -> String {
        let words = match self.kind {
            "INSERT" => "INSERT INTO",
            "REPLACE" => "REPLACE INTO",
            "DELETE" => "DELETE FROM",
            other => other,
        };
        match self.object.filter(|object| !object.contains('`')) {
            Some(object) => format!("`{words} {}`", name::plain(object)),
            None if words.is_empty() => "the statement".to_owned(),
            None => format!("`{words}`"),
        }
    }

    /// The rows that show it, as code; nothing where there are none, or more than one can read.
    pub fn shown_rows(&self) -> Option<String> {
        let rows = self.rows.join("; ");
        let readable = !rows.is_empty() && rows.len() <= ROWS && !rows.contains(['`', '\n']);
        readable.then(|| format!("`{rows}`"))
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// SQLite refused a statement.
    Fails {
        /// What it said.
        error: String,
        /// Whether rows are what it fails on.
        on: FailsOn,
    },
    /// Foreign keys deleted rows of other tables, or set their keys to NULL.
    Loses(Vec<Loss>),
    /// A view or a trigger that worked works no longer.
    Breaks {
        /// `view`, `trigger` or `table`.
        kind: String,
        /// Its name.
        name: String,
        /// For a trigger, the statement that does not compile: `INSERT ON orders`.
        on: Option<String>,
        /// What SQLite says.
        error: String,
    },
    /// Rows violate a foreign key that they kept before.
    Violates {
        /// The child table.
        table: String,
        /// The parent table.
        parent: String,
        /// What is wrong with the key.
        fault: KeyFault,
    },
    /// A query of the application that worked works no longer.
    BreaksQuery {
        /// The query.
        query: Query,
        /// What SQLite says.
        error: String,
        /// How it fails.
        fault: QueryFault,
    },
    /// The counter of an `AUTOINCREMENT` table went back.
    Resets {
        /// The table.
        table: String,
        /// Where it was.
        before: i64,
        /// Where it is.
        after: Option<i64>,
    },
}

/// What is wrong with a foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// Rows have lost the parents that they had.
    Orphans,
    /// It is new, and rows that are there were never held to it.
    New,
    /// It fits no parent key; with SQLite's words.
    Mismatch(String),
}

/// On which databases a statement fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailsOn {
    /// On every one.
    Any,
    /// On those with rows.
    Rows,
    /// On those with rows, when the transaction commits.
    RowsAtCommit,
}

/// The rows of a table that foreign keys deleted or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The table.
    pub table: String,
    /// How many of its rows are gone.
    pub gone: i64,
    /// Columns that were set to NULL.
    pub nulled: Vec<String>,
}

/// Whether a statement failed for what a replay lacks or forbids.
pub fn is_ours(error: &str) -> bool {
    error.contains("no such module: ")
        || error == "not authorized"
        || error == "interrupted"
        || error == "string or blob too big"
        || error.starts_with("too many attached databases")
        || error.starts_with("unknown database ")
}

/// Whether SQLite says the same in both, but for how names are quoted: it shows some as the statement
/// spells them, and adds advice where one is in double quotes.
pub fn is_same(one: &str, other: &str) -> bool {
    let plain = |error: &str| {
        let said = error.split(" - should this be a string literal").next().unwrap_or_default();
        said.replace(['"', '`', '[', ']'], "")
    };
    one == other || plain(one) == plain(other)
}

/// Whether a statement failed since one before it did not make what it would have made, had nothing
/// been lacking.
pub fn is_consequence(error: &str) -> bool {
    error.starts_with("no such table: ")
}

/// Compares the answer with what was foreseen. Returns what happened, and adds to the replay's remarks and
/// to what came of the queries.
pub(super) fn judge<'run>(
    recording: &'run Recording,
    answer: &'run Answer,
    counts: &'run Rows,
    replay: &mut Replay,
    watch: &mut Watch,
) -> Vec<Happening<'run>> {
    // A model of another version may well differ from this one.
    let agree = recording.start.engine() == replay.engine;
    let mut judge = Judge { recording, answer, counts, replay, agree, lacks: false, happened: Vec::new() };
    judge.remark();
    for seen in &answer.observations {
        if let Some(entry) = recording.entries.get(seen.statement as usize) {
            judge.statement(entry, seen);
        }
    }
    judge.end();
    judge.queries(watch);
    judge.happened
}

struct Judge<'run, 'replay> {
    recording: &'run Recording,
    answer: &'run Answer,
    counts: &'run Rows,
    replay: &'replay mut Replay,
    /// Whether model and engine have had one schema so far.
    agree: bool,
    /// Whether a statement failed for what a replay lacks.
    lacks: bool,
    happened: Vec<Happening<'run>>,
}

impl<'run> Judge<'run, '_> {
    /// Says what was not replayed, not made, not seeded, or had a stand-in.
    fn remark(&mut self) {
        let (recording, answer) = (self.recording, self.answer);
        self.replay.files += 1;
        self.replay.statements += u32::try_from(answer.observations.len()).unwrap_or(u32::MAX);
        for entry in &recording.entries {
            if let Some(reason) = &entry.passed_over {
                self.say(RemarkKind::NotReplayed, Some(entry.span), reason.clone());
            }
        }
        for trouble in &answer.unmade {
            self.say(RemarkKind::NotMade, None, format!("`{}`: {}", trouble.name, trouble.error));
        }
        for trouble in &answer.unseeded {
            let made = !answer.unmade.iter().any(|unmade| name::same(&unmade.name, &trouble.name));
            if made {
                self.say(RemarkKind::NotSeeded, None, format!("`{}`: {}", trouble.name, trouble.error));
            }
        }
        for stub in &answer.stubs {
            self.say(RemarkKind::StandIn, None, format!("SQLite {} has no {stub}", self.replay.engine));
        }
        if let Some(stopped) = &answer.stopped {
            let last = answer.observations.last().and_then(|seen| recording.entries.get(seen.statement as usize + 1));
            self.say(RemarkKind::NotReplayed, last.map(|entry| entry.span), format!("the rest, since {stopped}"));
        }
    }

    fn say(&mut self, kind: RemarkKind, span: Option<Span>, message: String) {
        self.replay.remarks.push(Remark { kind, path: self.recording.path.clone(), span, message });
    }

    fn disagree(&mut self, entry: &Entry, about: &str, model: Option<&str>, sqlite: Option<&str>) {
        // What follows from the first follows from it alone.
        if core::mem::replace(&mut self.agree, false) {
            self.replay.disagreements.push(Disagreement {
                path: self.recording.path.clone(),
                span: entry.span,
                about: about.to_owned(),
                model: model.map(ToOwned::to_owned),
                sqlite: sqlite.map(ToOwned::to_owned),
            });
        }
    }

    fn happen(&mut self, entry: &'run Entry, also: &[&str], effect: Effect) {
        let concerned = |table: &str| {
            entry.names.iter().any(|name| name::same(name, table)) || also.iter().any(|also| name::same(also, table))
        };
        let mut rows: Vec<&str> =
            self.answer.rows.iter().filter(|row| concerned(&row.table)).map(|row| &*row.sql).collect();
        if rows.is_empty() {
            // The statement names a table that the file has made of another.
            rows = self.answer.rows.iter().map(|row| &*row.sql).take(1).collect();
        }
        self.happened.push(Happening {
            span: entry.span,
            at: entry.at,
            kind: &entry.kind,
            object: entry.object.as_deref(),
            was_read: entry.was_read,
            before: &entry.before,
            engine: self.replay.engine,
            rows,
            counts: self.counts,
            effect,
        });
    }

    fn statement(&mut self, entry: &'run Entry, seen: &'run Observation) {
        match (&entry.refusal, &seen.error) {
            (Some(foreseen), None) => self.disagree(entry, "error", Some(foreseen), None),
            (Some(foreseen), Some(error)) if !is_same(foreseen, error) => {
                self.disagree(entry, "error", Some(foreseen), Some(error));
            }
            _ => {}
        }
        if let Some(error) = &seen.error {
            // What the model foresees, not every rule says.
            self.failure(entry, seen, error);
        }
        let losses: Vec<Loss> = seen.measured.iter().filter_map(|measured| loss(entry, measured)).collect();
        if !losses.is_empty() {
            let tables: Vec<&str> = losses.iter().map(|loss| &*loss.table).collect();
            self.happen(entry, &tables, Effect::Loses(losses.clone()));
        }
        if let Some(stored) = &seen.stored
            && (seen.error.is_none() || entry.refusal.is_some())
        {
            self.schema(entry, seen, stored);
        }
    }

    fn failure(&mut self, entry: &'run Entry, seen: &Observation, error: &str) {
        let lacks = is_ours(error) || self.needs_unmade(entry, error);
        self.lacks |= lacks;
        if lacks || (self.lacks && is_consequence(error)) {
            let reason = format!("SQLite {} says here: {error}", self.replay.engine);
            self.say(RemarkKind::NotReplayed, Some(entry.span), reason);
            return;
        }
        if is_outside(entry, error) {
            self.say(RemarkKind::NotReplayed, Some(entry.span), format!("not all that it needs is known: {error}"));
            return;
        }
        let on = if seen.on_empty == OnEmpty::Runs { FailsOn::Rows } else { FailsOn::Any };
        if let Some(reason) = made_up(entry, error, on) {
            self.say(RemarkKind::NotReplayed, Some(entry.span), format!("{reason}: {error}"));
            return;
        }
        if claims(&entry.kind, entry.writes, error, on) {
            // Which child it is, SQLite does not say.
            let orphaned = error.starts_with("FOREIGN KEY constraint failed");
            let all: Vec<&str> = self.answer.rows.iter().filter(|_| orphaned).map(|row| &*row.table).collect();
            self.happen(entry, &all, Effect::Fails { error: error.to_owned(), on });
        }
    }

    /// Whether the error is about something that could not be made before the file.
    fn needs_unmade(&self, entry: &Entry, error: &str) -> bool {
        self.answer
            .unmade
            .iter()
            .any(|unmade| entry.names.iter().any(|name| name::same(name, &unmade.name)) || says(error, &unmade.name))
    }

    /// Compares what SQLite stores with what the model has.
    fn schema(&mut self, entry: &Entry, seen: &Observation, stored: &[Stored]) {
        if !self.agree {
            return;
        }
        for row in stored {
            let known = find(&entry.after, &row.kind, &row.name);
            match known {
                Some(known) if !known.certain || known.as_table().is_some_and(|table| table.query.is_some()) => {}
                Some(known) if Some(&*known.sql) == row.sql.as_deref() => {}
                Some(known) => {
                    let about = format!("{} {}", row.kind, row.name);
                    self.disagree(entry, &about, Some(&known.sql), row.sql.as_deref());
                }
                None => self.disagree(entry, &format!("{} {}", row.kind, row.name), None, row.sql.as_deref()),
            }
        }
        for gone in &seen.gone {
            let (kind, name) = gone.split_once(' ').unwrap_or_default();
            if let Some(known) = find(&entry.after, kind, name) {
                self.disagree(entry, gone, Some(&known.sql), None);
            }
        }
        if seen.error.is_none() {
            for (kind, name) in &entry.makes {
                let Some(known) = find(&entry.after, kind.as_str(), name) else { continue };
                let as_before = find(&entry.before, kind.as_str(), name).is_some_and(|old| old.sql == known.sql);
                if !as_before && !known.temporary && !stored.iter().any(|row| name::same(&row.name, name)) {
                    self.disagree(entry, &format!("{} {name}", kind.as_str()), Some(&known.sql), None);
                }
            }
        }
    }

    /// What is so behind the file.
    fn end(&mut self) {
        let (recording, answer) = (self.recording, self.answer);
        if let Some(seen) = &answer.commit
            && let Some(entry) = recording.entries.get(seen.statement as usize)
            && let Some(error) = &seen.error
            && seen.on_empty == OnEmpty::Runs
        {
            self.happen(entry, &[], Effect::Fails { error: error.clone(), on: FailsOn::RowsAtCommit });
        }
        for broken in &answer.broken {
            let lacking = self.lacks_for(&broken.error);
            if let Some(entry) = recording.entries.get(broken.since as usize).filter(|_| !lacking) {
                let effect = Effect::Breaks {
                    kind: broken.kind.clone(),
                    name: broken.name.clone(),
                    on: broken.on.clone(),
                    error: broken.error.clone(),
                };
                self.happen(entry, &[], effect);
            }
        }
        for violation in &answer.violations {
            let Some(entry) = recording.entries.get(violation.since as usize) else { continue };
            let (table, parent) = (violation.table.clone(), violation.parent.clone());
            let fault = match &violation.error {
                Some(error) => KeyFault::Mismatch(error.clone()),
                None if had_key(&recording.start, &table, &parent) => KeyFault::Orphans,
                None => KeyFault::New,
            };
            self.happen(entry, &[&violation.table, &violation.parent], Effect::Violates { table, parent, fault });
        }
        for sequence in &answer.sequences {
            // Whoever drops a table for good means to.
            let stays = recording.entries.last().and_then(|last| last.after.get(&sequence.table));
            let Some(table) = stays.filter(|table| table.kind == ObjectKind::Table) else { continue };
            let makes = |entry: &&Entry| entry.makes.iter().any(|(_, name)| name::same(name, &table.name));
            let cause = recording.entries.iter().rev().find(makes);
            let cause = cause.or_else(|| recording.entries.iter().rev().find(|entry| entry.kind == "DROP TABLE"));
            if let Some(entry) = cause {
                let effect =
                    Effect::Resets { table: table.name.clone(), before: sequence.before, after: sequence.after };
                self.happen(entry, &[], effect);
            }
        }
    }

    /// What came of the application's queries.
    fn queries(&mut self, watch: &mut Watch) {
        let (recording, answer) = (self.recording, self.answer);
        if answer.stopped.is_some() {
            watch.pass_over(&recording.asked, &format!("`{}` is not replayed to its end", recording.path));
        }
        let mut refused = BTreeSet::new();
        for unprepared in &answer.unprepared {
            watch.note(unprepared.query, Watched::No(unprepared.error.clone()));
            refused.insert(unprepared.query);
        }
        if answer.stopped.is_some() {
            return;
        }
        answer.new_queries.iter().for_each(|query| watch.note(*query, Watched::New));
        for broken in &answer.broken_queries {
            let entry = recording.entries.get(broken.since as usize);
            if self.lacks_for(&broken.error) {
                let reason = format!("behind `{}`, where not all is known: {}", recording.path, broken.error);
                watch.note(broken.query, Watched::No(reason));
                refused.insert(broken.query);
            } else if let (Some(entry), Some(effect)) = (entry, breaks(watch, broken)) {
                self.happen(entry, &[], effect);
            }
        }
        recording.asked.difference(&refused).for_each(|query| watch.note(*query, Watched::Yes));
    }

    /// Whether the error is about what the replay lacks, and so tells nothing of production.
    fn lacks_for(&self, error: &str) -> bool {
        // What the model has behind the file, and the engine has not, could not be made there.
        let last = self.recording.entries.last();
        let missing =
            error.split_once("no such table: ").map(|(_, table)| table.strip_prefix("main.").unwrap_or(table));
        let is_foreseen =
            missing.zip(last).is_some_and(|(table, last)| last.after.get(table).is_some_and(|table| !table.temporary));
        is_ours(error)
            || is_foreseen
            || self.answer.unmade.iter().any(|unmade| says(error, &unmade.name))
            || !self.is_whole(error)
    }

    /// Whether the schema is known in whole, or the error is about what is known.
    fn is_whole(&self, error: &str) -> bool {
        self.recording.entries.last().is_none_or(|entry| !is_outside(entry, error))
    }
}

/// A query that works no longer; nothing where the value that it lacks is one that it gives.
fn breaks(watch: &Watch, broken: &BrokenQuery) -> Option<Effect> {
    let query = watch.queries.get(broken.query as usize)?.clone();
    let (error, fault) = (broken.error.clone(), broken.fault);
    if fault == QueryFault::LacksValue {
        watch.lacks(broken.query, &error)?;
    }
    Some(Effect::BreaksQuery { query, error, fault })
}

/// Whether the table, or one that may since have got its name, had a foreign key to the parent.
fn had_key(start: &Schema, table: &str, parent: &str) -> bool {
    let points = |table: &Object| {
        table.as_table().is_some_and(|table| refer::foreign_keys(table).any(|(_, key)| key.table.is(parent)))
    };
    match start.get(table) {
        Some(table) => points(table),
        None => start.get(parent).is_none() || start.mentioning(parent).into_iter().any(|object| points(object)),
    }
}

fn find<'schema>(schema: &'schema Schema, kind: &str, name: &str) -> Option<&'schema Object> {
    let found = if kind == "trigger" { schema.trigger(name) } else { schema.get(name) };
    found.map(|object| &**object).filter(|object| !object.temporary && object.kind.as_str() == kind)
}

/// Whether the text has the name as a word.
fn says(text: &str, name: &str) -> bool {
    let mut words = text.split(|at: char| !(at.is_alphanumeric() || at == '_'));
    words.any(|word| name::same(word, name))
}

/// Whether the error is about a table that the files do not make, where more may be there than they
/// make.
fn is_outside(entry: &Entry, error: &str) -> bool {
    use crate::schema::Knowledge;
    let Some((_, missing)) = error.split_once("no such table: ") else { return false };
    let missing = missing.strip_prefix("main.").unwrap_or(missing);
    let attached = missing.contains('.');
    attached
        || name::is_bookkeeping(missing)
        || name::is_ledger(missing)
        || (entry.after.knowledge() == Knowledge::Partial && entry.after.get(missing).is_none())
}

/// Why values of the replay's own are to blame for the failure, where they are.
fn made_up(entry: &Entry, error: &str, on: FailsOn) -> Option<&'static str> {
    if error == "malformed JSON" && on == FailsOn::Rows {
        return Some("the rows that are made up hold no JSON");
    }
    let has_parameter = || token::each(&entry.sql).any(|token| token.kind == TokenKind::Parameter);
    (is_unfit(error) && has_parameter()).then_some("nothing gives its parameters values, and they are NULL")
}

/// Whether SQLite refused a value.
fn is_unfit(error: &str) -> bool {
    let unfit = ["NOT NULL constraint failed", "CHECK constraint failed", "cannot store ", "datatype mismatch"];
    unfit.iter().any(|start| error.starts_with(start))
}

/// Whether a failure tells of production, whose rows are others than ours.
fn claims(kind: &str, writes: Writes, error: &str, on: FailsOn) -> bool {
    let taken = error.starts_with("UNIQUE constraint failed");
    let orphaned = error.starts_with("FOREIGN KEY constraint failed");
    let unfit = is_unfit(error);
    match (writes, on) {
        (Writes::Nothing, _) => true,
        (Writes::Copies | Writes::All, FailsOn::Any) => !taken,
        // A row that is deleted has children here; a key that is set may have a parent elsewhere.
        (Writes::All, _) => unfit || (orphaned && kind == "DELETE"),
        (Writes::Own, _) | (Writes::Some, FailsOn::Any) => !taken && !orphaned,
        (Writes::Copies | Writes::Some, _) => unfit,
        (Writes::Found, on) => on == FailsOn::Any && !taken && !orphaned && !unfit,
    }
}

fn loss(entry: &Entry, measured: &super::Measured) -> Option<Loss> {
    let measure = entry.measures.get(measured.measure as usize)?;
    let (rows_before, before) = measured.before.split_first()?;
    let (rows_after, after) = measured.after.split_first()?;
    let gone = rows_before - rows_after;
    // A row that is gone has no key that could be NULL.
    let nulled = measure.columns.iter().zip(before.iter().zip(after));
    let nulled = nulled.filter(|(_, (before, after))| gone == 0 && after < before).map(|(column, _)| column.clone());
    let loss = Loss { table: measure.table.clone(), gone: gone.max(0), nulled: nulled.collect() };
    (loss.gone > 0 || !loss.nulled.is_empty()).then_some(loss)
}
