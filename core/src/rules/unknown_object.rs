//! # A name that is not there
//!
//! At this point of the history there is no such table, column, index, view or trigger, or what bears
//! the name is something else: `DROP TABLE` refuses a view, even with `IF EXISTS`. Where the files do
//! not begin with an empty database, a table that they never made is not reported.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! ALTER TABLE user ADD COLUMN email TEXT;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! ALTER TABLE users ADD COLUMN email TEXT;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `no such table: user`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "unknown-object", level: Level::Error, since: "0.1.0", check: Check::Problem(check) };

fn check(cx: &Context, refusal: &Refusal, out: &mut Findings) {
    match &refusal.kind {
        // Whoever runs the files has made its ledger before the first.
        RefusalKind::Missing { name, .. } if name::is_bookkeeping(name) || name::is_ledger(name) => {}
        RefusalKind::Missing { name, what, nearest } => {
            let report = out
                .report(refusal.span, format!("there is no {what} `{name}`"))
                .reason("no statement up to here made it, or one has dropped or renamed it")
                .sqlite(&*refusal.error);
            match nearest {
                Some(nearest) => report
                    .help(format!("did you mean `{nearest}`?"))
                    .fix(Safety::Unsafe, Vec::from([Edit { span: refusal.span, text: name::plain(nearest) }])),
                None => report.help("create it first, or correct the name"),
            };
        }
        RefusalKind::WrongKind { name, found, needed } => {
            let instead = match &cx.statement.body {
                Body::Drop(_) => format!("write DROP {}", found.as_str().to_ascii_uppercase()),
                Body::CreateIndex(_) => "index the table that the view reads".to_owned(),
                _ => "drop the view and create it anew".to_owned(),
            };
            out.report(refusal.span, format!("`{name}` is {}, not {}", phrase(*found), phrase(*needed)))
                .reason(format!("the statement is for {} alone, and IF EXISTS does not help", phrase(*needed)))
                .help(instead)
                .sqlite(&*refusal.error);
        }
        RefusalKind::Reserved { name }
            if matches!(cx.statement.body, Body::Drop(_) | Body::AlterTable(_))
                && refusal.error.contains("may not be dropped") =>
        {
            out.report(refusal.span, format!("`{name}` is nothing that can be dropped"))
                .reason("SQLite keeps its own tables, and UNIQUE and PRIMARY KEY constraints")
                .help("leave the statement out; to lose a constraint, let `remold plan` rebuild the table")
                .sqlite(&*refusal.error);
        }
        _ => {}
    }
}

fn phrase(kind: ObjectKind) -> String {
    format!("{} {}", if kind == ObjectKind::Index { "an" } else { "a" }, kind.as_str())
}
