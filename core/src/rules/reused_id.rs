//! # An id that comes again while other rows still hold it
//!
//! `INTEGER PRIMARY KEY` gives a new row the highest number in the table plus one. When the last row is
//! deleted the next one gets its number, and whatever still holds the number without a foreign key, such
//! as a session or a log, then belongs to another row. `AUTOINCREMENT` never gives a number twice.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE sessions (token TEXT NOT NULL PRIMARY KEY, user_id INTEGER);
//! INSERT INTO users (name) VALUES ('ada');
//! INSERT INTO sessions VALUES ('secret', 1);
//! DELETE FROM users;
//! INSERT INTO users (name) VALUES ('bob');
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
//! CREATE TABLE sessions (token TEXT NOT NULL PRIMARY KEY, user_id INTEGER);
//! INSERT INTO users (name) VALUES ('ada');
//! INSERT INTO sessions VALUES ('secret', 1);
//! DELETE FROM users;
//! INSERT INTO users (name) VALUES ('bob');
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT name FROM users JOIN sessions ON user_id = id`: `bob`

use crate::prelude::*;

pub(crate) static RULE: Rule = Rule { id: "reused-id", level: Level::Note, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    for declared in cx.declared_columns() {
        let (holder, column) = (declared.table, &declared.column.name);
        if declared.was.is_some() || !name::fold(&column.text).ends_with("_id") {
            continue;
        }
        // An id of the row is a number, and what says that it is text is another.
        let holds_text = matches!(Affinity::of(&folded(declared.type_text())), Affinity::Text | Affinity::Blob);
        let is_untyped = declared.column.declared_type.is_none();
        if holds_text && !is_untyped {
            continue;
        }
        let Some(parent) = parent(cx, holder, &column.text) else { continue };
        let is_key = holder.as_table().is_some_and(|create| {
            foreign_keys(create).any(|(columns, _)| columns.iter().any(|bound| bound.is(&column.text)))
        });
        if is_key {
            continue;
        }
        let (holder, parent) = (&holder.name, &parent.name);
        out.report(
            declared.at(column.span),
            format!("`{holder}.{}` may hold an id of `{parent}` that comes again for another row", column.text),
        )
        .reason(format!(
            "no foreign key ties them together, and without AUTOINCREMENT the id of the last row of `{parent}` is given \
             again when that row is deleted"
        ))
        .help(format!("make it a foreign key, `REFERENCES {}`, or number the table with AUTOINCREMENT", name::plain(parent)));
    }
}

/// The table whose id the column seems to hold, where that id may come again: `user_id` of `users`.
fn parent<'run>(cx: &FileContext<'run>, holder: &Object, column: &str) -> Option<&'run Object> {
    let stem = name::fold(column).strip_suffix("_id").map(ToOwned::to_owned)?;
    let plurals = [stem.clone(), whole!("{stem}s"), whole!("{stem}es"), whole!("{}ies", stem.trim_end_matches('y'))];
    let parent = plurals.iter().find_map(|plural| cx.end.get(plural))?;
    let create = parent.as_table()?;
    // Where the table itself has a column of that name, that is what is meant.
    let has_its_own = parent.column(column).is_some();
    let is_other = !name::same(&parent.name, &holder.name) && parent.certain;
    let numbers = rowid_alias(create, &parent.sql).is_some() && !has_autoincrement(create);
    (is_other && numbers && !has_its_own).then_some(parent)
}
