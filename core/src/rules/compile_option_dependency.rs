//! # Something that only some builds of SQLite have
//!
//! SQLite is compiled with options, and distributions, languages and phones choose different ones. What a
//! build lacks fails there: a syntax error, `no such function`, `no such module`. A test on another
//! machine never sees it. Where the schema keeps it, every program that opens the database needs the
//! option.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS logs (id INTEGER PRIMARY KEY);
//! DELETE FROM logs ORDER BY id LIMIT 1000;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS logs (id INTEGER PRIMARY KEY);
//! DELETE FROM logs WHERE id IN (SELECT id FROM logs ORDER BY id LIMIT 1000);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `near "ORDER": syntax error`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "compile-option-dependency", level: Level::Note, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    match &statement.body {
        Body::Data(data) => limited(cx, data, out),
        Body::CreateVirtualTable(create) => {
            let known = function::module(&create.module.text);
            if let Some(option) = known.and_then(|known| known.build.option(cx.engine)) {
                out.report(
                    create.module.span,
                    format!("module `{}` is only in builds with {option}", create.module.text),
                )
                .reason("any other SQLite opens the database, and knows no such module when the table is used")
                .help("see that every program that opens the database has it: `PRAGMA compile_options` lists them");
            }
        }
        _ => {}
    }
    for call in cx.calls() {
        let text = call.name.text(&cx.file.text);
        let known = if call.as_table { function::table_function(&text) } else { function::function(&text) };
        let Some(known) = known else { continue };
        let kept = call.role != Role::Statement;
        let version = if kept { cx.versions.oldest.min(cx.engine) } else { cx.engine };
        let Some(option) = known.build.option(version) else { continue };
        // A version that never has it is another fault, and a module's own functions come with its tables.
        if version < known.since || function::MODULES.iter().any(|module| module.build == known.build) {
            continue;
        }
        let level = if kept { Level::Warning } else { Level::Note };
        let reason = match call.role {
            Role::Statement => "any other SQLite stops here",
            Role::View => "any other SQLite refuses each query of the view",
            _ => "any other SQLite refuses the rows that are written",
        };
        out.report(call.name.span, format!("`{}()` is only in builds with {option}", known.name))
            .reason(format!("{reason}, for it has no such function"))
            .help("see that every program that opens the database has it: `PRAGMA compile_options` lists them")
            .level(level);
    }
}

fn limited(cx: &Context, data: &Data, out: &mut Findings) {
    let Some(word) = data.limited else { return };
    let what = if data.kind == DataKind::Delete { "DELETE" } else { "UPDATE" };
    out.report(
        word,
        format!("`{what}` takes ORDER BY and LIMIT only in builds with SQLITE_ENABLE_UPDATE_DELETE_LIMIT"),
    )
    .reason("SQLite as it comes, and remold with it, reads no further")
    .help("choose the rows with a subquery: WHERE rowid IN (SELECT rowid FROM … LIMIT …)")
    .sqlite(format!("near \"{}\": syntax error", word.of(&cx.file.text)))
    .level(Level::Error);
}
