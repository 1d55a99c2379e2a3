//! Executes SQL exactly as a plan has it.

use rusqlite::fallible_iterator::FallibleIterator as _;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Batch, Connection, Statement};

/// Prepares one statement; text behind it that is a statement too is an error, not ignored.
pub(crate) fn single<'connection>(
    connection: &'connection Connection,
    sql: &str,
) -> rusqlite::Result<Statement<'connection>> {
    let mut batch = Batch::new(connection, sql);
    let first = batch.next()?.ok_or(rusqlite::Error::InvalidQuery)?;
    match batch.next() {
        Ok(None) => Ok(first),
        _ => Err(rusqlite::Error::MultipleStatement),
    }
}

/// Executes one statement to its end.
pub(crate) fn one(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    let mut statement = single(connection, sql)?;
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(())
}

/// Executes a statement that is not ours: whatever its text is, it cannot end the transaction or
/// reach another file.
pub(crate) fn inside(connection: &mut Connection, sql: &str) -> rusqlite::Result<()> {
    connection.authorizer(Some(keeps_inside))?;
    let result = one(connection, sql);
    connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
    result
}

fn keeps_inside(asked: AuthContext<'_>) -> Authorization {
    match asked.action {
        AuthAction::Transaction { .. }
        | AuthAction::Savepoint { .. }
        | AuthAction::Attach { .. }
        | AuthAction::Detach { .. } => Authorization::Deny,
        _ => Authorization::Allow,
    }
}
