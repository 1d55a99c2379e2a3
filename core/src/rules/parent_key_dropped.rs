//! # A parent key that goes while foreign keys point to it
//!
//! A foreign key needs a parent key: the primary key, or columns with a UNIQUE constraint or index of
//! their own. SQLite lets that index, or the column, go without a look at who points to it; from then on
//! every write to the child fails where foreign keys are on, and every delete from the parent.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE UNIQUE INDEX users_email ON users (email);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
//! -- file: 0002_index.sql
//! DROP INDEX users_email;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE UNIQUE INDEX users_email ON users (email);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
//! -- file: 0002_index.sql
//! CREATE UNIQUE INDEX users_by_email ON users (email);
//! DROP INDEX users_email;
//! ```
//!
//! ## Proof
//!
//! With foreign keys on, running the flagged file, then `DELETE FROM users`: `foreign key mismatch - "posts" referencing "users"`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "parent-key-dropped", level: Level::Error, since: "0.1.0", check: Check::Broken(check) };

fn check(_: &FileContext, broken: &Broken, out: &mut Findings) {
    let (Some(key), FaultKind::Parent(fault)) = (&broken.key, &broken.fault.kind) else { return };
    if *fault == ParentFault::Missing || broken.is_own() {
        return;
    }
    let (child, parent) = (&broken.object.name, &key.parent);
    let gone = match &broken.deed {
        Deed::DropIndex(index) => format!("without index `{index}`"),
        Deed::DropColumn(column) => format!("without column `{column}`"),
        _ => format!("as `{parent}` is from here on"),
    };
    let help = match &broken.deed {
        Deed::DropIndex(_) => "make another unique index on the columns first, or rebuild the child without the key",
        Deed::DropColumn(_) => "rebuild the child without the foreign key first",
        _ => "keep the parent's PRIMARY KEY and UNIQUE columns",
    };
    let report = out
        .report(broken.span, format!("{gone}, a foreign key of `{child}` has no key of `{parent}` to point to"))
        .reason(broken.consequence())
        .help(help);
    if let Some(error) = &broken.fault.error {
        report.sqlite(&**error);
    }
}
