//! # A tool's own list that does not fit the files
//!
//! Some tools keep a list beside the migrations: Drizzle a journal, Atlas a sum of all of them, Sqitch a plan.
//! They go by it, and not by the folder. A file that the list does not have is never run; one that it has and that
//! is gone, or in Atlas one that was edited, stops everything. Of two branches that were merged, Drizzle skips the
//! migration with the older time wherever the younger one has run.
//!
//! ## Flagged
//!
//! ```sql
//! -- runner: drizzle
//! -- tool: meta/_journal.json
//! {"entries": [{"idx": 0, "when": 1706702400000, "tag": "0000_users"}]}
//! -- file: 0000_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0001_posts.sql
//! CREATE TABLE posts (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- runner: drizzle
//! -- tool: meta/_journal.json
//! {"entries": [{"idx": 0, "when": 1706702400000, "tag": "0000_users"},
//!              {"idx": 1, "when": 1706702500000, "tag": "0001_posts"}]}
//! -- file: 0000_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 0001_posts.sql
//! CREATE TABLE posts (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM posts`: `no such table: posts`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "migration-list-mismatch", level: Level::Error, since: "0.1.0", check: Check::Listed(check) };

fn check(runner: &Runner, mismatch: &Mismatch, out: &mut Findings) {
    let Mismatch { tool, list, path, kind } = mismatch;
    let message = match kind {
        MismatchKind::Missing => format!("`{path}` is in {list}, and not there"),
        MismatchKind::Unlisted => format!("`{path}` is not in {list}"),
        MismatchKind::Edited => format!("`{path}` is not what {list} has the sum of"),
        MismatchKind::Older(other) => format!("`{path}` stands behind `{other}` in {list}, and is no younger"),
        MismatchKind::Behind(other) => format!("`{path}` stands behind `{other}` in {list}, and has a lower number"),
    };
    let report = out.report(Span::new(0, 0), message).help(help(tool, kind));
    if runner.name == *tool && !matches!(kind, MismatchKind::Behind(_)) {
        report.reason(consequence(tool, kind));
    } else {
        let reason = if runner.name == *tool {
            format!("{tool} goes by the list, and people by the numbers")
        } else {
            format!("{tool} keeps that list and goes by it, though here {} runs the files", runner.name)
        };
        report.level(Level::Warning).reason(reason);
    }
}

/// What comes of it where the tool itself runs the files.
fn consequence(tool: &str, kind: &MismatchKind) -> &'static str {
    match (tool, kind) {
        ("atlas", _) => "atlas runs nothing then: `checksum mismatch`",
        ("drizzle", MismatchKind::Missing) => "drizzle runs nothing then: `No file … found in … folder`",
        ("drizzle", MismatchKind::Older(_)) => "drizzle skips it on each database that has run the other one",
        (_, MismatchKind::Missing) => "sqitch stops there",
        _ => "what the list does not have is never run",
    }
}

fn help(tool: &str, kind: &MismatchKind) -> &'static str {
    match (tool, kind) {
        ("atlas", _) => {
            "take back the edit of what was released, or run `atlas migrate hash` where the files are right"
        }
        ("drizzle", MismatchKind::Missing) => "put the file back, or remove it from the list with `drizzle-kit drop`",
        ("drizzle", MismatchKind::Unlisted) => "make it with `drizzle-kit generate --custom`, which lists it",
        ("drizzle", _) => "remove it with `drizzle-kit drop`, and generate it anew behind the other one",
        (_, MismatchKind::Missing) => "put the file back, or take it out of the plan",
        _ => "add it with `sqitch add`, or remove the file",
    }
}
