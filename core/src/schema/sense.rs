//! What makes a table's definition impossible in itself, in SQLite's words.

use alloc::format;
use alloc::string::String;

use super::{pragma, refer};
use crate::parse::statement::{
    ColumnConstraintKind, ColumnDefinition, CreateTable, ForeignKey, Part, TableConstraintKind,
};
use crate::parse::{self, MOST_COLUMNS};
use crate::sqlite::name;
use crate::text::Span;

/// A reason to refuse the definition, and the place at fault. `sql` is the text that it stands in.
pub(super) fn fault(table: &CreateTable, sql: &str) -> Option<(Span, String)> {
    let definition = &table.definition;
    let own = &table.name.name.text;
    for (at, column) in definition.columns.iter().enumerate() {
        if at == MOST_COLUMNS {
            return Some((column.name.span, format!("too many columns on {own}")));
        }
        if definition.columns[..at].iter().any(|before| before.name.is(&column.name.text)) {
            return Some((column.name.span, format!("duplicate column name: {}", column.name.text)));
        }
        if let Some(fault) = column_fault(column, sql) {
            return Some(fault);
        }
    }
    keys(table, sql)
        .or_else(|| strict(table, sql))
        .or_else(|| foreign_keys(table))
        .map(|(span, error)| (span, error.replace('\u{0}', own)))
        .or_else(|| {
            let all_generated = definition.columns.iter().all(|column| column.generated().is_some());
            (all_generated && !definition.columns.is_empty())
                .then(|| (table.name.name.span, String::from("must have at least one non-generated column")))
        })
}

fn column_fault(column: &ColumnDefinition, sql: &str) -> Option<(Span, String)> {
    let generated = column.generated().is_some();
    for constraint in &column.constraints {
        match &constraint.kind {
            ColumnConstraintKind::Default(value) if generated => {
                return Some((*value, String::from("cannot use DEFAULT on a generated column")));
            }
            ColumnConstraintKind::Default(value) if !is_default(*value, sql) => {
                return Some((*value, format!("default value of column [{}] is not constant", column.name.text)));
            }
            ColumnConstraintKind::PrimaryKey { .. } if generated => {
                let error = "generated columns cannot be part of the PRIMARY KEY";
                return Some((constraint.span, String::from(error)));
            }
            _ => {}
        }
    }
    None
}

/// Whether a default names nothing: neither a column nor a query.
fn is_default(value: Span, sql: &str) -> bool {
    if !value.of(sql).starts_with('(') {
        return true;
    }
    let Some(expression) = parse::expression(sql, value) else { return true };
    expression.parts.iter().all(|part| match part {
        Part::Call(_) => true,
        Part::Column { schema: None, table: None, column } => {
            !column.is_double_quoted(sql) && (column.is(sql, "true") || column.is(sql, "false"))
        }
        _ => false,
    })
}

fn keys(table: &CreateTable, sql: &str) -> Option<(Span, String)> {
    let definition = &table.definition;
    let of_columns = definition.columns.iter().filter_map(|column| column.primary_key());
    let of_table = definition
        .constraints
        .iter()
        .filter(|constraint| matches!(constraint.kind, TableConstraintKind::PrimaryKey { .. }));
    let mut spans = of_columns.map(|key| key.span).chain(of_table.map(|key| key.span));
    let first = spans.next();
    if let Some(second) = spans.next() {
        return Some((second, String::from("table \"\u{0}\" has more than one primary key")));
    }
    if refer::has_autoincrement(table) {
        let place = first.unwrap_or(table.name.name.span);
        if refer::rowid_alias(table, sql).is_none() && definition.without_rowid.is_none() {
            return Some((place, String::from("AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY")));
        }
        if definition.without_rowid.is_some() {
            return Some((place, String::from("AUTOINCREMENT not allowed on WITHOUT ROWID tables")));
        }
    }
    let generated =
        |name: &str| definition.columns.iter().any(|column| column.name.is(name) && column.generated().is_some());
    let terms = definition.constraints.iter().filter_map(|constraint| match &constraint.kind {
        TableConstraintKind::PrimaryKey { columns, .. } => Some(columns),
        _ => None,
    });
    for term in terms.flatten() {
        if pragma::bare_term(sql, term).0.is_some_and(|name| generated(&name)) {
            return Some((term.expression, String::from("generated columns cannot be part of the PRIMARY KEY")));
        }
    }
    match (first, definition.without_rowid) {
        (None, Some(span)) => Some((span, String::from("PRIMARY KEY missing on table \u{0}"))),
        _ => None,
    }
}

/// The types that a STRICT table takes.
const STRICT_TYPES: [&str; 6] = ["INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"];

fn strict(table: &CreateTable, sql: &str) -> Option<(Span, String)> {
    table.definition.strict?;
    table.definition.columns.iter().find_map(|column| {
        let name = &column.name.text;
        let Some(declared) = column.declared_type else {
            return Some((column.name.span, format!("missing datatype for \u{0}.{name}")));
        };
        let spelt = pragma::shown_type(pragma::type_words(column, sql));
        let known = STRICT_TYPES.iter().any(|known| name::same(known, &spelt));
        (!known).then(|| (declared, format!("unknown datatype for \u{0}.{name}: \"{spelt}\"")))
    })
}

fn foreign_keys(table: &CreateTable) -> Option<(Span, String)> {
    let of_column = |column: &ColumnDefinition, key: &ForeignKey| {
        (key.columns.len() > 1).then(|| {
            let error = format!(
                "foreign key on {} should reference only one column of table {}",
                column.name.text, key.table.text
            );
            (key.span, error)
        })
    };
    let by_column = table.definition.columns.iter().find_map(|column| {
        column.constraints.iter().find_map(|constraint| match &constraint.kind {
            ColumnConstraintKind::References(key) => of_column(column, key),
            _ => None,
        })
    });
    by_column.or_else(|| {
        table.definition.constraints.iter().find_map(|constraint| match &constraint.kind {
            TableConstraintKind::ForeignKey { columns, key }
                if !key.columns.is_empty() && key.columns.len() != columns.len() =>
            {
                let error = "number of columns in foreign key does not match the number of columns in the \
                             referenced table";
                Some((key.span, String::from(error)))
            }
            TableConstraintKind::ForeignKey { columns, .. } => columns
                .iter()
                .find(|name| !table.definition.columns.iter().any(|column| column.name.is(&name.text)))
                .map(|name| (name.span, format!("unknown column \"{}\" in foreign key definition", name.text))),
            _ => None,
        })
    })
}
