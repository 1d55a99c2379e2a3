//! What a command ends with: an exit code, and where it failed, what is wrong and what to do.

use std::process::ExitCode;

/// The exit codes, everywhere. Scripts depend on them: the meaning of a number never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Done, or clean.
    Done = 0,
    /// Findings at or above the failing level; `plan --check` has something to do; `verify` finds
    /// differences.
    Found = 1,
    /// Wrong usage or configuration; no such file; not a database.
    Usage = 2,
    /// A decision or consent is needed, a step needs what SQLite lacks, the schema drifted, or a
    /// released file was edited. Nothing was changed.
    Refused = 3,
    /// The database is locked. Nothing was changed.
    Locked = 4,
    /// It failed: no permission, disk full, interrupted. The database is as it was, or restored.
    Failed = 5,
    /// Someone has to look; the message says what is where.
    NeedsHands = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command ends without having done its work.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The code that it ends with.
    pub(crate) exit: Exit,
    /// What is wrong and where, with what lies beneath behind colons.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: Option<String>,
}

impl Failure {
    /// A failure with an error and its contexts in one line.
    pub(crate) fn new(exit: Exit, error: impl Into<anyhow::Error>) -> Self {
        Self { exit, message: format!("{:#}", error.into()), help: None }
    }

    /// A failure in words.
    pub(crate) fn say(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), help: None }
    }

    /// What to do about it.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}
