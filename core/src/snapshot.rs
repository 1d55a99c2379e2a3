//! A database seen from outside: its schema and what else a plan needs, without any data.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::parse::Source;
use crate::schema::replay::{ProblemKind, replay};
use crate::schema::rows::Rows;
use crate::schema::{Knowledge, Object, Schema};
use crate::sqlite::name;
use crate::text::lines::LineIndex;

/// The value of `format` in a snapshot's JSON.
pub const FORMAT: &str = "remold-snapshot";

/// What `remold snapshot` prints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Always `remold-snapshot`.
    pub format: String,
    /// The version of the format: 1.
    pub version: u32,
    /// The version of SQLite that read the database.
    #[serde(default)]
    pub sqlite: String,
    /// The database's own settings, such as `journal_mode` and `user_version`.
    #[serde(default)]
    pub pragmas: BTreeMap<String, String>,
    /// The rows of `sqlite_schema`, in their order.
    pub objects: Vec<SchemaRow>,
    /// How many rows each table has, as an estimate; 0 is exact.
    #[serde(default)]
    pub rows: BTreeMap<String, u64>,
    /// The rows of remold's own ledger, in their order.
    #[serde(default)]
    pub ledger: Vec<LedgerRow>,
}

/// What tells a snapshot from other JSON.
#[derive(Deserialize)]
#[serde(default)]
struct Head {
    format: String,
    version: u32,
}

impl Default for Head {
    fn default() -> Self {
        Self { format: "(none)".to_owned(), version: 1 }
    }
}

/// A row of `sqlite_schema`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaRow {
    /// `table`, `index`, `view` or `trigger`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The object's name.
    pub name: String,
    /// The table or view that it belongs to.
    #[serde(rename = "tbl_name")]
    pub table: String,
    /// The stored text; none for the indexes that SQLite makes for constraints.
    pub sql: Option<String>,
}

/// A row of our ledger: a migration that was applied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// Its number.
    pub id: i64,
    /// The file's path below the project's root.
    pub file: String,
    /// The hash of its text.
    pub hash: String,
    /// The fingerprint of the schema before it.
    pub schema_before: String,
    /// The fingerprint of the schema after it.
    pub schema_after: String,
    /// The SQL that takes it back; none where only the backup can.
    pub reverse: Option<String>,
    /// Where the backup from before it lies.
    pub backup: Option<String>,
    /// When it was rolled back; none where it still holds.
    pub rolled_back_at: Option<String>,
}

impl Snapshot {
    /// Reads a snapshot's JSON, or any SQL that makes a schema: a script, or what `.schema` and
    /// `.dump` print.
    ///
    /// # Errors
    /// What is wrong with the text, and where.
    pub fn read(text: &str) -> Result<Self, String> {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with('{') {
            return Self::from_json(start);
        }
        Self::from_sql(text)
    }

    fn from_json(text: &str) -> Result<Self, String> {
        let wrong = |error| format!("this is not a snapshot of remold: {error}");
        let head: Head = serde_json::from_str(text).map_err(wrong)?;
        if head.format != FORMAT {
            return Err(format!("this JSON is not a snapshot of remold: its `format` is `{}`", head.format));
        }
        if head.version != 1 {
            return Err(format!("this snapshot has version {}, and only version 1 is known", head.version));
        }
        serde_json::from_str(text).map_err(wrong)
    }

    fn from_sql(text: &str) -> Result<Self, String> {
        let mut schema = Schema::new(Knowledge::Complete);
        let source = Source::new(text);
        for statement in source.statements() {
            let outcome = replay(&schema, text, &statement);
            // `.schema` prints SQLite's own tables too; nobody but SQLite makes them.
            if let Some(problem) = outcome.problem
                && !matches!(problem.kind, ProblemKind::Reserved { .. })
                && !matches!(statement.kind().as_str(), "INSERT" | "UPDATE" | "DELETE" | "REPLACE")
            {
                let at = LineIndex::new(text).position(problem.span.start);
                return Err(format!("line {}, column {}: {}", at.line, at.column, problem.error));
            }
            schema = outcome.after;
        }
        Ok(Self::of(&schema))
    }

    /// The snapshot of a database that has this schema and no rows that we know of.
    pub fn of(schema: &Schema) -> Self {
        let row = |object: &Object| SchemaRow {
            kind: object.kind.as_str().to_owned(),
            name: object.name.clone(),
            table: object.owner.as_ref().unwrap_or(&object.name).to_owned(),
            sql: Some(object.sql.clone()),
        };
        Self {
            format: FORMAT.to_owned(),
            version: 1,
            objects: schema.objects().into_iter().map(|object| row(object)).collect(),
            ..Self::default()
        }
    }

    /// The schema, read from the stored texts. All of it is known.
    pub fn schema(&self) -> Schema {
        let named = |row: &SchemaRow| Object::new(&row.name, row.sql.clone()?, false);
        self.objects
            .iter()
            .filter(|row| !(name::is_internal(&row.name) && row.sql.is_none()))
            .filter_map(named)
            .fold(Schema::new(Knowledge::Complete), |schema, object| schema.with(object))
    }

    /// How many rows its tables have, as far as that is known.
    pub fn counts(&self) -> Rows {
        Rows::new(self.rows.iter().map(|(table, count)| (table.as_str(), *count)))
    }

    /// How many rows the table has, if that is known.
    pub fn row_count(&self, table: &str) -> Option<u64> {
        self.rows.iter().find(|(known, _)| name::same(known, table)).map(|(_, count)| *count)
    }

    /// Whether SQLite keeps an object of that name.
    pub fn has(&self, object: &str) -> bool {
        self.objects.iter().any(|row| name::same(&row.name, object))
    }

    /// The snapshot as JSON, with a line feed at its end.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// The migration that was applied last and still holds.
    pub fn last_applied(&self) -> Option<&LedgerRow> {
        self.ledger.iter().rev().find(|row| row.rolled_back_at.is_none())
    }
}

/// One `SELECT` that prints a snapshot of any database, for clients of SQLite 3.38 and newer. It
/// reads the schema alone: no row counts, and no ledger. What a subquery answers is mere text again,
/// so `json()` stands around it.
pub fn print_sql() -> String {
    "SELECT json_object(\
     'format', 'remold-snapshot', 'version', 1, 'sqlite', sqlite_version(), \
     'pragmas', json_object(\
     'user_version', (SELECT CAST(user_version AS TEXT) FROM pragma_user_version), \
     'application_id', (SELECT CAST(application_id AS TEXT) FROM pragma_application_id), \
     'journal_mode', (SELECT journal_mode FROM pragma_journal_mode), \
     'encoding', (SELECT encoding FROM pragma_encoding), \
     'page_size', (SELECT CAST(page_size AS TEXT) FROM pragma_page_size)), \
     'objects', json((SELECT json_group_array(json_object(\
     'type', type, 'name', name, 'tbl_name', tbl_name, 'sql', sql)) \
     FROM (SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid))));\n"
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_shell_prints_is_a_schema() {
        let printed = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);\nCREATE TABLE sqlite_sequence(name,seq);\n\
                       CREATE VIEW v AS SELECT id FROM t\n/* v(id) */;\n";
        let read = Snapshot::read(printed).unwrap();
        assert_eq!(read.objects.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["t", "v"]);
    }
}
