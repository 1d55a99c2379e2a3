//! # A migration that its runner does not see
//!
//! Each runner looks for files in its own way: of one folder or of those below it as well, and by their names. What
//! it does not see it leaves out without a word, on every database. Drizzle's folders, one for each migration, are
//! nothing to wrangler unless `migrations_pattern` names them, and golang-migrate wants `.up.sql`.
//!
//! ## Flagged
//!
//! ```sql
//! -- layout: golang-migrate
//! -- runner: golang-migrate
//! -- file: 000001_users.up.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 000002_posts.sql
//! CREATE TABLE posts (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- layout: golang-migrate
//! -- runner: golang-migrate
//! -- file: 000001_users.up.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! -- file: 000002_posts.up.sql
//! CREATE TABLE posts (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM posts`: `no such table: posts`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "unseen-migration", level: Level::Error, since: "0.1.0", check: Check::Unseen(check) };

fn check(unseen: &Overlooked, out: &mut Findings) {
    let Overlooked { path, runner, why } = *unseen;
    let report = out.report(Span::new(0, 0), format!("{runner} does not run `{path}`"));
    match why {
        Blind::Pattern(sight) => {
            let report = report.reason(format!("it runs what matches `{}`, by {}", sight.pattern, sight.by));
            if sight.wider == sight.pattern {
                report.help("move it to a folder of its own, as the others are")
            } else {
                report.help(format!(
                    "write `migrations_pattern = \"{}\"` there, which wrangler 4.98 and newer know, or move the file",
                    sight.wider
                ))
            }
        }
        Blind::Folder => report
            .reason(format!("{runner} does not look for files in the folders below the others'"))
            .help("move it to the others, or have a runner that enters folders run it"),
        Blind::Name => report
            .reason(format!("it has a number as the others have, and no name that {runner} knows"))
            .help("name it as the files beside it are named"),
        Blind::Nameless => report
            .level(Level::Warning)
            .reason(format!("it lies beside the migrations, and has no name that {runner} knows"))
            .help("name it as they are named, or move it to another folder if it is no migration"),
    };
}
