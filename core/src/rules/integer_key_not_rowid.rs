//! # A whole-number primary key that SQLite does not number
//!
//! SQLite numbers rows in a column that is declared `INTEGER PRIMARY KEY`, in these words, and in no
//! other. `INT`, `BIGINT`, `SERIAL`, `INTEGER(10)` and `INTEGER PRIMARY KEY DESC` make an ordinary column:
//! an `INSERT` that leaves it out stores NULL, again and again, and the key is kept in a second B-tree.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INT PRIMARY KEY, name TEXT);
//! INSERT INTO users (name) VALUES ('ada'), ('bob');
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! INSERT INTO users (name) VALUES ('ada'), ('bob');
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM users WHERE id IS NULL`: `2`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "integer-key-not-rowid", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

const LEFT_NULL: &str = "only a key that is declared INTEGER PRIMARY KEY is: an INSERT that leaves it out stores NULL";

fn check(cx: &FileContext, out: &mut Findings) {
    for table in cx.made_tables() {
        let Some(key) = unnumbered_key(table.create, table.sql) else { continue };
        let before = table.was.and_then(|was| unnumbered_key(was.as_table()?, &was.sql));
        if before.is_some_and(|before| before.name.is(&key.name.text)) {
            continue;
        }
        let declared = shown_type(key.type_text(table.sql));
        let takes_null = table_xinfo(table.made).iter().any(|row| key.name.is(&row.name) && !row.not_null);
        let serial = is_serial(&declared);
        let (level, why) = match (takes_null, serial) {
            (true, true) => (Level::Error, LEFT_NULL),
            (true, false) => (Level::Warning, LEFT_NULL),
            (false, true) => (Level::Warning, "an INSERT that leaves it out fails, for it must not be NULL"),
            (false, false) => {
                (Level::Note, "each INSERT must give it, and it is kept in a second B-tree beside the rows")
            }
        };
        let (name, column) = (table.name, &key.name.text);
        let is_type = !name::same(&declared, "INTEGER");
        let place = key.declared_type.filter(|_| is_type).unwrap_or(key.span);
        let what = if is_type { format!("of type `{declared}`") } else { "in descending order".to_owned() };
        let help = if is_type { "write INTEGER, the one type that SQLite numbers" } else { "leave DESC out" };
        let report = out
            .report(table.at(place), format!("the key `{name}.{column}` is {what}, and is not numbered"))
            .reason(why)
            .help(help)
            .level(level);
        if let Some(span) = key.declared_type.filter(|_| is_type) {
            report.fix(Safety::Unsafe, Vec::from([Edit { span: table.at(span), text: "INTEGER".to_owned() }]));
        }
    }
}
