//! SQLite as the judge: where statements end, whether they run, and what the schema is then.

use remold_core::sqlite::name;
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::functions::FunctionFlags;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::Null;
use rusqlite::{Batch, Connection, Error, ErrorCode};

/// An empty database in memory, without foreign keys as SQLite itself has it.
pub(crate) struct Engine {
    connection: Connection,
}

/// Why a statement did not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// SQLite's words.
    pub(crate) words: String,
    /// Whose fault it is.
    pub(crate) fault: Blame,
}

/// What a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blame {
    /// The statement, whatever the rows are.
    Statement,
    /// The rows, a transaction that is open or not, or a module that this engine has not: nothing that
    /// the schema could tell.
    Circumstances,
}

/// Where SQLite ends the first statement of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Behind so many bytes.
    At(usize),
    /// There is no statement any more.
    Nothing,
    /// It does not say, as it does not for a statement with parameters.
    Unknown,
}

/// An object as SQLite keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    /// `table`, `index`, `view` or `trigger`.
    pub(crate) kind: String,
    /// The name.
    pub(crate) name: String,
    /// The table or view that it belongs to, or its own name.
    pub(crate) table: String,
    /// The stored text.
    pub(crate) sql: String,
    /// Whether it lives in the `temp` schema.
    pub(crate) temporary: bool,
}

impl Engine {
    /// Opens an empty database, which can touch no file.
    pub(crate) fn open() -> Self {
        let mut connection = Connection::open_in_memory().expect("SQLite opens a database in memory");
        connection.pragma_update(None, "foreign_keys", false).expect("foreign keys can be turned off");
        let guard = |context: AuthContext<'_>| match context.action {
            AuthAction::Attach { filename } if !["", ":memory:"].contains(&filename) => Authorization::Deny,
            _ => Authorization::Allow,
        };
        connection.authorizer(Some(guard)).expect("SQLite takes an authorizer");
        Self { connection }
    }

    /// Finds the end of the first statement of the text.
    pub(crate) fn cut(&self, text: &str) -> Result<Cut, Refusal> {
        self.supplied(|connection| {
            let Some(statement) = Batch::new(connection, text).next()? else { return Ok(Cut::Nothing) };
            if statement.parameter_count() > 0 {
                return Ok(Cut::Unknown);
            }
            let source = statement.expanded_sql().unwrap_or_default();
            Ok(text.find(&source).map_or(Cut::Unknown, |at| Cut::At(at + source.len())))
        })
    }

    /// Compiles the text as the one statement that it should be.
    pub(crate) fn prepare(&self, sql: &str) -> Result<(), Refusal> {
        self.supplied(|connection| connection.prepare(sql).map(drop))
    }

    /// Runs a statement to its end.
    pub(crate) fn run(&self, sql: &str) -> Result<(), Refusal> {
        self.supplied(|connection| {
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.raw_query();
            while rows.next()?.is_some() {}
            Ok(())
        })
    }

    /// Commits what a file left open.
    pub(crate) fn close_transaction(&self) {
        if !self.connection.is_autocommit() && self.connection.execute_batch("COMMIT").is_err() {
            self.connection.execute_batch("ROLLBACK").expect("an open transaction can be rolled back");
        }
    }

    /// Every object that SQLite keeps a text for, in its order; neither SQLite's own nor the shadow
    /// tables of virtual ones.
    pub(crate) fn schema(&self) -> Vec<Stored> {
        let read = |schema: &str, temporary: bool| {
            let sql = format!(
                "SELECT type, name, tbl_name, sql FROM {schema} WHERE sql IS NOT NULL AND tbl_name NOT IN \
                 (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid"
            );
            let mut query = self.connection.prepare(&sql).expect("the schema can be read");
            query
                .query_map([], |row| {
                    let (kind, name, table, sql) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                    Ok(Stored { kind, name, table, sql, temporary })
                })
                .expect("the schema can be read")
                .map(|stored| stored.expect("a schema has texts alone"))
                .filter(|stored| !name::is_internal(&stored.name))
                .collect::<Vec<_>>()
        };
        let mut all = read("sqlite_schema", false);
        all.extend(read("sqlite_temp_schema", true));
        all
    }

    /// Does something, and supplies each function and collation that the application would have.
    fn supplied<Done>(&self, act: impl Fn(&Connection) -> rusqlite::Result<Done>) -> Result<Done, Refusal> {
        for _ in 0..9 {
            let refusal = match act(&self.connection) {
                Ok(done) => return Ok(done),
                Err(error) => refusal(&error),
            };
            if !self.supply(&refusal.words) {
                return Err(refusal);
            }
        }
        act(&self.connection).map_err(|error| refusal(&error))
    }

    /// Puts something in the place of what is missing; says whether it could.
    fn supply(&self, words: &str) -> bool {
        let called = words.strip_prefix("unknown function: ").and_then(|call| call.strip_suffix("()"));
        if let Some(function) = words.strip_prefix("no such function: ").or(called) {
            let flags =
                FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
            return self.connection.create_scalar_function(function, -1, flags, |_| Ok(Null)).is_ok();
        }
        if let Some(collation) = words.strip_prefix("no such collation sequence: ") {
            return self.connection.create_collation(collation, str::cmp).is_ok();
        }
        false
    }
}

fn refusal(error: &Error) -> Refusal {
    let (code, words) = match error {
        Error::SqliteFailure(error, Some(words)) => (Some(error.code), words.clone()),
        Error::SqlInputError { error, msg, .. } => (Some(error.code), msg.clone()),
        other => (other.sqlite_error_code(), other.to_string()),
    };
    let circumstances = ["no such module: ", "cannot VACUUM", "cannot start a transaction", "no such savepoint: "];
    let is_circumstance = circumstances.iter().any(|start| words.starts_with(start))
        || words.ends_with("no transaction is active")
        || matches!(
            code,
            Some(ErrorCode::ConstraintViolation | ErrorCode::AuthorizationForStatementDenied | ErrorCode::TypeMismatch)
        );
    Refusal { words, fault: if is_circumstance { Blame::Circumstances } else { Blame::Statement } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_says_where_a_statement_ends() {
        let engine = Engine::open();
        assert_eq!(engine.cut(" ;; SELECT ';' -- ;\n; SELECT 2"), Ok(Cut::At(21)));
        assert_eq!(engine.cut("SELECT 1"), Ok(Cut::At(8)));
        assert_eq!(engine.cut(" -- nothing\n ; "), Ok(Cut::Nothing));
        assert_eq!(engine.cut("SELECT ?; SELECT 2"), Ok(Cut::Unknown));
        assert!(engine.cut("SELEC 1; SELECT 2").is_err());
    }

    #[test]
    fn a_statement_is_one_statement() {
        let engine = Engine::open();
        assert_eq!(engine.prepare("SELECT 1"), Ok(()));
        assert!(engine.prepare("SELECT 1; SELECT 2").is_err());
        assert!(engine.prepare("-- nothing").is_err());
    }

    #[test]
    fn what_the_application_has_is_supplied() {
        let engine = Engine::open();
        assert_eq!(engine.run("CREATE TABLE t (a DEFAULT (made_up(1)), b COLLATE made_up)"), Ok(()));
        assert_eq!(engine.run("CREATE INDEX i ON t (b)"), Ok(()));
        assert_eq!(engine.run("INSERT INTO t (b) VALUES ('1'), ('2')"), Ok(()));
    }

    #[test]
    fn no_file_is_touched() {
        let engine = Engine::open();
        let refusal = engine.run("ATTACH 'a file' AS a").expect_err("it is denied");
        assert_eq!(refusal.fault, Blame::Circumstances);
        assert_eq!(engine.run("VACUUM"), Ok(()));
    }

    #[test]
    fn shadow_tables_are_left_out() {
        let engine = Engine::open();
        assert_eq!(engine.run("CREATE VIRTUAL TABLE v USING fts5 (a)"), Ok(()));
        assert_eq!(engine.run("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b UNIQUE)"), Ok(()));
        let names: Vec<String> = engine.schema().into_iter().map(|stored| stored.name).collect();
        assert_eq!(names, ["v", "t"]);
    }
}
