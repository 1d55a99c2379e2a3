//! # A transaction that reads before it asks for the lock
//!
//! `BEGIN` takes no lock. A transaction that has read and then writes must not wait for another writer,
//! since what it has read would be old: it fails with `database is locked` at once, whatever
//! `busy_timeout` says. A guard that finds its table there has read. `BEGIN IMMEDIATE` waits.
//!
//! ## Flagged
//!
//! ```sql
//! BEGIN;
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! INSERT OR IGNORE INTO users VALUES (1);
//! COMMIT;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! BEGIN IMMEDIATE;
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! INSERT OR IGNORE INTO users VALUES (1);
//! COMMIT;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file twice, the second time beside a writer who commits when it is waited for:
//! `database is locked`
//!
//! Running the better file twice, the second time beside a writer who commits when it is waited for, then
//! `SELECT count(*) FROM users`: `1`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "deferred-begin", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    // The plan of `remold apply` begins a transaction of its own, which takes the lock.
    if cx.runner.is_remold() {
        return;
    }
    let meets = |late: &&Late| !late.again || cx.runner.runs == Runs::Again;
    for late in cx.earlier.conduct().late().iter().filter(meets) {
        let when = if late.again { "in a second run " } else { "" };
        out.report(late.begin, "the transaction begins without the lock that it needs later")
            .reason(format!(
                "{when}`{}` only reads, and the write behind it then fails with `database is locked` instead of waiting, if another connection writes",
                late.reads
            ))
            .help("write BEGIN IMMEDIATE")
            .fix(Safety::Safe, Vec::from([Edit { span: late.begin, text: "BEGIN IMMEDIATE".to_owned() }]));
    }
}
