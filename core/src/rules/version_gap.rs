//! # A number that no migration has
//!
//! `rusqlite_migration` refuses a folder whose numbers do not go from 1 up without a gap: it counts, and keeps
//! nothing but the count. Elsewhere a single gap in numbers that are consecutive otherwise mostly means that a file
//! was not committed, or was deleted.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! -- file: 0002_posts.sql
//! CREATE TABLE IF NOT EXISTS posts (id INTEGER PRIMARY KEY);
//! -- file: 0004_tags.sql
//! CREATE TABLE IF NOT EXISTS tags (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! -- file: 0002_posts.sql
//! CREATE TABLE IF NOT EXISTS posts (id INTEGER PRIMARY KEY);
//! -- file: 0003_tags.sql
//! CREATE TABLE IF NOT EXISTS tags (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Proof
//!
//! None: SQLite knows nothing of the numbers, and `rusqlite_migration` does not run here

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "version-gap", level: Level::Note, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let Some(missing) = cx.gap() else { return };
    let report = out.report(cx.head(), format!("no migration has the number {missing} before `{}`", cx.file.path));
    if cx.runner.counts() {
        report
            .level(Level::Error)
            .reason(format!("{} counts the migrations from 1 up, and refuses a folder with a gap", cx.runner.name))
            .help("put back the file that is missing, or number the files without a gap");
    } else {
        report
            .reason("all other numbers are consecutive, so that a file may be missing")
            .help("look whether one was not committed or is gone");
    }
}
