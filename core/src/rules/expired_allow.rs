//! # An allow whose day has passed
//!
//! `until` says up to which day an allow holds. Behind it the finding is back, and this one says why.
//!
//! ## Flagged
//!
//! ```sql
//! -- remold: allow(drop-table) until 2020-12-31 the old application still runs
//! DROP TABLE IF EXISTS drafts;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- remold: allow(drop-table) the old application is gone
//! DROP TABLE IF EXISTS drafts;
//! ```
//!
//! ## Proof
//!
//! None: SQLite does not read comments

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "expired-allow", level: Level::Warning, since: "0.1.0", check: Check::Directive(check) };

fn check(_: &str, fault: &Fault, out: &mut Findings) {
    let Fault::Expired { comment, until } = fault else { return };
    out.report(*comment, format!("the allow held until {until}"))
        .reason("what it allowed is reported again")
        .help("mend what is found, or give it another day and say why");
}
