//! A batch from its beginning to its end, on tables with rows and, where that fails, on empty ones.

use remold_core::engine::judge::{is_consequence, is_ours};
use remold_core::engine::{Answer, Around, Batch, Foreseen, Look, Measured, Observation, OnEmpty, Sequence, Task};
use remold_core::sqlite::name;

use crate::bounds::Budget;
use crate::check::{self, Item};
use crate::session::{Rows, Session, Taken, counts, has_keys};
use crate::watch;

/// Up to how many objects the schema is read after each statement that changes it; with more it is
/// read behind the last one, since each reading costs them all.
const READ: usize = 200;

/// How far a run came.
enum End {
    /// To the end.
    Whole,
    /// To this task, which failed against all that was foreseen.
    Failed(usize),
    /// To a task that took more work than is allowed.
    Spent,
}

/// Runs the batch and says what happened.
pub(crate) fn run(batch: &Batch) -> Answer {
    let mut answer = Answer { path: batch.path.clone(), ..Answer::default() };
    if let Err(error) = observe(batch, &mut answer) {
        answer.stopped = Some(format!("SQLite itself failed: {error}"));
    }
    answer
}

fn observe(batch: &Batch, answer: &mut Answer) -> rusqlite::Result<()> {
    let budget = Budget::of(batch);
    let mut session = Session::made(batch, Rows::Seeded, &budget)?;
    let looks_at_keys = batch.keys == Look::There && has_keys(batch);
    let keys_before = if looks_at_keys { check::violations(&session) } else { Vec::new() };
    let sequences = if counts(batch) { session.sequences() } else { Vec::new() };
    let watched = watch::before(&mut session, batch, answer);
    let (mut observations, mut end) = follow(&mut session, batch, 0, &budget)?;
    let mut rows = Rows::Seeded;
    answer.unmade.clone_from(&session.unmade);
    answer.unseeded.clone_from(&session.unseeded);
    let mut stubs = std::mem::take(&mut session.stubs);
    if let End::Failed(at) = end {
        let mut empty = Session::made(batch, Rows::None, &budget)?;
        let (others, empty_end) = follow(&mut empty, batch, at, &budget)?;
        if let (Some(seen), Some(other)) = (observations.get_mut(at), others.get(at)) {
            seen.on_empty = other.error.clone().map_or(OnEmpty::Runs, OnEmpty::Fails);
            if seen.on_empty == OnEmpty::Runs {
                observations.extend(others.into_iter().skip(at + 1));
                stubs.append(&mut empty.stubs);
                (session, end, rows) = (empty, empty_end, Rows::None);
            }
        }
    }
    answer.stubs = stubs.into_iter().collect();
    let whole = matches!(end, End::Whole);
    if let End::Spent = end {
        answer.stopped = Some("it takes more work than a replay allows".to_owned());
    } else if let End::Failed(at) = end {
        if let Some(seen) = observations.get_mut(at)
            && seen.on_empty == OnEmpty::Untried
            && rows == Rows::None
        {
            seen.on_empty = OnEmpty::Fails(seen.error.clone().unwrap_or_default());
        }
        answer.stopped = Some("a statement failed".to_owned());
    }
    answer.observations = observations;
    if whole && batch.around == Around::Transaction && session.is_in_transaction() {
        commit(&mut session, batch, answer, rows, &budget)?;
    }
    if whole {
        finish(&mut session, batch, answer, rows, &budget, &keys_before)?;
        if rows == Rows::Seeded && !sequences.is_empty() {
            answer.sequences = moved(sequences, &session.sequences());
        }
        if !batch.queries.is_empty() {
            watch::behind(&mut session, || Session::made(batch, rows, &budget), batch, &watched, answer)?;
        }
    }
    let concerned = answer.commit.is_some()
        || !answer.violations.is_empty()
        || answer.observations.iter().any(|seen| seen.on_empty == OnEmpty::Runs || !seen.measured.is_empty());
    if concerned {
        answer.rows = Session::made(batch, Rows::Seeded, &budget)?.seeded(&batch.seeds);
    }
    Ok(())
}

/// Runs the tasks until one fails against all that was foreseen. Up to `patient` such a failure is
/// passed over: what ran on tables with rows is not judged again on empty ones.
fn follow(
    session: &mut Session,
    batch: &Batch,
    patient: usize,
    budget: &Budget,
) -> rusqlite::Result<(Vec<Observation>, End)> {
    let mut seen = Vec::with_capacity(batch.tasks.len());
    session.begin(batch)?;
    let mut lacks = false;
    let last = batch.tasks.iter().rposition(|task| task.look == Look::There);
    for (at, task) in batch.tasks.iter().enumerate() {
        let mut observation = one(session, task);
        let failed = observation.error.as_deref().is_some_and(|error| {
            lacks |= is_ours(error);
            is_unforeseen(task, error) && !(lacks && is_consequence(error))
        });
        if budget.is_spent() {
            return Ok((seen, End::Spent));
        }
        if task.look == Look::There && (session.size() <= READ || last == Some(at)) {
            let difference = session.look()?;
            observation.stored = Some(difference.stored);
            observation.gone = difference.gone;
        }
        seen.push(observation);
        if failed && at >= patient {
            return Ok((seen, End::Failed(at)));
        }
    }
    Ok((seen, End::Whole))
}

fn one(session: &mut Session, task: &Task) -> Observation {
    let measure =
        |session: &Session| -> Vec<Vec<i64>> { task.measures.iter().map(|sql| session.measure(sql)).collect() };
    let before = measure(session);
    let error = session.execute(&task.sql).err();
    let changed = (0..).zip(before.into_iter().zip(measure(session)));
    let measured = changed
        .filter(|(_, (before, after))| before != after)
        .map(|(measure, (before, after))| Measured { measure, before, after })
        .collect();
    Observation { statement: task.statement, error, measured, ..Observation::default() }
}

fn is_unforeseen(task: &Task, error: &str) -> bool {
    match task.foreseen {
        Foreseen::Refused => false,
        Foreseen::RunsWithOwnRows
            if error.starts_with("UNIQUE constraint failed") || error == "FOREIGN KEY constraint failed" =>
        {
            false
        }
        Foreseen::Runs | Foreseen::RunsWithOwnRows => !is_ours(error),
    }
}

/// Ends the runner's transaction; where SQLite refuses, it is tried with empty tables too.
fn commit(
    session: &mut Session,
    batch: &Batch,
    answer: &mut Answer,
    rows: Rows,
    budget: &Budget,
) -> rusqlite::Result<()> {
    let Err(error) = session.transaction("COMMIT") else { return Ok(()) };
    let mut on_empty = OnEmpty::Untried;
    if rows == Rows::Seeded {
        let mut empty = Session::made(batch, Rows::None, budget)?;
        let (_, _) = follow(&mut empty, batch, batch.tasks.len(), budget)?;
        on_empty = empty.transaction("COMMIT").err().map_or(OnEmpty::Runs, OnEmpty::Fails);
    }
    let statement = batch.tasks.last().map_or(0, |task| task.statement);
    answer.commit = Some(Observation { statement, error: Some(error), on_empty, ..Observation::default() });
    Ok(())
}

/// Compares what works and what is violated with what did and was before the file.
fn finish(
    session: &mut Session,
    batch: &Batch,
    answer: &mut Answer,
    rows: Rows,
    budget: &Budget,
    keys_before: &[check::Key],
) -> rusqlite::Result<()> {
    let changes = batch.tasks.iter().any(|task| task.look == Look::There);
    let mut broken = if changes { check::broken(session)? } else { Vec::new() };
    if !broken.is_empty() {
        let mut before = Session::made(batch, Rows::None, budget)?;
        let was_there: Vec<Item> = check::items(&before);
        before.take_quoted_strings(Taken::AsNames)?;
        let now = std::mem::take(&mut broken);
        for (item, error) in now {
            let known = was_there.iter().any(|old| old.is(&item));
            // What the file itself made is judged as production takes it.
            let fails = if known { check::fails(&mut before, &item).is_some() } else { false };
            if !fails && (known || check::fails(session, &item).is_some()) {
                broken.push((item, error));
            }
        }
        before.take_quoted_strings(Taken::AsStrings)?;
    }
    let mut keys = Vec::new();
    if batch.keys == Look::There && has_keys(batch) && rows == Rows::Seeded && answer.commit.is_none() {
        keys = check::worse(keys_before, check::violations(session));
        keys.retain(|key| key.error.is_some() || !batch.own.iter().any(|own| key.is_of(own)));
        if !keys.is_empty() {
            // Rows that the file itself puts in tell nothing of those that are there.
            let mut empty = Session::made(batch, Rows::None, budget)?;
            let (_, _) = follow(&mut empty, batch, batch.tasks.len(), budget)?;
            let own = check::violations(&empty);
            keys.retain(|key| key.error.is_some() || !own.iter().any(|own| own.is(key)));
        }
    }
    if !broken.is_empty() || !keys.is_empty() {
        let mut again = Session::made(batch, rows, budget)?;
        check::blame(&mut again, batch, &broken, &keys, answer)?;
    }
    Ok(())
}

fn moved(before: Vec<(String, i64)>, after: &[(String, i64)]) -> Vec<Sequence> {
    let find = |table: &str| after.iter().find(|(name, _)| name::same(name, table)).map(|(_, number)| *number);
    before
        .into_iter()
        .map(|(table, before)| Sequence { after: find(&table), table, before })
        .filter(|sequence| sequence.after.is_none_or(|after| after < sequence.before))
        .collect()
}
