//! `remold plan`: what applying the files would do, step by step.

use std::path::Path;

use remold_core::config::Config;
use remold_core::plan::{self, Options, Plan, Status};
use remold_core::rehearsal;
use remold_core::render::{json, markdown};
use remold_core::snapshot::Snapshot;
use remold_core::sqlite::version::{BUNDLED, VersionRange};
use remold_engine::rehearse;

use crate::args::{OnOff, PlanArgs, PlanFormat, PlanningArgs};
use crate::failure::{Exit, Failure};
use crate::{config, database, files, report, terminal};

/// Prints the plan and saves it where asked. Neither the database nor a file of the project is
/// written.
pub(crate) fn run(args: &PlanArgs) -> Result<Exit, Failure> {
    let config = config::find(args.planning.config.as_deref())?;
    let config = config.one(args.planning.database_name.as_deref(), &args.paths)?;
    let schema = config.schema(args.schema.as_ref());
    let snapshot = match (&args.db, &schema) {
        (Some(db), _) => database::snapshot::read(db)?,
        (None, Some(schema)) => files::schema(schema)?,
        (None, None) => {
            let failure = Failure::say(Exit::Usage, "neither a database nor a schema was given");
            return Err(failure.help("name one with --db or --schema, or a `schema` in remold.toml"));
        }
    };
    let project = files::project(&config.paths(&args.paths), config.layout(args.planning.layout))?;
    let plan = rehearsed(plan::plan(&project, &snapshot, &options(&args.planning, &config.config)), &snapshot);
    if let Some(path) = &args.output {
        files::write(path, &json::plan(&plan))?;
        terminal::note(&terminal::visible(&format!("saved the plan in {}", path.display())));
    }
    match args.format {
        PlanFormat::Text => terminal::print(&report::plan(&plan, &project, &next(args, &plan)))?,
        PlanFormat::Json => terminal::print_exact(&json::plan(&plan))?,
        PlanFormat::Markdown => terminal::print_exact(&markdown::plan(&plan, report::literals(args.show_literals)))?,
    }
    Ok(match plan.status {
        Status::Refused => Exit::Refused,
        Status::Ready if args.check => Exit::Found,
        Status::Ready | Status::NothingToDo => Exit::Done,
    })
}

/// The plan, refused where a step needs what our SQLite lacks. The database itself is not touched:
/// its schema is tried in memory.
pub(super) fn rehearsed(plan: Plan, snapshot: &Snapshot) -> Plan {
    if plan.status != Status::Ready {
        return plan;
    }
    let rehearsal = rehearsal::of(&plan, snapshot);
    match rehearse(&rehearsal) {
        Ok(heard) => rehearsal::judged(plan, &rehearsal, &heard),
        Err(error) => {
            let said = format!("what the steps need could not be tried in memory, and shows when they run: {error}");
            terminal::note(&terminal::visible(&said));
            plan
        }
    }
}

/// With what a plan is made: what was typed, or else what the project says.
pub(super) fn options(args: &PlanningArgs, said: &Config) -> Options {
    let keys = args.foreign_keys.or_else(|| said.foreign_keys.map(OnOff::from));
    Options {
        versions: args.sqlite.or(said.sqlite).unwrap_or(VersionRange::from(BUNDLED)),
        engine: args.engine.or(said.engine).unwrap_or(BUNDLED),
        foreign_keys: keys.unwrap_or_default().into(),
        allow: args.allow.clone(),
    }
}

/// The command to type next; empty where there is none.
fn next(args: &PlanArgs, plan: &Plan) -> String {
    let asked: Vec<&str> = plan.hazards.iter().filter(|hazard| !hazard.allowed).map(|hazard| &*hazard.id).collect();
    let consents = plan.refusals.iter().all(|refusal| refusal.kind == plan::RefusalKind::Consent);
    match plan.status {
        Status::Ready => match &args.output {
            Some(path) => words(&["remold apply".to_owned(), database(args), format!("--plan {}", quoted(path))]),
            None => words(&[&["remold apply".to_owned(), database(args)], flags(args).as_slice()].concat()),
        },
        Status::Refused if consents && !asked.is_empty() => {
            let allows = asked.iter().map(|id| format!("--allow {}", shell(id))).collect();
            let plan = ["remold plan".to_owned()].into_iter().chain(against(args)).collect();
            words(&[plan, flags(args), allows].concat())
        }
        Status::Refused | Status::NothingToDo => String::new(),
    }
}

fn database(args: &PlanArgs) -> String {
    format!("--db {}", args.db.as_deref().map_or_else(|| "FILE".to_owned(), quoted))
}

/// What was typed of it; nothing where the project names the schema.
fn against(args: &PlanArgs) -> Option<String> {
    let schema = args.schema.as_ref().map(|schema| format!("--schema {}", quoted(schema)));
    schema.or_else(|| args.db.as_ref().map(|_| database(args)))
}

/// The paths and flags as they were typed.
fn flags(args: &PlanArgs) -> Vec<String> {
    let planning = &args.planning;
    let paths = args.paths.iter().map(|path| quoted(path));
    let layout = planning.layout.map(|layout| format!("--layout {}", layout.name()));
    let engine = planning.engine.map(|engine| format!("--engine {engine}"));
    let sqlite = planning.sqlite.map(|range| format!("--sqlite {range}"));
    let keys = planning.foreign_keys.map(|keys| format!("--foreign-keys {}", plan::ForeignKeys::from(keys).as_str()));
    let allow = planning.allow.iter().map(|id| format!("--allow {}", shell(id)));
    let config = planning.config.as_ref().map(|path| format!("--config {}", quoted(path)));
    let database = planning.database_name.as_ref().map(|name| format!("--database-name {}", shell(name)));
    paths.chain(layout).chain(engine).chain(sqlite).chain(keys).chain(allow).chain(config).chain(database).collect()
}

fn words(words: &[String]) -> String {
    words.join(" ")
}

fn quoted(path: &Path) -> String {
    shell(&path.to_string_lossy())
}

/// The word as a shell reads it.
fn shell(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "_-./:=@%+,".contains(character);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
