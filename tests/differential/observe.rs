//! What a statement does in the engine and in the model, and where the two differ.

use std::collections::BTreeMap;

use remold_core::parse;
use remold_core::parse::statement::{Body, ObjectKind};
use remold_core::schema::replay::replay;
use remold_core::schema::{Knowledge, Object, Schema, pragma};
use remold_core::sqlite::affinity::Affinity;
use remold_core::sqlite::name;
use rusqlite::{Connection, params};

use crate::harness::sqlite;

/// A row of `sqlite_schema`: type, name, `tbl_name` and sql.
pub(super) type Row = (String, String, String, Option<String>);

/// A database of which two pictures are kept: the engine's own, and the model's.
pub(super) struct Pair {
    pub(super) database: Connection,
    pub(super) schema: Schema,
    /// The engine's rows of `main` and of `temp`.
    pub(super) rows: [Vec<Row>; 2],
    /// For each table the texts that its pragmas were compared for last.
    compared: BTreeMap<(usize, String), Vec<String>>,
}

/// What came of a statement that both pictures agree upon.
pub(super) enum Agreement {
    /// Both ran it.
    Ran,
    /// Both refused it; in the same words, or ours and the engine's.
    Refused(Option<(String, String)>),
    /// The engine refused it for what no schema tells.
    Beyond,
}

/// Where the two pictures differ after a statement.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    /// What differs, without names: equal for failures that are probably one.
    pub(super) what: String,
    /// What the model has.
    pub(super) ours: String,
    /// What the engine has.
    pub(super) theirs: String,
}

/// Refusals for what rows hold, for the types of expressions, or for what an application brings: no
/// schema tells them.
const BEYOND: [&str; 8] = [
    "Cannot add a NOT NULL column with default value NULL",
    "Cannot add a column with non-constant default",
    "bad JSON path",
    "cannot add a STORED column",
    "constraint failed",
    "malformed JSON",
    "no such collation sequence",
    "row value misused",
];

const SCHEMAS: [&str; 2] = ["main", "temp"];

impl Pair {
    pub(super) fn new() -> Self {
        let database = sqlite::open(false);
        database.set_prepared_statement_cache_capacity(32);
        let schema = Schema::new(Knowledge::Complete);
        Self { database, schema, rows: [Vec::new(), Vec::new()], compared: BTreeMap::new() }
    }

    /// Runs the statement on both sides.
    pub(super) fn run(&mut self, sql: &str) -> Result<Agreement, Difference> {
        let statements = parse::statements(sql);
        let theirs = self.database.execute_batch(sql).map_err(|error| sqlite::words(&error));
        let [statement] = statements.as_slice() else {
            // A text without a statement is none to the engine either.
            return differ("how many statements there are", &statements.len(), &theirs);
        };
        if let Body::Opaque(opaque) = &statement.body {
            return match theirs {
                Err(_) => Ok(Agreement::Refused(None)),
                Ok(()) => differ(&format!("{} is opaque", opaque.kind), opaque, &"runs"),
            };
        }
        let outcome = replay(&self.schema, sql, statement);
        if let Err(error) = &theirs
            && BEYOND.iter().any(|known| error.contains(known))
        {
            return Ok(Agreement::Beyond);
        }
        let unsure = self.schema.objects().iter().any(|object| !object.certain);
        if theirs.is_ok() {
            self.schema = outcome.after;
        } else if unsure {
            return Ok(Agreement::Beyond);
        }
        let agreement = match (outcome.problem.map(|problem| problem.error), theirs) {
            (None, Ok(())) => Agreement::Ran,
            (Some(ours), Err(theirs)) if ours == theirs => Agreement::Refused(None),
            (Some(ours), Err(theirs)) => Agreement::Refused(Some((ours, theirs))),
            (Some(ours), Ok(())) => {
                return differ(&format!("only we refuse: {}", without_names(&ours)), &ours, &"runs");
            }
            (None, Err(theirs)) => {
                return differ(&format!("only SQLite refuses: {}", without_names(&theirs)), &"runs", &theirs);
            }
        };
        if matches!(agreement, Agreement::Ran) || !self.database.is_autocommit() {
            self.compare()?;
        }
        Ok(agreement)
    }

    fn compare(&mut self) -> Result<(), Difference> {
        for (place, within) in SCHEMAS.into_iter().enumerate() {
            self.rows[place] = stored(&self.database, within);
            let ours = modelled(&self.schema, within);
            // The model says itself of which tables it does not know the columns.
            let unsure = |name: &str, is_trigger: bool| {
                let known = self.schema.objects().into_iter();
                let known = known.filter(|object| !object.certain && usize::from(object.temporary) == place);
                let mut same = known.filter(|object| (object.kind == ObjectKind::Trigger) == is_trigger);
                same.any(|object| name::same(&object.name, name))
            };
            let is_unsure = |row: &Row| unsure(&row.1, row.0 == "trigger") || unsure(&row.2, false);
            let theirs: Vec<Row> = self.rows[place].iter().filter(|row| !is_unsure(row)).cloned().collect();
            compare_rows(&ours, &theirs)?;
        }
        for object in self.schema.objects() {
            let is_known = object.kind == ObjectKind::Table && object.certain && object.as_table().is_some();
            if !is_known || name::is_internal(&object.name) {
                continue;
            }
            let place = usize::from(object.temporary);
            let texts: Vec<String> = self.rows[place]
                .iter()
                .filter(|(kind, _, table, _)| (kind == "table" || kind == "index") && name::same(table, &object.name))
                .filter_map(|(.., sql)| sql.clone())
                .collect();
            let known = self.compared.entry((place, object.name.clone())).or_default();
            if *known != texts {
                compare_pragmas(&self.database, &self.schema, object, SCHEMAS[place])?;
                *known = texts;
            }
        }
        Ok(())
    }

    /// Compares what each column's values are converted to, by the types that SQLite gives to the columns
    /// of `CREATE TABLE … AS`.
    pub(super) fn compare_affinities(&self) -> Result<(), Difference> {
        for object in self.schema.objects() {
            if object.kind != ObjectKind::Table || !object.knows_columns() {
                continue;
            }
            let within = SCHEMAS[usize::from(object.temporary)];
            let table = name::quote(&object.name);
            let copy = format!("CREATE TEMP TABLE \"the copy\" AS SELECT * FROM {within}.{table}");
            self.database.execute_batch(&copy).unwrap();
            let mut query = self.database.prepare("SELECT type FROM pragma_table_xinfo('the copy', 'temp')").unwrap();
            let theirs: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            drop(query);
            self.database.execute_batch("DROP TABLE temp.\"the copy\"").unwrap();
            let ours: Vec<&str> = pragma::table_xinfo(object).iter().map(|column| type_of(column.affinity)).collect();
            if ours != theirs {
                return differ("the affinity of a column", &ours, &theirs);
            }
        }
        Ok(())
    }
}

/// The type that SQLite declares for a column of that affinity.
const fn type_of(affinity: Affinity) -> &'static str {
    match affinity {
        Affinity::Text => "TEXT",
        Affinity::Numeric => "NUM",
        Affinity::Integer => "INT",
        Affinity::Real => "REAL",
        Affinity::Blob => "",
    }
}

fn differ<Any>(what: &str, ours: &dyn std::fmt::Debug, theirs: &dyn std::fmt::Debug) -> Result<Any, Difference> {
    Err(Difference { what: what.to_owned(), ours: format!("{ours:?}"), theirs: format!("{theirs:?}") })
}

/// An error without the names in it.
pub(super) fn without_names(error: &str) -> String {
    let mut words: Vec<&str> = error.split(' ').collect();
    if let ["error", "in", _, name, ..] = words.as_mut_slice() {
        *name = "…";
    }
    let text = words.join(" ");
    let text = text.replace(" …:", " … :");
    match text.rsplit_once(": ") {
        Some((start, end)) if end.ends_with("syntax error") => {
            format!("{}: {end}", start.split('"').next().unwrap_or(""))
        }
        Some((start, _)) => start.to_owned(),
        None => text.split('"').step_by(2).collect::<Vec<_>>().join("…"),
    }
}

/// The engine's rows of a schema, without the tables of its own.
fn stored(database: &Connection, within: &str) -> Vec<Row> {
    let sql = format!("SELECT type, name, tbl_name, sql FROM {within}.sqlite_schema ORDER BY rowid");
    let mut query = database.prepare_cached(&sql).unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    rows.map(Result::unwrap).filter(|(_, name, _, sql): &Row| !(name::is_internal(name) && sql.is_some())).collect()
}

/// The rows of `sqlite_schema` that the model foresees.
fn modelled(schema: &Schema, within: &str) -> Vec<Row> {
    let objects = schema.objects().into_iter().filter(|object| object.temporary == (within == "temp"));
    let mut rows = Vec::new();
    for object in objects.filter(|object| object.certain && !name::is_internal(&object.name)) {
        let kind = object.kind.as_str().to_owned();
        let table = object.owner.as_ref().unwrap_or(&object.name).clone();
        rows.push((kind, object.name.clone(), table, Some(object.sql.clone())));
        if object.kind == ObjectKind::Table {
            for index in pragma::automatic_indexes(object) {
                rows.push((String::from("index"), index, object.name.clone(), None));
            }
        }
    }
    rows
}

fn compare_rows(ours: &[Row], theirs: &[Row]) -> Result<(), Difference> {
    if ours == theirs {
        return Ok(());
    }
    let only = |one: &[Row], other: &[Row]| one.iter().filter(|row| !other.contains(row)).cloned().collect::<Vec<_>>();
    let (only_ours, only_theirs) = (only(ours, theirs), only(theirs, ours));
    let what = match (only_ours.as_slice(), only_theirs.as_slice()) {
        ([], []) => String::from("the order of sqlite_schema"),
        ([], [(kind, .., None), ..]) => format!("an automatic {kind} is missing"),
        ([], [(kind, ..), ..]) => format!("a {kind} is missing"),
        ([(kind, .., None), ..], []) => format!("an automatic {kind} is too much"),
        ([(kind, ..), ..], []) => format!("a {kind} is too much"),
        ([one, ..], [other, ..]) if one.0 == other.0 && one.1 == other.1 && one.3 == other.3 => {
            format!("tbl_name of a {}", one.0)
        }
        ([one, ..], [other, ..]) if one.0 == other.0 && one.1 == other.1 => format!("sql of a {}", one.0),
        ([one, ..], [other, ..]) => format!("a {} instead of a {}", one.0, other.0),
    };
    let shown = |rows: &[Row]| {
        let texts = rows.iter().map(|(kind, name, table, sql)| match sql {
            Some(sql) => format!("{kind} {name} of {table}: {sql}"),
            None => format!("{kind} {name} of {table}"),
        });
        texts.collect::<Vec<_>>().join("\n")
    };
    let (ours, theirs) = if only_ours.is_empty() && only_theirs.is_empty() {
        (shown(ours), shown(theirs))
    } else {
        (shown(&only_ours), shown(&only_theirs))
    };
    Err(Difference { what, ours, theirs })
}

fn compare_pragmas(database: &Connection, schema: &Schema, object: &Object, within: &str) -> Result<(), Difference> {
    let same = |what: &str, ours: Vec<String>, theirs: Vec<String>| {
        if ours == theirs { Ok(()) } else { differ(&format!("PRAGMA {what}"), &ours, &theirs) }
    };
    let columns = pragma::table_xinfo(object);
    let theirs = rows(
        database,
        "SELECT cid, name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1, ?2)",
        &object.name,
        within,
    );
    let ours = columns.iter().enumerate().map(|(at, column)| {
        let default = column.default.as_deref().unwrap_or("-");
        let (not_null, hidden) = (u8::from(column.not_null), column.hidden.number());
        format!("{at}|{}|{}|{not_null}|{default}|{}|{hidden}", column.name, column.declared_type, column.primary_key)
    });
    same("table_xinfo", ours.collect(), theirs)?;
    let collation = |column: &str| {
        let (_, collation, ..) = database.column_metadata(Some(within), &object.name, column).ok()?;
        collation?.into_string().ok()
    };
    let theirs = columns.iter().filter_map(|column| collation(&column.name)).collect();
    let ours = columns.iter().map(|column| column.collation.clone().unwrap_or_else(|| String::from("BINARY")));
    same("collation", ours.collect(), theirs)?;

    let indexes = pragma::index_list(schema, object);
    let sql = "SELECT seq, name, \"unique\", origin, partial FROM pragma_index_list(?1, ?2)";
    let theirs = rows(database, sql, &object.name, within);
    let ours = indexes.iter().enumerate().map(|(at, index)| {
        let (unique, partial) = (u8::from(index.unique), u8::from(index.partial));
        format!("{at}|{}|{unique}|{}|{partial}", index.name, index.origin.as_str())
    });
    same("index_list", ours.collect(), theirs)?;
    for index in &indexes {
        let sql = "SELECT seqno, cid, name, \"desc\", coll, key FROM pragma_index_xinfo(?1, ?2)";
        let theirs = rows(database, sql, &index.name, within);
        let ours = index.terms.iter().enumerate().map(|(at, term)| {
            let (place, name) = match &term.term {
                pragma::Term::Column(place, name) => (place.to_string(), name.as_str()),
                pragma::Term::Rowid => (String::from("-1"), "-"),
                pragma::Term::Expression => (String::from("-2"), "-"),
            };
            let (descending, key) = (u8::from(term.descending), u8::from(term.key));
            format!("{at}|{place}|{name}|{descending}|{}|{key}", term.collation)
        });
        same("index_xinfo", ours.collect(), theirs)?;
    }
    let sql = "SELECT id, seq, \"table\", \"from\", \"to\", on_update, on_delete, match \
               FROM pragma_foreign_key_list(?1, ?2)";
    let theirs = rows(database, sql, &object.name, within);
    let ours = pragma::foreign_key_list(object).into_iter().map(|key| {
        let (update, delete) = (key.on_update.as_str(), key.on_delete.as_str());
        let to = key.to.as_deref().unwrap_or("-");
        format!("{}|{}|{}|{}|{to}|{update}|{delete}|NONE", key.id, key.sequence, key.table, key.from)
    });
    same("foreign_key_list", ours.collect(), theirs)
}

/// The rows of a pragma, each as a text: values with `|` between, `-` for NULL.
fn rows(database: &Connection, sql: &str, object: &str, within: &str) -> Vec<String> {
    let mut query = database.prepare_cached(sql).unwrap();
    let columns = query.column_count();
    let rows = query.query_map(params![object, within], |row| {
        let values = (0..columns).map(|at| {
            Ok(match row.get_ref(at)? {
                rusqlite::types::ValueRef::Null => String::from("-"),
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                other => format!("{other:?}"),
            })
        });
        Ok(values.collect::<Result<Vec<String>, rusqlite::Error>>()?.join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}
