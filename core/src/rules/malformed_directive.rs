//! # A comment to remold that it does not understand
//!
//! `-- remold: allow(…)` names the rules that may find something in the next statement, and says why. One
//! that names a rule that does not exist, or gives no reason, allows nothing. `reasons = "optional"` in
//! `remold.toml` lets the reason be left out.
//!
//! ## Flagged
//!
//! ```sql
//! -- remold: allow(drop-tables) nobody ever used it
//! DROP TABLE IF EXISTS drafts;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- remold: allow(drop-table) nobody ever used it
//! DROP TABLE IF EXISTS drafts;
//! ```
//!
//! ## Proof
//!
//! None: SQLite does not read comments

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "malformed-directive", level: Level::Error, since: "0.1.0", check: Check::Directive(check) };

fn check(_: &str, fault: &Fault, out: &mut Findings) {
    let Fault::Malformed { comment, message, help } = fault else { return };
    out.report(*comment, &**message)
        .reason("the comment speaks to remold, and does nothing as it is")
        .help(help.clone());
}
