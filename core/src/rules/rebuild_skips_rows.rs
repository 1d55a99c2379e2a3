//! # A rebuild that skips rows which break a new constraint
//!
//! `INSERT OR IGNORE` leaves out what the new table does not take, `INSERT OR REPLACE` deletes the row
//! that is in the way. Where the new table demands more than the old one did, the copy so loses rows, and
//! the old table is dropped behind it. A plain `INSERT` fails, and everything is still there.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! INSERT INTO users (email) VALUES ('ada@example.org'), ('ada@example.org');
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
//! INSERT OR IGNORE INTO new_users (id, email) SELECT id, email FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Instead
//!
//! Decide what becomes of these rows, and let the copy fail on any other:
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! INSERT INTO users (email) VALUES ('ada@example.org'), ('ada@example.org');
//! -- file: 0002_rebuild.sql
//! UPDATE users SET email = NULL WHERE id NOT IN (SELECT min(id) FROM users GROUP BY email);
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
//! INSERT INTO new_users (id, email) SELECT id, email FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM users`: `1`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rebuild-skips-rows", level: Level::Error, since: "0.1.0", check: Check::Rebuild(check) };

fn check(cx: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    if rebuild.dropped.is_none() || !rebuild.before.knows_columns() || !rebuild.after.knows_columns() {
        return;
    }
    for copy in &rebuild.copies {
        let Some(skips) = copy.skips else { continue };
        let mut demands = new_keys(cx, rebuild);
        if skips == Conflict::Ignore {
            demands.extend(new_not_nulls(rebuild));
            demands.extend(new_checks(rebuild));
        }
        if demands.is_empty() {
            continue;
        }
        let message = format!("the rebuild of `{}` loses rows that break {}", rebuild.table, demands.join(", "));
        let reason = match skips {
            Conflict::Replace => "REPLACE deletes the row that is in the way, and the old table is dropped then",
            _ => "the copy leaves them out without a word, and the old table is dropped then",
        };
        out.report(copy.into.span, message)
            .reason(reason)
            .help("write a plain INSERT, which fails on such rows, and change or delete them before it");
    }
}

/// The sets of columns that the new table wants unique and the old one did not.
fn new_keys(cx: &FileContext, rebuild: &Rebuild) -> Vec<String> {
    let names = |index: &IndexRow| -> Vec<String> {
        let own = index.terms.iter().filter(|term| term.key);
        own.map(|term| match &term.term {
            Term::Column(_, name) => name::fold(name).into_owned(),
            _ => String::new(),
        })
        .collect()
    };
    let keys = |table: &Object| -> Vec<Vec<String>> {
        let create = table.as_table();
        let alias = create.and_then(|create| rowid_alias(create, &table.sql));
        alias.map(|alias| Vec::from([name::fold(&alias.text).into_owned()])).into_iter().collect()
    };
    let mut old = keys(&rebuild.before);
    let of_indexes = index_list(cx.start, &rebuild.before);
    old.extend(of_indexes.iter().filter(|index| index.unique && !index.partial).map(names));
    let mut new = keys(&rebuild.after);
    // An index that is created behind the copy skips nothing.
    let of_table = index_list(cx.end, &rebuild.after);
    new.extend(of_table.iter().filter(|index| index.origin != Origin::Created).map(names));
    new.into_iter()
        .filter(|key| {
            let origins: Option<BTreeSet<String>> =
                key.iter().map(|column| rebuild.origin(column).map(|from| name::fold(&from).into_owned())).collect();
            // Where a column is computed, or numbered anew, nothing is known of its values.
            origins.is_some_and(|origins| !old.iter().any(|known| known.iter().all(|column| origins.contains(column))))
        })
        .map(|key| format!("`UNIQUE ({})`", key.join(", ")))
        .collect()
}

fn new_not_nulls(rebuild: &Rebuild) -> Vec<String> {
    let old = table_xinfo(&rebuild.before);
    let alias = rebuild.before.as_table().and_then(|create| rowid_alias(create, &rebuild.before.sql));
    let could_be_null = |column: &str| {
        let Some(from) = rebuild.origin(column) else { return false };
        let known = old.iter().find(|row| name::same(&row.name, &from));
        known.is_some_and(|row| !row.not_null) && alias.is_none_or(|alias| !alias.is(&from))
    };
    let rows = table_xinfo(&rebuild.after);
    let new = rows.iter().filter(|row| row.not_null && could_be_null(&row.name));
    new.map(|row| format!("`NOT NULL` of `{}`", row.name)).collect()
}

fn new_checks(rebuild: &Rebuild) -> Vec<String> {
    let (Some(before), Some(after)) = (rebuild.before.as_table(), rebuild.after.as_table()) else { return Vec::new() };
    let old: Vec<String> =
        checks(before).map(|(_, _, expression)| folded(expression.of(&rebuild.before.sql))).collect();
    let texts = checks(after).map(|(_, _, expression)| expression.of(&rebuild.after.sql));
    let new = texts.filter(|text| !old.contains(&folded(text)) && !text.contains(['`', '\n']));
    new.map(|text| format!("`CHECK {text}`")).collect()
}
