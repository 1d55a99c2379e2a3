//! # Something that a libSQL server refuses
//!
//! libSQL's server, and Turso Cloud with it, is a fork of SQLite 3.45 that many connections share. It
//! refuses what concerns one connection or the file as such: temporary objects, `ATTACH`, `VACUUM`,
//! `ANALYZE` and most pragmas that set something. What SQLite learnt after 3.45 it has not.
//!
//! ## Flagged
//!
//! ```sql
//! -- target: libsql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! PRAGMA legacy_alter_table = ON;
//! ANALYZE;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- target: libsql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! REINDEX;
//! ```
//!
//! ## Proof
//!
//! None: libSQL's server does not run here. All of it was measured on its version 0.24.32.

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "libsql-unsupported", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

/// What may not be set.
const SET: [&str; 11] = [
    "legacy_alter_table",
    "writable_schema",
    "application_id",
    "journal_mode",
    "schema_version",
    "recursive_triggers",
    "ignore_check_constraints",
    "auto_vacuum",
    "page_size",
    "busy_timeout",
    "wal_checkpoint",
];

/// The SQLite that libSQL's server is made from.
const BASE: Version = Version::new(3, 45, 1);

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    if !cx.targets.contains(&Target::Libsql) {
        return;
    }
    let mut refuse = |span: Span, what: String, reason: &'static str, help: &'static str| {
        out.report(span, format!("{what} is refused by a libSQL server")).reason(reason).help(help);
    };
    let shared = "many connections share the database, and the server keeps the file";
    match &statement.body {
        Body::Other(other @ (Other::Vacuum | Other::VacuumInto | Other::Analyze | Other::Attach)) => {
            refuse(statement.span, format!("`{}`", other.as_str()), shared, "leave the statement out");
        }
        Body::Pragma(pragma) => {
            let name = &pragma.name.name;
            let sets = pragma.value.is_some() && SET.iter().any(|known| name.is(known));
            if sets || name.is("wal_checkpoint") || name.is("optimize") {
                refuse(name.span, format!("`PRAGMA {}`", name.text), shared, "leave it out");
            }
        }
        Body::CreateTable(it) => temporary(it.temporary, &it.name, &mut refuse),
        Body::CreateView(it) => temporary(it.temporary, &it.name, &mut refuse),
        Body::CreateTrigger(it) => temporary(it.temporary, &it.name, &mut refuse),
        _ => {}
    }
    let late = "it is made from SQLite 3.45.1";
    for (feature, span) in statement.features.iter().filter(|(feature, _)| feature.since > BASE) {
        refuse(*span, format!("the newer {}", feature.name), late, feature.instead);
    }
    for call in cx.calls() {
        let text = call.name.text(&cx.file.text);
        let known = if call.as_table { function::table_function(&text) } else { function::function(&text) };
        if let Some(known) = known.filter(|known| known.since > BASE) {
            refuse(call.name.span, format!("`{}()`", known.name), late, "compute it in the application");
        }
    }
}

fn temporary(said: bool, name: &ObjectName, refuse: &mut impl FnMut(Span, String, &'static str, &'static str)) {
    if said || name.schema.as_ref().is_some_and(|schema| schema.is("temp")) {
        let (what, reason) = (&name.name.text, "the next statement may run on another connection");
        refuse(name.name.span, format!("the temporary `{what}`"), reason, "make an ordinary one, and drop it");
    }
}
