//! # A foreign key that fits no key of its parent
//!
//! SQLite takes a foreign key as it is written. At the first write it looks for the parent: there must be
//! such a table, and the columns must be its primary key, or have a UNIQUE constraint or index of their
//! own, whole and with the columns' own collation. Else every write fails where foreign keys are on, even
//! of a row whose key is NULL.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (email));
//! ```
//!
//! ## Proof
//!
//! With foreign keys on, running the flagged file, then `DELETE FROM posts`: `foreign key mismatch - "posts" referencing "users"`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "foreign-key-mismatch", level: Level::Error, since: "0.1.0", check: Check::Broken(check) };

fn check(cx: &FileContext, broken: &Broken, out: &mut Findings) {
    let (Some(key), FaultKind::Parent(fault)) = (&broken.key, &broken.fault.kind) else { return };
    // What a rebuilt table calls itself is told with the rebuild.
    let is_old_self = |rebuild: &Rebuild| {
        let was_own = [&rebuild.first_name, &rebuild.old_name].iter().any(|name| name::same(name, &key.parent));
        name::same(&rebuild.table, &broken.object.name) && was_own
    };
    let is_self = *fault == ParentFault::Missing && cx.rebuilds.iter().any(is_old_self);
    if !broken.is_own() || is_self {
        return;
    }
    let (parent, of_parent) = (&key.parent, key.of_parent.join(", "));
    let why = match fault {
        ParentFault::Missing => "which is not there".to_owned(),
        ParentFault::View => "which is a view".to_owned(),
        ParentFault::Rowid => format!("whose `{of_parent}` is no column of its own"),
        ParentFault::NoPrimaryKey => "which has no primary key".to_owned(),
        ParentFault::Count(count) => format!("whose primary key has {count} columns"),
        ParentFault::Column(column) => format!("which has no column `{column}`"),
        ParentFault::Partial(index) => format!("of which the partial index `{index}` keeps only some rows unique"),
        ParentFault::Collation(index) => format!("whose index `{index}` compares otherwise than the column does"),
        ParentFault::NotUnique => format!("which does not keep `{of_parent}` unique"),
    };
    let help = match fault {
        ParentFault::Missing => format!("create `{parent}` in this file, or correct the name"),
        ParentFault::View => "refer to the table that the view reads".to_owned(),
        ParentFault::Rowid => "give the parent an INTEGER PRIMARY KEY, and refer to that".to_owned(),
        ParentFault::NoPrimaryKey => "name the parent's columns that are unique".to_owned(),
        ParentFault::Count(_) => {
            "bind as many columns as the parent's key has, or name the one that is meant".to_owned()
        }
        ParentFault::Column(_) => "correct the column's name".to_owned(),
        _ => format!("add `CREATE UNIQUE INDEX … ON {parent} ({of_parent})`, or refer to the parent's primary key"),
    };
    let report = out
        .report(broken.span, format!("a foreign key of `{}` points to `{parent}`, {why}", broken.object.name))
        .reason(broken.consequence())
        .help(help);
    if let Some(error) = &broken.fault.error {
        report.sqlite(&**error);
    }
}
