//! # A rebuild that deletes the children's rows on D1
//!
//! Foreign keys are always on in Cloudflare D1, and `PRAGMA foreign_keys = OFF` changes nothing. A rebuild
//! drops the old table, and a drop deletes its rows first: `ON DELETE CASCADE` deletes the rows of the
//! children, `SET NULL` forgets their parent, and the migration is reported as done. Any other child makes
//! a rebuild that renames fail, `PRAGMA defer_foreign_keys` or not.
//!
//! ## Flagged
//!
//! ```sql
//! -- target: d1
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! -- file: 0002_email.sql
//! PRAGMA foreign_keys = OFF;
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT NOT NULL DEFAULT '');
//! INSERT INTO new_users (id) SELECT id FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Instead
//!
//! Keep the children's rows aside, and put them back:
//!
//! ```sql
//! -- target: d1
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! -- file: 0002_email.sql
//! PRAGMA defer_foreign_keys = ON;
//! CREATE TABLE users_rows (id INTEGER PRIMARY KEY);
//! INSERT INTO users_rows SELECT id FROM users;
//! CREATE TABLE posts_rows (id INTEGER PRIMARY KEY, author INTEGER);
//! INSERT INTO posts_rows SELECT id, author FROM posts;
//! DROP TABLE users;
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL DEFAULT '');
//! INSERT INTO users (id) SELECT id FROM users_rows;
//! DELETE FROM posts;
//! INSERT INTO posts (id, author) SELECT id, author FROM posts_rows;
//! DROP TABLE users_rows;
//! DROP TABLE posts_rows;
//! ```
//!
//! ## Proof
//!
//! None: D1 does not run here. On its own engine, workerd of 2025-12-02 and 2026-07-30, and by wrangler 4.164,
//! three rows of the children were none afterwards, and the migration was reported as done.

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "d1-cascading-rebuild", level: Level::Error, since: "0.1.0", check: Check::Rebuild(check) };

fn check(cx: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    let Some(drop) = rebuild.dropped.as_ref().filter(|_| cx.targets.contains(&Target::D1)) else { return };
    let table = &rebuild.before.name;
    let with = |wanted: &dyn Fn(Action) -> bool| -> Vec<String> {
        let children = rebuild.children.iter().filter(|child| {
            let acts = child.as_table().is_some_and(|create| {
                foreign_keys(create).any(|(_, key)| key.table.is(table) && wanted(key.on_delete))
            });
            // Rows that the file keeps aside, or that only it has put there, it can put back.
            acts && !cx.earlier.copied(&child.name) && cx.start.get(&child.name).is_some()
        });
        children.map(|child| cx.rows.named(&child.name)).collect()
    };
    let gone = with(&|action| action == Action::Cascade);
    let cut = with(&|action| matches!(action, Action::SetNull | Action::SetDefault));
    let stop = with(&|action| matches!(action, Action::NoAction | Action::Restrict));
    let mut say = |message: String, reason: &'static str, help: &'static str| {
        out.report(drop.span, message).reason(reason).help(help);
    };
    let always = "foreign keys are always on there, and dropping the old table deletes its rows first";
    let aside =
        "keep the children's rows in another table and put them back, or rebuild the children without the key before";
    if !gone.is_empty() {
        say(format!("on D1 the rebuild of `{table}` deletes the rows of {}", gone.join(", ")), always, aside);
    }
    if !cut.is_empty() {
        say(format!("on D1 the rebuild of `{table}` cuts off the rows of {}", cut.join(", ")), always, aside);
    }
    if !stop.is_empty() && rebuild.renamed.is_some() {
        say(
            format!("on D1 the rebuild of `{table}` fails, since rows of {} refer to it", stop.join(", ")),
            always,
            "copy the rows out, drop the table, make it anew by the same name and copy them back, behind PRAGMA defer_foreign_keys = ON",
        );
    }
}
