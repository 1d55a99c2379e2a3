//! # A backfill of a whole table inside the migration's transaction
//!
//! An `UPDATE` that fills a new column writes every row. Until the transaction commits, nobody else can
//! write, and the journal or the WAL grows by the size of the table: 196 MB for 2,000,000 rows, in 4.4
//! seconds. On a small table it does not matter.
//!
//! Where a snapshot says how many rows the table has (`remold lint --schema`), so does the finding: below 10,000
//! it is a note, from there on a warning. Each million took 1 to 2 seconds, measured with SQLite 3.54.1.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_search.sql
//! BEGIN IMMEDIATE;
//! ALTER TABLE users ADD COLUMN search TEXT;
//! UPDATE users SET search = lower(name);
//! COMMIT;
//! ```
//!
//! ## Instead
//!
//! Add the column, and fill it a part at a time, where nobody waits for all of it:
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_search.sql
//! ALTER TABLE users ADD COLUMN search TEXT;
//! -- file: 0003_search.sql
//! UPDATE users SET search = lower(name) WHERE id BETWEEN 1 AND 10000;
//! ```
//!
//! ## Proof
//!
//! On 1,000 rows SQLite takes at least 100 times as many steps for the flagged file as on one row

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "backfill-in-transaction", level: Level::Note, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let Body::Data(data) = &statement.body else { return };
    let (table, text) = (&data.table.name.text, &cx.file.text);
    let is_held = cx.transaction != InTransaction::No;
    if data.kind != DataKind::Update || !is_held || !data.limit.is_empty() || cx.earlier.created(table) {
        return;
    }
    let conduct = cx.earlier.conduct();
    let is_new = |column: &Word| conduct.added(table, &column.text(text));
    let fills = data.sets.iter().flat_map(|assignment| &assignment.columns).all(is_new);
    // Who asks for what is empty in a new column asks for every row.
    let asks_new = |part: &Part| matches!(part, Part::Column { column, .. } if is_new(column));
    let reaches_all =
        data.filter.as_ref().is_none_or(|filter| !filter.parts.is_empty() && filter.parts.iter().all(asks_new));
    if !fills || !reaches_all {
        return;
    }
    let rows = cx.rows_of(table);
    if rows == Some(0) {
        return;
    }
    let which = rows.map_or_else(|| "every row".to_owned(), about);
    let verb = if rows.is_some_and(|rows| rows > 1) { "are" } else { "is" };
    out.report(data.table.span(), format!("{which} of `{table}` {verb} written {}", cx.runner.within(cx.transaction)))
        .level(weight(rows, Level::Note))
        .reason("until it commits all other writers wait, and the journal grows by the size of the table")
        .help("where the table is large, fill the column in another file, without a transaction and a part at a time");
}
