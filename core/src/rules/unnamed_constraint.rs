//! # A constraint without a name
//!
//! Since 3.53.0 SQLite drops a `CHECK`, and since 3.54.0 a foreign key, by its name: one without can only be
//! got rid of by a rebuild of the table. An error shows the name of a `CHECK`, and otherwise its whole
//! expression. `UNIQUE` and `PRIMARY KEY` are dropped by no version, whatever they are called.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER, CHECK (age >= 18));
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER, CONSTRAINT users_adult CHECK (age >= 18));
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `INSERT INTO users (age) VALUES (17)`: `CHECK constraint failed: age >= 18`
//!
//! Running the better file, then `INSERT INTO users (age) VALUES (17)`: `CHECK constraint failed: users_adult`
//!
//! Running the better file, then `ALTER TABLE users DROP CONSTRAINT users_adult`: it runs
//!
//! Running the better file, then `ALTER TABLE users DROP CONSTRAINT users_adult` in SQLite 3.51.3:
//! `near "CONSTRAINT": syntax error`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "unnamed-constraint", level: Level::Note, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let newest = cx.versions.newest.unwrap_or(cx.engine).max(cx.engine);
    if newest < version::ALTER_DROP_CONSTRAINT.since {
        return;
    }
    for check in cx.declared_checks().filter(|check| check.name.is_none() && !check.is_old) {
        say(out, check.at(check.span), "CHECK", check.table);
    }
    for made in cx.made_tables().filter(|_| newest >= version::ALTER_DROP_FOREIGN_KEY.since) {
        for constraint in &made.create.definition.constraints {
            let TableConstraintKind::ForeignKey { columns, .. } = &constraint.kind else { continue };
            if constraint.name.is_none() && !was_there(made.was, columns) {
                say(out, made.at(constraint.span), "FOREIGN KEY", made.name);
            }
        }
    }
}

fn say(out: &mut Findings, at: Span, what: &str, table: &str) {
    let word = if what == "CHECK" { "check" } else { "key" };
    let name = name::plain(&format!("{table}_{word}"));
    out.report(at, format!("a {what} of `{table}` has no name"))
        .reason("ALTER TABLE drops a constraint by its name, and without one the table must be rebuilt")
        .help(format!("write CONSTRAINT and a name before it, such as `CONSTRAINT {name}`"));
}

/// Whether the table had a foreign key of those columns.
fn was_there(was: Option<&Object>, columns: &[Name]) -> bool {
    let Some(was) = was.and_then(|was| was.as_table()) else { return false };
    foreign_keys(was).any(|(known, _)| {
        known.len() == columns.len() && known.iter().zip(columns).all(|(one, other)| one.is(&other.text))
    })
}
