//! What a statement does to the schema.

use alloc::boxed::Box;
use alloc::string::String;

use crate::parse::statement::{ColumnDefinition, Name, ObjectKind, TableConstraint};

/// One change of the schema. Names carry their place in the statement's text.
#[derive(Clone, Debug)]
pub enum Change {
    /// An object comes into being.
    Create {
        /// What kind of object.
        kind: ObjectKind,
        /// Its name.
        name: Name,
    },
    /// An object goes, and with a table its rows, indexes and triggers.
    Drop {
        /// What kind of object.
        kind: ObjectKind,
        /// Its name.
        name: Name,
    },
    /// A table gets another name.
    RenameTable {
        /// The table.
        table: Name,
        /// Its new name.
        to: Name,
    },
    /// A table gets a column.
    AddColumn {
        /// The table.
        table: Name,
        /// The column.
        column: Box<ColumnDefinition>,
    },
    /// A table loses a column, and its values.
    DropColumn {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
    },
    /// A column gets another name.
    RenameColumn {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
        /// Its new name.
        to: Name,
    },
    /// A table gets a `CHECK`.
    AddConstraint {
        /// The table.
        table: Name,
        /// The constraint.
        constraint: Box<TableConstraint>,
    },
    /// A table loses a constraint.
    DropConstraint {
        /// The table.
        table: Name,
        /// The constraint.
        constraint: Name,
    },
    /// A column gets `NOT NULL`.
    SetNotNull {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
    },
    /// A column loses `NOT NULL`.
    DropNotNull {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
    },
}

impl Change {
    /// The change in few words, for people: `add column assets.blob_data`.
    pub fn summary(&self) -> String {
        use alloc::format;
        match self {
            Self::Create { kind, name } => format!("create {} {}", kind.as_str(), name.text),
            Self::Drop { kind, name } => format!("drop {} {}", kind.as_str(), name.text),
            Self::RenameTable { table, to } => format!("rename table {} to {}", table.text, to.text),
            Self::AddColumn { table, column } => format!("add column {}.{}", table.text, column.name.text),
            Self::DropColumn { table, column } => format!("drop column {}.{}", table.text, column.text),
            Self::RenameColumn { table, column, to } => {
                format!("rename column {}.{} to {}", table.text, column.text, to.text)
            }
            Self::AddConstraint { table, .. } => format!("add a constraint to {}", table.text),
            Self::DropConstraint { table, constraint } => {
                format!("drop constraint {} of {}", constraint.text, table.text)
            }
            Self::SetNotNull { table, column } => format!("set {}.{} not null", table.text, column.text),
            Self::DropNotNull { table, column } => format!("let {}.{} be null", table.text, column.text),
        }
    }
}
