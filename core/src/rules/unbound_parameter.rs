//! # A parameter that gets no value
//!
//! `?`, `?1`, `:name`, `@name` and `$name` stand for values that a program gives. Whoever runs a file as it
//! is gives none, and SQLite does not ask: it takes NULL. The row is stored with NULL, or the condition is
//! true of no row, and nothing is reported.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_settings.sql
//! CREATE TABLE settings (name TEXT NOT NULL, value TEXT);
//! -- file: 0002_theme.sql
//! INSERT INTO settings (name, value) VALUES ('theme', :theme);
//! DELETE FROM settings WHERE name = :name;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_settings.sql
//! CREATE TABLE settings (name TEXT NOT NULL, value TEXT);
//! -- file: 0002_theme.sql
//! INSERT INTO settings (name, value) VALUES ('theme', 'light');
//! DELETE FROM settings WHERE name = 'colour';
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT typeof(value) FROM settings`: `null`
//!
//! Running the flagged file, then `SELECT count(*) FROM settings`: `1`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "unbound-parameter", level: Level::Warning, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    // A definition must have none, which is another finding.
    if !matches!(statement.body, Body::Data(_) | Body::Query(_)) {
        return;
    }
    for parameter in parameters(&cx.file.text, statement.span) {
        out.report(parameter, format!("nothing gives `{}` a value", parameter.of(&cx.file.text)))
            .reason("whoever runs the file as it is binds no parameters, and SQLite takes NULL for each")
            .help("write the value here, or let the application run the statement");
    }
}
