//! `remold apply`: applies files, or a saved plan, to a database: all of it or nothing.

use std::mem;
use std::path::Path;
use std::time::{Duration, Instant};

use remold_core::history::Project;
use remold_core::plan::{self, Options, Plan, Status};
use remold_core::render::json::{self, SavedPlan};
use remold_core::snapshot::Snapshot;

use super::plan::{options, rehearsed};
use crate::apply::{self, Done, Settings, Stop};
use crate::args::{ApplyArgs, Format, WritingArgs};
use crate::database::open::{Access, Database, nearby};
use crate::database::{self, interrupt, snapshot};
use crate::failure::{Exit, Failure};
use crate::{config, files, report, terminal};

/// Plans, takes the lock, and carries the plan out.
pub(crate) fn run(args: &ApplyArgs) -> Result<Exit, Failure> {
    let source = Source::read(args)?;
    let settings = settings(&args.writing);
    if args.dry_run {
        let plan = source.plan(&snapshot::read(&args.db)?)?;
        print_plan(&plan, &source.project, args.format)?;
        return Ok(if plan.status == Status::Refused { Exit::Refused } else { Exit::Done });
    }
    interrupt::watch();
    let shown = args.db.display().to_string();
    // Who changes the schema between our look and our lock is noticed under the lock. One new plan
    // for the new state is enough for many that apply the same files at once; more would be a fight.
    for _ in 0..2 {
        let seen = snapshot::before_writing(&args.db, settings.wait)?;
        let plan = source.plan(&seen)?;
        match plan.status {
            Status::Refused => return refused(&plan, &source.project, &shown, args.format),
            Status::NothingToDo => return nothing(&plan, &shown, args.format),
            Status::Ready => {}
        }
        linked_can(&plan)?;
        let database = Database::identify(&args.db, Access::Write)?;
        let started = Instant::now();
        match carry_out(&plan, &seen, &database, &settings, args.format) {
            Ok(done) => return finish(args, &plan, &done, started.elapsed()),
            Err(Stop::Failed(failure)) => return Err(failure),
            Err(Stop::Changed) => {}
        }
    }
    Err(Failure::say(
        Exit::Refused,
        format!("the schema of `{shown}` changed twice while it was planned; nothing was changed"),
    )
    .help("someone else changes it at this moment; run it again when they are done"))
}

/// How the steps are carried out, as the flags say.
pub(super) fn settings(args: &WritingArgs) -> Settings {
    Settings { wait: Duration::from_secs(args.lock_timeout), backup_dir: args.backup_dir.clone() }
}

/// Carries the plan out, and tells of each step.
pub(super) fn carry_out(
    plan: &Plan,
    seen: &Snapshot,
    database: &Database,
    settings: &Settings,
    format: Format,
) -> Result<Done, Stop> {
    if format == Format::Text {
        let _ = terminal::print(&report::broken_before(plan));
    }
    apply::carry_out(plan, seen, database, settings, &mut |step, took| {
        if format == Format::Text {
            // Whoever reads may go away; the work goes on.
            let _ = terminal::print(&report::done::step(step, took));
        }
    })
}

/// A plan for an engine that is newer than ours may hold what ours cannot do.
pub(super) fn linked_can(plan: &Plan) -> Result<(), Failure> {
    let linked = database::linked()?;
    if plan.options.engine <= linked {
        return Ok(());
    }
    let message = format!("the plan is for SQLite {}, and this remold has {linked}", plan.options.engine);
    Err(Failure::say(Exit::Refused, message).help(format!("plan again with --engine {linked} or older")))
}

/// Prints a plan that cannot be carried out.
pub(super) fn refused(plan: &Plan, project: &Project, shown: &str, format: Format) -> Result<Exit, Failure> {
    match format {
        Format::Text => terminal::print(&report::plan(plan, project, ""))?,
        Format::Json => terminal::print_exact(&report::done::json("refused", shown, plan, None))?,
    }
    let lacks_table = |error: &String| error.starts_with("no such table");
    if plan.refusals.iter().any(|refusal| refusal.sqlite_error.as_ref().is_some_and(lacks_table))
        && let Some(nearby) = nearby(Path::new(shown))
    {
        terminal::note(&terminal::visible(&format!("is `{shown}` the right database? {nearby}")));
    }
    terminal::note("nothing was changed");
    Ok(Exit::Refused)
}

fn nothing(plan: &Plan, shown: &str, format: Format) -> Result<Exit, Failure> {
    match format {
        Format::Text => {
            let applied = plan.files.iter().filter(|file| file.outcome == plan::FileOutcome::Applied).count();
            let files = report::counted(applied, "file");
            terminal::print(&terminal::visible(&format!("nothing to do: `{shown}` has all of {files} already\n")))?;
        }
        Format::Json => terminal::print_exact(&report::done::json("nothing-to-do", shown, plan, None))?,
    }
    Ok(Exit::Done)
}

fn print_plan(plan: &Plan, project: &Project, format: Format) -> Result<(), Failure> {
    match format {
        Format::Text => terminal::print(&report::plan(plan, project, "")),
        Format::Json => terminal::print_exact(&json::plan(plan)),
    }
}

fn finish(args: &ApplyArgs, plan: &Plan, done: &Done, took: Duration) -> Result<Exit, Failure> {
    let shown = args.db.display().to_string();
    match args.format {
        Format::Json => terminal::print_exact(&report::done::json("applied", &shown, plan, Some(done)))?,
        Format::Text => {
            let mut text = format!("\napplied to `{shown}` in {}\n", report::done::time(took));
            match &done.backup {
                Some(backup) => text.push_str(&format!("backup: {}\n", backup.display())),
                None => text.push_str("backup: none was needed, because no statement ran\n"),
            }
            text.push_str(
                "open SQLite connections see the new schema by themselves; code that keeps lists of columns\n",
            );
            text.push_str("of its own must be restarted\n");
            text.push_str(&format!("to verify:    remold verify --db {shown} --expect SCHEMA.sql\n"));
            text.push_str(&format!("to roll back: remold rollback --db {shown}\n"));
            terminal::print(&terminal::visible(&text))?;
        }
    }
    Ok(Exit::Done)
}

/// What is applied, and with which options.
struct Source {
    project: Project,
    options: Options,
    saved: Option<Saved>,
}

/// A plan that was saved: its bytes, and what they say of their making.
struct Saved {
    shown: String,
    text: String,
    plan: SavedPlan,
}

impl Source {
    fn read(args: &ApplyArgs) -> Result<Self, Failure> {
        let Some(path) = &args.plan else {
            let config = config::find(args.planning.config.as_deref())?;
            let config = config.one(args.planning.database_name.as_deref(), &args.paths)?;
            let project = files::project(&config.paths(&args.paths), config.layout(args.planning.layout))?;
            return Ok(Self { project, options: options(&args.planning, &config.config), saved: None });
        };
        let (shown, text) = (path.display().to_string(), files::text(path)?);
        let plan = json::read_plan(&text)
            .map_err(|error| Failure::say(Exit::Usage, format!("`{shown}` cannot be read: {error}")))?;
        Ok(Self {
            project: plan.project.clone(),
            options: plan.options.clone(),
            saved: Some(Saved { shown, text, plan }),
        })
    }

    /// Plans for the database as it is. No SQL of a saved plan is believed: it must come out the same,
    /// byte for byte.
    fn plan(&self, seen: &Snapshot) -> Result<Plan, Failure> {
        let mut plan = rehearsed(plan::plan(&self.project, seen, &self.options), seen);
        let Some(saved) = &self.saved else { return Ok(plan) };
        // Nothing to do is nothing to mistrust: the plan was applied already.
        if plan.status == Status::NothingToDo {
            return Ok(plan);
        }
        let known = mem::replace(&mut plan.information, saved.plan.information.clone());
        let again = json::plan(&plan);
        if again == saved.text {
            return Ok(Plan { information: known, ..plan });
        }
        if saved.plan.fingerprint_before != plan.fingerprint_before {
            return Err(saved.drift(&plan));
        }
        Err(saved.other_bytes(&again))
    }
}

impl Saved {
    /// The database is not the one that the plan was made for.
    fn drift(&self, plan: &Plan) -> Failure {
        let shown = report::difference(&self.plan.schema_before, &plan.schema_before);
        let _ = terminal::print(&format!(
            "the schema that `{}` was made for (-), and the database's (+):\n{shown}",
            self.shown
        ));
        Failure::say(
            Exit::Refused,
            format!("the schema has changed since `{}` was made; nothing was changed", self.shown),
        )
        .help("plan again for the schema as it is now, and have the new plan reviewed")
    }

    fn other_bytes(&self, again: &str) -> Failure {
        let shown = report::difference(&self.text, again);
        let _ =
            terminal::print(&format!("`{}` (-), and the plan that its own files make now (+):\n{shown}", self.shown));
        let (theirs, ours) = (&self.plan.remold, env!("CARGO_PKG_VERSION"));
        let why = if theirs == ours {
            "it was edited, or what the plan depends on has changed, as whether a table has rows".to_owned()
        } else {
            format!("it was made by remold {theirs}, and this is remold {ours}")
        };
        Failure::say(
            Exit::Refused,
            format!("`{}` is not the plan that its files make: {why}; nothing was changed", self.shown),
        )
        .help("plan again, and have the new plan reviewed")
    }
}
