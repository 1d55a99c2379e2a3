//! # Something that Cloudflare D1 refuses
//!
//! D1 runs SQLite's SQL with parts taken out: a file is one transaction already and may not say `BEGIN`,
//! temporary objects, `ATTACH`, `VACUUM` and many pragmas are not authorised, a table has 100 columns at
//! most and a statement 100 KB. `PRAGMA foreign_keys = OFF` runs there, and changes nothing.
//!
//! ## Flagged
//!
//! ```sql
//! -- target: d1
//! BEGIN;
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! COMMIT;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- target: d1
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Proof
//!
//! None: D1 does not run here. It was measured on its own engine, workerd of 2025-12-02 and 2026-07-30.

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "d1-unsupported", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

/// What D1 does not authorise.
const PRAGMAS: [&str; 8] = [
    "writable_schema",
    "user_version",
    "application_id",
    "journal_mode",
    "integrity_check",
    "schema_version",
    "page_size",
    "compile_options",
];

/// The most columns of a table, and the most bytes of a statement.
const COLUMNS: usize = 100;
const BYTES: u32 = 100_000;

/// The most parts that `UNION` and its like may join.
const PARTS: usize = 5;

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    if !cx.targets.contains(&Target::D1) {
        return;
    }
    match &statement.body {
        Body::Begin | Body::Commit | Body::Rollback(_) | Body::Savepoint(_) | Body::Release(_) => {
            transaction(cx, statement, out);
        }
        Body::Pragma(pragma) => self::pragma(pragma, out),
        Body::Other(other @ (Other::Vacuum | Other::VacuumInto | Other::Attach | Other::Detach)) => {
            out.report(statement.span, format!("`{}` does not run on D1", other.as_str()))
                .reason("a database there is one file that the service keeps")
                .help("leave the statement out");
        }
        _ => {}
    }
    made(cx, statement, out);
    parts(statement, out);
    if statement.span.end - statement.span.start > BYTES {
        let start = Span::new(statement.span.start, statement.span.start + 1);
        out.report(start, "the statement is longer than the 100 KB that D1 takes")
            .reason("D1 refuses a longer one before it reads it")
            .help("write it as several statements");
    }
    for call in cx.calls().iter().filter(|call| call.name.is(&cx.file.text, "sqlite_version")) {
        out.report(call.name.span, "`sqlite_version()` is not authorised on D1")
            .reason("which SQLite it has is the service's affair")
            .help("leave it out");
    }
}

fn transaction(cx: &Context, statement: &Statement, out: &mut Findings) {
    let word = statement.kind();
    let report = out
        .report(statement.span, format!("`{word}` is refused on D1"))
        .reason("all statements of one request are one transaction there, and it knows no other")
        .help("leave it out; where it undoes something, leave that out too");
    let both = matches!(&statement.body, Body::Begin | Body::Commit);
    if both && cx.targets == [Target::D1] {
        let end = statement.end + u32::from(cx.file.text.as_bytes().get(statement.end as usize) == Some(&b';'));
        let span = Span::new(statement.span.start, end);
        report.fix(Safety::Unsafe, Vec::from([Edit { span, text: String::new() }]));
    }
}

fn pragma(pragma: &Pragma, out: &mut Findings) {
    let name = &pragma.name.name;
    if name.is("foreign_keys") && pragma.value.is_some() {
        out.report(name.span, "`PRAGMA foreign_keys` changes nothing on D1")
            .reason("D1 takes the statement, and foreign keys stay on all the same")
            .help("write the file so that it is right with foreign keys on; `PRAGMA defer_foreign_keys = ON` works")
            .level(Level::Warning);
    } else if PRAGMAS.iter().any(|known| name.is(known)) {
        out.report(name.span, format!("`PRAGMA {}` is not authorised on D1", name.text))
            .reason("of the settings of the file the service has the say")
            .help("leave it out");
    }
}

fn made(cx: &Context, statement: &Statement, out: &mut Findings) {
    let (temporary, name) = match &statement.body {
        Body::CreateTable(it) => (it.temporary, &it.name),
        Body::CreateView(it) => (it.temporary, &it.name),
        Body::CreateTrigger(it) => (it.temporary, &it.name),
        Body::CreateVirtualTable(it) => {
            if ["fts3", "fts4", "rtree", "rtree_i32", "geopoly"].iter().any(|known| it.module.is(known)) {
                out.report(it.module.span, format!("module `{}` is not there on D1", it.module.text))
                    .reason("of SQLite's modules it has FTS5 alone")
                    .help("use FTS5, or an ordinary table");
            }
            (false, &it.name)
        }
        Body::AlterTable(it) => (false, &it.name),
        _ => return,
    };
    if temporary || name.schema.as_ref().is_some_and(|schema| schema.is("temp")) {
        out.report(name.name.span, format!("a temporary `{}` cannot be made on D1", name.name.text))
            .reason("the next request may run on another connection")
            .help("make an ordinary one, and drop it at the end of the file");
    }
    if name.name.text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("_cf_")) {
        out.report(name.name.span, format!("`{}` has a name that D1 keeps for itself", name.name.text))
            .reason("names that begin with `_cf_` are not authorised")
            .help("choose another name");
    }
    let columns = |schema: &Schema| schema.find(name).map_or(0, |table| table.columns().len());
    let (before, after) = (columns(cx.before), columns(cx.after));
    if after > COLUMNS && before <= COLUMNS {
        out.report(name.name.span, format!("`{}` has {after} columns, and D1 takes 100", name.name.text))
            .reason("D1 is built with a lower limit than SQLite as it comes")
            .help("move some of them into another table, or into one column of JSON");
    }
}

fn parts(statement: &Statement, out: &mut Findings) {
    let query = match &statement.body {
        Body::Query(query) => Some(&**query),
        Body::Data(data) => data.rows.as_deref(),
        Body::CreateView(view) => Some(&view.query),
        Body::CreateTable(table) => table.query.as_deref(),
        _ => None,
    };
    if let Some(query) = query.filter(|query| query.parts.len() > PARTS) {
        out.report(query.span, format!("{} SELECTs are joined, and D1 joins 5", query.parts.len()))
            .reason("D1 is built with a lower limit than SQLite as it comes")
            .help("write VALUES with several rows, or several statements");
    }
}
