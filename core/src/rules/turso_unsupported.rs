//! # Something that Turso's database does not have
//!
//! Turso's own database is SQLite written anew. It has no virtual tables of SQLite's modules, no `VACUUM`
//! and no `ATTACH`, makes no table `WITHOUT ROWID`, and knows no generated column: one table with a
//! generated column, and it refuses to open the whole database, each table of it.
//!
//! ## Flagged
//!
//! ```sql
//! -- target: turso
//! CREATE TABLE IF NOT EXISTS lines (id INTEGER PRIMARY KEY, net INTEGER, gross INTEGER AS (net * 119 / 100));
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- target: turso
//! CREATE TABLE IF NOT EXISTS lines (id INTEGER PRIMARY KEY, net INTEGER);
//! CREATE VIEW IF NOT EXISTS lines_gross AS SELECT id, net, net * 119 / 100 AS gross FROM lines;
//! ```
//!
//! ## Proof
//!
//! None: Turso's database does not run here. All of it was measured on its versions 0.7.0 and 0.8.0-pre.4,
//! without their experimental flags.

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "turso-unsupported", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    if !cx.targets.contains(&Target::Turso) {
        return;
    }
    match &statement.body {
        Body::CreateTable(create) => {
            create.definition.columns.iter().for_each(|column| generated(column, out));
            if let Some(span) = create.definition.without_rowid {
                out.report(span, format!("`{}` cannot be made WITHOUT ROWID on Turso", create.name.name.text))
                    .reason("Turso opens such a table, and makes none")
                    .help("leave the words out");
            }
        }
        Body::AlterTable(alter) => {
            if let AlterAction::AddColumn(column) = &alter.action {
                generated(column, out);
            }
        }
        Body::CreateVirtualTable(create) if function::module(&create.module.text).is_some() => {
            out.report(create.module.span, format!("module `{}` is not there on Turso", create.module.text))
                .reason("it has none of the modules that SQLite is built with")
                .help("keep the rows in an ordinary table, and search them outside");
        }
        Body::Other(other @ (Other::Vacuum | Other::VacuumInto | Other::Attach)) => {
            out.report(statement.span, format!("`{}` is refused on Turso", other.as_str()))
                .reason("Turso has it only behind an experimental flag")
                .help("leave the statement out");
        }
        Body::Pragma(pragma) if pragma.name.name.is("journal_mode") && pragma.value.is_some() => {
            out.report(pragma.name.name.span, "`PRAGMA journal_mode` changes nothing on Turso")
                .reason("the database stays in WAL, without an error")
                .help("leave it out")
                .level(Level::Warning);
        }
        _ => {}
    }
}

fn generated(column: &ColumnDefinition, out: &mut Findings) {
    if let Some((constraint, _)) = column.generated() {
        out.report(constraint.span, format!("the generated column `{}` locks Turso out", column.name.text))
            .reason("one such column, and Turso refuses to open the database at all")
            .help("compute the value in a view, or write it by a trigger");
    }
}
