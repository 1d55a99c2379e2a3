//! # An ALTER TABLE of a virtual table
//!
//! The columns of a virtual table, such as one of FTS5, are its module's. SQLite gives the table another
//! name and changes nothing else of it.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE VIRTUAL TABLE notes USING fts5 (text);
//! ALTER TABLE notes ADD COLUMN title TEXT;
//! ```
//!
//! ## Instead
//!
//! Make it anew, with the rows that it had:
//!
//! ```sql
//! CREATE VIRTUAL TABLE notes USING fts5 (text);
//! CREATE VIRTUAL TABLE new_notes USING fts5 (text, title);
//! INSERT INTO new_notes (rowid, text) SELECT rowid, text FROM notes;
//! DROP TABLE notes;
//! ALTER TABLE new_notes RENAME TO notes;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `virtual tables may not be altered`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "virtual-table-altered", level: Level::Error, since: "0.1.0", check: Check::Problem(check) };

fn check(cx: &Context, refusal: &Refusal, out: &mut Findings) {
    let Body::AlterTable(alter) = &cx.statement.body else { return };
    let is_virtual = cx.before.find(&alter.name).is_some_and(|table| table.is_virtual());
    if !is_virtual || matches!(alter.action, AlterAction::RenameTable(_)) {
        return;
    }
    out.report(
        refusal.span,
        format!("`{}` is a virtual table, which can be renamed and no more", alter.name.name.text),
    )
    .reason("its module keeps the columns, and SQLite does not know how to change them")
    .help("create another one as it is to be, copy the rows with their rowids, drop the old one and rename")
    .sqlite(&*refusal.error);
}
