//! # A new column that is generated and stored
//!
//! `ADD COLUMN` writes no row, so it cannot store a value in those that are there. SQLite refuses as
//! soon as the table has one row; on an empty one it has accepted the statement since 3.32, so the
//! failure waits for production. A `VIRTUAL` column is computed when it is read, and can be indexed.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_prices.sql
//! CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL);
//! -- file: 0002_gross.sql
//! ALTER TABLE prices ADD COLUMN gross REAL AS (net * 1.2) STORED;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_prices.sql
//! CREATE TABLE prices (id INTEGER PRIMARY KEY, net REAL);
//! -- file: 0002_gross.sql
//! ALTER TABLE prices ADD COLUMN gross REAL AS (net * 1.2) VIRTUAL;
//! ```
//!
//! ## Proof
//!
//! On tables with one row: `cannot add a STORED column`
//!
//! Running the flagged file: it runs
//!
//! In SQLite 3.31.1, running the flagged file: `cannot add a STORED column`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "add-stored-column", level: Level::Error, since: "0.1.0", check: Check::Change(check) };

/// The word that ends the clause, and how long it is.
const STORED: &str = "STORED";
const LENGTH: u32 = 6;

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    let Change::AddColumn { table, column } = change else { return };
    let Some((generated, true)) = column.generated() else { return };
    let accepts_empty = cx.engine >= Version::new(3, 32, 0);
    if cx.engine < version::GENERATED_COLUMN.since || (accepts_empty && cx.is_empty(&table.text)) {
        return;
    }
    let reason = if accepts_empty {
        "it passes on an empty table, and fails as soon as the table has one row"
    } else {
        "before 3.32 SQLite refuses it even on an empty table"
    };
    let name = format!("{}.{}", table.text, column.name.text);
    let word = Span::new(generated.span.end.saturating_sub(LENGTH), generated.span.end);
    let report = out
        .report(generated.span, format!("`{name}` is stored, and ADD COLUMN writes no row"))
        .reason(reason)
        .help("write VIRTUAL, and an index where the value is searched for; or let `remold plan` rebuild the table")
        .sqlite("cannot add a STORED column");
    if word.of(&cx.file.text).eq_ignore_ascii_case(STORED) {
        report.fix(Safety::Unsafe, Vec::from([Edit { span: word, text: "VIRTUAL".to_owned() }]));
    }
}
