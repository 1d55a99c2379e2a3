//! # A REPLACE that deletes the rows that refer to the old one
//!
//! `REPLACE` and `INSERT OR REPLACE` delete the row that is in the way and put in another. With foreign
//! keys on, the children of the deleted row follow it: `ON DELETE CASCADE` deletes them, and theirs in
//! turn, and `SET NULL` and `SET DEFAULT` forget their parent. No error says so.
//!
//! A key that is declared `ON CONFLICT REPLACE` makes one of each plain `INSERT`, and of each `UPDATE` of the
//! key, and nothing in the statement shows it.
//!
//! ## Flagged
//!
//! ```sql
//! -- foreign keys: on
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! CREATE TABLE tags (name TEXT PRIMARY KEY ON CONFLICT REPLACE);
//! CREATE TABLE tagged (post INTEGER, tag TEXT REFERENCES tags (name) ON DELETE CASCADE);
//! INSERT INTO users VALUES (1, 'Ada');
//! INSERT INTO tags VALUES ('sea');
//! INSERT INTO tagged VALUES (1, 'sea');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_name.sql
//! REPLACE INTO users VALUES (1, 'Ada Lovelace');
//! INSERT INTO tags VALUES ('sea');
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- foreign keys: on
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! CREATE TABLE tags (name TEXT PRIMARY KEY);
//! CREATE TABLE tagged (post INTEGER, tag TEXT REFERENCES tags (name) ON DELETE CASCADE);
//! INSERT INTO users VALUES (1, 'Ada');
//! INSERT INTO tags VALUES ('sea');
//! INSERT INTO tagged VALUES (1, 'sea');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_name.sql
//! INSERT INTO users VALUES (1, 'Ada Lovelace') ON CONFLICT (id) DO UPDATE SET name = excluded.name;
//! INSERT INTO tags VALUES ('sea') ON CONFLICT (name) DO NOTHING;
//! ```
//!
//! ## Proof
//!
//! With foreign keys on, running the flagged file, then `SELECT (SELECT count(*) FROM posts) + (SELECT count(*) FROM tagged)`: `0`

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
        Body::CreateTable(create) if !create.temporary => define(cx, create, out),
        _ => {}
    }
}

fn look(cx: &Context, data: &Data, when: &str, out: &mut Findings) {
    let Some(table) = cx.before.find(&data.table).filter(|table| !table.temporary) else { return };
    let says_so = data.conflict == Some(Conflict::Replace) || data.kind == DataKind::Replace;
    let in_trigger = matches!(&cx.statement.body, Body::CreateTrigger(_));
    if !says_so && (!replaces_silently(cx, data, table) || (!in_trigger && cx.is_empty(&table.name))) {
        return;
    }
    let Some(does) = consequence(cx, cx.before, table, &|child: &Object| in_trigger || !cx.is_empty(&child.name))
    else {
        return;
    };
    let (message, reason) = if says_so {
        (format!("replacing a row of `{}` {does}", table.name), "REPLACE deletes the old row first")
    } else {
        let message = format!("a row of `{}` that has the key already is replaced here, which {does}", table.name);
        (message, "the key is declared ON CONFLICT REPLACE, which deletes the old row first")
    };
    out.report(data.table.name.span, message).reason(format!("{reason}; {when}, and ON DELETE is carried out")).help(
        match data.kind {
            DataKind::Update if !says_so => "write UPDATE OR ABORT, and change the row that has the key by itself",
            _ => "write `INSERT … ON CONFLICT (…) DO UPDATE SET …`, which keeps the row",
        },
    );
}

/// What becomes of the rows that refer to one that is replaced, if anything does.
fn consequence(cx: &Context, schema: &Schema, table: &Object, has_rows: &impl Fn(&Object) -> bool) -> Option<String> {
    let gone = followers(schema, table, Action::Cascade, has_rows);
    let nulled: Vec<String> = [Action::SetNull, Action::SetDefault]
        .into_iter()
        .flat_map(|action| children(schema, &table.name, action, has_rows))
        .filter(|child| !gone.contains(child))
        .collect();
    let listed = |names: &[String]| cx.rows.listed(names.iter().map(String::as_str));
    match (gone.is_empty(), nulled.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("deletes its rows of {}", listed(&gone))),
        (true, false) => Some(format!("cuts off its rows of {}", listed(&nulled))),
        (false, false) => {
            Some(format!("deletes its rows of {} and cuts off those of {}", listed(&gone), listed(&nulled)))
        }
    }
}

/// Whether the statement may meet a row with its key, and the key itself then says REPLACE.
fn replaces_silently(cx: &Context, data: &Data, table: &Object) -> bool {
    if data.conflict.is_some() || !data.upserts.is_empty() || !table.says("REPLACE") {
        return false;
    }
    let Some(create) = table.as_table() else { return false };
    let text = &cx.file.text;
    let names = |column: &&Name| match data.kind {
        DataKind::Insert => data.columns.is_empty() || data.columns.iter().any(|named| named.is(text, &column.text)),
        DataKind::Update => data.sets.iter().flat_map(|set| &set.columns).any(|set| set.is(text, &column.text)),
        DataKind::Replace | DataKind::Delete => false,
    };
    // An INSERT that gives a key no value gives it none that is there; one changed column is another key.
    replacing_keys(create).any(|(columns, _)| match data.kind {
        DataKind::Update => columns.iter().any(names),
        _ => columns.iter().all(names),
    })
}

/// A table whose key replaces, and the first that refers to it with an action: whichever is made later.
fn define(cx: &Context, create: &CreateTable, out: &mut Findings) {
    let Some(table) = cx.after.find(&create.name).filter(|_| cx.before.find(&create.name).is_none()) else { return };
    let all = |_: &Object| true;
    if let Some((_, at)) = replacing_keys(create).next() {
        if let Some(does) = consequence(cx, cx.after, table, &all) {
            define_one(at, &table.name, &does, out);
        }
        return;
    }
    for (_, key) in foreign_keys(create) {
        let Some(parent) = cx.before.get(&key.table.text) else { continue };
        let replaces = parent.as_table().is_some_and(|parent| replacing_keys(parent).next().is_some());
        if replaces
            && consequence(cx, cx.before, parent, &all).is_none()
            && let Some(does) = consequence(cx, cx.after, parent, &all)
        {
            return define_one(key.table.span, &parent.name, &does, out);
        }
    }
}

fn define_one(at: Span, table: &str, does: &str, out: &mut Findings) {
    out.report(at, format!("a plain INSERT into `{table}` of a key that is there {does}"))
        .reason("a key that is ON CONFLICT REPLACE deletes the old row first, and ON DELETE is carried out")
        .help("leave ON CONFLICT REPLACE out, and write `INSERT … ON CONFLICT (…) DO UPDATE SET …` where it is meant");
}
