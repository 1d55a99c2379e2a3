//! The loop over a plan's steps. It decides nothing: whatever is done stands in the plan.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use remold_core::plan::{Expectation, Plan, Step, StepKind};
use remold_core::render::json::plan_hash;
use remold_core::snapshot::Snapshot;
use rusqlite::{Connection, ErrorCode};

use crate::database::open::Database;
use crate::database::verify::{Unmet, Violations};
use crate::database::{backup, execute, failure, interrupt, ledger, lock, says, snapshot, verify};
use crate::failure::{Exit, Failure};

/// How to go about it.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// How long to wait for locks.
    pub(crate) wait: Duration,
    /// The folder for the backup, where it is not the database's own.
    pub(crate) backup_dir: Option<PathBuf>,
}

/// What was done.
#[derive(Debug)]
pub(crate) struct Done {
    /// Where the backup is.
    pub(crate) backup: Option<PathBuf>,
    /// How long each step took, in the order of the plan.
    pub(crate) took: Vec<Duration>,
}

/// Why it was not done.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The database is not the one that the plan was made for; nothing was done.
    Changed,
    /// It failed; the words say in which state the database is.
    Failed(Failure),
}

/// Why a step failed.
#[derive(Debug)]
enum Problem {
    Changed,
    Unmet(String),
    Sqlite(rusqlite::Error),
    Other(Failure),
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self::Other(failure)
    }
}

impl From<Unmet> for Problem {
    fn from(unmet: Unmet) -> Self {
        match unmet {
            Unmet::Found(found) => Self::Unmet(found),
            Unmet::Sqlite(error) => Self::Sqlite(error),
        }
    }
}

/// Carries out the plan, all or nothing. `seen` is the database that it was made for; `tell` hears
/// of each step that is done.
pub(crate) fn carry_out(
    plan: &Plan,
    seen: &Snapshot,
    database: &Database,
    settings: &Settings,
    tell: &mut dyn FnMut(&Step, Duration),
) -> Result<Done, Stop> {
    let connection = database.writer(settings.wait).map_err(Stop::Failed)?;
    let mut run = Run {
        plan,
        hash: plan_hash(plan),
        seen,
        database,
        settings,
        connection,
        violations: Violations::new(),
        backup: None,
        begun: Instant::now(),
        reached: Reached::Nothing,
    };
    let mut took = Vec::with_capacity(plan.steps.len());
    for step in &plan.steps {
        let started = Instant::now();
        match run.step(step) {
            Ok(()) => tell(step, started.elapsed()),
            Err(problem) => return Err(run.give_up(step, problem)),
        }
        took.push(started.elapsed());
    }
    Ok(Done { backup: run.backup, took })
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reached {
    Nothing,
    Transaction,
    Commit,
    Committed,
}

/// A plan that is being carried out.
struct Run<'run> {
    plan: &'run Plan,
    hash: String,
    seen: &'run Snapshot,
    database: &'run Database,
    settings: &'run Settings,
    connection: Connection,
    violations: Violations,
    backup: Option<PathBuf>,
    begun: Instant,
    reached: Reached,
}

impl Run<'_> {
    fn step(&mut self, step: &Step) -> Result<(), Problem> {
        let sql = step.sql.as_deref().unwrap_or_default();
        match step.kind {
            StepKind::Skip => {}
            StepKind::Pragma => {
                execute::one(&self.connection, sql)?;
                self.expect(step)?;
            }
            StepKind::Begin => self.begin(sql)?,
            StepKind::Check => self.expect(step)?,
            StepKind::Backup => {
                let folder = self.settings.backup_dir.as_deref();
                self.backup = Some(backup::make(self.database, folder, self.settings.wait)?);
            }
            StepKind::Run | StepKind::Rebuild => {
                execute::inside(&mut self.connection, sql)?;
                if self.connection.is_autocommit() {
                    return Err(Problem::Unmet("the statement ended the transaction".to_owned()));
                }
            }
            StepKind::Record => self.record(sql)?,
            StepKind::Commit => self.commit(sql)?,
        }
        Ok(())
    }

    fn begin(&mut self, sql: &str) -> Result<(), Problem> {
        self.begun = Instant::now();
        lock::take(&self.connection, self.database, sql)?;
        self.reached = Reached::Transaction;
        let now = snapshot::of(&self.connection, self.database)?;
        if now.objects != self.seen.objects || now.ledger != self.seen.ledger {
            return Err(Problem::Changed);
        }
        if self.plan.steps.iter().any(|step| step.expect == Some(Expectation::NoNewForeignKeyViolations)) {
            self.violations = verify::violations(&self.connection)?;
        }
        Ok(())
    }

    fn expect(&self, step: &Step) -> Result<(), Problem> {
        let Some(expected) = &step.expect else { return Ok(()) };
        if self.reached == Reached::Committed {
            // Our own connection stays open meanwhile, so that this one is not the last to leave.
            let fresh = self.database.plain_reader(self.settings.wait)?;
            return Ok(verify::holds(&fresh, expected, &self.violations)?);
        }
        Ok(verify::holds(&self.connection, expected, &self.violations)?)
    }

    fn record(&self, sql: &str) -> Result<(), Problem> {
        let backup = self.backup.as_ref().map(|backup| backup.display().to_string());
        let entry = ledger::Entry {
            plan: &self.hash,
            backup: backup.as_deref(),
            now: ledger::now(&self.connection)?,
            duration_ms: i64::try_from(self.begun.elapsed().as_millis()).unwrap_or(i64::MAX),
        };
        Ok(ledger::record(&self.connection, sql, &entry)?)
    }

    fn commit(&mut self, sql: &str) -> Result<(), Problem> {
        if interrupt::requested() {
            return Err(Problem::Unmet("interrupted".to_owned()));
        }
        // From here on it is as quick to finish as to stop, and surer.
        interrupt::unguard(&mut self.connection)?;
        self.reached = Reached::Commit;
        execute::one(&self.connection, sql)?;
        self.reached = Reached::Committed;
        Ok(())
    }

    /// Rolls back, and proves by a new connection in which state the database is.
    fn give_up(mut self, step: &Step, problem: Problem) -> Stop {
        let _ = interrupt::unguard(&mut self.connection);
        let rolled_back = self.connection.is_autocommit() || execute::one(&self.connection, "ROLLBACK").is_ok();
        let cause = match (self.reached, problem) {
            (Reached::Committed, problem) => return Stop::Failed(self.after_commit(step, &problem)),
            (_, Problem::Changed) if rolled_back => return Stop::Changed,
            (Reached::Nothing, Problem::Other(failure)) => return Stop::Failed(failure),
            (_, problem) => problem,
        };
        let Run { plan, hash, seen, database, settings, connection, backup, reached, .. } = self;
        let failed = Failed { step, cause: &cause, backup: backup.as_ref(), database };
        // A connection that is rolled back stays open meanwhile, so that on a full disk the new one
        // need not make a WAL's shared memory again; one that is not would be in the way.
        let kept = rolled_back.then_some(connection);
        let fresh = if kept.is_some() { database.plain_reader(settings.wait) } else { database.writer(settings.wait) };
        let state = fresh.and_then(|fresh| state(&fresh, database, plan, seen));
        drop(kept);
        Stop::Failed(match state {
            Ok(State::Old) => failed.nothing_changed(),
            Ok(State::New) if reached == Reached::Commit => failed.committed_all_the_same(&hash),
            Ok(_) => failed.unknown("its schema is neither the one from before nor the one that the plan leads to"),
            Err(_) if database.has_journal() => failed.unfinished(),
            Err(failure) => failed.unknown(&format!("it cannot be read now: {}", failure.message)),
        })
    }

    fn after_commit(&self, step: &Step, problem: &Problem) -> Failure {
        let failed = Failed { step, cause: problem, backup: self.backup.as_ref(), database: self.database };
        failed.unknown("the plan was committed before that")
    }
}

/// In which state a database is after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Old,
    New,
    Other,
}

fn state(fresh: &Connection, found: &Database, plan: &Plan, seen: &Snapshot) -> Result<State, Failure> {
    let now = snapshot::of(fresh, found)?;
    let print = verify::fingerprint(fresh)
        .map_err(|error| failure(&format!("`{}` cannot be read", found.shown), &found.shown, &error))?;
    Ok(if print == plan.fingerprint_before && now.ledger == seen.ledger {
        State::Old
    } else if now.ledger.len() != seen.ledger.len()
        && plan.fingerprint_after.as_ref().is_none_or(|after| *after == print)
    {
        State::New
    } else {
        State::Other
    })
}

/// A step that failed, for telling of it.
struct Failed<'run> {
    step: &'run Step,
    cause: &'run Problem,
    backup: Option<&'run PathBuf>,
    database: &'run Database,
}

impl Failed<'_> {
    fn what(&self) -> String {
        let step = match (&self.step.sql, self.step.kind) {
            (Some(sql), StepKind::Run | StepKind::Rebuild | StepKind::Commit | StepKind::Pragma) => {
                format!("`{}` failed", sql.trim())
            }
            (_, kind) => format!("the step `{}` ({}) failed", kind.as_str(), self.step.why),
        };
        let place = self.step.source.as_ref().map_or_else(String::new, |at| format!("{}:{}: ", at.path, at.line));
        let cause = match self.cause {
            Problem::Changed => "the database changed meanwhile".to_owned(),
            Problem::Unmet(found) => found.clone(),
            Problem::Sqlite(error) => says(error),
            Problem::Other(failure) => return format!("{place}{}", failure.message),
        };
        format!("{place}{step}: {cause}")
    }

    fn kept(&self) -> String {
        self.backup
            .map_or_else(String::new, |backup| format!(" The backup from before is kept: `{}`.", backup.display()))
    }

    fn nothing_changed(&self) -> Failure {
        let exit = match self.cause {
            Problem::Other(failure) => failure.exit,
            Problem::Sqlite(error) if is_busy(error) => Exit::Locked,
            _ => Exit::Failed,
        };
        let message = format!(
            "{}. Everything was rolled back: a new connection sees the schema and the ledger from before.{}",
            self.what(),
            self.kept()
        );
        let help = match self.cause {
            Problem::Other(failure) => failure.help.clone(),
            Problem::Sqlite(error) => failure("", &self.database.shown, error).help,
            _ => None,
        };
        Failure { help, ..Failure::say(exit, message) }
    }

    fn committed_all_the_same(&self, hash: &str) -> Failure {
        let message = format!(
            "{}. A new connection sees the new schema all the same, and the plan {hash} in the ledger; whether the disk \
             has it for good is not known.{}",
            self.what(),
            self.kept()
        );
        Failure::say(Exit::NeedsHands, message)
            .help("look at the disk and at the system's log; then run `remold verify`")
    }

    /// The disk does not even take what rolling back writes.
    fn unfinished(&self) -> Failure {
        let message = format!(
            "{}. `{}` could not be rolled back yet: its journal has all that is needed, and SQLite rolls it back as soon \
             as someone opens it who can write. Leave the file `-journal` where it is.{}",
            self.what(),
            self.database.shown,
            self.kept()
        );
        Failure::say(Exit::NeedsHands, message)
            .help("free space on the disk, or mend it; then run the same command again, which rolls back first")
    }

    fn unknown(&self, state: &str) -> Failure {
        let message =
            format!("{}. The state of `{}` needs a look: {state}.{}", self.what(), self.database.shown, self.kept());
        Failure::say(Exit::NeedsHands, message).help(
            "look at `PRAGMA integrity_check` and at the schema before anyone writes to it; nothing else was touched",
        )
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}
