//! `remold snapshot`: not built yet.

use crate::args::SnapshotArgs;
use crate::failure::{Exit, Failure};

#[expect(clippy::needless_pass_by_value, reason = "it is not built yet")]
pub(crate) fn run(_args: SnapshotArgs) -> Result<Exit, Failure> {
    Err(Failure::say(Exit::Usage, "`remold snapshot` is not built yet"))
}
