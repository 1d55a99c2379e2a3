//! Expressions: what each name in them means, from the innermost query outwards.

use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::item::{Item, step_over};
use super::{ColumnUse, DoubleQuotes, GENERATED, INDEX, PARTIAL, Place, Resolved, Resolver, Scope};
use crate::parse::statement::{Expression, Part, TriggerEvent, Word};
use crate::parse::token::{self, Token};
use crate::schema::key;
use crate::sqlite::name;

impl<'a> Resolver<'a> {
    pub(super) fn expression(&mut self, expression: &'a Expression, scope: &Scope) -> Resolved<()> {
        for part in &expression.parts {
            match part {
                Part::Column { schema, table, column } => self.column(*schema, *table, *column, scope)?,
                Part::Query(query) => drop(self.query(query, Some(scope))?),
                Part::Table { schema, name } => {
                    // SQLite keeps no place for this name: `RENAME TO` leaves it as it is.
                    let known = self.found.tables.len();
                    self.named(*schema, *name, Some(scope))?;
                    self.found.tables.truncate(known);
                }
                Part::Call(_) => {}
            }
        }
        Ok(())
    }

    /// An expression of a table's or an index's definition, where no query may stand.
    pub(super) fn definition(&mut self, expression: &Expression, scope: &Scope) -> Resolved<()> {
        let place = scope.definition.unwrap_or_default();
        for part in &expression.parts {
            match part {
                Part::Column { schema, table, column } => self.column(*schema, *table, *column, scope)?,
                Part::Query(_) | Part::Table { .. } => return Err(format!("subqueries prohibited in {place}")),
                Part::Call(name) => {
                    let varies = VARYING.iter().any(|known| name.is(self.sql, known));
                    if varies && [INDEX, PARTIAL, GENERATED].contains(&place) {
                        return Err(format!("non-deterministic functions prohibited in {place}"));
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn spend(&mut self, comparisons: u32) {
        self.comparisons = self.comparisons.saturating_sub(u64::from(comparisons));
    }

    fn column(&mut self, schema: Option<Word>, table: Option<Word>, column: Word, scope: &Scope) -> Resolved<()> {
        if self.comparisons == 0 {
            return Ok(());
        }
        if let Some(place) = scope.definition.filter(|place| table.is_some() && [INDEX, GENERATED].contains(place)) {
            return Err(format!("the \".\" operator prohibited in {place}"));
        }
        let sql = self.sql;
        let text = column.text(sql);
        let qualifier = table.map(|table| table.text(sql));
        let database = schema.map(|schema| schema.text(sql));
        let mut level = Some(scope);
        let mut qualified = table;
        while let Some(scope) = level {
            scope.items.iter().for_each(|item| self.spend(item.width()));
            let is_alias =
                |item: &Item| item.aliased && item.name.as_deref().zip(qualifier.as_deref()).is_some_and(same_names);
            if scope.items.iter().any(is_alias) {
                // SQLite then forgets the place, though another table may be meant.
                qualified = None;
            }
            let within = database.as_deref().filter(|_| scope.definition.is_none());
            match self.at_level(within, qualifier.as_deref(), &text, scope) {
                Ok(None) => level = scope.parent,
                Ok(Some(Meaning::Column(at, _) | Meaning::Within(at))) if scope.last.is_some_and(|last| at > last) => {
                    return Err(String::from("ON clause references tables to its right"));
                }
                Ok(Some(meaning)) => {
                    self.mean(&meaning, qualified, column, scope);
                    return Ok(());
                }
                Err(()) => return Err(said("ambiguous column name", database.as_deref(), qualifier.as_deref(), &text)),
            }
        }
        if qualifier.is_none() {
            if column.is_double_quoted(self.sql) && self.quotes == DoubleQuotes::Strings {
                self.found.strings.push(column.span);
                return Ok(());
            }
            if name::same(&text, "true") || name::same(&text, "false") {
                return Ok(());
            }
            if column.is_double_quoted(self.sql) {
                return Err(format!("no such column: \"{text}\" - should this be a string literal in single-quotes?"));
            }
        }
        Err(said("no such column", database.as_deref(), qualifier.as_deref(), &text))
    }

    /// Refuses the column's name alone where it could mean several.
    pub(super) fn clear(&self, column: &str, scope: &Scope) -> Resolved<()> {
        let meaning = self.at_level(None, None, column, scope);
        meaning.map(drop).map_err(|()| said("ambiguous column name", None, None, column))
    }

    /// Looks for a column at one level; an error is an ambiguous name.
    fn at_level(
        &self,
        database: Option<&str>,
        table: Option<&str>,
        column: &str,
        scope: &Scope,
    ) -> Result<Option<Meaning>, ()> {
        let mut count = 0_u32;
        let mut full_joins = 0_u32;
        let mut matched: Option<(usize, Option<usize>)> = None;
        let mut rowids = 0_u32;
        let mut rowid_item = None;
        let mut unknown = false;
        for (at, item) in scope.items.iter().enumerate() {
            if let Some(columns) = &item.nested {
                let is_it = |(of, name): &(String, Rc<str>)| {
                    name::same(name, column) && table.is_none_or(|table| name::same(of, table))
                };
                let by_alias =
                    table.is_some_and(|table| item.name.as_ref().is_some_and(|name| name::same(name, table)));
                let hit =
                    columns.iter().any(is_it) || (by_alias && columns.iter().any(|(_, name)| name::same(name, column)));
                if hit && step_over(item, column, &mut count, &mut full_joins) {
                    matched = Some((at, None));
                }
                continue;
            }
            if let Some(table) = table {
                let in_database = match (database, &item.table) {
                    (None, _) => true,
                    (Some(database), Some(table)) => {
                        name::same(database, if table.temporary { "temp" } else { "main" })
                    }
                    (Some(_), None) => item.columns.is_unknown(),
                };
                let same = item.name.as_ref().is_some_and(|name| {
                    name::same(name, table) || (!item.aliased && is_schema_table(name) && is_schema_table(table))
                });
                if !in_database || !same {
                    continue;
                }
            }
            if item.columns.is_unknown() {
                unknown = true;
                continue;
            }
            if let Some(place) = item.columns.find(column)
                && step_over(item, column, &mut count, &mut full_joins)
            {
                matched = Some((at, Some(place)));
            }
            if count == 0 && item.has_rowid {
                rowids += 1;
                rowid_item = Some(at);
            }
        }
        if count == 0
            && database.is_none()
            && let Some(meaning) = self.row(table, column, scope)
        {
            return Ok(Some(meaning));
        }
        if count == 0 && rowids >= 1 && scope.rowid && is_rowid(column) {
            count = rowids;
            matched = rowid_item.map(|at| (at, None));
            if count == 1
                && let Some((at, _)) = matched
            {
                return Ok(Some(Meaning::Column(at, None)));
            }
        }
        if count == 0 && unknown {
            return Ok(Some(Meaning::Other));
        }
        if count == 0 && table.is_none() && scope.aliases.iter().any(|alias| name::same(alias, column)) {
            return Ok(Some(Meaning::Other));
        }
        match (count, matched) {
            (0, _) => Ok(None),
            (1, Some((at, Some(place)))) => Ok(Some(Meaning::Column(at, Some(place)))),
            (1, Some((at, None))) => Ok(Some(Meaning::Within(at))),
            (1, None) => Ok(Some(Meaning::Other)),
            (count, Some((at, _))) if full_joins > 0 && full_joins == count - 1 => Ok(Some(Meaning::Within(at))),
            _ => Err(()),
        }
    }

    /// A column of `NEW`, `OLD` or `excluded`.
    fn row(&self, table: Option<&str>, column: &str, scope: &Scope) -> Option<Meaning> {
        let table = table?;
        let firing = self.firing.as_ref().filter(|firing| {
            (name::same(table, "new") && firing.event != TriggerEvent::Delete)
                || (name::same(table, "old") && firing.event != TriggerEvent::Insert)
        });
        let (item, row) = match (firing, scope.excluded) {
            (_, Some(excluded)) if name::same(table, "excluded") => (excluded, false),
            (Some(firing), _) => (&firing.table, true),
            _ => return None,
        };
        if item.columns.is_unknown() {
            return Some(Meaning::Other);
        }
        match item.columns.find(column) {
            Some(place) => Some(Meaning::Row(item.clone(), Some(place), row)),
            None if is_rowid(column) && item.has_rowid => Some(Meaning::Row(item.clone(), None, row)),
            None => None,
        }
    }

    /// Keeps what the name means.
    fn mean(&mut self, meaning: &Meaning, qualified: Option<Word>, column: Word, scope: &Scope) {
        let (item, place, row) = match meaning {
            Meaning::Column(at, place) => (&scope.items[*at], *place, false),
            Meaning::Row(item, place, row) => (item, *place, *row),
            Meaning::Within(_) | Meaning::Other => return,
        };
        let Some(table) = &item.table else { return };
        let place = match place {
            Some(at) if item.rowid_alias != Some(at) => Place::At(at),
            _ => Place::Rowid,
        };
        let qualifier = qualified.filter(|_| !row).map(|word| word.span);
        self.found.columns.push(ColumnUse { span: column.span, qualifier, table: key(table), column: place, row });
    }
}

/// What a name turned out to be.
enum Meaning {
    Column(usize, Option<usize>),
    /// A column of a join in parentheses, or of several tables that a `FULL JOIN` makes one of.
    Within(usize),
    Row(Item, Option<usize>, bool),
    /// An alias, a literal, or something of which too little is known.
    Other,
}

/// The functions that may answer something else the next time, whatever their arguments are.
const VARYING: [&str; 9] = [
    "changes",
    "current_date",
    "current_time",
    "current_timestamp",
    "last_insert_rowid",
    "load_extension",
    "random",
    "randomblob",
    "total_changes",
];

pub(super) fn is_rowid(column: &str) -> bool {
    ["rowid", "_rowid_", "oid"].iter().any(|known| name::same(known, column))
}

pub(super) fn is_schema_table(name: &str) -> bool {
    ["sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema"]
        .iter()
        .any(|known| name::same(known, name))
}

fn same_names((one, other): (&str, &str)) -> bool {
    name::same(one, other)
}

fn said(what: &str, database: Option<&str>, table: Option<&str>, column: &str) -> String {
    let mut shown = String::new();
    for name in database.into_iter().chain(table) {
        shown.push_str(name);
        shown.push('.');
    }
    format!("{what}: {shown}{column}")
}

/// Whether an expression that names one column, by so many names, has nothing but parentheses and
/// collations beside it.
pub(super) fn is_bare(text: &str, names: usize) -> bool {
    if text.bytes().all(|byte| token::is_word(byte) || byte == b'.') {
        return true;
    }
    let tokens = token::tokens(text);
    let is_mark = |token: &Token| token.is_symbol(text, "(") || token.is_symbol(text, ")");
    let inside: Vec<&Token> = tokens.iter().filter(|token| !is_mark(token)).collect();
    let dotted = names * 2 - 1;
    inside.len() >= dotted
        && inside[dotted..].chunks(2).all(|pair| matches!(pair, [word, _] if word.is(text, "COLLATE")))
}

pub(super) const fn is_around(character: char) -> bool {
    matches!(character, '(' | ')') || character.is_ascii_whitespace()
}
