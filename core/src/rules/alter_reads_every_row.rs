//! # An ALTER TABLE that reads or writes every row
//!
//! Most of `ALTER TABLE` changes the schema alone and takes milliseconds. `DROP COLUMN` writes each row
//! anew, and what SQLite must check it reads: 3.8 seconds, and 0.5 to 1.5, for 2,000,000 rows. Nobody else
//! can write meanwhile. On a small table it does not matter.
//!
//! Where a snapshot says how many rows the table has (`remold lint --schema`), so does the finding: below 10,000
//! it is a note, from there on a warning. Each million took 1 to 2 seconds, measured with SQLite 3.54.1.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_age.sql
//! ALTER TABLE users ADD COLUMN age INTEGER CHECK (age > 0);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_age.sql
//! ALTER TABLE users ADD COLUMN age INTEGER;
//! ```
//!
//! ## Proof
//!
//! On 1,000 rows SQLite takes at least 100 times as many steps for the flagged file as for the better one

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "alter-reads-every-row", level: Level::Note, since: "0.1.0", check: Check::Change(check) };

/// Since then it is checked whether the rows keep what a new column demands.
const CHECKS: Version = Version::new(3, 37, 0);

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let Some((table, span, what, does)) = work(cx, change) else { return };
    if cx.earlier.created(&table.text) {
        return;
    }
    let rows = cx.rows_of(&table.text);
    if rows == Some(0) {
        return;
    }
    let which = rows.map_or_else(|| "every row".to_owned(), about);
    let (verb, reason) = match does {
        Work::Writes => ("writes", "all other writers wait meanwhile, and the journal grows by the size of the table"),
        Work::Reads => ("reads", "SQLite looks whether each row keeps it, and all other writers wait meanwhile"),
    };
    out.report(span, format!("{what} {verb} {which} of `{}`", table.text))
        .level(weight(rows, Level::Note))
        .reason(reason)
        .help("where the table is large, run it when nobody needs to write");
}

enum Work {
    Reads,
    Writes,
}

/// What a change does with the rows, if it does not leave them alone.
fn work<'run>(cx: &Context, change: &'run Change) -> Option<(&'run Name, Span, &'static str, Work)> {
    match change {
        Change::DropColumn { table, column } => {
            let known = cx.before.get(&table.text).and_then(|known| known.column(&column.text));
            let is_virtual = known.and_then(ColumnDefinition::generated).is_some_and(|(_, stored)| !stored);
            let takes = cx.engine >= version::DROP_COLUMN.since;
            (takes && !is_virtual).then_some((table, column.span, "`DROP COLUMN`", Work::Writes))
        }
        Change::AddColumn { table, column } if cx.engine >= CHECKS => {
            let check = column.find(|kind| matches!(kind, ColumnConstraintKind::Check(_)).then_some(()));
            let not_null = column.not_null().filter(|_| column.generated().is_some());
            let (constraint, what) = match (check, not_null) {
                (Some((check, ())), _) => (check, "a new column with a CHECK"),
                (None, not_null) => (not_null?, "a new generated column that is NOT NULL"),
            };
            Some((table, constraint.span, what, Work::Reads))
        }
        Change::SetNotNull { table, column } => Some((table, column.span, "`SET NOT NULL`", Work::Reads)),
        Change::AddConstraint { table, constraint } => Some((table, constraint.span, "a new constraint", Work::Reads)),
        _ => None,
    }
}
