//! The lossless rebuild of a table: SQLite's documented steps, in the order that ran correctly on
//! every version from 3.7.8 on, by editing the stored text and nothing else.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Cost, Expectation, Step, StepKind, step};
use crate::parse::statement::{CreateTable, ObjectKind};
use crate::schema::refer::{self, Blocker, Remedy};
use crate::schema::{Object, Schema};
use crate::schema::{cut_column, cut_constraint};
use crate::snapshot::Snapshot;
use crate::sqlite::name::{self, literal, quote};
use crate::text::edit::{self, Edit};

/// The steps of a rebuild, and the schema that they lead to.
pub(super) struct Rebuilt {
    pub(super) steps: Vec<Step>,
    pub(super) after: Schema,
}

/// Rebuilds the table without one of its columns, and without what `blockers` says goes with it.
/// The error says why that cannot be done.
pub(super) fn without_column(
    schema: &Schema,
    snapshot: &Snapshot,
    table: &Object,
    column: &str,
    blockers: &[Blocker],
) -> Result<Rebuilt, String> {
    let create = table.as_table().ok_or_else(|| format!("`{}` is no ordinary table", table.name))?;
    let sql = edited(table, create, column, blockers)?;
    let kept: Vec<&str> = create
        .definition
        .columns
        .iter()
        .filter(|known| !known.name.is(column) && known.generated().is_none())
        .map(|known| known.name.text.as_str())
        .collect();
    let new = format!("_remold_new_{}", table.name);
    if schema.get(&new).is_some() {
        return Err(format!("a table `{new}` is there already, which the rebuild would need for itself"));
    }
    let dropped: Vec<&str> = blockers
        .iter()
        .filter_map(|blocker| match &blocker.remedy {
            Remedy::DropIndex(index) => Some(index.as_str()),
            _ => None,
        })
        .collect();
    let own = own_objects(schema, table, &dropped);
    let numbered_as_before = !blockers.iter().any(|blocker| matches!(blocker.remedy, Remedy::GoesWithColumn(_)))
        && table.column(column).is_some_and(|gone| gone.unique().is_none() && gone.primary_key().is_none());
    let target = Target { new: &new, sql: &sql, kept: &kept, own: &own, numbered_as_before };
    let steps = steps(table, create, snapshot, &target);
    let after = after(schema, table, &sql, &own, &dropped);
    Ok(Rebuilt { steps, after })
}

/// What a rebuild leads to.
struct Target<'run> {
    new: &'run str,
    sql: &'run str,
    kept: &'run [&'run str],
    own: &'run [&'run Object],
    /// Whether SQLite's own indexes, for keys and UNIQUE, get the numbers that they had: they count
    /// the table's constraints.
    numbered_as_before: bool,
}

/// The stored text without the column, and without the constraints that concern it alone.
fn edited(table: &Object, create: &CreateTable, column: &str, blockers: &[Blocker]) -> Result<String, String> {
    let cut = cut_column(create, &table.sql, column)
        .ok_or_else(|| format!("the stored text of `{}` does not show where `{column}` ends", table.name))?;
    let mut edits = Vec::from([cut]);
    edits.extend(blockers.iter().filter_map(|blocker| match blocker.remedy {
        Remedy::GoesWithColumn(span) => Some(cut_constraint(&table.sql, span)),
        _ => None,
    }));
    Ok(edit::apply(&table.sql, edits))
}

/// The table's indexes and triggers, which leave with the old table and are made again.
fn own_objects<'schema>(schema: &'schema Schema, table: &Object, dropped: &[&str]) -> Vec<&'schema Object> {
    schema
        .mentioning(&table.name)
        .into_iter()
        .map(|object| &**object)
        .filter(|object| object.belongs_to(&table.name))
        .filter(|object| object.kind != ObjectKind::Index || !dropped.iter().any(|gone| name::same(gone, &object.name)))
        .collect()
}

/// The new text under the temporary name.
fn renamed(table: &Object, sql: &str, name: &str) -> String {
    let span = table.statement().object().map(|object| object.name.span).unwrap_or_default();
    edit::apply(sql, Vec::from([Edit { span, text: quote(name) }]))
}

fn steps(table: &Object, create: &CreateTable, snapshot: &Snapshot, target: &Target) -> Vec<Step> {
    let old = quote(&table.name);
    let new = quote(target.new);
    let spelt = literal(&table.name);
    let mut steps = Vec::new();
    let mut add = |sql: String, why: &str, cost: Cost| {
        steps.push(Step { cost, ..step(StepKind::Rebuild, Some(&sql), why) });
    };

    let counts = refer::has_autoincrement(create);
    if counts {
        let sql = format!("CREATE TEMP TABLE _remold_sequence AS SELECT seq FROM sqlite_sequence WHERE name = {spelt}");
        add(sql, "remembers AUTOINCREMENT's counter", Cost::Metadata);
    }
    let statistics: Vec<&str> =
        ["sqlite_stat1", "sqlite_stat4"].into_iter().filter(|stat| snapshot.has(stat)).collect();
    for stat in &statistics {
        let sql = format!("CREATE TEMP TABLE _remold_{stat} AS SELECT * FROM main.{stat} WHERE tbl = {spelt}");
        add(sql, "remembers the query planner's statistics", Cost::Metadata);
    }

    add(
        renamed(table, target.sql, target.new),
        "the new table, from the stored text without the column",
        Cost::Metadata,
    );
    let rowid = rowid_name(table, create);
    let columns: Vec<String> =
        rowid.into_iter().map(ToOwned::to_owned).chain(target.kept.iter().map(|name| quote(name))).collect();
    let list = columns.join(", ");
    let sql = format!("INSERT INTO {new} ({list}) SELECT {list} FROM {old}");
    add(sql, "copies every row, with its rowid, in the order of the table", Cost::Rewrite);
    let compared = compared(create, target.kept, rowid);
    let query = format!(
        "SELECT (SELECT count(*) FROM {old}) = (SELECT count(*) FROM {new}) AND NOT EXISTS \
         (SELECT 1 FROM {old} AS o LEFT JOIN {new} AS n ON {} WHERE NOT ({}))",
        compared.join, compared.same
    );
    steps.push(Step {
        cost: Cost::Scan,
        expect: Some(Expectation::Answer { sql: query.clone(), value: "1".to_owned() }),
        ..step(StepKind::Check, Some(&query), "every row was copied, with every value that stays")
    });
    let mut add = |sql: String, why: &str, cost: Cost| {
        steps.push(Step { cost, ..step(StepKind::Rebuild, Some(&sql), why) });
    };
    add(format!("DROP TABLE {old}"), "drops the old table; foreign keys are off, so no other row goes", Cost::Scan);
    let why = "keeps SQLite from rewriting views and triggers that name the table";
    add("PRAGMA legacy_alter_table = ON".to_owned(), why, Cost::None);
    let sql = format!("ALTER TABLE {new} RENAME TO {old}");
    let mut rename = step(StepKind::Rebuild, Some(&sql), "gives the new table the old name");
    rename.cost = Cost::Metadata;
    rename.altered = Some(renamed(table, target.sql, &table.name));
    steps.push(rename);
    let mut add = |sql: String, why: &str, cost: Cost| {
        steps.push(Step { cost, ..step(StepKind::Rebuild, Some(&sql), why) });
    };
    add("PRAGMA legacy_alter_table = OFF".to_owned(), "lets SQLite rewrite them again", Cost::None);
    if counts {
        add(
            format!("DELETE FROM sqlite_sequence WHERE name = {spelt}"),
            "puts AUTOINCREMENT's counter back",
            Cost::Metadata,
        );
        let sql = format!("INSERT INTO sqlite_sequence (name, seq) SELECT {spelt}, seq FROM _remold_sequence");
        add(sql, "puts AUTOINCREMENT's counter back", Cost::Metadata);
        add("DROP TABLE temp._remold_sequence".to_owned(), "forgets what was remembered", Cost::None);
    }
    for object in target.own {
        let (why, cost) = match object.kind {
            ObjectKind::Index => ("makes the index again, from its stored text", Cost::Scan),
            _ => ("makes the trigger again, from its stored text", Cost::Metadata),
        };
        add(object.sql.clone(), why, cost);
    }
    let indexes: Vec<String> = target
        .own
        .iter()
        .filter(|object| object.kind == ObjectKind::Index)
        .map(|object| literal(&object.name))
        .collect();
    for stat in &statistics {
        let known = if indexes.is_empty() { String::new() } else { format!(" OR idx IN ({})", indexes.join(", ")) };
        let automatic = if target.numbered_as_before { " OR substr(idx, 1, 17) = 'sqlite_autoindex_'" } else { "" };
        let sql = format!("INSERT INTO main.{stat} SELECT * FROM _remold_{stat} WHERE idx IS NULL{known}{automatic}");
        add(sql, "puts the statistics back", Cost::Metadata);
        add(format!("DROP TABLE temp._remold_{stat}"), "forgets what was remembered", Cost::None);
    }
    steps
}

/// A name by which the rowid can be copied: none where a column stands for it, where the table has
/// none, or where columns have taken all three names.
fn rowid_name(table: &Object, create: &CreateTable) -> Option<&'static str> {
    if create.definition.without_rowid.is_some() || refer::rowid_alias(create, &table.sql).is_some() {
        return None;
    }
    ["rowid", "_rowid_", "oid"].into_iter().find(|name| table.column(name).is_none())
}

struct Compared {
    join: String,
    same: String,
}

/// How old and new rows are paired, and what makes two of them the same.
fn compared(create: &CreateTable, kept: &[&str], rowid: Option<&str>) -> Compared {
    let equal = |column: &str| format!("n.{column} IS o.{column}");
    let of_column = create.definition.columns.iter().filter(|column| column.primary_key().is_some());
    let keys: Vec<String> = of_column
        .map(|column| quote(&column.name.text))
        .chain(refer::key_columns(create).map(|column| quote(&column.text)))
        .collect();
    let join: Vec<String> = match rowid {
        Some(rowid) => Vec::from([format!("n.{rowid} = o.{rowid}")]),
        None if keys.is_empty() => kept.iter().map(|name| equal(&quote(name))).collect(),
        None => keys.iter().map(|key| format!("n.{key} = o.{key}")).collect(),
    };
    let mut same: Vec<String> = kept.iter().map(|name| equal(&quote(name))).collect();
    if let Some(rowid) = rowid {
        same.push(equal(rowid));
    }
    Compared { join: join.join(" AND "), same: same.join(" AND ") }
}

/// The schema afterwards: the same objects, the table under its own name in quotes, as SQLite
/// writes it when it renames.
fn after(schema: &Schema, table: &Object, sql: &str, own: &[&Object], dropped: &[&str]) -> Schema {
    let mut after = schema.without(table);
    for index in dropped {
        if let Some(object) = schema.get(index) {
            after = after.without(object);
        }
    }
    for object in own {
        after = after.without(object);
    }
    if let Some(new) = Object::new(&table.name, renamed(table, sql, &table.name), table.temporary) {
        after = after.with(new);
    }
    own.iter().fold(after, |after, object| after.with((*object).clone()))
}
