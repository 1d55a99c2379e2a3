//! `remold apply`: not built yet.

use crate::args::ApplyArgs;
use crate::failure::{Exit, Failure};

#[expect(clippy::needless_pass_by_value, reason = "it is not built yet")]
pub(crate) fn run(_args: ApplyArgs) -> Result<Exit, Failure> {
    Err(Failure::say(Exit::Usage, "`remold apply` is not built yet"))
}
