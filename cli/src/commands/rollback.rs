//! `remold rollback`: not built yet.

use crate::args::RollbackArgs;
use crate::failure::{Exit, Failure};

pub(crate) fn run(_args: &RollbackArgs) -> Result<Exit, Failure> {
    Err(Failure::say(Exit::Usage, "`remold rollback` is not built yet"))
}
