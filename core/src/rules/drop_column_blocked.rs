//! # A column that cannot be dropped, since something needs it
//!
//! SQLite refuses `DROP COLUMN` while the column is in the primary key, in a UNIQUE constraint, in an
//! index, in a CHECK or a FOREIGN KEY of the table, in a generated column, in a view or in a trigger.
//! A trigger that only writes it, or fires `UPDATE OF` it, is not seen: the drop passes.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE INDEX users_email ON users (email);
//! ALTER TABLE users DROP COLUMN email;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE INDEX users_email ON users (email);
//! DROP INDEX users_email;
//! ALTER TABLE users DROP COLUMN email;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `error in index users_email after drop column: no such column: email`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "drop-column-blocked", level: Level::Error, since: "0.1.0", check: Check::Change(check) };

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let Change::DropColumn { table, column } = change else { return };
    let Some(known) = cx.before.get(&table.text) else { return };
    if cx.engine < version::DROP_COLUMN.since {
        return;
    }
    let name = format!("{}.{}", table.text, column.text);
    let (silent, loud): (Vec<Blocker>, Vec<Blocker>) =
        drop_column_blockers(cx.before, known, &column.text).into_iter().partition(|blocker| blocker.silent);
    if let Some(first) = loud.first() {
        let what: Vec<&str> = loud.iter().map(|blocker| &*blocker.what).collect();
        out.report(column.span, format!("`{name}` cannot be dropped because of {}", listed(&what)))
            .reason("SQLite refuses to leave behind what names a column that is gone")
            .help(listed(&loud.iter().map(remedy).collect::<Vec<_>>()))
            .sqlite(&*first.error);
    }
    for blocker in silent {
        out.report(column.span, format!("`{name}` is still named in {}", blocker.what))
            .reason("SQLite drops the column all the same, and the trigger fails or stays silent from then on")
            .help("drop the trigger first, and create it again without the column");
    }
}

fn remedy(blocker: &Blocker) -> String {
    match &blocker.remedy {
        Remedy::DropIndex(index) => format!("`DROP INDEX {}` first", name::plain(index)),
        Remedy::OwnConstraint | Remedy::GoesWithColumn(_) => "let `remold plan` rebuild the table".to_owned(),
        Remedy::Decide if blocker.what.starts_with("its ") => "copy the rows into a table with another key".to_owned(),
        Remedy::Decide if blocker.what.starts_with("being ") => "drop the whole table".to_owned(),
        Remedy::Decide => format!("change {} first", blocker.what),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(parts: &[impl AsRef<str>]) -> String {
    let mut parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    parts.dedup();
    let Some((last, before)) = parts.split_last() else { return String::new() };
    if before.is_empty() { (*last).to_owned() } else { format!("{} and {last}", before.join(", ")) }
}
