//! # `PRAGMA foreign_keys` inside a transaction
//!
//! There it does nothing and says nothing. A rebuild that means to switch foreign keys off keeps
//! them on, its `DROP TABLE` deletes row by row, and `ON DELETE CASCADE` empties the children.
//!
//! ## Flagged
//!
//! ```sql
//! BEGIN;
//! PRAGMA foreign_keys = OFF;
//! COMMIT;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! PRAGMA foreign_keys = OFF;
//! BEGIN;
//! COMMIT;
//! ```
//!
//! ## Proof
//!
//! With foreign keys on, running the flagged file, then `PRAGMA foreign_keys`: `1`

use crate::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "foreign-keys-pragma-in-transaction",
    level: Level::Error,
    since: "0.1.0",
    check: Check::Statement(check),
};

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let Body::Pragma(pragma) = &statement.body else { return };
    // The plan of `remold apply` takes the pragma over, and the file's own transaction with it.
    if !pragma.name.name.is("foreign_keys") || pragma.value.is_none() || cx.runner.is_remold() {
        return;
    }
    let help = match cx.transaction {
        InTransaction::No => return,
        InTransaction::ByFile => "move it before the transaction begins, or behind its end".to_owned(),
        InTransaction::ByRunner => {
            format!("set it on the connection before the files run, or {}", cx.runner.without_transaction())
        }
    };
    let within = cx.runner.within(cx.transaction);
    let report = out
        .report(statement.span, format!("`PRAGMA foreign_keys` does nothing {within}"))
        .reason("SQLite ignores it there without a word, so foreign keys stay as they were")
        .help(help);
    if let (Some(edit), InTransaction::ByRunner) = (cx.runner.opt_out(&cx.file.text), cx.transaction) {
        report.fix(Safety::Unsafe, Vec::from([edit]));
    }
}
