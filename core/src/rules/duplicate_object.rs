//! # A name that is taken
//!
//! Tables, views and indexes share one name space, in which upper and lower case are the same;
//! triggers have another. Names that begin with `sqlite_` are SQLite's own.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! CREATE VIEW Users AS SELECT 1;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! CREATE VIEW all_users AS SELECT 1;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `table Users already exists`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "duplicate-object", level: Level::Error, since: "0.1.0", check: Check::Problem(check) };

fn check(cx: &Context, refusal: &Refusal, out: &mut Findings) {
    match &refusal.kind {
        RefusalKind::Exists { name, what } => {
            let article = if *what == "index" { "an" } else { "a" };
            out.report(refusal.span, format!("there is already {article} {what} `{name}`"))
                .reason("an earlier statement made it, and nothing has dropped it since")
                .help("choose another name, or leave the statement out")
                .sqlite(&*refusal.error);
        }
        RefusalKind::Reserved { name } if name::is_internal(name) && !matches!(cx.statement.body, Body::Drop(_)) => {
            out.report(refusal.span, format!("`{name}` is a name that SQLite keeps for itself"))
                .reason("so is every name that begins with sqlite_")
                .help("choose another name")
                .sqlite(&*refusal.error);
        }
        _ => {}
    }
}
