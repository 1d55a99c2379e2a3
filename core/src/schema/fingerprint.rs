//! The fingerprint of a schema: the same for two schemas that mean the same.
//!
//! It is over the model and not over the text: spelling, comments, quoting and the order of
//! constraints do not count. SQLite's own tables, ledgers, statistics and temporary objects are
//! outside it. The form is final: a change of it is a new version.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use super::{Object, Schema, refer};
use crate::parse::normal;
use crate::parse::statement::{
    Body, ColumnConstraintKind, ColumnDefinition, Conflict, CreateTable, ForeignKey, IndexedColumn, TableConstraintKind,
};
use crate::sqlite::name;
use crate::text::Span;

/// The fingerprint, as `v1:` and SHA-256 in hexadecimal digits.
pub fn fingerprint(schema: &Schema) -> String {
    format!("v1:{}", sha256(canonical(schema).as_bytes()))
}

/// SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of a file's text: over its lines as if each ended in `\n`, without a byte order mark,
/// so that a checkout on another system changes nothing.
pub fn text_hash(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') {
        sha256(text.replace("\r\n", "\n").replace('\r', "\n").as_bytes())
    } else {
        sha256(text.as_bytes())
    }
}

/// What the fingerprint is made of: one line an object, sorted.
pub fn canonical(schema: &Schema) -> String {
    let mut lines: Vec<String> =
        schema.objects().into_iter().filter(|object| counts(object)).map(|object| object_line(object)).collect();
    lines.sort();
    lines.join("\n")
}

/// Whether the object is the application's.
pub fn counts(object: &Object) -> bool {
    !object.temporary && !name::is_bookkeeping(&object.name) && !object.owner().is_some_and(name::is_bookkeeping)
}

/// What an object means: the same for two that mean the same. Its parts stand there each with its
/// length, so that no text can look like two.
pub fn object_line(object: &Object) -> String {
    let mut parts = Parts(String::new());
    parts.add(object.kind().as_str());
    parts.add(&name::fold(&object.name));
    let sql = object.sql.as_str();
    match &object.statement.body {
        Body::CreateTable(table) if table.query.is_none() => self::table(&mut parts, table, sql),
        Body::CreateIndex(index) => {
            parts.add(if index.unique { "unique" } else { "" });
            parts.add(&name::fold(&index.table.text));
            index.columns.iter().for_each(|column| parts.add(&term(column, sql)));
            parts.add(&index.condition.map_or_else(String::new, |span| normal(span.of(sql))));
        }
        Body::CreateView(view) => {
            view.columns.iter().for_each(|column| parts.add(&name::fold(&column.text)));
            parts.add(&normal(view.query.of(sql)));
        }
        Body::CreateTrigger(trigger) => {
            let rest = Span::new(trigger.name.span().end, object.statement.span.end);
            parts.add(&normal(rest.of(sql)));
        }
        _ => parts.add(&normal(sql)),
    }
    parts.0
}

/// What a column means, with all its constraints; `sql` is the text that it was read from.
pub fn column_line(column: &ColumnDefinition, sql: &str) -> String {
    let mut constraints = Vec::new();
    let mut line = self::column(column, sql, &mut constraints);
    constraints.sort();
    for constraint in constraints {
        line.push(' ');
        line.push_str(&constraint);
    }
    line
}

struct Parts(String);

impl Parts {
    fn add(&mut self, part: &str) {
        self.0.push_str(&format!("{}:{part} ", part.len()));
    }
}

fn table(parts: &mut Parts, table: &CreateTable, sql: &str) {
    parts.add(if table.definition.without_rowid.is_some() { "without rowid" } else { "" });
    parts.add(if table.definition.strict.is_some() { "strict" } else { "" });
    parts.add(&refer::rowid_alias(table, sql).map_or_else(String::new, |column| name::fold(&column.text).into_owned()));
    parts.add(if refer::has_autoincrement(table) { "autoincrement" } else { "" });
    let mut constraints = Vec::new();
    for column in &table.definition.columns {
        parts.add(&self::column(column, sql, &mut constraints));
    }
    for constraint in &table.definition.constraints {
        let demand = match &constraint.kind {
            TableConstraintKind::PrimaryKey { columns, .. } => format!("primary key {}", terms(columns, sql)),
            TableConstraintKind::Unique(columns) => format!("unique {}", terms(columns, sql)),
            TableConstraintKind::Check(expression) => format!("check {}", normal(expression.of(sql))),
            TableConstraintKind::ForeignKey { columns, key } => {
                format!("foreign key {} {}", names(columns.iter().map(|column| column.text.as_str())), reference(key))
            }
        };
        constraints.push(with_name(
            demand,
            constraint.name.as_ref().map(|name| name.text.as_str()),
            constraint.conflict,
        ));
    }
    constraints.sort();
    constraints.iter().for_each(|constraint| parts.add(constraint));
}

/// A column without those of its constraints that a table's constraint could say as well; these go
/// to `constraints`.
fn column(column: &ColumnDefinition, sql: &str, constraints: &mut Vec<String>) -> String {
    let own = name::fold(&column.name.text).into_owned();
    let mut said = format!("{own} {}", normal(column.type_text(sql)));
    let (mut default, mut collation) = (String::new(), String::new());
    for constraint in &column.constraints {
        let label = constraint.name.as_ref().map(|name| name.text.as_str());
        let of_table = match &constraint.kind {
            ColumnConstraintKind::Null => continue,
            ColumnConstraintKind::NotNull => {
                said.push_str(&with_name(String::from(" not null"), label, constraint.conflict));
                continue;
            }
            ColumnConstraintKind::Default(value) => {
                default = normal(value.of(sql));
                continue;
            }
            ColumnConstraintKind::Collate(name) => {
                collation = name::fold(&name.text).into_owned();
                continue;
            }
            ColumnConstraintKind::Generated { expression, stored } => {
                let kind = if *stored { "stored" } else { "virtual" };
                said.push_str(&format!(" as {} {kind}", normal(expression.of(sql))));
                continue;
            }
            ColumnConstraintKind::PrimaryKey { descending, .. } => {
                format!("primary key ({own}{})", if *descending { " desc" } else { "" })
            }
            ColumnConstraintKind::Unique => format!("unique ({own})"),
            ColumnConstraintKind::Check(expression) => format!("check {}", normal(expression.of(sql))),
            ColumnConstraintKind::References(key) => format!("foreign key ({own}) {}", reference(key)),
        };
        constraints.push(with_name(of_table, label, constraint.conflict));
    }
    format!("{said} default {default} collate {collation}")
}

fn with_name(demand: String, name: Option<&str>, conflict: Option<Conflict>) -> String {
    let named = name.map_or_else(String::new, |name| format!(" named {}", name::fold(name)));
    let conflict = conflict.map_or_else(String::new, |conflict| format!(" on conflict {}", conflict.as_str()));
    demand + &named + &conflict
}

fn reference(key: &ForeignKey) -> String {
    format!(
        "references {} {} on delete {} on update {}{}",
        name::fold(&key.table.text),
        names(key.columns.iter().map(|column| column.text.as_str())),
        key.on_delete.as_str(),
        key.on_update.as_str(),
        if key.deferred { " deferred" } else { "" }
    )
}

fn names<'names>(names: impl Iterator<Item = &'names str>) -> String {
    let folded: Vec<_> = names.map(name::fold).collect();
    format!("({})", folded.join(","))
}

fn terms(columns: &[IndexedColumn], sql: &str) -> String {
    let all: Vec<String> = columns.iter().map(|column| term(column, sql)).collect();
    format!("({})", all.join(","))
}

fn term(column: &IndexedColumn, sql: &str) -> String {
    let what = match &column.column {
        Some(name) => name::fold(&name.text).into_owned(),
        None => normal(column.expression.of(sql)),
    };
    let collation =
        column.collation.as_ref().map_or_else(String::new, |name| format!(" collate {}", name::fold(&name.text)));
    format!("{what}{collation}{}", if column.descending { " desc" } else { "" })
}
