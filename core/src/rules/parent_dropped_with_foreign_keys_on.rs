//! # A parent that is dropped while foreign keys are on
//!
//! With foreign keys on, `DROP TABLE` first deletes every row. `ON DELETE CASCADE` and `SET NULL` act on
//! the children and on theirs, and where a child allows neither, the statement fails. A table that is
//! rebuilt so comes back with all its rows, and its children are empty. In a transaction `PRAGMA
//! foreign_keys = OFF` does nothing, and `defer_foreign_keys` delays the check and no action.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! PRAGMA foreign_keys = ON;
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! INSERT INTO users VALUES (1, 'Ada');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
//! INSERT INTO new_users (id, name) SELECT id, name FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! PRAGMA foreign_keys = ON;
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! INSERT INTO users VALUES (1, 'Ada');
//! INSERT INTO posts VALUES (1, 1);
//! -- file: 0002_rebuild.sql
//! PRAGMA foreign_keys = OFF;
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
//! INSERT INTO new_users (id, name) SELECT id, name FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! PRAGMA foreign_keys = ON;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM posts`: `0`

use crate::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "parent-dropped-with-foreign-keys-on",
    level: Level::Error,
    since: "0.1.0",
    check: Check::Change(check),
};

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let Change::Drop { kind: ObjectKind::Table, name } = change else { return };
    let is_empty = |table: &str| cx.is_empty(table) || cx.earlier.emptied(table);
    let Some(table) = cx.before.get(&name.text).filter(|table| cx.foreign_keys && !table.temporary) else { return };
    if is_empty(&table.name) {
        return;
    }
    let has_rows = |child: &Object| !child.temporary && !name::same(&child.name, &table.name) && !is_empty(&child.name);
    let gone = followers(cx.before, table, Action::Cascade, &has_rows);
    let parents: Vec<&str> = gone.iter().chain([&table.name]).map(String::as_str).collect();
    let bound = |action: Action| -> Vec<String> {
        let all: BTreeSet<String> =
            gathered(parents.iter().flat_map(|parent| children(cx.before, parent, action, &has_rows)));
        all.into_iter().filter(|child| !gone.contains(child)).collect()
    };
    let refusing: Vec<String> = [Action::NoAction, Action::Restrict].into_iter().flat_map(bound).collect();
    let nulled: Vec<String> = [Action::SetNull, Action::SetDefault].into_iter().flat_map(bound).collect();
    if !refusing.is_empty() && !waits(cx, &parents, &refusing) {
        out.report(
            name.span,
            format!("dropping `{}` fails where there are rows in {}", table.name, listed(cx, &refusing)),
        )
        .reason("foreign keys are on, so SQLite deletes each row first, and these children hold to theirs")
        .help(help(cx))
        .sqlite("FOREIGN KEY constraint failed");
        return;
    }
    let does = match (gone.is_empty(), nulled.is_empty()) {
        (true, true) => return,
        (false, true) => format!("deletes the rows of {}", listed(cx, &gone)),
        (true, false) => format!("cuts off the rows of {}", listed(cx, &nulled)),
        (false, false) => {
            format!("deletes the rows of {} and cuts off those of {}", listed(cx, &gone), listed(cx, &nulled))
        }
    };
    let reason = if cx.earlier.defers_foreign_keys() {
        "foreign keys are on, so SQLite deletes each row first; `defer_foreign_keys` delays the check, and no action"
    } else {
        "foreign keys are on, so SQLite deletes each row before it drops the table, and ON DELETE is carried out"
    };
    out.report(name.span, format!("dropping `{}` {does}", table.name)).reason(reason).help(help(cx));
}

fn listed(cx: &Context, names: &[String]) -> String {
    cx.rows.listed(names.iter().map(String::as_str))
}

/// Whether each key that holds to its parent waits for the `COMMIT`, before which the parents may come back.
fn waits(cx: &Context, parents: &[&str], children: &[String]) -> bool {
    let is_parent = |key: &ForeignKey| parents.iter().any(|parent| key.table.is(parent));
    let in_transaction = cx.transaction != InTransaction::No;
    let holds = |key: &ForeignKey| matches!(key.on_delete, Action::NoAction | Action::Restrict) && is_parent(key);
    let waits = |child: &String| {
        let create = cx.before.get(child).and_then(|child| child.as_table());
        create.is_none_or(|create| foreign_keys(create).filter(|(_, key)| holds(key)).all(|(_, key)| key.deferred))
    };
    in_transaction && (cx.earlier.defers_foreign_keys() || children.iter().all(waits))
}

fn help(cx: &Context) -> String {
    match cx.transaction {
        InTransaction::No => {
            "write `PRAGMA foreign_keys = OFF` before, and look at `PRAGMA foreign_key_check` behind it".to_owned()
        }
        InTransaction::ByFile => {
            "write `PRAGMA foreign_keys = OFF` before the transaction begins: inside it does nothing".to_owned()
        }
        InTransaction::ByRunner => {
            let way_out = cx.runner.without_transaction();
            format!(
                "switch foreign keys off on the connection before the files run: a PRAGMA in the file does nothing; or {way_out}"
            )
        }
    }
}
