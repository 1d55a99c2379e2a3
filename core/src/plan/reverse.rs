//! The SQL that takes a change back without loss.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::parse::statement::{ColumnDefinition, ObjectKind};
use crate::schema::{Object, Schema};
use crate::sqlite::name;

/// Makes a dropped view, index or trigger again, and a view's own triggers with it.
pub(super) fn create(schema: &Schema, object: &Object) -> Option<String> {
    if object.kind == ObjectKind::Table {
        return None;
    }
    let mut parts = Vec::from([object.sql.clone()]);
    if object.kind == ObjectKind::View {
        let own = schema.mentioning(&object.name).into_iter();
        let own = own.filter(|other| other.belongs_to(&object.name));
        parts.extend(own.map(|trigger| trigger.sql.clone()));
    }
    Some(parts.join(";\n"))
}

/// Adds a dropped column that holds no value of its own.
pub(super) fn add_column(table: &str, column: &ColumnDefinition, sql: &str) -> String {
    format!("ALTER TABLE {} ADD COLUMN {}", name::plain(table), column.span.of(sql))
}
