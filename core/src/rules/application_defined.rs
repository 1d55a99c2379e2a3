//! # A function, collation or module that the application registers
//!
//! What SQLite does not have itself, the program that opens the database must register, before the first
//! statement that needs it. Every other one stops there: the sqlite3 shell, a backup script, a migration
//! tool, the next service that reads the file. An index on such a function, or in such a collation, lets
//! no one else write to its table.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE INDEX IF NOT EXISTS users_name ON users (name COLLATE german);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE INDEX IF NOT EXISTS users_name ON users (name COLLATE nocase);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `no such collation sequence: german`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "application-defined", level: Level::Warning, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    if let Body::CreateVirtualTable(create) = &statement.body {
        module(create, out);
    }
    collations(&statement.body, out);
    for (collation, role) in cx.collations() {
        compared(&collation.text(&cx.file.text), collation.span, *role, out);
    }
    // What CREATE looks up at once it refuses; the others wait for their first use.
    let altered = matches!(&statement.body, Body::AlterTable(_));
    let mut said = BTreeSet::new();
    for call in cx.calls() {
        let text = call.name.text(&cx.file.text);
        if call.as_table {
            table(cx, call, &text, out);
            continue;
        }
        if function::function(&text).is_some() || !said.insert((name::fold(&text).into_owned(), call.role)) {
            continue;
        }
        let names = function::FUNCTIONS.iter().map(|known| known.name);
        let nearest = name::nearest(&text, names).map_or_else(String::new, |near| format!("; or is `{near}()` meant?"));
        let report = out
            .report(call.name.span, format!("`{text}()` is no function of SQLite"))
            .reason(needed(call.role))
            .help(format!("have every program that opens the database register it{nearest}"));
        if matches!(call.role, Role::Statement | Role::Check | Role::Generated | Role::Index) && !altered {
            report.sqlite(format!("no such function: {text}"));
        }
    }
}

fn needed(role: Role) -> &'static str {
    match role {
        Role::Statement => "where the application has not registered it, the statement is refused",
        Role::Default => "where the application has not registered it, each INSERT that takes the default is refused",
        Role::Check => "where the application has not registered it, each row that is written is refused",
        Role::Generated => {
            "where the application has not registered it, the column can be neither written nor computed"
        }
        Role::Index => "where the application has not registered it, each row that is written or deleted is refused",
        Role::View => "where the application has not registered it, each query of the view is refused",
        Role::Trigger => "where the application has not registered it, what fires the trigger is refused",
    }
}

fn table(cx: &Context, call: &Call, text: &str, out: &mut Findings) {
    let is_pragma = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("pragma_"));
    let known = is_pragma || function::table_function(text).is_some() || function::module(text).is_some();
    if known || cx.before.get(text).is_some() || cx.before.knowledge() == Knowledge::Partial {
        return;
    }
    out.report(call.name.span, format!("`{text}(…)` is no table and no function of SQLite"))
        .reason(needed(call.role))
        .help("have every program that opens the database register it, or write it with WITH RECURSIVE");
}

fn module(create: &CreateVirtualTable, out: &mut Findings) {
    let module = &create.module;
    if function::module(&module.text).is_none() {
        out.report(module.span, format!("`{}` is no module of SQLite", module.text))
            .reason("where the application has not registered it, the table can be neither made, read nor dropped")
            .help("have every program that opens the database load the extension, or use FTS5 or an ordinary table")
            .sqlite(format!("no such module: {}", module.text));
    }
}

/// The collations that the statement names for columns and indexes.
fn collations(body: &Body, out: &mut Findings) {
    match body {
        Body::CreateTable(create) => {
            create.definition.columns.iter().for_each(|column| of_column(column, out));
            for constraint in &create.definition.constraints {
                if let TableConstraintKind::PrimaryKey { columns, .. } | TableConstraintKind::Unique(columns) =
                    &constraint.kind
                {
                    columns.iter().filter_map(|term| term.collation.as_ref()).for_each(|name| of_index(name, out));
                }
            }
        }
        Body::AlterTable(alter) => {
            if let AlterAction::AddColumn(column) = &alter.action {
                of_column(column, out);
            }
        }
        Body::CreateIndex(create) => {
            create.columns.iter().filter_map(|term| term.collation.as_ref()).for_each(|name| of_index(name, out));
        }
        _ => {}
    }
}

fn is_known(collation: &str) -> bool {
    function::COLLATIONS.iter().any(|known| name::same(collation, known))
}

/// A collation within an expression: what compares by it is refused, and nothing else.
fn compared(collation: &str, at: Span, role: Role, out: &mut Findings) {
    if !is_known(collation) {
        out.report(at, format!("`{collation}` is no collation of SQLite"))
            .reason(format!("{}, as far as it compares or sorts by it", needed(role)))
            .help("have every program that opens the database register it, or use NOCASE");
    }
}

fn of_column(column: &ColumnDefinition, out: &mut Findings) {
    for constraint in &column.constraints {
        if let ColumnConstraintKind::Collate(name) = &constraint.kind
            && !is_known(&name.text)
        {
            out.report(name.span, format!("`{}` is no collation of SQLite", name.text))
                .reason("where the application has not registered it, what compares or sorts the column is refused")
                .help("have every program that opens the database register it, or use NOCASE");
        }
    }
}

fn of_index(name: &Name, out: &mut Findings) {
    if !is_known(&name.text) {
        out.report(name.span, format!("`{}` is no collation of SQLite", name.text))
            .reason("where the application has not registered it, no row of the table can be written")
            .help("have every program that opens the database register it, or use NOCASE")
            .sqlite(format!("no such collation sequence: {}", name.text));
    }
}
