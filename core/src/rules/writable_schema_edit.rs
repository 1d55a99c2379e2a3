//! # An edit of the schema's own table
//!
//! With `PRAGMA writable_schema` a file may rewrite the texts in `sqlite_schema`. SQLite checks neither
//! that the rows fit the new text nor, before the next reading, that it is SQL at all: one slip and no
//! connection can open the database, `malformed database schema`. Other connections see nothing of the
//! edit before `schema_version` changes, and write rows by the old text.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! INSERT INTO users (id) VALUES (1);
//! PRAGMA writable_schema = ON;
//! UPDATE sqlite_schema SET sql = replace(sql, 'email TEXT', 'email TEXT NOT NULL') WHERE name = 'users';
//! PRAGMA writable_schema = RESET;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! INSERT INTO users (id) VALUES (1);
//! UPDATE users SET email = '' WHERE email IS NULL;
//! ALTER TABLE users ALTER COLUMN email SET NOT NULL;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `PRAGMA quick_check`: `NULL value in users.email`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "writable-schema-edit", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let Body::Data(data) = &statement.body else { return };
    let name = &data.table.name;
    let in_temp = data.table.schema.as_ref().is_some_and(|schema| schema.is("temp"));
    if in_temp || !["sqlite_schema", "sqlite_master"].iter().any(|known| name.is(known)) {
        return;
    }
    let native = cx.engine >= Version::new(3, 53, 0);
    let help = if native {
        "use ALTER TABLE, which adds and drops CHECK and NOT NULL since 3.53, or let `remold plan` rebuild the table"
    } else {
        "let `remold plan` rebuild the table"
    };
    out.report(name.span, format!("`{}` is edited by hand", name.text))
        .reason(
            "SQLite neither reads the new text nor looks at the rows, and a wrong one makes the database unreadable",
        )
        .help(help);
}
