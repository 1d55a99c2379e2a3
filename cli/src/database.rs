//! A real SQLite file: one concern, one file. Nothing else of remold touches a database.

use std::path::Path;

use remold_core::sqlite::version::Version;
use rusqlite::ErrorCode;

use crate::failure::{Exit, Failure};

pub(crate) mod interrupt;
pub(crate) mod open;
pub(crate) mod lock;
pub(crate) mod snapshot;
pub(crate) mod verify;
pub(crate) mod ledger;
pub(crate) mod ledgers;
pub(crate) mod backup;
pub(crate) mod execute;
pub(crate) mod restore;

/// The version of SQLite that is linked in.
pub(crate) fn linked() -> Result<Version, Failure> {
    rusqlite::version().parse().map_err(|error: String| Failure::say(Exit::Failed, error))
}

/// SQLite's error while doing something, with what it means for the database and what to do.
pub(crate) fn failure(doing: &str, shown: &str, error: &rusqlite::Error) -> Failure {
    let message = format!("{doing}: {}", says(error));
    let code = error.sqlite_error_code();
    let exit = match code {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Exit::Locked,
        Some(ErrorCode::NotADatabase) => Exit::Usage,
        _ => Exit::Failed,
    };
    let help = match code {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => lock::advice(Path::new(shown)),
        Some(ErrorCode::NotADatabase) => {
            format!("`{shown}` is damaged at its very beginning, or encrypted; is it the right file?")
        }
        Some(ErrorCode::DiskFull) => {
            "free space on the disk, or put the backup elsewhere with --backup-dir; then run it again".to_owned()
        }
        Some(ErrorCode::OperationInterrupted) => "run it again when you are ready".to_owned(),
        Some(ErrorCode::DatabaseCorrupt) => {
            format!("look at `PRAGMA integrity_check` of `{shown}`, and restore a backup that passes it")
        }
        _ if is_hot_journal(error) => format!(
            "a process died while it wrote to `{shown}`; whoever may write repairs it by opening it: run \
             `remold apply`, or any statement in the SQLite shell"
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            format!(
                "look at the permissions of `{shown}`, of the files `-journal`, `-wal` and `-shm` beside it, and of its folder"
            )
        }
        _ => return Failure::say(exit, message),
    };
    Failure::say(exit, message).help(help)
}

/// SQLite's own words, without what rusqlite puts around them.
pub(crate) fn says(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

/// `SQLITE_READONLY_ROLLBACK`: a read-only connection met a journal that must be rolled back.
fn is_hot_journal(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_READONLY_ROLLBACK)
}
