//! # Something that breaks an rqlite cluster
//!
//! rqlite keeps SQLite in WAL and sends each request to its nodes as one entry of a log. A statement that
//! changes the journal makes every read on every node fail; what begins or ends a transaction itself breaks
//! the one that the request has, and a later write may vanish though it was acknowledged.
//!
//! ## Flagged
//!
//! ```sql
//! -- target: rqlite
//! PRAGMA journal_mode = DELETE;
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- target: rqlite
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Proof
//!
//! None: rqlite does not run here. It was measured on three nodes of its version 8: every read failed with
//! `attempt to write a readonly database`.

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rqlite-unsupported", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

/// What decides how a node keeps its file.
const PRAGMAS: [&str; 5] = ["journal_mode", "wal_autocheckpoint", "wal_checkpoint", "synchronous", "query_only"];

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    if !cx.targets.contains(&Target::Rqlite) {
        return;
    }
    let help = "leave it out, and send the file as one request with `?transaction`";
    match &statement.body {
        Body::Pragma(pragma) => {
            let name = &pragma.name.name;
            let sets = pragma.value.is_some() || name.is("wal_checkpoint");
            if sets && PRAGMAS.iter().any(|known| name.is(known)) {
                out.report(name.span, format!("`PRAGMA {}` breaks the nodes of rqlite", name.text))
                    .reason("how a node keeps its file is its own affair, and with another journal no node can read")
                    .help(help);
            } else if name.is("foreign_keys") && pragma.value.is_some() {
                out.report(name.span, "`PRAGMA foreign_keys` stays set on each node of rqlite until it starts anew")
                    .reason("the connection that writes serves all requests, and readers show another value")
                    .help("start the nodes with `-fk`, or without, and leave it out")
                    .level(Level::Warning);
            }
        }
        Body::Begin | Body::Commit | Body::Rollback(_) | Body::Savepoint(_) | Body::Release(_) => {
            let word = statement.kind();
            out.report(statement.span, format!("`{word}` breaks the transaction of the request on rqlite"))
                .reason("what it does there is not defined, and a later write may vanish though it was acknowledged")
                .help(help);
        }
        _ => {}
    }
}
