//! # A guarded CREATE over an object with another definition
//!
//! `IF NOT EXISTS` asks for the name alone. Where a table or an index of that name is there already,
//! SQLite does nothing and says nothing, whatever the two definitions are: the new column never comes,
//! the index stays on another table, and the next statement that counts on it fails, or a query goes on
//! reading the whole table.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! -- file: 0002_email.sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, email TEXT);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY);
//! -- file: 0002_email.sql
//! ALTER TABLE users ADD COLUMN email TEXT;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT email FROM users`: `no such column: email`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "guarded-definition-differs", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let Some((kind, name)) = guarded(&statement.body) else { return };
    let there = match kind {
        ObjectKind::Index => cx.before.find_index(name),
        _ => cx.before.find(name),
    };
    let Some(there) = there.filter(|there| there.certain && !there.temporary) else { return };
    // A table and an index of one name are a refusal.
    if (there.kind == ObjectKind::Index) != (kind == ObjectKind::Index) {
        return;
    }
    let sql = stored_sql(&cx.file.text, statement);
    let Some(meant) = sql.and_then(|sql| Object::new(&name.name.text, sql, false)) else { return };
    if is_same(there, &meant) {
        return;
    }
    let name = &name.name;
    let Some((reason, level)) = difference(there, &meant) else { return };
    let shown = kind.as_str();
    out.report(name.span, format!("{shown} `{}` is there with another definition, and it stays so", name.text))
        .reason(format!("{reason}; IF NOT EXISTS looks at the name alone, and then nothing happens"))
        .help(help(kind, &name.text))
        .level(level);
}

fn guarded(body: &Body) -> Option<(ObjectKind, &ObjectName)> {
    match body {
        Body::CreateTable(it) if it.if_not_exists.is_some() && !it.temporary && it.query.is_none() => {
            Some((ObjectKind::Table, &it.name))
        }
        Body::CreateVirtualTable(it) if it.if_not_exists.is_some() => Some((ObjectKind::Table, &it.name)),
        Body::CreateIndex(it) if it.if_not_exists.is_some() => Some((ObjectKind::Index, &it.name)),
        _ => None,
    }
}

fn help(kind: ObjectKind, name: &str) -> String {
    match kind {
        ObjectKind::Index => {
            format!("give the new index another name, or write `DROP INDEX IF EXISTS {name}` before it")
        }
        _ => "change what is there with ALTER TABLE, or give the new table another name".to_owned(),
    }
}

/// In what the two differ, and how much that matters.
fn difference(there: &Object, meant: &Object) -> Option<(String, Level)> {
    if there.kind != meant.kind {
        return Some((format!("what bears the name is a {}", there.kind.as_str()), Level::Error));
    }
    match (&there.statement().body, &meant.statement().body) {
        (Body::CreateTable(_), Body::CreateTable(_)) => Some(columns_differ(there, meant)),
        (Body::CreateIndex(old), Body::CreateIndex(new)) => Some((indexes_differ(there, old, new), Level::Error)),
        (Body::CreateVirtualTable(_), Body::CreateVirtualTable(_)) => {
            Some(("the module or its arguments are others".to_owned(), Level::Error))
        }
        (Body::CreateTable(_) | Body::CreateVirtualTable(_), Body::CreateTable(_) | Body::CreateVirtualTable(_)) => {
            Some(("one of the two is a virtual table".to_owned(), Level::Error))
        }
        _ => None,
    }
}

fn columns_differ(there: &Object, meant: &Object) -> (String, Level) {
    let lacking = |one: &Object, other: &Object| -> Vec<String> {
        let lacks = one.columns().iter().filter(|column| other.column(&column.name.text).is_none());
        lacks.map(|column| format!("`{}`", column.name.text)).collect()
    };
    let (missing, more) = (lacking(meant, there), lacking(there, meant));
    if !missing.is_empty() {
        return (format!("the table that is there has no {}", missing.join(", ")), Level::Error);
    }
    let line = |object: &Object, column: &ColumnDefinition| column_line(column, &object.sql);
    let other = meant.columns().iter().find(|column| {
        let known = there.column(&column.name.text);
        known.is_none_or(|known| line(there, known) != line(meant, column))
    });
    match other {
        Some(column) => (format!("there, `{}` is declared otherwise", column.name.text), Level::Error),
        None if more.is_empty() => ("its constraints or the order of its columns are others".to_owned(), Level::Error),
        None => (format!("the table that is there also has {}", more.join(", ")), Level::Warning),
    }
}

fn indexes_differ(there: &Object, old: &CreateIndex, new: &CreateIndex) -> String {
    if !there.belongs_to(&new.table.text) {
        return format!("the index of that name is on `{}`", old.table.text);
    }
    match (old.unique, new.unique) {
        (false, true) => "the index that is there is not UNIQUE".to_owned(),
        (true, false) => "the index that is there is UNIQUE".to_owned(),
        _ => "the index that is there has other terms".to_owned(),
    }
}
