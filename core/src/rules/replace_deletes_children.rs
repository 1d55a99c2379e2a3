//! # A REPLACE that deletes the rows that refer to the old one
//!
//! `REPLACE` and `INSERT OR REPLACE` delete the row that is in the way and put in another. With foreign
//! keys on, the children of the deleted row follow it: `ON DELETE CASCADE` deletes them, and theirs in
//! turn, and `SET NULL` and `SET DEFAULT` forget their parent. No error says so.
//!
//! ## Flagged
//!
//! ```sql
//! -- foreign keys: on
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! INSERT INTO users VALUES (1, 'Ada');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_name.sql
//! REPLACE INTO users VALUES (1, 'Ada Lovelace');
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- foreign keys: on
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! INSERT INTO users VALUES (1, 'Ada');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_name.sql
//! INSERT INTO users VALUES (1, 'Ada Lovelace') ON CONFLICT (id) DO UPDATE SET name = excluded.name;
//! ```
//!
//! ## Proof
//!
//! With foreign keys on, running the flagged file, then `SELECT count(*) FROM posts`: `0`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "replace-deletes-children", level: Level::Warning, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    match &statement.body {
        Body::Data(data) if cx.foreign_keys => look(cx, data, "foreign keys are on", out),
        // A trigger fires in the application, which has them on or the keys would mean nothing.
        Body::CreateTrigger(trigger) if !trigger.temporary => {
            for step in &trigger.body {
                if let TriggerStep::Data(data) = step {
                    look(cx, data, "the application has foreign keys on", out);
                }
            }
        }
        _ => {}
    }
}

fn look(cx: &Context, data: &Data, when: &str, out: &mut Findings) {
    if data.conflict != Some(Conflict::Replace) && data.kind != DataKind::Replace {
        return;
    }
    let Some(table) = cx.before.find(&data.table).filter(|table| !table.temporary) else { return };
    let in_trigger = matches!(&cx.statement.body, Body::CreateTrigger(_));
    let has_rows = |child: &Object| in_trigger || !cx.is_empty(&child.name);
    let gone = followers(cx.before, table, Action::Cascade, &has_rows);
    let nulled: Vec<String> = [Action::SetNull, Action::SetDefault]
        .into_iter()
        .flat_map(|action| children(cx.before, &table.name, action, &has_rows))
        .filter(|child| !gone.contains(child))
        .collect();
    let listed = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let does = match (gone.is_empty(), nulled.is_empty()) {
        (true, true) => return,
        (false, true) => format!("deletes its rows of {}", listed(&gone)),
        (true, false) => format!("cuts off its rows of {}", listed(&nulled)),
        (false, false) => format!("deletes its rows of {} and cuts off those of {}", listed(&gone), listed(&nulled)),
    };
    out.report(data.table.name.span, format!("replacing a row of `{}` {does}", table.name))
        .reason(format!("REPLACE deletes the old row first; {when}, and ON DELETE is carried out"))
        .help("write `INSERT … ON CONFLICT (…) DO UPDATE SET …`, which keeps the row");
}
