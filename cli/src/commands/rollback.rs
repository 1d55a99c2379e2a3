//! `remold rollback`: takes back the migration that was applied last.

use std::fmt::Write as _;
use std::io::{BufRead as _, IsTerminal as _};
use std::time::Instant;

use remold_core::history::Project;
use remold_core::plan::{Expectation, Options, Plan, RefusalKind, Status, Step, StepKind, plan_rollback};
use remold_core::snapshot::{LedgerRow, Snapshot};
use serde_json::json;

use super::apply::{carry_out, linked_can, refused, settings};
use super::plan::{options, rehearsed};
use crate::apply::Stop;
use crate::args::{Format, RollbackArgs};
use crate::database::open::{Access, Database};
use crate::database::{interrupt, restore, snapshot, verify};
use crate::failure::{Exit, Failure};
use crate::{config, files, report, terminal};

/// Takes it back by the down file, by the stored reverse, or by the backup.
pub(crate) fn run(args: &RollbackArgs) -> Result<Exit, Failure> {
    let config = config::find(args.planning.config.as_deref())?;
    let config = config.one(args.planning.database_name.as_deref(), &args.paths)?;
    interrupt::watch();
    let settings = settings(&args.writing);
    let seen = snapshot::before_writing(&args.db, settings.wait)?;
    let project = files::project_if_any(&config.paths(&args.paths), config.layout(args.planning.layout))?;
    let Some(row) = seen.last_applied() else { return nothing(args) };
    let mut options = options(&args.planning, &config.config);
    let Some(plan) = plan_rollback(&project, &seen, &options) else { return by_backup(args, &seen, row) };
    let (plan, limits) = consented(args, &project, &seen, &mut options, plan)?;
    let plan = rehearsed(plan, &seen);
    if plan.status == Status::Refused {
        return refused(&plan, &project, &shown(args), args.format);
    }
    linked_can(&plan)?;
    let database = Database::identify(&args.db, Access::Write)?;
    let plan = with_limits(plan, &limits);
    let started = Instant::now();
    match carry_out(&plan, &seen, &database, &settings, args.format) {
        Ok(done) => {
            match args.format {
                Format::Json => {
                    terminal::print_exact(&report::done::json("rolled-back", &shown(args), &plan, Some(&done)))?;
                }
                Format::Text => {
                    let took = report::done::time(started.elapsed());
                    let mut text = format!("\nrolled back `{}` of `{}` in {took}\n", row.file, shown(args));
                    if let Some(backup) = &done.backup {
                        let _ = writeln!(text, "backup of the state before: {}", backup.display());
                    }
                    terminal::print(&terminal::visible(&text))?;
                }
            }
            Ok(Exit::Done)
        }
        Err(Stop::Failed(failure)) => Err(failure),
        Err(Stop::Changed) => Err(Failure::say(
            Exit::Refused,
            format!("the schema of `{}` changed while it was planned; nothing was changed", shown(args)),
        )
        .help("look at what it is now, and run it again")),
    }
}

fn shown(args: &RollbackArgs) -> String {
    args.db.display().to_string()
}

fn nothing(args: &RollbackArgs) -> Result<Exit, Failure> {
    match args.format {
        Format::Text => terminal::print(&terminal::visible(&format!(
            "nothing to do: the ledger of `{}` has no migration that is applied\n",
            shown(args)
        )))?,
        Format::Json => terminal::print_exact(&report::done::print(
            &json!({ "format": "remold-result", "version": 1, "status": "nothing-to-do", "database": shown(args) }),
        ))?,
    }
    Ok(Exit::Done)
}

/// At most so many values may be lost by a hazard: as many as were there when it was decided.
struct Limit {
    count_sql: String,
    most: u64,
}

/// Plans again with what may be lost: what is empty loses nothing; for the rest someone is asked.
fn consented(
    args: &RollbackArgs,
    project: &Project,
    seen: &Snapshot,
    options: &mut Options,
    plan: Plan,
) -> Result<(Plan, Vec<Limit>), Failure> {
    let other = plan.refusals.iter().any(|refusal| refusal.kind != RefusalKind::Consent);
    let open: Vec<_> = plan.hazards.iter().filter(|hazard| !hazard.allowed).cloned().collect();
    if open.is_empty() || other {
        return Ok((plan, Vec::new()));
    }
    let reader = Database::identify(&args.db, Access::Read)?.reader(snapshot::PATIENCE)?.connection;
    let mut limits = Vec::new();
    let mut lost = Vec::new();
    for hazard in open {
        let count = verify::answer(&reader, &hazard.count_sql).ok().flatten().and_then(|count| count.parse().ok());
        match count {
            Some(most) if !args.yes => {
                if most > 0 {
                    lost.push(format!("{} ({most} now): --allow {}", hazard.message, hazard.id));
                }
                limits.push(Limit { count_sql: hazard.count_sql, most });
            }
            Some(_) => {}
            None if args.yes => {}
            None => lost.push(format!("{}: --allow {}", hazard.message, hazard.id)),
        }
        options.allow.push(hazard.id);
    }
    drop(reader);
    if !lost.is_empty() {
        ask(
            &format!("rolling back `{}` loses data: {}", shown(args), lost.join("; ")),
            "--yes, or the --allow that is named",
        )?;
    }
    let again = plan_rollback(project, seen, options).unwrap_or(plan);
    Ok((again, limits))
}

/// The plan, with what was decided from counts checked under the lock.
fn with_limits(mut plan: Plan, limits: &[Limit]) -> Plan {
    let behind = plan.steps.iter().position(|step| step.kind == StepKind::Check).map_or(0, |at| at + 1);
    for Limit { count_sql, most } in limits {
        let sql = format!("SELECT ({count_sql}) <= {most}");
        let check = Step {
            kind: StepKind::Check,
            sql: Some(sql.clone()),
            why: "no more is lost than when it was decided".to_owned(),
            cost: remold_core::plan::Cost::Scan,
            undo: None,
            altered: None,
            source: None,
            expect: Some(Expectation::Answer { sql, value: "1".to_owned() }),
        };
        plan.steps.insert(behind, check);
    }
    plan
}

/// Asks on a terminal; elsewhere nobody would answer.
fn ask(loss: &str, flag: &str) -> Result<(), Failure> {
    let no =
        || Failure::say(Exit::Refused, format!("{loss}; nothing was changed")).help(format!("to do it, add {flag}"));
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(no());
    }
    terminal::note(&terminal::visible(&format!("{loss}\ntype yes to go on:")));
    let mut answer = String::new();
    match std::io::stdin().lock().read_line(&mut answer) {
        Ok(_) if answer.trim() == "yes" => Ok(()),
        _ => Err(no()),
    }
}

/// Nothing but the backup can take it back.
fn by_backup(args: &RollbackArgs, seen: &Snapshot, row: &LedgerRow) -> Result<Exit, Failure> {
    let settings = settings(&args.writing);
    let Some(backup) = &row.backup else {
        return Err(Failure::say(
            Exit::Refused,
            format!(
                "`{}` has no down file, cannot be taken back by a statement, and no backup was made for it",
                row.file
            ),
        )
        .help("write a down file for it, as FILE.down.sql beside FILE.sql"));
    };
    let database = Database::identify(&args.db, Access::Write)?;
    let first = seen.ledger.iter().find(|other| other.backup.as_ref() == Some(backup)).unwrap_or(row);
    let found = restore::find(&database, backup, &first.schema_before)?;
    let undone: Vec<String> = restore::undone(seen, &found).iter().map(|row| format!("`{}`", row.file)).collect();
    let rows = {
        let live = Database::identify(&args.db, Access::Read)?.reader(snapshot::PATIENCE)?;
        restore::rows(&live.connection, seen, &found)
    };
    let mut loss = format!(
        "only the backup {} takes back {}, and everything written since it was made will be lost. Rows now → in the backup:",
        found.path.display(),
        undone.join(", ")
    );
    let number = |count: &Option<u64>| count.map_or_else(|| "none".to_owned(), |count| count.to_string());
    for (table, [now, then]) in &rows {
        let _ = write!(loss, " {table} {} → {},", number(now), number(then));
    }
    let loss = loss.trim_end_matches(',').to_owned();
    if args.yes {
        terminal::note(&terminal::visible(&loss));
    } else {
        ask(&loss, "--yes")?;
    }
    let started = Instant::now();
    let restored = restore::restore(&database, &found, seen, settings.backup_dir.as_deref(), settings.wait)?;
    match args.format {
        Format::Json => terminal::print_exact(&report::done::print(&json!({
            "format": "remold-result",
            "version": 1,
            "status": "restored",
            "database": shown(args),
            "restored": found.path.display().to_string(),
            "backup": restored.saved.display().to_string(),
            "undone": restore::undone(seen, &found).iter().map(|row| &row.file).collect::<Vec<_>>(),
            "rows": rows,
        })))?,
        Format::Text => {
            let text = format!(
                "restored `{}` from {} in {}\nbackup of the state before: {}\n",
                shown(args),
                found.path.display(),
                report::done::time(started.elapsed()),
                restored.saved.display()
            );
            terminal::print(&terminal::visible(&text))?;
        }
    }
    Ok(Exit::Done)
}
