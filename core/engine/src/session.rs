//! One database in memory: made, seeded, and looked at. It reaches no file, and its work is bounded.

use std::collections::BTreeSet;

use remold_core::engine::{Around, Batch, Seed, SeededRow, Stored, Trouble};
use remold_core::sqlite::name;
use rusqlite::config::DbConfig;
use rusqlite::fallible_iterator::FallibleIterator as _;
use rusqlite::functions::FunctionFlags;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::{Null, ValueRef};
use rusqlite::{Connection, OpenFlags};

use crate::bounds::Budget;

/// Whether an object is not SQLite's own: `LIKE` would take the `_` for any letter.
const OWN: &str = "substr(name, 1, 7) <> 'sqlite_'";

/// Whether the tables get rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    /// One in each.
    Seeded,
    /// None.
    None,
}

/// A database in memory with the schema before a file.
pub(crate) struct Session {
    connection: Connection,
    budget: Budget,
    /// What the engine lacks and was given a stand-in for.
    pub(crate) stubs: BTreeSet<String>,
    /// What could not be made.
    pub(crate) unmade: Vec<Trouble>,
    /// Tables without a row.
    pub(crate) unseeded: Vec<Trouble>,
    /// `sqlite_schema` as it was seen last.
    seen: Vec<Stored>,
}

/// What `sqlite_schema` has that it had not when it was looked at last, and what has gone.
pub(crate) struct Difference {
    pub(crate) stored: Vec<Stored>,
    pub(crate) gone: Vec<String>,
}

impl Session {
    /// Makes the schema before the batch's file.
    pub(crate) fn made(batch: &Batch, rows: Rows, budget: &Budget) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_in_memory_with_flags(flags)?;
        connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        budget.bind(&mut connection)?;
        connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; BEGIN")?;
        let mut session = Self {
            connection,
            budget: budget.clone(),
            stubs: BTreeSet::new(),
            unmade: Vec::new(),
            unseeded: Vec::new(),
            seen: Vec::new(),
        };
        for table in &batch.tables {
            session.make(&table.name, &table.sql);
        }
        if rows == Rows::Seeded {
            for seed in &batch.seeds {
                session.seed(seed);
            }
            if counts(batch) {
                // Every such table has had rows that are gone. Where the word stood elsewhere, there is
                // no such table.
                let _raised = session.connection.execute_batch("UPDATE sqlite_sequence SET seq = seq + 1000");
            }
        }
        for observer in &batch.observers {
            session.make(&observer.name, &observer.sql);
        }
        for other in &batch.others {
            session.make(&other.name, &other.sql);
        }
        session.connection.execute_batch("COMMIT")?;
        for pragma in &batch.pragmas {
            session.make(pragma, pragma);
        }
        session.look()?;
        Ok(session)
    }

    fn make(&mut self, name: &str, sql: &str) {
        if let Err(error) = self.execute(sql) {
            self.unmade.push(Trouble { name: name.to_owned(), error });
        }
    }

    fn seed(&mut self, seed: &Seed) {
        let (mut refused, mut passed_over) = (None, false);
        for attempt in &seed.attempts {
            match self.execute(attempt) {
                Ok(()) if self.connection.changes() > 0 => return,
                Ok(()) => passed_over = true,
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        // Where rows were offered and none was taken, that says more than what a poorer try met.
        let error = refused.filter(|_| !passed_over);
        let error = error.unwrap_or_else(|| "no row that was tried keeps its constraints".to_owned());
        self.unseeded.push(Trouble { name: seed.table.clone(), error });
    }

    /// Executes a statement. What it calls that the engine lacks gets a stand-in.
    pub(crate) fn execute(&mut self, sql: &str) -> Result<(), String> {
        let guarded = ["pragma", "attach", "vacuum"].into_iter().any(|word| says(sql, word));
        if guarded {
            self.guard(Some(keeps_inside))?;
        }
        self.budget.runs(sql);
        let mut result = self.run(sql);
        while let Err(error) = &result
            && self.stand_in(error)
        {
            result = self.run(sql);
        }
        self.budget.rests();
        if guarded {
            self.guard(None::<fn(AuthContext<'_>) -> Authorization>)?;
        }
        result
    }

    fn guard(
        &mut self,
        guard: Option<impl for<'asked> FnMut(AuthContext<'asked>) -> Authorization + Send + 'static>,
    ) -> Result<(), String> {
        self.connection.authorizer(guard).map_err(|error| words(&error))
    }

    fn run(&self, sql: &str) -> Result<(), String> {
        execute(&self.connection, sql).map_err(|error| words(&error))
    }

    /// Gives the engine what the error says that it lacks. Stand-ins exist only here: a function
    /// answers NULL, a collation compares bytes.
    fn stand_in(&mut self, error: &str) -> bool {
        let lacks = |what: &str| error.split_once(what).map(|(_, name)| name.trim().to_owned());
        if let Some(function) = lacks("no such function: ") {
            let flags =
                FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
            let made = self.connection.create_scalar_function(function.as_str(), -1, flags, |_| Ok(Null));
            return made.is_ok() && self.stubs.insert(format!("function {function}"));
        }
        if let Some(collation) = lacks("no such collation sequence: ") {
            let made = self.connection.create_collation(collation.as_str(), Ord::cmp);
            return made.is_ok() && self.stubs.insert(format!("collation {collation}"));
        }
        false
    }

    /// Sets what the runner sets on its connection before a file.
    pub(crate) fn set_pragmas(&mut self, batch: &Batch) {
        for pragma in std::iter::once("PRAGMA foreign_keys = OFF").chain(batch.pragmas.iter().map(|sql| &**sql)) {
            // What cannot be set has been said when the database was made.
            let _set = self.execute(pragma);
        }
    }

    /// Begins the transaction that the runner has around the file, where it has one.
    pub(crate) fn begin(&self, batch: &Batch) -> rusqlite::Result<()> {
        match batch.around {
            Around::Transaction => self.connection.execute_batch("BEGIN"),
            Around::Nothing => Ok(()),
        }
    }

    /// Executes a word of our own: the end of the runner's transaction, or a savepoint.
    pub(crate) fn transaction(&self, sql: &str) -> Result<(), String> {
        self.run(sql)
    }

    pub(crate) fn is_in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    /// The numbers that a query answers; none where it makes no sense any more.
    pub(crate) fn measure(&self, sql: &str) -> Vec<i64> {
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let columns = statement.column_count();
            statement.query_row((), |row| (0..columns).map(|at| row.get::<_, i64>(at)).collect::<Result<Vec<_>, _>>())
        };
        read().unwrap_or_default()
    }

    /// How many objects there were when the schema was looked at last.
    pub(crate) fn size(&self) -> usize {
        self.seen.len()
    }

    /// Looks at `sqlite_schema`. Most rows are as they were and in their places, so that nothing is
    /// copied.
    pub(crate) fn look(&mut self) -> rusqlite::Result<Difference> {
        let sql = format!("SELECT type, name, sql FROM sqlite_schema WHERE {OWN}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(())?;
        let mut now: Vec<Stored> = Vec::with_capacity(self.seen.len() + 1);
        let mut stored = Vec::new();
        let mut before = std::mem::take(&mut self.seen).into_iter().peekable();
        let mut shifted: Vec<Stored> = Vec::new();
        while let Some(row) = rows.next()? {
            let (kind, name) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
            let sql = row.get_ref(2)?.as_str_or_null()?;
            let is_it = |old: &Stored| old.kind == kind && old.name == name;
            let mut old = before.next_if(is_it);
            if old.is_none() {
                // Something before it has gone, has another name, or stood elsewhere.
                old = shifted.iter().position(is_it).map(|at| shifted.swap_remove(at));
                while old.is_none()
                    && let Some(next) = before.next()
                {
                    if is_it(&next) { old = Some(next) } else { shifted.push(next) }
                }
            }
            match old {
                Some(old) if old.sql.as_deref() == sql => now.push(old),
                _ => {
                    let new = Stored { kind: kind.into(), name: name.into(), sql: sql.map(str::to_owned) };
                    stored.push(new.clone());
                    now.push(new);
                }
            }
        }
        let gone = before.chain(shifted).map(|old| format!("{} {}", old.kind, old.name)).collect();
        drop(rows);
        drop(statement);
        self.seen = now;
        Ok(Difference { stored, gone })
    }

    /// The rows of the seeded tables, as statements that put them in.
    pub(crate) fn seeded(&self, seeds: &[Seed]) -> Vec<SeededRow> {
        seeds.iter().filter_map(|seed| self.row(&seed.table)).collect()
    }

    fn row(&self, table: &str) -> Option<SeededRow> {
        let columns = self.columns(table);
        let names: Vec<String> = columns.iter().map(|column| name::quote(column)).collect();
        let sql = format!("SELECT {} FROM {} LIMIT 1", names.join(", "), name::quote(table));
        let mut statement = self.connection.prepare(&sql).ok()?;
        let values: Vec<String> =
            statement.query_row((), |row| (0..columns.len()).map(|at| row.get_ref(at).map(literal)).collect()).ok()?;
        let names: Vec<String> = columns.iter().map(|column| name::plain(column)).collect();
        let (table_name, names, values) = (name::plain(table), names.join(", "), values.join(", "));
        let sql = format!("INSERT INTO {table_name} ({names}) VALUES ({values})");
        Some(SeededRow { table: table.to_owned(), sql })
    }

    /// The columns of a table or view that a statement can write.
    pub(crate) fn columns(&self, table: &str) -> Vec<String> {
        let sql = "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0";
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
        };
        read().unwrap_or_default()
    }

    /// What `sqlite_sequence` has.
    pub(crate) fn sequences(&self) -> Vec<(String, i64)> {
        self.pairs("SELECT name, seq FROM sqlite_sequence ORDER BY name")
    }

    /// Views, and triggers with the table that they are on: the kind and name, and the table's name.
    pub(crate) fn observers(&self) -> Vec<(String, String, String)> {
        let sql = "SELECT type, name, tbl_name FROM sqlite_schema WHERE type IN ('view', 'trigger')";
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().unwrap_or_default()
    }

    /// The temporary objects, each with its kind, before those that it depends on.
    pub(crate) fn temporary(&self) -> Vec<(String, String)> {
        let sql = format!(
            "SELECT type, name FROM sqlite_temp_schema WHERE type <> 'index' AND {OWN} ORDER BY type DESC, rowid DESC"
        );
        let read = || {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().unwrap_or_default()
    }

    /// The rows that violate a foreign key: the child and the parent of each.
    pub(crate) fn violations(&self, pragma: &str) -> Result<Vec<(String, String)>, String> {
        let read = || {
            let mut statement = self.connection.prepare(pragma)?;
            let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(2)?)))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| words(&error))
    }

    /// The names of all tables.
    pub(crate) fn tables(&self) -> Vec<String> {
        let sql = format!("SELECT name, 0 FROM sqlite_schema WHERE type = 'table' AND {OWN}");
        self.pairs(&sql).into_iter().map(|(name, _)| name).collect()
    }

    fn pairs(&self, sql: &str) -> Vec<(String, i64)> {
        let read = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().unwrap_or_default()
    }

    /// Whether `"name"` may be a string, as in production, or is a name always.
    pub(crate) fn take_quoted_strings(&self, taken: Taken) -> rusqlite::Result<()> {
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, taken == Taken::AsStrings)?;
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, taken == Taken::AsStrings)?;
        Ok(())
    }

    /// Compiles a statement without running it; what it says where it does not compile.
    pub(crate) fn compile(&mut self, sql: &str) -> Option<String> {
        loop {
            let error = words(&self.connection.prepare(sql).err()?);
            if !self.stand_in(&error) {
                return Some(error);
            }
        }
    }
}

/// What a name in double quotes that is no column is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// A string, as SQLite does by default.
    AsStrings,
    /// A name.
    AsNames,
}

/// Whether a table before the file may have an `AUTOINCREMENT` key, and so `sqlite_sequence` is there.
pub(crate) fn counts(batch: &Batch) -> bool {
    batch.tables.iter().any(|table| says(&table.sql, "autoincrement"))
}

/// Whether a foreign key can be there at all.
pub(crate) fn has_keys(batch: &Batch) -> bool {
    let texts = batch.tables.iter().map(|table| &table.sql).chain(batch.tasks.iter().map(|task| &task.sql));
    texts.into_iter().any(|sql| says(sql, "references"))
}

/// Whether the text has the word anywhere, in any case.
fn says(text: &str, word: &str) -> bool {
    text.as_bytes().windows(word.len()).any(|at| at.eq_ignore_ascii_case(word.as_bytes()))
}

/// What may not be done: reach a file, or set what holds for the whole process.
fn keeps_inside(asked: AuthContext<'_>) -> Authorization {
    match asked.action {
        AuthAction::Attach { .. } => Authorization::Deny,
        AuthAction::Pragma { pragma_name, .. }
            if [
                "temp_store_directory",
                "data_store_directory",
                "soft_heap_limit",
                "hard_heap_limit",
                "temp_store",
                "max_page_count",
            ]
            .into_iter()
            .any(|refused| name::same(refused, pragma_name)) =>
        {
            Authorization::Deny
        }
        _ => Authorization::Allow,
    }
}

/// Executes every statement of the text to its end.
pub(crate) fn execute(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    let mut statements = rusqlite::Batch::new(connection, sql);
    while let Some(mut statement) = statements.next()? {
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
    }
    Ok(())
}

/// SQLite's own words, without what rusqlite puts around them.
pub(crate) fn words(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

fn literal(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => format!("{number:?}"),
        ValueRef::Text(text) => name::literal(&String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => {
            let digits = bytes.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
            format!("x'{digits}'")
        }
    }
}
