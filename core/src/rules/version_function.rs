//! # A function that an older SQLite does not have
//!
//! A statement that calls a function stops in a SQLite that has no such function. Where the call stays
//! in the schema, an older reader opens the database all the same, and then fails at the rows: a DEFAULT,
//! a CHECK, an index or a trigger breaks what writes, a view and a VIRTUAL column what reads. So the
//! deploy looks well until the first old process writes.
//!
//! ## Flagged
//!
//! ```sql
//! -- sqlite: 3.34.1..
//! -- engine: 3.54.1
//! CREATE TABLE files (id INTEGER PRIMARY KEY, size INTEGER, seen INTEGER DEFAULT (unixepoch()));
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- sqlite: 3.34.1..
//! -- engine: 3.54.1
//! CREATE TABLE files (id INTEGER PRIMARY KEY, size INTEGER, seen INTEGER DEFAULT (strftime('%s', 'now')));
//! ```
//!
//! ## Proof
//!
//! In SQLite 3.34.0, running the flagged file, then `INSERT INTO files (size) VALUES (1)`:
//! `unknown function: unixepoch()`
//!
//! Running the flagged file, then `SELECT count(*) FROM files` in SQLite 3.34.0: `0`
//!
//! Running the flagged file, then `INSERT INTO files (size) VALUES (1)` in SQLite 3.34.0:
//! `unknown function: unixepoch()`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "version-function", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let altered = matches!(&statement.body, Body::AlterTable(_));
    for call in cx.calls() {
        let text = call.name.text(&cx.file.text);
        let known = if call.as_table { function::table_function(&text) } else { function::function(&text) };
        let Some(known) = known else { continue };
        // Whoever has no windows does not know their syntax either.
        let window = known.since == version::WINDOW_FUNCTION.since && known.build == function::Build::Every;
        let is_older = |version: Version| version < known.since;
        if window {
            continue;
        }
        if !is_older(cx.engine) && (call.role == Role::Statement || !is_older(cx.versions.oldest)) {
            if !call.as_table {
                form(cx, call, known, out);
                word(cx, call, known, out);
            }
            continue;
        }
        let missing =
            if call.as_table { format!("no such table: {text}") } else { format!("no such function: {text}") };
        let needs = format!("needs SQLite {} for `{}()`", known.since, known.name);
        if is_older(cx.engine) {
            let waits = matches!(call.role, Role::Default | Role::View | Role::Trigger) || altered;
            let reason =
                if waits { fails_later(call.role) } else { "an older SQLite has no such function and stops there" };
            let report = out
                .report(call.name.span, format!("{needs}, but {} runs the file", cx.engine))
                .reason(reason)
                .help(instead(known.name));
            if !waits {
                report.sqlite(missing);
            }
        } else {
            let error = match call.role {
                Role::View | Role::Trigger => missing,
                _ => format!("unknown function: {text}()"),
            };
            out.report(call.name.span, format!("{needs}, but {} reads the database", cx.versions.oldest))
                .reason(format!("{}: `{error}`", fails_later(call.role)))
                .help(instead(known.name));
        }
    }
}

/// More or fewer arguments than an older version takes.
fn form(cx: &Context, call: &Call, known: &function::Function, out: &mut Findings) {
    let count = call.each_argument(&cx.file.text).len();
    let Some(form) = function::form(known.name, count) else { return };
    let (version, does) = if cx.engine < form.since {
        (cx.engine, "runs the file")
    } else if call.role != Role::Statement && cx.versions.oldest < form.since {
        (cx.versions.oldest, "reads the database")
    } else {
        return;
    };
    let error = format!("wrong number of arguments to function {}()", known.name);
    let reason = match call.role {
        Role::Statement => format!("an older SQLite stops there: `{error}`"),
        Role::Check | Role::Generated | Role::Index if cx.engine < form.since => {
            format!("an older SQLite stops there: `{error}`")
        }
        Role::Default => format!("{}: `unknown function: {}()`", fails_later(call.role), known.name),
        Role::View | Role::Trigger => format!("{}: `{error}`", fails_later(call.role)),
        Role::Check | Role::Generated | Role::Index => {
            format!("an older SQLite opens nothing of the database: `malformed database schema`, `{error}`")
        }
    };
    out.report(
        call.name.span,
        format!("needs SQLite {} for `{}()` with {count} arguments, but {version} {does}", form.since, known.name),
    )
    .reason(reason)
    .help(match known.name {
        "json_valid" => "leave out its second argument, or raise the oldest version of SQLite",
        _ => "give it three arguments, or write it with CASE",
    });
}

/// A word for the date functions that an older version does not know, and answers NULL for.
fn word(cx: &Context, call: &Call, known: &function::Function, out: &mut Findings) {
    let text = &cx.file.text;
    let Some((_, moment)) = function::DATES.iter().find(|(name, _)| *name == known.name) else { return };
    let oldest = if call.role == Role::Statement { cx.engine } else { cx.engine.min(cx.versions.oldest) };
    for (at, argument) in call.each_argument(text).into_iter().enumerate() {
        let [literal] = argument[..] else { continue };
        let said = literal.unquoted(text);
        let words: Vec<(String, Version)> = if at < *moment {
            let conversions = said.split('%').skip(1).filter_map(|rest| rest.chars().next());
            let known = conversions
                .filter_map(|letter| function::CONVERSIONS.iter().find(|(conversion, _)| *conversion == letter));
            known.map(|(letter, since)| (format!("%{letter}"), *since)).collect()
        } else {
            // A time may be left out, and the first word then is a modifier.
            let known = function::MODIFIERS.iter().find(|(word, _)| name::same(word, said.trim()));
            known.map(|(word, since)| ((*word).to_owned(), *since)).into_iter().collect()
        };
        if let Some((word, since)) = words.into_iter().find(|(_, since)| oldest < *since) {
            let does = if cx.engine == oldest { "runs the file" } else { "reads the database" };
            out.report(
                literal.span,
                format!("needs SQLite {since} for `{word}` in `{}()`, but {oldest} {does}", known.name),
            )
            .reason("an older SQLite does not know the word and answers NULL, without an error")
            .help("write it with what both know, or compute it in the application")
            .level(Level::Warning);
        }
    }
}

/// What becomes of a call that stays in the schema.
fn fails_later(role: Role) -> &'static str {
    match role {
        Role::Statement => "an older SQLite has no such function and stops there",
        Role::Default => "an older SQLite reads the table, and refuses each INSERT that takes the default",
        Role::Check => "an older SQLite reads the table, and refuses each row that is written to it",
        Role::Generated => {
            "an older SQLite refuses each row that is written, and computes no VIRTUAL column for a query"
        }
        Role::Index => "an older SQLite reads the table, and refuses each row that is written or deleted",
        Role::View => "an older SQLite refuses each query of the view",
        Role::Trigger => "an older SQLite refuses each statement that fires the trigger",
    }
}

/// What older versions have.
fn instead(function: &str) -> &'static str {
    match function {
        "iif" | "if" | "sign" => "write it with CASE",
        "substring" => "write substr()",
        "format" => "write printf()",
        "unixepoch" => "write strftime('%s', …)",
        "octet_length" => "write length(CAST(… AS BLOB))",
        "concat" | "concat_ws" => "write it with || and coalesce()",
        "string_agg" => "write group_concat()",
        "unhex" => "write the bytes as x'…', or convert them in the application",
        name if name.starts_with("jsonb") => "use the function json… of the same end, which keeps text",
        _ => "compute it in the application, or raise the oldest version of SQLite",
    }
}
