//! A row for a table: typed values that keep its constraints, as statements to be tried in turn.
//!
//! SQLite itself looks for the row where a `CHECK` decides. The statement offers a few values for each
//! column that a `CHECK` names. The first try asks the `CHECK` itself, as a query's condition, for the
//! columns that hang together by it; the second offers whole rows to the table, where `OR IGNORE` passes
//! over those that do not keep it, and the fixed key lets the first that does be the only one.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::Seed;
use crate::parse::is_constant;
use crate::parse::statement::{
    ColumnConstraintKind, ColumnDefinition, CreateTable, ForeignKey, Name, ObjectKind, TableConstraintKind,
};
use crate::parse::token::{TokenKind, tokens};
use crate::schema::{Object, Schema, refer};
use crate::sqlite::affinity::Affinity;
use crate::sqlite::name::{self, literal, quote};
use crate::text::{Span, gathered};

/// How many values are offered for one column.
const VALUES: usize = 12;
/// How many rows are offered for one table.
const ROWS: usize = 500;
/// The longest text that a `CHECK` of a length can ask for.
const LONGEST: usize = 64;

/// The statements that put a row into each of the tables, parents before their children as far as
/// there is such an order.
pub(super) fn seeds(schema: &Schema, tables: &[&Object]) -> Vec<Seed> {
    let known: BTreeMap<String, &Object> =
        gathered(tables.iter().map(|table| (name::fold(&table.name).into_owned(), *table)));
    let mut seeds = Vec::with_capacity(tables.len());
    let (mut entered, mut seeded) = (BTreeSet::new(), BTreeSet::new());
    for table in tables {
        // Without recursion, for chains of parents can be long.
        let mut path = vec![*table];
        while let Some(top) = path.last().copied() {
            entered.insert(name::fold(&top.name).into_owned());
            if let Some(parent) =
                top.mentions().find(|parent| !entered.contains(*parent) && known.contains_key(*parent))
            {
                path.push(known[parent]);
                continue;
            }
            path.pop();
            if !seeded.contains(&*name::fold(&top.name)) {
                seeds.extend(seed(schema, top, &seeded));
                seeded.insert(name::fold(&top.name).into_owned());
            }
        }
    }
    seeds
}

/// How to put a row into the table; nothing where it has no rows of its own. `seeded` are the tables
/// that have theirs by then.
fn seed(schema: &Schema, object: &Object, seeded: &BTreeSet<String>) -> Option<Seed> {
    let table = object.as_table()?;
    let cx = Table { schema, object, definition: table, seeded };
    let mut attempts = Vec::new();
    if table.query.is_none() {
        attempts.extend(cx.insert_checked());
        attempts.push(cx.insert(Columns::All));
        attempts.push(cx.insert(Columns::Demanded));
    }
    attempts.push(format!("INSERT INTO {} DEFAULT VALUES", quote(&object.name)));
    attempts.dedup();
    Some(Seed { table: object.name.clone(), attempts })
}

/// Which columns get a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Columns {
    /// All that can have one.
    All,
    /// Those that cannot do without.
    Demanded,
}

struct Table<'run> {
    schema: &'run Schema,
    object: &'run Object,
    definition: &'run CreateTable,
    seeded: &'run BTreeSet<String>,
}

impl Table<'_> {
    fn insert(&self, wanted: Columns) -> String {
        let checks = self.checks();
        let columns = self.definition.definition.columns.iter().filter(|column| column.generated().is_none());
        let columns: Vec<&ColumnDefinition> =
            columns.filter(|column| wanted == Columns::All || self.demands(column)).collect();
        let mut offered: Vec<Vec<String>> = columns.iter().map(|column| self.values(column, &checks)).collect();
        let mut names: Vec<String> = columns.iter().map(|column| quote(&column.name.text)).collect();
        let name = quote(&self.object.name);
        if names.is_empty() {
            return format!("INSERT INTO {name} DEFAULT VALUES");
        }
        if offered.iter().all(|values| values.len() == 1) {
            return format!("INSERT INTO {name} ({}) VALUES ({})", names.join(", "), offered.concat().join(", "));
        }
        while offered.iter().map(Vec::len).product::<usize>() > ROWS {
            let Some(longest) = offered.iter_mut().max_by_key(|values| values.len()) else { break };
            longest.pop();
        }
        let mut sources = Vec::new();
        let mut values = Vec::with_capacity(names.len() + 1);
        for offered in offered {
            if let [only] = &offered[..] {
                values.push(only.clone());
                continue;
            }
            values.push(format!("v{}.column1", sources.len()));
            let rows: Vec<String> = offered.into_iter().map(|value| format!("({value})")).collect();
            sources.push(format!("(VALUES {}) AS v{}", rows.join(", "), sources.len()));
        }
        // The key is what lets one row in; a table without one of its own has the rowid.
        if let Some(rowid) = self.rowid() {
            names.push(rowid.to_owned());
            values.push("1".to_owned());
        }
        let (names, values, sources) = (names.join(", "), values.join(", "), sources.join(" CROSS JOIN "));
        format!("INSERT OR IGNORE INTO {name} ({names}) SELECT {values} FROM {sources}")
    }

    /// A row whose values its `CHECK`s have chosen; nothing where it has none.
    fn insert_checked(&self) -> Option<String> {
        let sql = &*self.object.sql;
        let checks = self.checks();
        if checks.is_empty() {
            return None;
        }
        let columns = self.definition.definition.columns.iter().filter(|column| column.generated().is_none());
        let columns: Vec<&ColumnDefinition> = columns.collect();
        // Each column begins alone; a check joins those that it names.
        let mut group: Vec<usize> = (0..columns.len()).collect();
        let mut conditions: Vec<(usize, &str)> = Vec::new();
        for check in &checks {
            let named = columns.iter().enumerate();
            let named: Vec<usize> = named
                .filter(|(_, column)| !refer::names_in(sql, *check, &column.name.text).is_empty())
                .map(|(at, _)| at)
                .collect();
            let Some(first) = named.first().copied() else { continue };
            conditions.push((first, check.of(sql)));
            for joined in named {
                let (from, to) = (group[joined], group[first]);
                group.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
            }
        }
        let mut values = Vec::with_capacity(columns.len());
        let mut sources: Vec<String> = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let of_group: Vec<&str> =
                conditions.iter().filter(|(first, _)| group[*first] == group[at]).map(|(_, check)| *check).collect();
            if of_group.is_empty() {
                values.extend(self.values(column, &checks).into_iter().next());
                continue;
            }
            values.push(format!("g{}.{}", group[at], quote(&column.name.text)));
            if group[..at].contains(&group[at]) {
                continue;
            }
            let members = (at..columns.len()).filter(|other| group[*other] == group[at]);
            let mut offered: Vec<(&str, Vec<String>)> =
                members.map(|at| (&*columns[at].name.text, self.values(columns[at], &checks))).collect();
            while offered.iter().map(|(_, values)| values.len()).product::<usize>() > ROWS {
                let Some(longest) = offered.iter_mut().max_by_key(|(_, values)| values.len()) else { break };
                longest.1.pop();
            }
            let tables: Vec<String> = offered
                .iter()
                .map(|(name, values)| {
                    format!("(SELECT column1 AS {} FROM (VALUES ({})))", quote(name), values.join("), ("))
                })
                .collect();
            let wanted: Vec<String> = of_group.iter().map(|check| format!("coalesce({check}, 1)")).collect();
            sources.push(format!(
                "(SELECT * FROM {} WHERE {} LIMIT 1) AS g{}",
                tables.join(" CROSS JOIN "),
                wanted.join(" AND "),
                group[at]
            ));
        }
        if sources.is_empty() {
            return None;
        }
        let names: Vec<String> = columns.iter().map(|column| quote(&column.name.text)).collect();
        let (name, names, values) = (quote(&self.object.name), names.join(", "), values.join(", "));
        Some(format!("INSERT INTO {name} ({names}) SELECT {values} FROM {}", sources.join(" CROSS JOIN ")))
    }

    /// A name for the rowid, where the table has one that no column stands for.
    fn rowid(&self) -> Option<&'static str> {
        let without = self.definition.definition.without_rowid.is_some();
        if without || refer::rowid_alias(self.definition, &self.object.sql).is_some() {
            return None;
        }
        ["rowid", "_rowid_", "oid"].into_iter().find(|name| self.object.column(name).is_none())
    }

    /// Whether a row cannot be without a value of the column.
    fn demands(&self, column: &ColumnDefinition) -> bool {
        let key =
            column.primary_key().is_some() || refer::key_columns(self.definition).any(|key| key.is(&column.name.text));
        (column.not_null().is_some() || key) && column.default().is_none()
    }

    /// The expressions of every `CHECK`.
    fn checks(&self) -> Vec<Span> {
        let of_columns = self.definition.definition.columns.iter().flat_map(|column| &column.constraints);
        let of_columns = of_columns.filter_map(|constraint| match constraint.kind {
            ColumnConstraintKind::Check(span) => Some(span),
            _ => None,
        });
        let of_table = self.definition.definition.constraints.iter().filter_map(|constraint| match constraint.kind {
            TableConstraintKind::Check(span) => Some(span),
            _ => None,
        });
        of_columns.chain(of_table).collect()
    }

    /// The values that are offered for the column: one, or several where a `CHECK` names it.
    fn values(&self, column: &ColumnDefinition, checks: &[Span]) -> Vec<String> {
        if let Some(value) = self.key_value(column) {
            return vec![value];
        }
        let sql = &*self.object.sql;
        let mut offered = vec![usual(column, sql)];
        let named = |check: &&Span| !refer::names_in(sql, **check, &column.name.text).is_empty();
        let checks: Vec<Span> = checks.iter().filter(named).copied().collect();
        if checks.is_empty() {
            return offered;
        }
        let mut offer = |value: String| {
            if offered.len() < VALUES && !offered.contains(&value) {
                offered.push(value);
            }
        };
        if let Some(default) = column.default().filter(|default| is_constant(sql, *default)) {
            offer(default.of(sql).to_owned());
        }
        for check in checks {
            constants(check.of(sql)).into_iter().for_each(&mut offer);
        }
        for value in ["0", "1", "'{}'", "'2020-01-01'"] {
            offer(value.to_owned());
        }
        if column.not_null().is_none() {
            offered.push("NULL".to_owned());
        }
        offered
    }

    /// What a key's column has: a child the key of its parent's row.
    fn key_value(&self, column: &ColumnDefinition) -> Option<String> {
        if refer::rowid_alias(self.definition, &self.object.sql).is_some_and(|alias| alias.is(&column.name.text)) {
            return Some("1".to_owned());
        }
        let (at, key) = refer::foreign_keys(self.definition)
            .find_map(|(columns, key)| columns.iter().position(|own| own.is(&column.name.text)).map(|at| (at, key)))?;
        let parent = self.schema.get(&key.table.text).filter(|parent| parent.kind == ObjectKind::Table)?;
        let target = parent_column(parent, key, at)?;
        let own_parent = name::same(&parent.name, &self.object.name);
        if !own_parent && self.seeded.contains(&*name::fold(&parent.name)) {
            return Some(format!("(SELECT {} FROM {} LIMIT 1)", quote(&target.text), quote(&parent.name)));
        }
        // A row that is its own parent, or whose parent gets its row later, or is not made at all.
        let parent_table = parent.as_table()?;
        if refer::rowid_alias(parent_table, &parent.sql).is_some_and(|alias| alias.is(&target.text)) {
            return Some("1".to_owned());
        }
        parent.column(&target.text).map(|definition| usual(definition, &parent.sql))
    }
}

/// Values that the constants of a `CHECK` suggest: themselves, numbers beside them, texts as long.
fn constants(check: &str) -> Vec<String> {
    let tokens = tokens(check);
    let measures = tokens.iter().any(|token| token.is(check, "length"));
    let mut found = Vec::new();
    for token in tokens {
        let source = token.span.of(check);
        match token.kind {
            TokenKind::String => found.push(source.to_owned()),
            TokenKind::Number => {
                found.push(source.to_owned());
                let Ok(number) = source.parse::<i64>() else { continue };
                found.push(number.saturating_add(1).to_string());
                found.push(number.saturating_sub(1).to_string());
                if let Ok(length) = usize::try_from(number)
                    && measures
                    && length <= LONGEST
                {
                    found.push(literal(&"a".repeat(length)));
                }
            }
            _ => {}
        }
    }
    found
}

/// The column of the parent that a foreign key's column at that place points to.
fn parent_column<'parent>(parent: &'parent Object, key: &'parent ForeignKey, at: usize) -> Option<&'parent Name> {
    if !key.columns.is_empty() {
        return key.columns.get(at);
    }
    let table = parent.as_table()?;
    let own = table.definition.columns.iter().filter(|column| column.primary_key().is_some());
    own.map(|column| &column.name).chain(refer::key_columns(table)).nth(at)
}

/// A value that fits the column's type: a text is the column's name, so that one can tell what it is.
fn usual(column: &ColumnDefinition, sql: &str) -> String {
    let declared = column.type_text(sql).to_ascii_uppercase();
    let has = |part: &str| declared.contains(part);
    match Affinity::of(&declared) {
        Affinity::Integer => "1".to_owned(),
        Affinity::Real => "1.5".to_owned(),
        Affinity::Blob if !declared.is_empty() => "x'00'".to_owned(),
        Affinity::Numeric if has("DATETIME") || has("TIMESTAMP") => "'2020-01-01 00:00:00'".to_owned(),
        Affinity::Numeric if has("DATE") => "'2020-01-01'".to_owned(),
        Affinity::Numeric if has("JSON") => "'{}'".to_owned(),
        Affinity::Numeric if !has("UUID") && !has("STRING") => "1".to_owned(),
        Affinity::Text | Affinity::Blob | Affinity::Numeric => literal(&column.name.text),
    }
}
