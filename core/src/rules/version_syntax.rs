//! # Syntax that an older SQLite does not have
//!
//! What a statement says once, the SQLite that runs the file must know. What stays in the schema,
//! every SQLite that opens the database must know: one that does not refuses the whole file, each
//! table of it, as malformed.
//!
//! ## Flagged
//!
//! ```sql
//! -- sqlite: 3.34.1..
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT) STRICT;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- sqlite: 3.34.1..
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT CHECK (typeof(email) IN ('text', 'null')));
//! ```
//!
//! ## Proof
//!
//! In SQLite 3.34.0, running the flagged file: `near "STRICT": syntax error`
//!
//! Running the flagged file, then `SELECT * FROM sqlite_master` in SQLite 3.34.0:
//! `malformed database schema (users) - near "STRICT": syntax error`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "version-syntax", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    for (feature, span) in &statement.features {
        if version::is_alter(*feature) {
            continue;
        }
        let (since, name) = (feature.since, feature.name);
        if version::is_ignored(*feature) {
            if cx.engine < since {
                out.report(*span, format!("needs SQLite {since} for {name}, but {} runs the file", cx.engine))
                    .level(Level::Warning)
                    .reason("an older SQLite takes a PRAGMA that it does not know for nothing at all, without an error")
                    .help(feature.instead);
            }
        } else if cx.engine < since {
            out.report(*span, format!("needs SQLite {since} for {name}, but {} runs the file", cx.engine))
                .reason("an older SQLite does not know it and stops there")
                .help(feature.instead);
        } else if let Some(object) = kept(&statement.body)
            && cx.versions.oldest < since
        {
            let message = format!("needs SQLite {since} for {name}, but {} reads the database", cx.versions.oldest);
            if version::is_name(*feature) {
                out.report(*span, message)
                    .reason("it stays in the schema, where an older SQLite takes it for the name of something else")
                    .help(feature.instead);
                continue;
            }
            out.report(*span, message)
                .reason("it stays in the schema, and an older SQLite then refuses every table of the database")
                .help(feature.instead)
                .sqlite(format!("malformed database schema ({object})"));
        }
    }
}

/// The object whose text in the schema keeps what the statement says.
fn kept(body: &Body) -> Option<&str> {
    let name = match body {
        Body::CreateTable(it) if !it.temporary && it.query.is_none() => &it.name,
        Body::CreateVirtualTable(it) => &it.name,
        Body::CreateIndex(it) => &it.name,
        Body::CreateView(it) if !it.temporary => &it.name,
        Body::CreateTrigger(it) if !it.temporary => &it.name,
        Body::AlterTable(it) => &it.name,
        _ => return None,
    };
    (!name.schema.as_ref().is_some_and(|schema| schema.is("temp"))).then_some(&*name.name.text)
}
