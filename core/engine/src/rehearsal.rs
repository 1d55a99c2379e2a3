//! A plan's steps tried in a database in memory that has the real one's schema, and no row.
//!
//! SQLite refuses a statement that makes an object for want of a function, a collation or a module.
//! So the stored texts are put into `sqlite_schema`, from where it reads them as those of a file. They
//! are read all at once: one statement for each would cost the square of their number.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use remold_core::rehearsal::{Content, Heard, Object, Probe, Rehearsal, Tree, Trial};
use remold_core::sqlite::name::quote;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, params};

use crate::session::{execute, words};

/// How many instructions of SQLite's machine the steps may take: about a second. On tables without
/// rows only a query that makes rows of its own comes near it.
const WORK: i64 = 20_000_000;
/// How many of them pass between two looks at what is left.
const PACE: i32 = 10_000;
/// Longest text or blob. No statement runs that changes rows, so that a value is a literal.
const LENGTH: i32 = 32 << 20;

/// Says what of the schema does not work in the SQLite that is linked in, and which steps do not.
///
/// # Errors
/// SQLite's words, where the schema could not be made in memory.
pub fn rehearse(rehearsal: &Rehearsal) -> Result<Heard, String> {
    listen(rehearsal).map_err(|error| words(&error))
}

fn listen(rehearsal: &Rehearsal) -> rusqlite::Result<Heard> {
    let kinds = Kinds::of(rehearsal);
    let stage = Stage::with_tables(&kinds)?;
    stage.load(&[&*kinds.indexes, &*kinds.views, &*kinds.triggers].concat())?;
    let objects = [&*kinds.tables, &*kinds.indexes, &*kinds.views, &*kinds.triggers].concat();
    let works = objects.iter().all(|(_, object)| stage.fails(object).is_none());
    let broken = if works { Vec::new() } else { one_by_one(&kinds)? };
    Ok(Heard { broken, failed: stage.steps(rehearsal)? })
}

/// Finds which objects do not work, where not all do. A table is looked at before its triggers and
/// indexes are there, and each trigger without the others, so that none is taken for another.
fn one_by_one(kinds: &Kinds<'_>) -> rusqlite::Result<Vec<(usize, String)>> {
    let stage = Stage::with_tables(kinds)?;
    stage.load(&kinds.views)?;
    let mut broken = stage.broken(&[&*kinds.tables, &*kinds.views].concat());
    for (at, trigger) in &kinds.triggers {
        broken.extend(stage.fails_alone(trigger).map(|error| (*at, error)));
    }
    stage.load(&kinds.indexes)?;
    broken.extend(stage.broken(&kinds.indexes));
    broken.sort();
    Ok(broken)
}

/// An object with its place in the rehearsal.
type Placed<'run> = (usize, &'run Object);

/// The objects by what they are.
struct Kinds<'run> {
    tables: Vec<Placed<'run>>,
    /// The indexes that SQLite makes by itself, for constraints.
    automatic: Vec<Placed<'run>>,
    indexes: Vec<Placed<'run>>,
    views: Vec<Placed<'run>>,
    triggers: Vec<Placed<'run>>,
}

impl<'run> Kinds<'run> {
    fn of(rehearsal: &'run Rehearsal) -> Self {
        let of = |kind: &str| -> Vec<Placed<'run>> {
            rehearsal.objects.iter().enumerate().filter(|(_, object)| object.row.kind == kind).collect()
        };
        let (automatic, indexes) = of("index").into_iter().partition(|(_, object)| object.row.sql.is_none());
        Self { tables: of("table"), automatic, indexes, views: of("view"), triggers: of("trigger") }
    }
}

/// The database in memory.
struct Stage {
    connection: Connection,
    /// What a module says of its tables that are empty, and what it said when it was to make them.
    said: BTreeMap<String, String>,
}

impl Stage {
    /// A database with the tables, and the indexes of their own constraints; set as the one is that
    /// the plan is carried out in.
    fn with_tables(kinds: &Kinds<'_>) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_in_memory_with_flags(flags)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        // SQLite makes its table of counters with the first table that counts, and never drops it.
        connection.execute_batch(
            "PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;
             CREATE TABLE _remold_host (a INTEGER PRIMARY KEY AUTOINCREMENT); DROP TABLE _remold_host",
        )?;
        let mut stage = Self { connection, said: BTreeMap::new() };
        stage.tables(kinds)?;
        Ok(stage)
    }

    fn tables(&mut self, kinds: &Kinds<'_>) -> rusqlite::Result<()> {
        let (modules, others): (Vec<_>, Vec<_>) =
            kinds.tables.iter().copied().partition(|(_, object)| object.content == Content::Module);
        // A module makes tables of its own, which are there when their turn comes.
        let unmade: Vec<_> =
            modules.into_iter().filter_map(|module| Some((module, self.make(module.1).err()?))).collect();
        let mut left: Vec<_> = unmade.iter().map(|(module, _)| *module).collect();
        let there = self.names()?;
        left.extend(others.into_iter().filter(|(_, object)| !there.contains(&object.row.name)));
        // What a step may drop SQLite had better make itself, as far as it does.
        left.retain(|(_, object)| object.tree == Tree::Shared || self.make(object).is_err());
        let owners: BTreeSet<&str> = left.iter().map(|(_, object)| &*object.row.name).collect();
        left.extend(kinds.automatic.iter().filter(|(_, object)| owners.contains(&*object.row.table)));
        self.load(&left)?;
        for ((_, module), error) in unmade {
            self.said.extend(self.fails(module).map(|said| (said, error)));
        }
        Ok(())
    }

    fn make(&self, object: &Object) -> Result<(), String> {
        execute(&self.connection, object.row.sql.as_deref().unwrap_or_default()).map_err(|error| words(&error))
    }

    fn names(&self) -> rusqlite::Result<BTreeSet<String>> {
        let mut statement = self.connection.prepare("SELECT name FROM sqlite_schema")?;
        statement.query_map((), |row| row.get(0))?.collect()
    }

    /// Puts the rows of these objects into `sqlite_schema`.
    fn load(&self, objects: &[Placed<'_>]) -> rusqlite::Result<()> {
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
        self.connection.execute_batch("PRAGMA writable_schema = ON; BEGIN")?;
        let mut trees = Trees::made(&self.connection)?;
        for (_, object) in objects {
            let root = trees.root(&self.connection, object)?;
            let sql = "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?1, ?2, ?3, ?4, ?5)";
            let row = &object.row;
            self.connection.prepare_cached(sql)?.execute(params![row.kind, row.name, row.table, root, row.sql])?;
        }
        trees.forget(&self.connection)?;
        self.connection.execute_batch("COMMIT; PRAGMA writable_schema = RESET")?;
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        Ok(())
    }

    fn broken(&self, objects: &[Placed<'_>]) -> Vec<(usize, String)> {
        objects.iter().filter_map(|(at, object)| Some((*at, self.fails(object)?))).collect()
    }

    /// What SQLite says where the object does not work.
    fn fails(&self, object: &Object) -> Option<String> {
        object.probes.iter().find_map(|probe| self.refuses(probe))
    }

    /// What SQLite says where the trigger does not work. It is at fault where the statement that fires
    /// it works without it.
    fn fails_alone(&self, trigger: &Object) -> Option<String> {
        if self.fails(trigger).is_some() || self.make(trigger).is_err() {
            return None;
        }
        let error = self.fails(trigger);
        let _dropped = execute(&self.connection, &format!("DROP TRIGGER main.{}", quote(&trigger.row.name)));
        error
    }

    fn refuses(&self, probe: &Probe) -> Option<String> {
        let error = match probe {
            Probe::Statement(sql) => self.compile(sql),
            Probe::Update { table, column } => {
                let column = column.clone().or_else(|| self.column(table))?;
                let sql = format!("UPDATE main.{} SET {} = 0", quote(table), quote(&column));
                self.compile(&sql)
            }
        };
        // A module keeps its own tables to itself, and a view is written through triggers that need
        // not be there.
        let ours = |error: &String| error.ends_with("may not be modified") || error.starts_with("cannot modify ");
        error.filter(|error| !ours(error))
    }

    fn compile(&self, sql: &str) -> Option<String> {
        let error = words(&self.connection.prepare(sql).err()?);
        Some(self.said.get(&error).cloned().unwrap_or(error))
    }

    /// A column of the table or view that a statement can write.
    fn column(&self, table: &str) -> Option<String> {
        let sql = "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0 LIMIT 1";
        self.connection.query_row(sql, [table], |row| row.get(0)).ok()
    }

    /// Tries the steps; says which do not go, and why. One keeps no other from being tried.
    fn steps(mut self, rehearsal: &Rehearsal) -> rusqlite::Result<Vec<(usize, String)>> {
        let left = Arc::new(AtomicI64::new(WORK));
        self.connection
            .progress_handler(PACE, Some(move || left.fetch_sub(i64::from(PACE), Ordering::Relaxed) <= 0))?;
        self.connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LENGTH)?;
        let mut failed = Vec::new();
        for (at, task) in rehearsal.tasks.iter().enumerate() {
            let error = match task.trial {
                Trial::Run => execute(&self.connection, &task.sql).err().map(|error| words(&error)),
                Trial::Compile => self.compile(&task.sql),
            };
            failed.extend(error.map(|error| (at, error)));
        }
        Ok(failed)
    }
}

/// The trees that hold what objects have, all empty. As no row is ever written, one serves many; but
/// SQLite wants the indexes of a table to have each its own.
struct Trees {
    rows: i64,
    keys: Vec<i64>,
    /// How many trees of keys each table has taken.
    taken: BTreeMap<String, usize>,
    /// How many rows of `sqlite_schema` are only there for the trees.
    ours: usize,
}

impl Trees {
    fn made(connection: &Connection) -> rusqlite::Result<Self> {
        let mut trees = Self { rows: 0, keys: Vec::new(), taken: BTreeMap::new(), ours: 0 };
        trees.rows = trees.grow(connection, Content::Rows)?;
        Ok(trees)
    }

    /// The page on which the object's tree begins.
    fn root(&mut self, connection: &Connection, object: &Object) -> rusqlite::Result<i64> {
        match (object.content, object.tree) {
            (Content::Module | Content::Nothing, _) => Ok(0),
            (content, Tree::Own) => self.grow(connection, content),
            (Content::Rows, Tree::Shared) => Ok(self.rows),
            (Content::Keys, Tree::Shared) => {
                let taken = self.taken.entry(object.row.table.to_ascii_lowercase()).or_default();
                let at = *taken;
                *taken += 1;
                while self.keys.len() <= at {
                    let root = self.grow(connection, Content::Keys)?;
                    self.keys.push(root);
                }
                Ok(self.keys.get(at).copied().unwrap_or_default())
            }
        }
    }

    /// Has SQLite make a tree.
    fn grow(&mut self, connection: &Connection, content: Content) -> rusqlite::Result<i64> {
        let name = format!("_remold_tree_{}", self.ours);
        self.ours += 1;
        connection.execute_batch(&match content {
            Content::Keys => format!("CREATE TABLE {name} (a PRIMARY KEY) WITHOUT ROWID"),
            _ => format!("CREATE TABLE {name} (a)"),
        })?;
        let sql = "SELECT rootpage FROM sqlite_schema WHERE rowid = (SELECT max(rowid) FROM sqlite_schema)";
        connection.query_row(sql, (), |row| row.get(0))
    }

    /// Leaves the trees to the objects alone.
    fn forget(self, connection: &Connection) -> rusqlite::Result<()> {
        let mut statement = connection.prepare("DELETE FROM sqlite_schema WHERE name = ?1")?;
        for at in 0..self.ours {
            statement.execute([format!("_remold_tree_{at}")])?;
        }
        Ok(())
    }
}
