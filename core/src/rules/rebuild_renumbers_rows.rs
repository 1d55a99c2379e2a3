//! # A rebuild that renumbers rows which a full-text index finds by number
//!
//! A table without an `INTEGER PRIMARY KEY` has rowids all the same. A copy gives the rows new ones, from
//! 1 on without gaps, unless it copies them. A full-text table that keeps no text of its own (`content =
//! 'users'`) finds the rows by their numbers, and then answers with other rows than it found.
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
    for object in cx.end.objects() {
        let Body::CreateVirtualTable(index) = &object.statement().body else { continue };
        let Some(content) = content(index, &object.sql) else { continue };
        for rebuild in renumbering.iter().filter(|rebuild| name::same(&rebuild.table, &content)) {
            let again = cx.earlier.filled(&object.name) || cx.earlier.created(&object.name);
            if again {
                continue;
            }
            let (table, text) = (&rebuild.table, name::plain(&object.name));
            out.report(
                rebuild.created,
                format!("the rebuild of `{table}` renumbers the rows that `{}` finds", object.name),
            )
            .reason("the table has no INTEGER PRIMARY KEY, so each copied row gets the next free number")
            .help(format!(
                "copy `rowid` too, or write `INSERT INTO {text} ({text}) VALUES ('rebuild')` behind the rebuild"
            ));
        }
    }
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
