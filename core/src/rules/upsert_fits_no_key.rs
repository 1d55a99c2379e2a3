//! # An upsert whose columns no key keeps unique
//!
//! `ON CONFLICT (column)` needs a PRIMARY KEY, a UNIQUE constraint or a unique index on just these columns;
//! a partial index counts only where the clause repeats its condition. Without one SQLite refuses the
//! statement, whatever the rows are. So it is with every such statement after the index has gone, those of
//! the application among them.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE UNIQUE INDEX users_email ON users (email);
//! -- file: 0002_index.sql
//! DROP INDEX users_email;
//! INSERT INTO users (email) VALUES ('root') ON CONFLICT (email) DO NOTHING;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE UNIQUE INDEX users_email ON users (email);
//! -- file: 0002_seed.sql
//! INSERT INTO users (email) VALUES ('root') ON CONFLICT (email) DO NOTHING;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "upsert-fits-no-key", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let Body::Data(data) = &statement.body else { return };
    if data.upserts.is_empty() {
        return;
    }
    let Some(fault) = data_fault(cx.before, &cx.file.text, data) else { return };
    if fault.kind != FaultKind::Conflict {
        return;
    }
    let targets = data.upserts.iter().flat_map(|upsert| &upsert.target);
    let place = targets.map(|target| target.span).reduce(Span::to).unwrap_or(data.table.name.span);
    let table = &data.table.name.text;
    let report = out
        .report(place, format!("no key of `{table}` is on just these columns"))
        .reason("a conflict can only be on a PRIMARY KEY, a UNIQUE constraint or a unique index")
        .help(format!("add `CREATE UNIQUE INDEX … ON {table} (…)` before, or name the columns of a key that is there"));
    if let Some(error) = fault.error {
        report.sqlite(error);
    }
}
