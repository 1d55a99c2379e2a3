//! # A rebuild that renames the old table first
//!
//! Since SQLite 3.25 a `RENAME` edits every view and trigger that names the table, since 3.26 the foreign
//! keys of its children too. Renamed out of the way, the old table takes them all with it: they read and
//! check `users_old`, not the new `users`, and when it is dropped they fail at their next use.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
//! -- file: 0002_rebuild.sql
//! PRAGMA foreign_keys = OFF;
//! ALTER TABLE users RENAME TO users_old;
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
//! INSERT INTO users (id, name) SELECT id, name FROM users_old;
//! DROP TABLE users_old;
//! PRAGMA foreign_keys = ON;
//! ```
//!
//! ## Instead
//!
//! Make the new table under another name, and rename that one when the old one is gone:
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id));
//! -- file: 0002_rebuild.sql
//! PRAGMA foreign_keys = OFF;
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
//! INSERT INTO new_users (id, name) SELECT id, name FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! PRAGMA foreign_keys = ON;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `INSERT INTO posts VALUES (1, 1)`: `no such table: main.users_old`
//!
//! In SQLite 3.25.2, running the flagged file, then `INSERT INTO posts VALUES (1, 1)`:
//! `FOREIGN KEY constraint failed`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rebuild-renames-old-table-first", level: Level::Error, since: "0.1.0", check: Check::Rebuild(check) };

fn check(cx: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    let Some(moved_away) = rebuild.moved_away else { return };
    let left: Vec<String> = cx
        .end
        .mentioning(&rebuild.old_name)
        .into_iter()
        .filter(|object| follows(cx, rebuild, object))
        .map(|object| match object.kind {
            ObjectKind::Table => format!("a foreign key of `{}`", object.name),
            kind => format!("{} `{}`", kind.as_str(), object.name),
        })
        .collect();
    if left.is_empty() {
        return;
    }
    let (table, old, left) = (&rebuild.table, &rebuild.old_name, left.join(", "));
    let help = "make the new table under another name, drop the old one, and rename the new one";
    if let Some(drop) = rebuild.dropped {
        out.report(drop.span, format!("dropping `{old}` breaks {left}, which followed its RENAME"))
            .reason("RENAME edits what names the table, and none of it comes back to the new one")
            .help(help);
    } else {
        out.report(moved_away, format!("{left} follows the RENAME to `{old}`, away from the new `{table}`"))
            .reason("RENAME edits what names the table, and none of it comes back to the new one")
            .help(help)
            .level(Level::Warning);
    }
}

/// Whether the object named the table before the file and names what the old table is called now.
fn follows(cx: &FileContext, rebuild: &Rebuild, object: &Object) -> bool {
    let before = match object.kind {
        ObjectKind::Trigger => cx.start.trigger(&object.name),
        ObjectKind::View | ObjectKind::Table => cx.start.get(&object.name),
        // It belongs to the old table.
        ObjectKind::Index => None,
    };
    // What the new table says itself did not follow.
    let is_table = [&rebuild.old_name, &rebuild.table].iter().any(|table| name::same(&object.name, table));
    let is_own = object.belongs_to(&rebuild.old_name) || is_table;
    let named = |before: &Object| before.kind == object.kind && before.names(&rebuild.before.name);
    !is_own && object.names(&rebuild.old_name) && before.is_some_and(|before| named(before))
}
