//! Which column of which table each name of a stored text means, as SQLite resolves them, and what
//! SQLite says where one means nothing.
//!
//! Follows `lookupName()` and `resolveSelectStep()` of SQLite's `resolve.c`, and for triggers
//! `renameResolveTrigger()` of `alter.c`, with their quirks: what `ALTER TABLE` rewrites depends on
//! them, and a test holds the outcome to the engine's, byte for byte.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::pragma::shown_type;
use super::replay::wrong_time;
use super::{Key, Object, Schema};
use crate::parse;
use crate::parse::statement::{
    Body, ColumnConstraintKind, CommonTable, CreateTable, CreateTrigger, Data, DataKind, Expression, IndexedColumn,
    Name, ObjectKind, Part, Query, ResultColumn, TableConstraintKind, TriggerEvent, TriggerStep, Upsert, Word,
};
use crate::parse::token::{self, TokenKind};
use crate::text::Span;

mod common_table;
mod item;
mod kind;
mod names;
mod order;
mod query;

use common_table::Frame;
use item::{Columns, Item};
use kind::Kind;
use names::{is_around, is_bare};
pub(super) use order::ordinal;

/// What the names of an object's stored text mean.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolution {
    /// What SQLite says, where it cannot make sense of the text.
    pub(crate) error: Option<String>,
    /// The columns, in the order in which they were found.
    pub(crate) columns: Vec<ColumnUse>,
    /// The tables and views.
    pub(crate) tables: Vec<TableUse>,
    /// Strings in double quotes.
    pub(crate) strings: Vec<Span>,
}

/// A name that means a column.
#[derive(Clone, Debug)]
pub(crate) struct ColumnUse {
    /// The column's name.
    pub(crate) span: Span,
    /// The table's name before it, where it stands for the table itself and not for an alias.
    pub(crate) qualifier: Option<Span>,
    /// The table that has it.
    pub(crate) table: Key,
    /// Which column of the table it is.
    pub(crate) column: Place,
    /// Whether it is one of `NEW` or `OLD`.
    pub(crate) row: bool,
}

/// Which column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The column at this index.
    At(usize),
    /// The rowid, or the column that stands for it.
    Rowid,
}

/// A name that means a table or a view.
#[derive(Clone, Debug)]
pub(crate) struct TableUse {
    /// The name.
    pub(crate) span: Span,
    /// The table.
    pub(crate) table: Key,
}

/// What `"…"` may be where no column is called so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DoubleQuotes {
    /// A string, which is SQLite's default.
    Strings,
    /// A name alone, as `ALTER TABLE` has it when it looks at its own work.
    Names,
}

/// What a text is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// For the places of its names, as `ALTER TABLE` does.
    Places,
    /// For what it answers.
    Answers,
    /// For what it makes, in the database that it is made in.
    Making,
}

/// What SQLite says of the names in the expressions of an index that is being made.
pub(crate) fn fault_of_new(schema: &Schema, index: &Rc<Object>) -> Option<String> {
    let mut resolver = Resolver::new(schema, index, DoubleQuotes::Strings);
    resolver.reading = Reading::Making;
    resolver.object(index).err()
}

/// Resolves the names of a view or a trigger, or those in the expressions of a table or an index.
pub(crate) fn resolve(schema: &Schema, object: &Rc<Object>, quotes: DoubleQuotes) -> Resolution {
    let mut resolver = Resolver::new(schema, object, quotes);
    resolver.reading = Reading::Places;
    resolver.found.error = resolver.object(object).err();
    resolver.found
}

/// A column of what a query answers.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// What it is called.
    pub(crate) name: Rc<str>,
    /// What is known of its values.
    pub(crate) kind: Kind,
}

/// What a query of `text` answers, where that can be told; an error is what SQLite says of its names.
pub(crate) fn answers(schema: &Schema, text: &str, query: &Query) -> Result<Option<Vec<Answer>>, String> {
    // An unqualified name means a temporary table first, whatever the new table is.
    let mut resolver = Resolver::of(schema, text, true, DoubleQuotes::Strings);
    Ok(match resolver.query(query, None)? {
        Columns::List(answers) => Some(answers.to_vec()),
        _ => None,
    })
}

/// The names in double quotes that mean no column in a statement of `text` that changes rows or answers some.
pub(crate) fn strings_of(schema: &Schema, text: &str, body: &Body) -> Vec<Span> {
    let mut resolver = Resolver::of(schema, text, true, DoubleQuotes::Strings);
    let resolved = match body {
        Body::Data(data) => {
            resolver.enter(&data.with);
            resolver.step(data, &Scope::of(&[], None))
        }
        Body::Query(query) => resolver.query(query, None).map(drop),
        _ => Ok(()),
    };
    // Those that nobody reads have names too.
    resolver.common_tables();
    if resolved.is_ok() { resolver.found.strings } else { Vec::new() }
}

/// How many columns a query of `text` answers, where what it reads tells that.
pub(crate) fn width(schema: &Schema, text: &str, temporary: bool, query: &Query) -> Option<usize> {
    let first = query.parts.first()?;
    if first.columns.iter().all(|column| matches!(column, ResultColumn::Expression(..))) {
        return Some(first.columns.len());
    }
    let mut resolver = Resolver::of(schema, text, temporary, DoubleQuotes::Strings);
    // What it reads is enough: its expressions may name the rows of a trigger, which are not known here.
    resolver.enter(&query.with);
    let items = resolver.items(&first.from, None, None).ok()?;
    match resolver.answers(first, &items) {
        Columns::List(answers) => Some(answers.len()),
        _ => None,
    }
}

impl Answer {
    /// A column of which nothing else is known to give it an affinity.
    fn named(name: &str) -> Self {
        Self { name: Rc::from(name), kind: Kind::Plain(None) }
    }

    /// A column whose affinity is not known.
    fn unsure(name: &Rc<str>) -> Self {
        Self { name: Rc::clone(name), kind: Kind::Unknown }
    }
}

type Resolved<Value> = Result<Value, String>;

/// What a name can mean at one level.
#[derive(Clone, Copy)]
struct Scope<'a> {
    parent: Option<&'a Self>,
    items: &'a [Item],
    /// The names that the query gives to what it answers.
    aliases: &'a [String],
    /// The row that could not be inserted.
    excluded: Option<&'a Item>,
    /// Whether the rowid can be named.
    rowid: bool,
    /// Where it is, if no query may stand there; database names before tables are ignored there too.
    definition: Option<&'static str>,
    /// The last of the items that may be named, in the `ON` of an outer join.
    last: Option<usize>,
}

impl<'a> Scope<'a> {
    const fn of(items: &'a [Item], parent: Option<&'a Self>) -> Self {
        Self { parent, items, aliases: &[], excluded: None, rowid: true, definition: None, last: None }
    }
}

/// The trigger whose body is resolved.
#[derive(Clone)]
struct Firing {
    table: Item,
    event: TriggerEvent,
}

/// What SQLite calls the places in which not every expression may stand.
const INDEX: &str = "index expressions";
const PARTIAL: &str = "partial index WHERE clauses";
const GENERATED: &str = "generated columns";
const CHECK: &str = "CHECK constraints";

/// How deep queries, joins in parentheses and views may stand in each other. What is deeper is not
/// looked at: each takes up to 6 KB of stack where nothing was optimised.
const DEEPEST: u32 = 250;

/// How many names are compared for a text of any length, and how many more for each of its bytes. A
/// query that people write needs a few hundred for a name; one with a thousand names from tables with
/// thousands of columns would need as many for each.
const COMPARISONS: u64 = 4_000_000;
const COMPARISONS_A_BYTE: u64 = 256;

struct Resolver<'a> {
    schema: &'a Schema,
    sql: &'a str,
    temporary: bool,
    quotes: DoubleQuotes,
    found: Resolution,
    /// The common tables that can be read here.
    frame: Option<Rc<Frame<'a>>>,
    /// What is known of each common table, by the place of its name.
    commons: BTreeMap<u32, Option<Resolved<Columns>>>,
    /// What the first column of each query has, by the query's place.
    kinds: BTreeMap<u32, Kind>,
    /// The common tables that are still to be looked at for themselves.
    waiting: Vec<&'a [CommonTable]>,
    firing: Option<Firing>,
    views: BTreeMap<Key, Resolved<Columns>>,
    depth: u32,
    /// How deep the query stands that is no subquery.
    outermost: u32,
    reading: Reading,
    /// How many names may still be compared: the names behind that mean nothing to us.
    comparisons: u64,
}

impl<'a> Resolver<'a> {
    fn new(schema: &'a Schema, object: &'a Object, quotes: DoubleQuotes) -> Self {
        Self::of(schema, &object.sql, object.temporary, quotes)
    }

    fn of(schema: &'a Schema, sql: &'a str, temporary: bool, quotes: DoubleQuotes) -> Self {
        Self {
            schema,
            sql,
            temporary,
            quotes,
            found: Resolution::default(),
            frame: None,
            commons: BTreeMap::new(),
            kinds: BTreeMap::new(),
            waiting: Vec::new(),
            firing: None,
            views: BTreeMap::new(),
            depth: 0,
            outermost: 1,
            reading: Reading::Answers,
            comparisons: COMPARISONS + COMPARISONS_A_BYTE * sql.len() as u64,
        }
    }

    fn object(&mut self, object: &'a Rc<Object>) -> Resolved<()> {
        match &object.statement().body {
            Body::CreateView(view) => {
                self.query(&view.query, None)?;
                self.common_tables();
                Ok(())
            }
            Body::CreateTrigger(trigger) => {
                self.trigger(trigger)?;
                self.common_tables();
                Ok(())
            }
            Body::CreateTable(table) if table.query.is_none() => self.table(object, table),
            Body::CreateIndex(index) => {
                // Once it is made, what is temporary is found first, whatever it was made on.
                let own = if self.temporary { "temp" } else { "main" };
                let within = (self.reading == Reading::Making).then_some(own);
                let Some(table) = self.schema.lookup(within, &index.table.text, false).cloned() else {
                    return Ok(());
                };
                if table.kind == ObjectKind::View {
                    return Err(String::from("views may not be indexed"));
                }
                let items = [self.item_of(&table)];
                if items[0].columns.is_unknown() {
                    return Ok(());
                }
                let scope = Scope { rowid: false, definition: Some(INDEX), ..Scope::of(&items, None) };
                for term in &index.columns {
                    if let Some(expression) = self.term(term) {
                        self.definition(&expression, &scope)?;
                    }
                }
                let scope = Scope { rowid: true, definition: Some(PARTIAL), ..scope };
                index.condition.map_or(Ok(()), |condition| self.own_expression(condition, &scope))
            }
            _ => Ok(()),
        }
    }

    /// The expressions and the keys of a table's own definition.
    fn table(&mut self, object: &Rc<Object>, table: &CreateTable) -> Resolved<()> {
        let definition = &table.definition;
        let items = [self.item_of(object)];
        let scope = Scope { definition: Some(CHECK), ..Scope::of(&items, None) };
        let generated = Scope { rowid: false, definition: Some(GENERATED), ..scope };
        let key = Scope { rowid: false, definition: Some(INDEX), ..scope };
        // The INTEGER PRIMARY KEY of a table without rowids is a rowid to the constraints behind it until the
        // table's end, and so `RENAME COLUMN` does not know it there.
        let of_column = definition
            .columns
            .iter()
            .position(|column| column.primary_key().is_some() && shown_type(column.type_text(self.sql)) == "INTEGER");
        let mut primary_seen = definition.columns.iter().any(|column| column.primary_key().is_some());
        let mut frozen = of_column.filter(|_| definition.without_rowid.is_some());
        let has = |name: &str| definition.columns.iter().any(|known| known.name.is(name));
        for constraint in &definition.constraints {
            match &constraint.kind {
                TableConstraintKind::PrimaryKey { columns, .. } | TableConstraintKind::Unique(columns) => {
                    let seen = self.found.columns.len();
                    for term in columns {
                        self.key_term(term, &key)?;
                    }
                    let is_primary = matches!(constraint.kind, TableConstraintKind::PrimaryKey { .. });
                    if is_primary {
                        primary_seen = true;
                        frozen = frozen.or_else(|| integer_key(object, table, columns));
                    } else if let Some(alias) = items[0].rowid_alias.filter(|_| !primary_seen) {
                        // The key that stands for the rowid comes only behind this constraint.
                        for used in self.found.columns[seen..].iter_mut().filter(|used| used.column == Place::Rowid) {
                            used.column = Place::At(alias);
                        }
                    } else if let Some(frozen) = frozen {
                        let kept: Vec<ColumnUse> = self.found.columns.drain(seen..).collect();
                        self.found.columns.extend(kept.into_iter().filter(|used| used.column != Place::At(frozen)));
                    }
                }
                TableConstraintKind::ForeignKey { columns, .. } => {
                    if let Some(unknown) = columns.iter().find(|column| !has(&column.text)) {
                        return Err(format!("unknown column \"{}\" in foreign key definition", unknown.text));
                    }
                }
                TableConstraintKind::Check(_) => {}
            }
        }
        let of_columns = definition.columns.iter().flat_map(|column| &column.constraints);
        let checks = of_columns
            .clone()
            .filter_map(|constraint| match constraint.kind {
                ColumnConstraintKind::Check(span) => Some(span),
                _ => None,
            })
            .chain(definition.constraints.iter().filter_map(|constraint| match constraint.kind {
                TableConstraintKind::Check(span) => Some(span),
                _ => None,
            }));
        for check in checks {
            self.own_expression(check, &scope)?;
        }
        for constraint in of_columns {
            if let ColumnConstraintKind::Generated { expression, .. } = constraint.kind {
                self.own_expression(expression, &generated)?;
            }
        }
        Ok(())
    }

    /// An expression that stands in the text of a table or an index.
    fn own_expression(&mut self, span: Span, scope: &Scope) -> Resolved<()> {
        match parse::expression(self.sql, span) {
            Some(expression) => self.definition(&expression, scope),
            None => Ok(()),
        }
    }

    /// A term of an index or a key: a string alone is the name of a column there.
    fn term(&self, term: &IndexedColumn) -> Option<Expression> {
        let mut expression = parse::expression(self.sql, term.expression)?;
        let text = term.expression.of(self.sql);
        if expression.parts.is_empty()
            && let Some(string) = token::first(text.trim_start_matches(is_around))
            && string.kind == TokenKind::String
            && is_bare(text, 1)
        {
            let start = term.expression.start + u32::try_from(text.find('\'')?).ok()?;
            let column = Word { span: Span::new(start, start + string.span.end - string.span.start) };
            expression.parts.push(Part::Column { schema: None, table: None, column });
        }
        Some(expression)
    }

    /// A term of a table's key, which must be a column; in single quotes it is one too.
    fn key_term(&mut self, term: &IndexedColumn, scope: &Scope) -> Resolved<()> {
        let Some(expression) = self.term(term) else { return Ok(()) };
        let strings = self.found.strings.len();
        self.definition(&expression, scope)?;
        let is_column =
            matches!(expression.parts[..], [Part::Column { .. }]) && is_bare(term.expression.of(self.sql), 1);
        if is_column && self.found.strings.len() == strings {
            return Ok(());
        }
        Err(String::from("expressions prohibited in PRIMARY KEY and UNIQUE constraints"))
    }

    fn trigger(&mut self, trigger: &'a CreateTrigger) -> Resolved<()> {
        let found = self.schema.owner(trigger, self.temporary).cloned();
        if let Some(table) = &found {
            if let Some(error) = wrong_time(trigger, table) {
                return Err(error);
            }
            let item = self.item_of(table);
            if item.columns.is_unknown() && table.kind == ObjectKind::View {
                // A view that cannot be made sense of is an error of its triggers too.
                self.columns_of_view(table)?;
            }
            self.firing = Some(Firing { table: item, event: trigger.event });
        }
        let nothing = Scope::of(&[], None);
        if let Some(condition) = &trigger.condition {
            self.expression(condition, &nothing)?;
        }
        for step in &trigger.body {
            match step {
                TriggerStep::Query(query) => drop(self.query(query, Some(&nothing))?),
                TriggerStep::Data(data) => self.step(data, &nothing)?,
            }
        }
        Ok(())
    }

    /// A data statement of a trigger's body.
    fn step(&mut self, data: &'a Data, outer: &Scope) -> Resolved<()> {
        if let Some(rows) = &data.rows {
            self.query(rows, Some(outer))?;
        }
        let word = |name: &Name| Word { span: name.span };
        let target = self.named(data.table.schema.as_ref().map(word), word(&data.table.name), None)?;
        let target = target.under(data.alias.as_ref().map(|alias| alias.text.clone()));
        let items = self.joined(vec![target], &data.from, None, None)?;
        let scope = Scope::of(&items, None);
        if data.kind == DataKind::Update {
            for set in &data.sets {
                let known = (self.found.columns.len(), self.found.tables.len());
                let strings = self.found.strings.len();
                self.expression(&set.value, &scope)?;
                if is_row_of_one(&set.columns, self.sql) && !is_query(&set.value, self.sql) {
                    // Of `(a) = (…)` SQLite keeps no places: `RENAME` leaves its names as they are.
                    self.found.columns.truncate(known.0);
                    self.found.tables.truncate(known.1);
                    self.found.strings.truncate(strings);
                }
            }
        }
        self.conditions(&data.from, 1, &scope)?;
        if let Some(filter) = &data.filter {
            self.expression(filter, &scope)?;
        }
        // SQLite looks at the first ON CONFLICT alone.
        if let Some(upsert) = data.upserts.first() {
            self.upsert(upsert, &items)?;
        }
        Ok(())
    }

    fn upsert(&mut self, upsert: &'a Upsert, items: &[Item]) -> Resolved<()> {
        let scope = Scope { excluded: items.first(), ..Scope::of(items, None) };
        for term in &upsert.target {
            self.expression(term, &scope)?;
        }
        for set in &upsert.sets {
            self.expression(&set.value, &scope)?;
        }
        for condition in upsert.filter.iter().chain(&upsert.target_filter) {
            self.expression(condition, &scope)?;
        }
        Ok(())
    }
}

/// The column that is the whole key of a table without rowids and of type INTEGER.
fn integer_key(object: &Object, table: &CreateTable, columns: &[IndexedColumn]) -> Option<usize> {
    let [IndexedColumn { column: Some(only), .. }] = columns else { return None };
    let at = object.columns().iter().position(|column| column.name.is(&only.text))?;
    let is_integer = shown_type(object.columns()[at].type_text(&object.sql)) == "INTEGER";
    (table.definition.without_rowid.is_some() && is_integer).then_some(at)
}

/// Whether the expression is a query in parentheses and nothing else.
fn is_query(expression: &Expression, sql: &str) -> bool {
    let [Part::Query(query)] = &expression.parts[..] else { return false };
    let span = expression.span;
    let around = [Span::new(span.start, query.span.start), Span::new(query.span.end, span.end)];
    around.iter().all(|part| {
        let text = part.of(sql);
        token::tokens(text).iter().all(|token| token.is_symbol(text, "(") || token.is_symbol(text, ")"))
    })
}

/// Whether one column is set as a row of values: `(a) = …`.
fn is_row_of_one(columns: &[Word], sql: &str) -> bool {
    let [only] = columns else { return false };
    let behind = sql.get(only.span.end as usize..).unwrap_or_default();
    token::first(behind).is_some_and(|token| token.is_symbol(behind, ")"))
}
