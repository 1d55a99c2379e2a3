//! # A rebuild that renumbers rows which others find by number
//!
//! A table without an `INTEGER PRIMARY KEY` has rowids all the same. A copy gives the rows new ones, from
//! 1 on without gaps, unless it copies them. A full-text table that keeps no text of its own (`content =
//! 'users'`) finds the rows by their numbers, and then answers with other rows than it found. So does what a
//! view or a trigger ties to the `rowid`: the rows of an R*Tree, of a full-text table, of an archive.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_notes.sql
//! CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
//! CREATE VIRTUAL TABLE notes_text USING fts5(body, content = 'notes');
//! INSERT INTO notes VALUES ('a', 'first'), ('b', 'second');
//! INSERT INTO notes_text (notes_text) VALUES ('rebuild');
//! DELETE FROM notes WHERE key = 'a';
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
//! INSERT INTO new_notes (key, body) SELECT key, body FROM notes;
//! DROP TABLE notes;
//! ALTER TABLE new_notes RENAME TO notes;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_notes.sql
//! CREATE TABLE notes (key TEXT PRIMARY KEY, body TEXT);
//! CREATE VIRTUAL TABLE notes_text USING fts5(body, content = 'notes');
//! INSERT INTO notes VALUES ('a', 'first'), ('b', 'second');
//! INSERT INTO notes_text (notes_text) VALUES ('rebuild');
//! DELETE FROM notes WHERE key = 'a';
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_notes (key TEXT PRIMARY KEY, body TEXT NOT NULL);
//! INSERT INTO new_notes (rowid, key, body) SELECT rowid, key, body FROM notes;
//! DROP TABLE notes;
//! ALTER TABLE new_notes RENAME TO notes;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT rowid FROM notes WHERE key = 'b'`: `1`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rebuild-renumbers-rows", level: Level::Error, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let renumbering: Vec<&Rebuild> = cx.rebuilds.iter().filter(|rebuild| renumbers(rebuild)).collect();
    if renumbering.is_empty() {
        return;
    }
    let full_text = full_text(cx);
    for rebuild in renumbering {
        let table = &rebuild.table;
        let mut known: BTreeSet<String> = BTreeSet::new();
        for index in full_text.get(&*name::fold(table)).into_iter().flatten() {
            known.insert(name::fold(index).into_owned());
            if is_filled_anew(cx, index) {
                continue;
            }
            let text = name::plain(index);
            out.report(rebuild.created, format!("the rebuild of `{table}` renumbers the rows that `{index}` finds"))
                .reason("the table has no INTEGER PRIMARY KEY, so each copied row gets the next free number")
                .help(format!(
                    "copy `rowid` too, or write `INSERT INTO {text} ({text}) VALUES ('rebuild')` behind the rebuild"
                ));
        }
        for object in cx.start.mentioning(&rebuild.before.name) {
            let Some(other) = knows_numbers(cx.start, object, &rebuild.before) else { continue };
            if is_filled_anew(cx, &other) || !known.insert(name::fold(&other).into_owned()) {
                continue;
            }
            let who = format!("{} `{}`", object.kind.as_str(), object.name);
            out.report(
                rebuild.created,
                format!("the rebuild of `{table}` renumbers rows that `{other}` knows by number"),
            )
            .level(Level::Warning)
            .reason(format!("{who} ties its rows to the rowid, and each copied row gets the next free number"))
            .help(format!("copy `rowid` too, or give `{table}` an INTEGER PRIMARY KEY and tie the rows to that"));
        }
    }
}

/// The full-text tables that find their text by number, each with those that find it in the same table.
fn full_text<'run>(cx: &FileContext<'run>) -> BTreeMap<String, Vec<&'run str>> {
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for object in cx.end.objects() {
        if let Body::CreateVirtualTable(index) = &object.statement().body
            && let Some(table) = content(index, &object.sql)
        {
            found.entry(name::fold(&table).into_owned()).or_default().push(&object.name);
        }
    }
    found
}

fn is_filled_anew(cx: &FileContext, table: &str) -> bool {
    let is_made = cx.earlier.place(ObjectKind::Table, table).is_some_and(|place| place.made);
    cx.earlier.filled(table) || is_made || cx.earlier.dropped(ObjectKind::Table, table)
}

/// Whether the rows have numbers of their own that no copy brings along.
fn renumbers(rebuild: &Rebuild) -> bool {
    let own_numbers = |table: &Object| {
        table.as_table().is_some_and(|create| {
            create.definition.without_rowid.is_none() && rowid_alias(create, &table.sql).is_none()
        })
    };
    let names_rowid = |copy: &Copy| {
        let named = |column: &String| ["rowid", "_rowid_", "oid"].iter().any(|alias| name::same(alias, column));
        copy.columns.iter().flatten().any(named)
    };
    rebuild.dropped.is_some()
        && own_numbers(&rebuild.before)
        && own_numbers(&rebuild.after)
        && !rebuild.copies.last().is_none_or(names_rowid)
}

/// The table that holds the text of a full-text table and is known by its rows' numbers.
fn content(index: &CreateVirtualTable, sql: &str) -> Option<String> {
    if !index.module.is("fts5") && !index.module.is("fts4") {
        return None;
    }
    let option = |wanted: &str| {
        index.arguments(sql).find_map(|argument| {
            let (word, value) = argument.split_once('=')?;
            let value = value.trim().trim_matches(['\'', '"', '`', '[', ']']).to_owned();
            name::same(word.trim(), wanted).then_some(value)
        })
    };
    let by_number = option("content_rowid").is_none_or(|column| name::same(&column, "rowid"));
    option("content").filter(|table| by_number && !table.is_empty())
}
