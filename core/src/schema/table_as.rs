//! The table that `CREATE TABLE … AS SELECT` makes: names and affinities of what the query answers, and
//! nothing else of the tables that it reads.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::resolve::{Answer, answers};
use super::{Object, Schema};
use crate::parse::statement::{CreateTable, Statement};
use crate::sqlite::affinity::Affinity;
use crate::sqlite::name;

/// Up to how many letters SQLite writes the table in one line (`createTableStmt()` in its `build.c`).
const ONE_LINE: usize = 50;

/// The object that the statement makes, uncertain where its columns depend on more than names; an error is
/// what SQLite says of the query's names.
pub(super) fn object(
    schema: &Schema,
    text: &str,
    statement: &Statement,
    create: &CreateTable,
    temporary: bool,
) -> Result<Option<Object>, String> {
    let (Some(query), own) = (&create.query, &create.name.name.text) else { return Ok(None) };
    if let Some(columns) = answers(schema, text, query)?
        && let Some(sql) = stored(own, &columns)
    {
        return Ok(Object::new(own, sql, temporary));
    }
    let Some(sql) = super::stored_sql(text, statement) else { return Ok(None) };
    Ok(Some(Object { certain: false, ..Object::created(own, sql, temporary, text, statement) }))
}

fn stored(table: &str, columns: &[Answer]) -> Option<String> {
    let is_again = |at: usize, name: &Rc<str>| columns[..at].iter().any(|known| name::same(&known.name, name));
    if columns.iter().enumerate().any(|(at, column)| is_again(at, &column.name)) {
        return None;
    }
    let length = |name: &str| name.len() + name.bytes().filter(|byte| *byte == b'"').count() + 2;
    let total: usize = columns.iter().map(|column| length(&column.name) + 5).sum::<usize>() + length(table);
    let (start, between, end) = if total < ONE_LINE { ("(", ",", ")") } else { ("(\n  ", ",\n  ", "\n)") };
    let shown: Option<Vec<String>> = columns
        .iter()
        .map(|column| {
            let affinity = match column.kind.affinity()? {
                Affinity::Blob => "",
                Affinity::Text => " TEXT",
                Affinity::Numeric => " NUM",
                Affinity::Integer => " INT",
                Affinity::Real => " REAL",
            };
            Some(name::plain(&column.name) + affinity)
        })
        .collect();
    let mut sql = String::from("CREATE TABLE ");
    sql.push_str(&name::plain(table));
    sql.push_str(start);
    sql.push_str(&shown?.join(between));
    sql.push_str(end);
    Some(sql)
}
