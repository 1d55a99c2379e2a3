//! `remold verify`: not built yet.

use crate::args::VerifyArgs;
use crate::failure::{Exit, Failure};

#[expect(clippy::needless_pass_by_value, reason = "it is not built yet")]
pub(crate) fn run(_args: VerifyArgs) -> Result<Exit, Failure> {
    Err(Failure::say(Exit::Usage, "`remold verify` is not built yet"))
}
