//! # A change of a migration that was released
//!
//! A database that ran the old file does not run the new one: its ledger says that it has. From then on there
//! are databases of two kinds, and a runner that keeps checksums (sqlx, refinery, Flyway, Prisma, Atlas)
//! refuses to run anything on those of the first.
//!
//! ## Flagged
//!
//! ```sql
//! -- edited: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- added: 0002_email.sql
//! -- file: 0002_email.sql
//! ALTER TABLE users ADD COLUMN email TEXT;
//! ```
//!
//! ## Proof
//!
//! Running the released files, then `SELECT email FROM users`: `no such column: email`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "edited-migration", level: Level::Error, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let Some(since) = cx.since else { return };
    let base = &since.base;
    if since.rewritten.contains(&cx.file.path) {
        out.report(cx.head(), format!("`{}` is in `{base}`, where its text was another one", cx.file.path))
            .reason("the checksum of what was run is another, and the database keeps what that made")
            .help("put the old text back, and make the change in a new migration");
        return;
    }
    let Some(before) = since.edited.get(&cx.file.path) else { return };
    if normal(before) == normal(&cx.file.text) {
        out.report(cx.head(), format!("`{}` is in `{base}`, and has other comments or spaces since", cx.file.path))
            .reason("it does the same, but a runner that keeps checksums takes it for another file and stops")
            .help("take the change back")
            .level(Level::Warning);
        return;
    }
    out.report(cx.head(), format!("`{}` is in `{base}`, and does something else since", cx.file.path))
        .reason("a database that ran it does not run it again, and keeps what the old one made")
        .help("take the change back, and make it in a new migration");
}
