//! `remold rollback`: not built yet.

use crate::args::RollbackArgs;
use crate::failure::{Exit, Failure};

#[expect(clippy::needless_pass_by_value, reason = "it is not built yet")]
pub(crate) fn run(_args: RollbackArgs) -> Result<Exit, Failure> {
    Err(Failure::say(Exit::Usage, "`remold rollback` is not built yet"))
}
