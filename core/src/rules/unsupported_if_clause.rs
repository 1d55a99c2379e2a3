//! # A guard that SQLite does not have
//!
//! `ALTER TABLE` knows neither `IF EXISTS` nor `IF NOT EXISTS`, in no version of SQLite. People bring
//! them from PostgreSQL and MariaDB; here they are syntax errors.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! ALTER TABLE users ADD COLUMN IF NOT EXISTS email TEXT;
//! ```
//!
//! ## Instead
//!
//! Leave the clause out, and let a tool run the file that looks first or that records it, such as
//! `remold apply`:
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! ALTER TABLE users ADD COLUMN email TEXT;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `near "EXISTS": syntax error`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "unsupported-if-clause", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let Body::Opaque(opaque) = &statement.body else { return };
    let Problem::Unsupported(clause) = &opaque.problem else { return };
    let run_once = "leave it out, and let a tool run the file that records what has run";
    let (place, written, help) = match clause {
        UnsupportedClause::AlterTableIfExists => (
            "ALTER TABLE",
            "IF EXISTS",
            "name a table that is there, or create it first with CREATE TABLE IF NOT EXISTS",
        ),
        UnsupportedClause::AddColumnIfNotExists => (
            "ADD COLUMN",
            "IF NOT EXISTS",
            "leave it out; `remold apply` looks whether the column is there before it adds it",
        ),
        UnsupportedClause::DropColumnIfExists => (
            "DROP COLUMN",
            "IF EXISTS",
            "leave it out; `remold apply` looks whether the column is there before it drops it",
        ),
        UnsupportedClause::RenameColumnIfExists => ("RENAME COLUMN", "IF EXISTS", run_once),
        UnsupportedClause::DropConstraintIfExists => ("DROP CONSTRAINT", "IF EXISTS", run_once),
        UnsupportedClause::AddConstraintIfNotExists => ("ADD CONSTRAINT", "IF NOT EXISTS", run_once),
    };
    // SQLite takes IF for a name, stops at the first word that cannot follow, and shows it as written.
    let end = opaque.at.end as usize;
    let refused = if place == "ADD CONSTRAINT" { "NOT" } else { &cx.file.text[end - "EXISTS".len()..end] };
    let rest = &cx.file.text[opaque.at.end as usize..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let cut = Span::new(opaque.at.start, opaque.at.end + u32::try_from(gap).unwrap_or(0));
    out.report(opaque.at, format!("`{place}` has no `{written}`"))
        .reason("no version of SQLite has this clause; its grammar knows it in CREATE and DROP alone")
        .help(help)
        .sqlite(format!("near \"{refused}\": syntax error"))
        .fix(Safety::Unsafe, Vec::from([Edit { span: cut, text: String::new() }]));
}
