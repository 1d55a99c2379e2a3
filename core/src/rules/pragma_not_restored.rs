//! # A pragma that stays as the file set it
//!
//! A pragma belongs to the connection and outlives the file. What runs on that connection next, the
//! following migration or, in a pool, the application, has foreign keys that nobody checks, an
//! `ALTER TABLE` that leaves views behind, or a schema that anyone may overwrite.
//!
//! ## Flagged
//!
//! ```sql
//! PRAGMA foreign_keys = OFF;
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! PRAGMA foreign_keys = OFF;
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! PRAGMA foreign_keys = ON;
//! ```
//!
//! ## Proof
//!
//! With foreign keys on, running the flagged file, then `PRAGMA foreign_keys`: `0`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "pragma-not-restored", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    // The plan of `remold apply` takes pragmas over.
    if cx.runner.is_remold() {
        return;
    }
    let conduct = cx.earlier.conduct();
    for (pragma, setting) in conduct.settings() {
        let (stays, follows, back) = match (pragma, setting.on) {
            ("foreign_keys", false) => ("off", "the connection checks no foreign key from then on", "ON"),
            ("legacy_alter_table", true) => {
                ("on", "from then on a RENAME leaves the old name in views and triggers", "OFF")
            }
            ("writable_schema", true) => {
                ("on", "from then on an UPDATE of `sqlite_schema` can make the database unreadable", "OFF")
            }
            ("ignore_check_constraints", true) => ("on", "the connection checks no CHECK from then on", "OFF"),
            _ => continue,
        };
        let report = out
            .report(setting.span, format!("`{pragma}` stays {stays} behind the file"))
            .reason(follows)
            .help(format!("end the file with `PRAGMA {pragma} = {back}`"));
        let takes = pragma != "foreign_keys" || cx.transaction == InTransaction::No;
        if let Some(last) = conduct.last().filter(|_| takes) {
            // Whether foreign keys were on is known only where the runner says so.
            let is_known = pragma != "foreign_keys" || cx.runner.foreign_keys() == "on";
            let safety = if is_known { Safety::Safe } else { Safety::Unsafe };
            let (end, before) = last.behind(&cx.file.text);
            let text = whole!("{before}\nPRAGMA {pragma} = {back};");
            report.fix(safety, Vec::from([Edit { span: Span::new(end, end), text }]));
        }
    }
}
