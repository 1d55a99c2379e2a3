//! Whether the application's queries work: before a file, behind it, and after which statement no longer.

use remold_core::engine::{Answer, Asked, Batch, BrokenQuery, Look, QueryFault, Unprepared};
use remold_core::sqlite::name::quote;

use crate::session::{Session, Taken};

/// How often queries are looked at to find the statement that broke them: behind that many looks the last
/// statement that changes the schema is named.
const LOOKS: usize = 50_000;

/// A query that could be prepared before the file.
pub(crate) struct Watched<'batch> {
    asked: &'batch Asked,
    /// What it takes an unknown name in double quotes for: a string only where it had one before.
    taken: Taken,
    /// Whether its `INSERT` lacked no value.
    inserts: bool,
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wrong {
    error: String,
    fault: QueryFault,
}

/// Prepares the queries before the file.
pub(crate) fn before<'batch>(session: &mut Session, batch: &'batch Batch, answer: &mut Answer) -> Vec<Watched<'batch>> {
    alone(session, |session| {
        let mut watched = Vec::with_capacity(batch.queries.len());
        for asked in &batch.queries {
            match prepared(session, asked) {
                Ok(taken) => {
                    let inserts = lacks_value(session, asked).is_none();
                    watched.push(Watched { asked, taken, inserts });
                }
                Err(error) => answer.unprepared.push(Unprepared { query: asked.query, error }),
            }
        }
        watched
    })
}

/// Prepares them behind the file; `again` makes the database before it once more.
pub(crate) fn behind(
    session: &mut Session,
    again: impl FnOnce() -> rusqlite::Result<Session>,
    batch: &Batch,
    watched: &[Watched],
    answer: &mut Answer,
) -> rusqlite::Result<()> {
    // The application's foreign keys are not those of the file.
    session.set_pragmas(batch);
    let broken: Vec<(&Watched, Wrong)> = alone(session, |session| {
        let mut refused = answer.unprepared.iter_mut().peekable();
        for asked in &batch.queries {
            let Some(refused) = refused.next_if(|refused| refused.query == asked.query) else { continue };
            match prepared(session, asked) {
                Ok(_) => answer.new_queries.push(asked.query),
                Err(error) => refused.error = error,
            }
        }
        watched.iter().filter_map(|watched| wrong(session, watched).map(|wrong| (watched, wrong))).collect()
    });
    if !broken.is_empty() {
        answer.broken_queries = blame(&mut again()?, batch, broken)?;
    }
    Ok(())
}

/// Runs the batch once more and looks at the broken queries after each statement: the first from which on
/// each is as wrong as it is in the end broke it.
fn blame(session: &mut Session, batch: &Batch, broken: Vec<(&Watched, Wrong)>) -> rusqlite::Result<Vec<BrokenQuery>> {
    let looks = || batch.tasks.iter().filter(|task| task.look == Look::There);
    let last = looks().next_back().map_or(0, |task| task.statement);
    let exact = LOOKS / looks().count().max(1);
    let mut since: Vec<Option<u32>> = vec![None; broken.len().min(exact)];
    session.begin(batch)?;
    for task in &batch.tasks {
        let _judged = session.execute(&task.sql);
        if task.look == Look::There {
            alone(session, |session| {
                for ((watched, as_in_the_end), since) in broken.iter().zip(&mut since) {
                    let now = wrong(session, watched);
                    *since = now.filter(|now| now == as_in_the_end).and(since.or(Some(task.statement)));
                }
            });
        }
    }
    let since = since.into_iter().chain(std::iter::repeat(None));
    let named = broken.into_iter().zip(since).map(|((watched, wrong), since)| BrokenQuery {
        query: watched.asked.query,
        error: wrong.error,
        fault: wrong.fault,
        since: since.unwrap_or(last),
    });
    Ok(named.collect())
}

/// What SQLite has to take a name in double quotes for so that it prepares the query, or its words. As a
/// name is better: as a string, what names a column would go on when the column is gone.
fn prepared(session: &mut Session, asked: &Asked) -> Result<Taken, String> {
    match compiled(session, asked, Taken::AsNames) {
        None => Ok(Taken::AsNames),
        Some(_) => compiled(session, asked, Taken::AsStrings).map_or(Ok(Taken::AsStrings), Err),
    }
}

/// What is wrong with the query now.
fn wrong(session: &mut Session, watched: &Watched) -> Option<Wrong> {
    let asked = watched.asked;
    if let Some(error) = compiled(session, asked, watched.taken) {
        return Some(match compiled(session, asked, Taken::AsStrings) {
            Some(error) => Wrong { error, fault: QueryFault::Refused },
            None => Wrong { error, fault: QueryFault::ReadsString },
        });
    }
    let error = watched.inserts.then(|| lacks_value(session, asked)).flatten()?;
    Some(Wrong { error, fault: QueryFault::LacksValue })
}

fn compiled(session: &mut Session, asked: &Asked, taken: Taken) -> Option<String> {
    if session.take_quoted_strings(taken).is_err() {
        return None;
    }
    let said = session.compile(&asked.sql);
    let _as_it_was = session.take_quoted_strings(Taken::AsStrings);
    said
}

/// What SQLite says where a row with values for the query's columns lacks another value.
fn lacks_value(session: &mut Session, asked: &Asked) -> Option<String> {
    let insert = asked.insert.as_ref()?;
    session.transaction("SAVEPOINT remold_insert").ok()?;
    let said = session.transaction(insert).err();
    let _back = session.transaction("ROLLBACK TO remold_insert");
    let _done = session.transaction("RELEASE remold_insert");
    said.filter(|error| error.starts_with("NOT NULL constraint failed: "))
}

/// Looks without the temporary objects, which are the migration's connection's and not the application's.
fn alone<Seen>(session: &mut Session, look: impl FnOnce(&mut Session) -> Seen) -> Seen {
    let temporary = session.temporary();
    if temporary.is_empty() {
        return look(session);
    }
    let _held = session.transaction("SAVEPOINT remold_alone");
    for (kind, name) in temporary {
        let _gone = session.transaction(&format!("DROP {kind} temp.{}", quote(&name)));
    }
    let seen = look(session);
    let _back = session.transaction("ROLLBACK TO remold_alone");
    let _done = session.transaction("RELEASE remold_alone");
    seen
}
