//! Which column of which table each name of a stored text means, as SQLite resolves them, and what
//! SQLite says where one means nothing.
//!
//! Follows `lookupName()` and `resolveSelectStep()` of SQLite's `resolve.c`, and for triggers
//! `renameResolveTrigger()` of `alter.c`, with their quirks: what `ALTER TABLE` rewrites depends on
//! them, and a test holds the outcome to the engine's, byte for byte.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::pragma::shown_type;
use super::{Key, Knowledge, Object, Schema, refer};
use crate::parse;
use crate::parse::statement::{
    Body, ColumnConstraintKind, ColumnDefinition, CommonTable, CreateTable, CreateTrigger, Data, DataKind, Expression,
    IndexedColumn, Join, Name, ObjectKind, Part, Query, ResultColumn, Select, Source, SourceKind, TableConstraintKind,
    TriggerEvent, TriggerStep, Upsert, Word,
};
use crate::parse::token::{self, Token, TokenKind};
use crate::sqlite::affinity::Affinity;
use crate::sqlite::name;
use crate::text::Span;

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

/// Resolves the names of a view or a trigger, or those in the expressions of a table or an index.
pub(crate) fn resolve(schema: &Schema, object: &Rc<Object>, quotes: DoubleQuotes) -> Resolution {
    let mut resolver = Resolver::new(schema, object, quotes);
    resolver.found.error = resolver.object(object).err();
    resolver.found
}

/// A column of what a query answers.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// What it is called.
    pub(crate) name: Rc<str>,
    /// Its affinity, where that follows from the names alone.
    pub(crate) affinity: Option<Affinity>,
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

impl Answer {
    /// A column of which nothing else is known to give it an affinity.
    fn named(name: &str) -> Self {
        Self { name: Rc::from(name), affinity: Some(Affinity::Blob) }
    }

    /// A column whose affinity is not known.
    fn unsure(name: &Rc<str>) -> Self {
        Self { name: Rc::clone(name), affinity: None }
    }
}

type Resolved<Value> = Result<Value, String>;

/// The columns of something that a query reads.
#[derive(Clone, Debug)]
enum Columns {
    /// Those of a table.
    Table(Rc<Object>),
    /// Those of a view, a query or a common table.
    List(Rc<[Answer]>),
    /// Nobody knows them.
    Unknown,
}

impl Columns {
    fn find(&self, column: &str) -> Option<usize> {
        match self {
            Self::Table(table) => table.columns().iter().position(|known| known.name.is(column)),
            Self::List(answers) => answers.iter().position(|known| name::same(&known.name, column)),
            Self::Unknown => None,
        }
    }

    fn names(&self) -> Option<Vec<Rc<str>>> {
        match self {
            Self::Table(table) => Some(table.columns().iter().map(|column| column.name.text.as_str().into()).collect()),
            Self::List(answers) => Some(answers.iter().map(|answer| Rc::clone(&answer.name)).collect()),
            Self::Unknown => None,
        }
    }

    const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

/// Something that a query reads, under the name that it has there.
#[derive(Clone, Debug)]
struct Item {
    /// Its alias or its own name; none for a query without an alias.
    name: Option<String>,
    aliased: bool,
    /// The table or view; none for a query or a common table.
    table: Option<Key>,
    columns: Columns,
    /// Whether it has a rowid.
    has_rowid: bool,
    /// The column that stands for the rowid.
    rowid_alias: Option<usize>,
    /// The columns of `USING`, also those of `NATURAL`.
    using: Vec<String>,
    /// How it is joined with what stands before it.
    join: Join,
    /// What a join in parentheses has, each column with the name of its table.
    nested: Option<Vec<(String, Rc<str>)>>,
}

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
}

impl<'a> Scope<'a> {
    const fn of(items: &'a [Item], parent: Option<&'a Self>) -> Self {
        Self { parent, items, aliases: &[], excluded: None, rowid: true, definition: None }
    }
}

/// The common tables of one `WITH`.
#[derive(Clone, Debug, Default)]
struct Frame {
    tables: Vec<Resolved<Columns>>,
    /// Where each of them is, by its name as names are compared.
    names: BTreeMap<String, usize>,
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
    frames: Vec<Frame>,
    firing: Option<Firing>,
    views: BTreeMap<Key, Resolved<Columns>>,
    depth: u32,
    /// How many names may still be compared: the names behind that mean nothing to us.
    comparisons: u64,
}

/// What a name turned out to be.
enum Meaning {
    Column(usize, Option<usize>),
    Row(Item, Option<usize>, bool),
    /// An alias, a literal, or something of which too little is known.
    Other,
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
            frames: Vec::new(),
            firing: None,
            views: BTreeMap::new(),
            depth: 0,
            comparisons: COMPARISONS + COMPARISONS_A_BYTE * sql.len() as u64,
        }
    }

    fn object(&mut self, object: &Rc<Object>) -> Resolved<()> {
        match &object.statement().body {
            Body::CreateView(view) => self.query(&view.query, None).map(drop),
            Body::CreateTrigger(trigger) => self.trigger(trigger),
            Body::CreateTable(table) if table.query.is_none() => self.table(object, table),
            Body::CreateIndex(index) => {
                let Some(table) = self.lookup_own(&index.table) else { return Ok(()) };
                let items = [self.item_of(&table)];
                if items[0].columns.is_unknown() {
                    return Ok(());
                }
                let scope = Scope { rowid: false, definition: Some(INDEX), ..Scope::of(&items, None) };
                for term in &index.columns {
                    if let Some(expression) = self.term(term) {
                        self.expression(&expression, &scope)?;
                    }
                }
                let scope = Scope { rowid: true, definition: Some(PARTIAL), ..scope };
                index.condition.map_or(Ok(()), |condition| self.own_expression(condition, &scope))
            }
            _ => Ok(()),
        }
    }

    /// The table that an index is on: in the schema of the index itself.
    fn lookup_own(&self, table: &Name) -> Option<Rc<Object>> {
        let within = if self.temporary { "temp" } else { "main" };
        self.schema.lookup(Some(within), &table.text, false).cloned()
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
            Some(expression) => self.expression(&expression, scope),
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
        self.expression(&expression, scope)?;
        let is_column =
            matches!(expression.parts[..], [Part::Column { .. }]) && is_bare(term.expression.of(self.sql), 1);
        if is_column && self.found.strings.len() == strings {
            return Ok(());
        }
        Err(String::from("expressions prohibited in PRIMARY KEY and UNIQUE constraints"))
    }

    fn trigger(&mut self, trigger: &CreateTrigger) -> Resolved<()> {
        let within = trigger.table_schema.as_ref().map(|schema| schema.text.as_str());
        let found = match within {
            None if self.temporary => self.schema.lookup(None, &trigger.table.text, false).cloned(),
            None => self.lookup_own(&trigger.table),
            Some(schema) => self.schema.lookup(Some(schema), &trigger.table.text, false).cloned(),
        };
        if let Some(table) = &found {
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
    fn step(&mut self, data: &Data, outer: &Scope) -> Resolved<()> {
        if let Some(rows) = &data.rows {
            self.query(rows, Some(outer))?;
        }
        let target = Source {
            kind: SourceKind::Table {
                schema: data.table.schema.as_ref().map(|name| Word { span: name.span }),
                name: Word { span: data.table.name.span },
                arguments: None,
            },
            alias: data.alias.as_ref().map(|name| Word { span: name.span }),
            join: Join::default(),
            on: None,
            using: Vec::new(),
        };
        let mut sources = vec![target];
        sources.extend(data.from.iter().cloned());
        let items = self.items(&sources, None)?;
        let scope = Scope::of(&items, None);
        if data.kind == DataKind::Update {
            for set in &data.sets {
                let known = (self.found.columns.len(), self.found.tables.len());
                let strings = self.found.strings.len();
                self.expression(&set.value, &scope)?;
                if is_row_of_one(&set.columns, self.sql) {
                    // Of `(a) = (…)` SQLite keeps no places: `RENAME` leaves its names as they are.
                    self.found.columns.truncate(known.0);
                    self.found.tables.truncate(known.1);
                    self.found.strings.truncate(strings);
                }
            }
        }
        self.conditions(&sources, &scope)?;
        if let Some(filter) = &data.filter {
            self.expression(filter, &scope)?;
        }
        // SQLite looks at the first ON CONFLICT alone.
        if let Some(upsert) = data.upserts.first() {
            self.upsert(upsert, &items)?;
        }
        Ok(())
    }

    fn upsert(&mut self, upsert: &Upsert, items: &[Item]) -> Resolved<()> {
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

    /// Resolves a query, and tells the columns of what it answers.
    fn query(&mut self, query: &Query, outer: Option<&Scope>) -> Resolved<Columns> {
        self.query_from(query, outer, None)
    }

    /// `first` is what the first part reads, where that is known already.
    fn query_from(
        &mut self,
        query: &Query,
        outer: Option<&Scope>,
        first: Option<Resolved<Vec<Item>>>,
    ) -> Resolved<Columns> {
        if self.depth >= DEEPEST {
            return Ok(Columns::Unknown);
        }
        self.depth += 1;
        let columns = self.levels(query, outer, first);
        self.depth -= 1;
        columns
    }

    fn levels(
        &mut self,
        query: &Query,
        outer: Option<&Scope>,
        mut first: Option<Resolved<Vec<Item>>>,
    ) -> Resolved<Columns> {
        let frames = self.frames.len();
        if !query.with.is_empty() {
            self.with(&query.with);
        }
        let mut levels = Vec::with_capacity(query.parts.len());
        for (at, part) in query.parts.iter().enumerate().rev() {
            let known = if at == 0 { first.take() } else { None };
            levels.push((part, known.unwrap_or_else(|| self.items(&part.from, outer))?));
        }
        let order_by = if levels.len() == 1 { &query.order_by[..] } else { &[] };
        let mut columns = Columns::Unknown;
        for limit in &query.limit {
            self.expression(limit, &Scope::of(&[], None))?;
        }
        let mut aliases = Vec::with_capacity(levels.len());
        for (part, items) in &levels {
            aliases.push(aliases_of(self.sql, part, items));
        }
        for ((part, items), names) in levels.iter().zip(&aliases) {
            self.part(part, items, names, order_by, outer)?;
            columns = self.answers(part, items);
        }
        if levels.len() > 1 {
            // What the parts answer together has an affinity that depends on all of them.
            if let Columns::List(answers) = &columns {
                columns = Columns::List(answers.iter().map(|answer| Answer::unsure(&answer.name)).collect());
            }
            self.compound(&query.order_by, &levels, &aliases)?;
            self.same_width(&levels)?;
        }
        self.frames.truncate(frames);
        Ok(columns)
    }

    /// Makes the common tables known, and resolves each of their queries.
    fn with(&mut self, tables: &[CommonTable]) {
        let names = tables.iter().enumerate().map(|(at, common)| (common.name.folded(self.sql), at)).collect();
        self.frames.push(Frame { tables: vec![Ok(Columns::Unknown); tables.len()], names });
        let frame = self.frames.len() - 1;
        let mut failed = false;
        for (at, common) in tables.iter().enumerate() {
            let named: Option<Columns> = (!common.columns.is_empty()).then(|| {
                Columns::List(common.columns.iter().map(|column| Answer::named(&column.text(self.sql))).collect())
            });
            let frames = self.frames.len();
            let seen = (self.found.columns.len(), self.found.tables.len());
            let mut known = None;
            if let Some(columns) = &named {
                self.frames[frame].tables[at] = Ok(columns.clone());
            } else if let Some(first) = common.query.parts.first()
                && common.query.parts.len() > 1
                && common.query.with.is_empty()
            {
                // The table may read itself: its first part tells its columns. What it reads is looked
                // at once, for that doubles the work wherever it stands in itself.
                let items = self.items(&first.from, None);
                if let Ok(items) = &items {
                    self.frames[frame].tables[at] = Ok(self.answers(first, items));
                }
                known = Some(items);
            }
            if common.query.parts.len() == 1 {
                let circular = format!("circular reference: {}", common.name.text(self.sql));
                self.frames[frame].tables[at] = Err(circular);
            }
            // What makes no sense matters to those that read it alone.
            let columns = self.query_from(&common.query, None, known);
            self.frames.truncate(frames);
            if failed {
                // Behind the first that makes no sense SQLite looks at none.
                self.found.columns.truncate(seen.0);
                self.found.tables.truncate(seen.1);
            }
            failed |= columns.is_err();
            self.frames[frame].tables[at] = columns.and_then(|columns| match (named, columns) {
                (Some(Columns::List(named)), Columns::List(found)) if named.len() != found.len() => {
                    let name = common.name.text(self.sql);
                    Err(format!("table {name} has {} values for {} columns", found.len(), named.len()))
                }
                (Some(Columns::List(named)), Columns::List(found)) => {
                    let pairs = named.iter().zip(found.iter());
                    let renamed = pairs.map(|(named, found)| Answer { affinity: found.affinity, ..named.clone() });
                    Ok(Columns::List(renamed.collect()))
                }
                (Some(named), _) => Ok(named),
                (None, found) => Ok(found),
            });
        }
    }

    /// Does something of which nothing but the result is kept.
    fn quietly<Value>(&mut self, work: impl FnOnce(&mut Self) -> Value) -> Value {
        let found = core::mem::take(&mut self.found);
        let value = work(self);
        self.found = found;
        value
    }

    /// The names in one part of a query.
    fn part(
        &mut self,
        part: &Select,
        items: &[Item],
        aliases: &[String],
        order_by: &[Expression],
        outer: Option<&Scope>,
    ) -> Resolved<()> {
        let answers = Scope::of(items, outer);
        for column in &part.columns {
            match column {
                ResultColumn::Expression(expression, _) => self.expression(expression, &answers)?,
                ResultColumn::All if items.is_empty() => return Err(String::from("no tables specified")),
                ResultColumn::All => self.distinct(items, None)?,
                ResultColumn::AllOf(table) => {
                    self.distinct(items, Some(*table))?;
                    let named = table.text(self.sql);
                    let is_it = |item: &Item| match &item.nested {
                        Some(columns) => columns.iter().any(|(table, _)| name::same(table, &named)),
                        None => item.name.as_ref().is_some_and(|name| name::same(name, &named)),
                    };
                    let Some(item) = items.iter().find(|item| is_it(item)) else {
                        return Err(format!("no such table: {named}"));
                    };
                    if let Some(key) = item.table.clone().filter(|_| !item.aliased) {
                        self.found.tables.push(TableUse { span: table.span, table: key });
                    }
                }
            }
        }
        self.expression(&part.values, &answers)?;
        let scope = Scope { aliases, ..answers };
        for condition in part.having.iter().chain(&part.filter) {
            self.expression(condition, &scope)?;
        }
        self.conditions(&part.from, &scope)?;
        for source in &part.from {
            if let SourceKind::Table { arguments: Some(arguments), .. } = &source.kind {
                for argument in arguments {
                    self.expression(argument, &scope)?;
                }
            }
        }
        for window in &part.windows {
            self.expression(window, &scope)?;
        }
        for term in order_by {
            let alias = plain_name(term, self.sql).filter(|word| aliases.iter().any(|alias| word.is(self.sql, alias)));
            if alias.is_none() {
                self.expression(term, &scope)?;
            }
        }
        for term in &part.group_by {
            self.expression(term, &scope)?;
        }
        Ok(())
    }

    /// `*` names each column with its table: of two sources with one name that is ambiguous.
    fn distinct(&self, items: &[Item], table: Option<Word>) -> Resolved<()> {
        if items.len() < 2 {
            return Ok(());
        }
        for (at, item) in items.iter().enumerate() {
            let Some(name) = item.name.as_ref().filter(|_| item.nested.is_none()) else { continue };
            if table.is_some_and(|table| !table.is(self.sql, name)) {
                continue;
            }
            let twins = items
                .iter()
                .enumerate()
                .filter(|(other, twin)| *other != at && twin.name.as_ref().is_some_and(|twin| name::same(twin, name)));
            for (other, twin) in twins {
                let joined = &items[at.max(other)];
                let shared = |column: &&Rc<str>| twin.has(column) && !joined.is_joined_by(column);
                let columns = item.all_columns().unwrap_or_default();
                if let Some(column) = columns.iter().find(shared) {
                    let within = item.table.as_ref().map_or("", |key| if key.temporary { "temp." } else { "main." });
                    return Err(format!("ambiguous column name: {within}{name}.{column}"));
                }
            }
        }
        Ok(())
    }

    /// The conditions of `ON`, which SQLite makes a part of `WHERE`.
    fn conditions(&mut self, sources: &[Source], scope: &Scope) -> Resolved<()> {
        if let [Source { kind: SourceKind::Nested(first), alias: None, on: None, using, .. }, ..] = sources
            && using.is_empty()
        {
            self.conditions(first, scope)?;
        }
        for source in sources {
            if let Some(on) = &source.on {
                self.expression(on, scope)?;
            }
        }
        Ok(())
    }

    /// `ORDER BY` behind several parts: each term must be something that a part answers, the left one
    /// first.
    fn compound(
        &mut self,
        order_by: &[Expression],
        levels: &[(&Select, Vec<Item>)],
        aliases: &[Vec<String>],
    ) -> Resolved<()> {
        for (at, term) in order_by.iter().enumerate() {
            if is_integer(term, self.sql) {
                continue;
            }
            let mut known = false;
            for ((part, items), aliases) in levels.iter().zip(aliases).rev() {
                let word = plain_name(term, self.sql);
                if word.is_some_and(|word| aliases.iter().any(|alias| word.is(self.sql, alias))) {
                    known = true;
                    break;
                }
                let scope = Scope { aliases, ..Scope::of(items, None) };
                let seen = self.quietly(|resolver| resolver.answers_the_same(term, part, &scope));
                if seen {
                    self.expression(term, &scope)?;
                    known = true;
                    break;
                }
            }
            if !known {
                return Err(format!("{} ORDER BY term does not match any column in the result set", ordinal(at + 1)));
            }
        }
        Ok(())
    }

    /// Whether the term is an expression that the part answers.
    fn answers_the_same(&mut self, term: &Expression, part: &Select, scope: &Scope) -> bool {
        // To SQLite no query is the same as another.
        let has_query = |expression: &Expression| {
            expression.parts.iter().any(|part| matches!(part, Part::Query(_) | Part::Table { .. }))
        };
        if has_query(term) || self.expression(term, scope).is_err() {
            return false;
        }
        let meant = core::mem::take(&mut self.found.columns);
        let text = parse::normal(term.span.of(self.sql));
        part.columns.iter().any(|column| {
            let ResultColumn::Expression(expression, _) = column else {
                return true;
            };
            let plain = Scope { aliases: &[], ..*scope };
            self.found.columns.clear();
            self.spend(expression.span.end - expression.span.start);
            if has_query(expression) || self.expression(expression, &plain).is_err() {
                return false;
            }
            let same = self.found.columns.len() == meant.len()
                && self
                    .found
                    .columns
                    .iter()
                    .zip(&meant)
                    .all(|(one, other)| one.table == other.table && one.column == other.column);
            let is_column = |expression: &Expression| plain_column(expression, self.sql).is_some();
            let both_columns = !meant.is_empty() && is_column(expression) && is_column(term);
            same && (both_columns || parse::normal(expression.span.of(self.sql)) == text)
        })
    }

    /// All parts must answer as many columns.
    fn same_width(&self, levels: &[(&Select, Vec<Item>)]) -> Resolved<()> {
        let widths: Vec<Option<usize>> = levels
            .iter()
            .map(|(part, items)| match self.answers(part, items) {
                Columns::List(columns) => Some(columns.len()),
                _ => None,
            })
            .collect();
        match widths.first() {
            Some(Some(first)) if widths.iter().all(|width| width.is_none_or(|width| width == *first)) => Ok(()),
            Some(Some(_)) if widths.iter().all(Option::is_some) => Err(String::from(
                "SELECTs to the left and right of a compound operator do not have the same number of result columns",
            )),
            _ => Ok(()),
        }
    }

    /// The columns that the part answers.
    fn answers(&self, part: &Select, items: &[Item]) -> Columns {
        let mut found: Vec<Answer> = Vec::new();
        for column in &part.columns {
            match column {
                _ if !part.values.span.is_empty() => {
                    found.push(Answer::named(&format!("column{}", found.len() + 1)));
                }
                ResultColumn::Expression(expression, alias) => {
                    let is_literal = |column: &Word| column.is(self.sql, "true") || column.is(self.sql, "false");
                    let column = plain_column(expression, self.sql).filter(|column| !is_literal(column));
                    let name = match (alias, column) {
                        (Some(alias), _) => Rc::from(&*alias.text(self.sql)),
                        (None, Some(column)) => self.spelt(column, items),
                        (None, None) => Rc::from(self.unnamed(expression.span)),
                    };
                    found.push(Answer { name, affinity: self.affinity(expression, items) });
                }
                ResultColumn::All => match stars(items, None, self.sql) {
                    Some(all) => found.extend(all),
                    None => return Columns::Unknown,
                },
                ResultColumn::AllOf(table) => match stars(items, Some(*table), self.sql) {
                    Some(all) => found.extend(all),
                    None => return Columns::Unknown,
                },
            }
        }
        if let [ResultColumn::Expression(first, _), ..] = &part.columns[..]
            && !part.values.span.is_empty()
        {
            // Only the first row is known, and the others may have columns of another kind.
            let literal = |expression: &Expression| {
                expression.parts.iter().all(|part| {
                    matches!(part, Part::Column { schema: None, table: None, column }
                        if column.is(self.sql, "true") || column.is(self.sql, "false"))
                })
            };
            let is_literal = |column: &ResultColumn| matches!(column, ResultColumn::Expression(it, _) if literal(it));
            let all = literal(first) && literal(&part.values) && part.columns.iter().all(is_literal);
            let affinity = all.then_some(Affinity::Blob);
            for answer in &mut found {
                answer.affinity = affinity;
            }
        }
        for (at, answer) in found.iter_mut().enumerate() {
            if name::same(&answer.name, "true") || name::same(&answer.name, "false") {
                answer.name = Rc::from(format!("column{}", at + 1));
            }
        }
        Columns::List(numbered(found).into())
    }

    /// The affinity of an expression: that of its column, and none of its own for most others.
    fn affinity(&self, expression: &Expression, items: &[Item]) -> Option<Affinity> {
        let text = expression.span.of(self.sql);
        if let Some(column) = plain_column(expression, self.sql) {
            let name = column.text(self.sql);
            let [Part::Column { table, .. }] = &expression.parts[..] else { return None };
            let is_it = |item: &&Item| {
                table.is_none_or(|table| item.name.as_ref().is_some_and(|name| table.is(self.sql, name)))
                    && (item.columns.is_unknown()
                        || item.nested.is_some()
                        || item.columns.find(&name).is_some()
                        || (item.has_rowid && is_rowid(&name)))
            };
            let Some(item) = items.iter().find(is_it) else { return Some(Affinity::Blob) };
            return match &item.columns {
                Columns::Table(known) => match known.column(&name) {
                    Some(column) => Some(affinity_in(known, column)),
                    None => is_rowid(&name).then_some(Affinity::Integer),
                },
                Columns::List(answers) => answers[item.columns.find(&name)?].affinity,
                Columns::Unknown => None,
            };
        }
        // Of all operations only CAST and a query in parentheses have an affinity.
        let inside = text.trim_start_matches(|at: char| at == '(' || at.is_ascii_whitespace());
        let begins = |word: &str| inside.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let may_have_one = ["CAST", "SELECT", "VALUES", "WITH"].into_iter().any(begins);
        (!may_have_one).then_some(Affinity::Blob)
    }

    /// What an expression without a name is called: its text, with the comments before the next token.
    fn unnamed(&self, expression: Span) -> &'a str {
        let behind = self.sql.get(expression.end as usize..).unwrap_or_default();
        let gap = token::first(behind).map_or(behind.len(), |next| next.span.start as usize);
        let end = expression.end as usize + gap;
        self.sql.get(expression.start as usize..end).unwrap_or_default().trim_end()
    }

    /// What a column that is named plainly is called: the table's own spelling.
    fn spelt(&self, column: Word, items: &[Item]) -> Rc<str> {
        let text = column.text(self.sql);
        let found = items.iter().find_map(|item| match (&item.columns, item.columns.find(&text)) {
            (Columns::Table(table), Some(at)) => Some(Rc::from(table.columns()[at].name.text.as_str())),
            (Columns::List(answers), Some(at)) => Some(Rc::clone(&answers[at].name)),
            _ => None,
        });
        // What is in double quotes and no column is a string, quotes and all.
        let spelt = if column.is_double_quoted(self.sql) { column.span.of(self.sql) } else { &text };
        found.unwrap_or_else(|| Rc::from(spelt))
    }

    /// What the sources of a query are.
    fn items(&mut self, sources: &[Source], outer: Option<&Scope>) -> Resolved<Vec<Item>> {
        let mut items: Vec<Item> = Vec::with_capacity(sources.len());
        let (first, sources) = match sources {
            // A join in parentheses that comes first is no subquery.
            [Source { kind: SourceKind::Nested(first), alias: None, on: None, using, .. }, rest @ ..]
                if using.is_empty() =>
            {
                (&first[..], rest)
            }
            _ => (&[][..], sources),
        };
        if !first.is_empty() {
            items = self.items(first, outer)?;
        }
        let has_right = sources.iter().any(|source| source.join.right);
        for source in sources {
            let mut item = self.source(source, outer)?;
            item.join = source.join;
            self.joined(source, &items, &mut item)?;
            let ambiguous = |column: &&String| {
                let holders = items.iter().filter(|known| known.has(column));
                holders.skip(1).any(|known| !known.is_joined_by(column))
            };
            // Beside a RIGHT or a FULL JOIN it must be clear which of the tables on the left is meant.
            if let Some(column) = item.using.iter().find(ambiguous).filter(|_| has_right) {
                return Err(format!("ambiguous reference to {column} in USING()"));
            }
            items.push(item);
        }
        Ok(items)
    }

    /// What `NATURAL` and `USING` make of a source behind others.
    fn joined(&self, source: &Source, before: &[Item], item: &mut Item) -> Resolved<()> {
        if source.join.natural {
            let common = |column: &Rc<str>| before.iter().any(|known| known.has(column));
            let names = item.all_columns().unwrap_or_default();
            item.using = names.iter().filter(|column| common(column)).map(ToString::to_string).collect();
        }
        for column in &source.using {
            let text = column.text(self.sql);
            let unknown = |item: &Item| item.columns.is_unknown() && item.nested.is_none();
            let in_left = before.iter().any(|known| known.has(&text) || unknown(known));
            if !in_left || !(item.has(&text) || unknown(item)) {
                return Err(format!("cannot join using column {text} - column not present in both tables"));
            }
            item.using.push(text.into_owned());
        }
        Ok(())
    }

    fn source(&mut self, source: &Source, outer: Option<&Scope>) -> Resolved<Item> {
        let alias = source.alias.map(|alias| alias.text(self.sql).into_owned());
        match &source.kind {
            SourceKind::Table { schema, name, arguments } => {
                let mut item = self.named(*schema, *name, arguments.is_some())?;
                if alias.is_some() {
                    item.aliased = true;
                    item.name = alias;
                }
                Ok(item)
            }
            SourceKind::Query(query) => {
                let columns = self.query(query, outer)?;
                Ok(Item { aliased: alias.is_some(), ..Item::of(alias, columns) })
            }
            SourceKind::Nested(_) if self.depth >= DEEPEST => Ok(Item::of(alias, Columns::Unknown)),
            SourceKind::Nested(nested) => {
                self.depth += 1;
                let item = self.nested(nested, alias, outer);
                self.depth -= 1;
                item
            }
        }
    }

    fn nested(&mut self, nested: &[Source], alias: Option<String>, outer: Option<&Scope>) -> Resolved<Item> {
        if let [only] = nested {
            let mut item = self.source(only, outer)?;
            if alias.is_some() {
                item.aliased = true;
                item.name = alias;
            }
            return Ok(item);
        }
        let items = self.items(nested, outer)?;
        let scope = Scope { parent: outer, ..Scope::of(&items, None) };
        self.conditions(nested, &scope)?;
        Ok(nested_item(alias, &items))
    }

    /// A common table, a table or a view by its name.
    fn named(&mut self, schema: Option<Word>, word: Word, called: bool) -> Resolved<Item> {
        let text = word.text(self.sql).into_owned();
        if schema.is_none() && !called {
            let folded = name::fold(&text);
            let known = |frame: &Frame| frame.names.get(&*folded).map(|at| frame.tables[*at].clone());
            if let Some(columns) = self.frames.iter().rev().find_map(known) {
                return columns.map(|columns| Item::of(Some(text), columns));
            }
        }
        let within = schema.map(|schema| schema.text(self.sql).into_owned());
        let found = match &within {
            Some(schema) => self.schema.lookup(Some(schema), &text, false),
            None if self.temporary => self.schema.lookup(None, &text, false),
            None => self.schema.lookup(Some("main"), &text, false),
        };
        if let Some(object) = found.cloned()
            && object.kind != ObjectKind::Index
        {
            self.found.tables.push(TableUse { span: word.span, table: super::key(&object) });
            if object.kind == ObjectKind::View {
                let columns = self.columns_of_view(&object)?;
                return Ok(Item { table: Some(super::key(&object)), ..Item::of(Some(text), columns) });
            }
            return Ok(self.item_of(&object));
        }
        let outside = within.as_ref().is_some_and(|schema| !name::same(schema, "main") && !name::same(schema, "temp"));
        let shown = within.or_else(|| (!self.temporary).then(|| String::from("main")));
        if is_schema_table(&text) && !outside && !called {
            let columns =
                [("type", "TEXT"), ("name", "TEXT"), ("tbl_name", "TEXT"), ("rootpage", "INT"), ("sql", "TEXT")];
            let columns = columns.map(|(name, of)| Answer { name: Rc::from(name), affinity: Some(Affinity::of(of)) });
            return Ok(Item { has_rowid: true, ..Item::of(Some(text), Columns::List(Rc::new(columns))) });
        }
        if name::same(&text, "json_each") || name::same(&text, "json_tree") {
            let columns = ["key", "value", "type", "atom", "id", "parent", "fullkey", "path"];
            let columns = columns.map(|name| Answer { affinity: None, ..Answer::named(name) });
            return Ok(Item::of(Some(text), Columns::List(Rc::new(columns))));
        }
        if called || outside || self.schema.knowledge() == Knowledge::Partial || is_builtin(&text) {
            return Ok(Item::of(Some(text), Columns::Unknown));
        }
        Err(match shown {
            Some(schema) => format!("no such table: {schema}.{text}"),
            None => format!("no such table: {text}"),
        })
    }

    fn item_of(&mut self, object: &Rc<Object>) -> Item {
        let columns = match object.kind {
            ObjectKind::View => self.columns_of_view(object).unwrap_or(Columns::Unknown),
            _ if object.knows_columns() => Columns::Table(Rc::clone(object)),
            _ => Columns::Unknown,
        };
        let table = object.as_table().filter(|_| object.kind == ObjectKind::Table);
        let rowid_alias = table
            .and_then(|table| refer::rowid_alias(table, &object.sql))
            .and_then(|alias| object.columns().iter().position(|known| known.name.is(&alias.text)));
        Item {
            table: Some(super::key(object)),
            has_rowid: table.is_some_and(|table| table.definition.without_rowid.is_none()),
            rowid_alias,
            ..Item::of(Some(object.name.clone()), columns)
        }
    }

    fn columns_of_view(&mut self, view: &Object) -> Resolved<Columns> {
        let key = super::key(view);
        if let Some(known) = self.views.get(&key) {
            return known.clone();
        }
        let Body::CreateView(create) = &view.statement().body else { return Ok(Columns::Unknown) };
        if self.depth >= DEEPEST {
            return Ok(Columns::Unknown);
        }
        self.views.insert(key.clone(), Err(format!("view {} is circularly defined", view.name)));
        let mut inner = Resolver::new(self.schema, view, DoubleQuotes::Strings);
        inner.views = core::mem::take(&mut self.views);
        inner.depth = self.depth + 1;
        let mut columns = inner.query(&create.query, None);
        self.views = inner.views;
        if !create.columns.is_empty()
            && let Ok(known) = &columns
        {
            let named = create.columns.iter().map(|column| Answer::named(&column.text));
            columns = match known {
                Columns::List(list) => Ok(Columns::List(
                    // That there are as many is looked at only where the view is read.
                    named
                        .enumerate()
                        .map(|(at, named)| match list.get(at) {
                            Some(known) => Answer { affinity: known.affinity, ..named },
                            None => named,
                        })
                        .collect(),
                )),
                _ => Ok(Columns::List(named.collect())),
            };
        }
        self.views.insert(key, columns.clone());
        columns
    }

    fn expression(&mut self, expression: &Expression, scope: &Scope) -> Resolved<()> {
        for part in &expression.parts {
            match part {
                Part::Column { schema, table, column } => self.column(*schema, *table, *column, scope)?,
                Part::Query(_) | Part::Table { .. } if scope.definition.is_some() => {
                    return Err(format!("subqueries prohibited in {}", scope.definition.unwrap_or_default()));
                }
                Part::Query(query) => drop(self.query(query, Some(scope))?),
                Part::Table { schema, name } => {
                    // SQLite keeps no place for this name: `RENAME TO` leaves it as it is.
                    self.named(*schema, *name, false)?;
                    self.found.tables.pop();
                }
                Part::Call(name) => {
                    let place = scope.definition.filter(|place| [INDEX, PARTIAL, GENERATED].contains(place));
                    let varies = |name: &Word| VARYING.iter().any(|known| name.is(self.sql, known));
                    if let Some(place) = place.filter(|_| varies(name)) {
                        return Err(format!("non-deterministic functions prohibited in {place}"));
                    }
                }
            }
        }
        Ok(())
    }

    fn spend(&mut self, comparisons: u32) {
        self.comparisons = self.comparisons.saturating_sub(u64::from(comparisons));
    }

    fn column(&mut self, schema: Option<Word>, table: Option<Word>, column: Word, scope: &Scope) -> Resolved<()> {
        if self.comparisons == 0 {
            return Ok(());
        }
        if let Some(place) = scope.definition.filter(|place| table.is_some() && [INDEX, GENERATED].contains(place)) {
            return Err(format!("the \".\" operator prohibited in {place}"));
        }
        let text = column.text(self.sql).into_owned();
        let qualifier = table.map(|table| table.text(self.sql).into_owned());
        let database = schema.map(|schema| schema.text(self.sql).into_owned());
        let mut level = Some(scope);
        while let Some(scope) = level {
            scope.items.iter().for_each(|item| self.spend(item.width()));
            let within = database.as_deref().filter(|_| scope.definition.is_none());
            match self.at_level(within, qualifier.as_deref(), &text, scope) {
                Ok(None) => level = scope.parent,
                Ok(Some(meaning)) => {
                    self.mean(&meaning, table, column, scope);
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
                    (Some(database), Some(key)) => name::same(database, if key.temporary { "temp" } else { "main" }),
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
            (1, _) => Ok(Some(Meaning::Other)),
            (count, _) if full_joins > 0 && full_joins == count - 1 => Ok(Some(Meaning::Other)),
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
    fn mean(&mut self, meaning: &Meaning, table: Option<Word>, column: Word, scope: &Scope) {
        let (item, place, row) = match meaning {
            Meaning::Column(at, place) => (&scope.items[*at], *place, false),
            Meaning::Row(item, place, row) => (item, *place, *row),
            Meaning::Other => return,
        };
        let Some(key) = &item.table else { return };
        let place = match place {
            Some(at) if item.rowid_alias != Some(at) => Place::At(at),
            _ => Place::Rowid,
        };
        let qualifier = table.filter(|_| !item.aliased && !row).map(|word| word.span);
        self.found.columns.push(ColumnUse { span: column.span, qualifier, table: key.clone(), column: place, row });
    }
}

impl Item {
    fn of(name: Option<String>, columns: Columns) -> Self {
        Self {
            name,
            aliased: false,
            table: None,
            columns,
            has_rowid: false,
            rowid_alias: None,
            using: Vec::new(),
            join: Join::default(),
            nested: None,
        }
    }

    /// Whether it has the column.
    fn has(&self, column: &str) -> bool {
        match &self.nested {
            Some(columns) => columns.iter().any(|(_, name)| name::same(name, column)),
            None => self.columns.find(column).is_some(),
        }
    }

    /// How many names a search compares at most.
    fn width(&self) -> u32 {
        let columns = match (&self.nested, &self.columns) {
            (Some(columns), _) => columns.len(),
            (None, Columns::Table(table)) => table.columns().len(),
            (None, Columns::List(names)) => names.len(),
            (None, Columns::Unknown) => 0,
        };
        u32::try_from(columns).unwrap_or(u32::MAX).saturating_add(1)
    }

    fn all_columns(&self) -> Option<Vec<Rc<str>>> {
        match &self.nested {
            Some(columns) => Some(columns.iter().map(|(_, name)| Rc::clone(name)).collect()),
            None => self.columns.names(),
        }
    }

    /// Its columns, as `*` stands for them.
    fn answers(&self) -> Option<Vec<Answer>> {
        match (&self.nested, &self.columns) {
            (Some(columns), _) => Some(columns.iter().map(|(_, name)| Answer::unsure(name)).collect()),
            (None, Columns::Table(table)) => {
                let of = |column: &ColumnDefinition| affinity_in(table, column);
                let columns = table.columns().iter();
                Some(
                    columns
                        .map(|column| Answer { name: Rc::from(column.name.text.as_str()), affinity: Some(of(column)) })
                        .collect(),
                )
            }
            (None, Columns::List(answers)) => Some(answers.to_vec()),
            (None, Columns::Unknown) => None,
        }
    }

    fn is_joined_by(&self, column: &str) -> bool {
        self.using.iter().any(|known| name::same(known, column))
    }
}

/// Counts a match; whether it is the one that the name means so far.
fn step_over(item: &Item, column: &str, count: &mut u32, full_joins: &mut u32) -> bool {
    if *count > 0 {
        if !item.is_joined_by(column) {
            *full_joins = 0;
        } else if !item.join.right {
            // Of an inner or a left join the left table counts.
            return false;
        } else if item.join.left {
            *full_joins += 1;
        } else {
            *count = 0;
            *full_joins = 0;
        }
    }
    *count += 1;
    true
}

/// A join in parentheses, which SQLite makes a subquery of.
fn nested_item(alias: Option<String>, items: &[Item]) -> Item {
    let mut columns = Vec::new();
    let mut unknown = false;
    for (at, item) in items.iter().enumerate() {
        let of = item.name.clone().unwrap_or_default();
        match (&item.nested, item.columns.names()) {
            (Some(nested), _) => columns.extend(nested.iter().cloned()),
            (None, Some(names)) => {
                let visible = names.into_iter().filter(|name| at == 0 || !item.is_joined_by(name));
                columns.extend(visible.map(|name| (of.clone(), name)));
            }
            (None, None) => unknown = true,
        }
    }
    let mut item = Item { aliased: alias.is_some(), ..Item::of(alias, Columns::Unknown) };
    if !unknown {
        item.nested = Some(columns);
    }
    item
}

/// The names, each of which SQLite makes another than those before it.
fn numbered(mut answers: Vec<Answer>) -> Vec<Answer> {
    let mut known = BTreeSet::new();
    for Answer { name, .. } in &mut answers {
        let mut number = 0_u32;
        while !known.insert(name::fold(name).into_owned()) {
            let digits = name.bytes().rev().take_while(u8::is_ascii_digit).count();
            let stem = name[..name.len() - digits].strip_suffix(':').unwrap_or(name);
            number += 1;
            let next = format!("{stem}:{number}");
            *name = Rc::from(next);
        }
    }
    answers
}

/// The column that is the whole key of a table without rowids and of type INTEGER.
fn integer_key(object: &Object, table: &CreateTable, columns: &[IndexedColumn]) -> Option<usize> {
    let [IndexedColumn { column: Some(only), .. }] = columns else { return None };
    let at = object.columns().iter().position(|column| column.name.is(&only.text))?;
    let is_integer = shown_type(object.columns()[at].type_text(&object.sql)) == "INTEGER";
    (table.definition.without_rowid.is_some() && is_integer).then_some(at)
}

/// The affinity of a table's column; a STRICT table keeps what is in a column of type ANY as it is.
fn affinity_in(table: &Object, column: &ColumnDefinition) -> Affinity {
    let declared = column.type_text(&table.sql);
    let strict = table.as_table().is_some_and(|table| table.definition.strict.is_some());
    if strict && name::same(declared, "ANY") { Affinity::Blob } else { Affinity::of(&shown_type(declared)) }
}

/// Whether one column is set as a row of values: `(a) = …`.
fn is_row_of_one(columns: &[Word], sql: &str) -> bool {
    let [only] = columns else { return false };
    let behind = sql.get(only.span.end as usize..).unwrap_or_default();
    token::first(behind).is_some_and(|token| token.is_symbol(behind, ")"))
}

/// The columns that `*` or `table.*` stands for.
fn stars(items: &[Item], table: Option<Word>, sql: &str) -> Option<Vec<Answer>> {
    let mut found = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if let Some(table) = table
            && !item.name.as_ref().is_some_and(|name| table.is(sql, name))
        {
            if let Some(columns) = &item.nested {
                found.extend(columns.iter().filter(|(of, _)| table.is(sql, of)).map(|(_, name)| Answer::unsure(name)));
            }
            continue;
        }
        let all = item.answers()?;
        found.extend(all.into_iter().filter(|answer| table.is_some() || at == 0 || !item.is_joined_by(&answer.name)));
    }
    Some(found)
}

/// The names that a part gives to what it answers; where it has a `*`, each column that it stands for
/// counts as named.
fn aliases_of(sql: &str, part: &Select, items: &[Item]) -> Vec<String> {
    let mut found = Vec::new();
    for column in &part.columns {
        match column {
            ResultColumn::Expression(_, Some(alias)) => found.push(alias.text(sql).into_owned()),
            ResultColumn::Expression(_, None) => {}
            ResultColumn::All => {
                found.extend(stars(items, None, sql).unwrap_or_default().iter().map(|answer| answer.name.to_string()));
            }
            ResultColumn::AllOf(table) => {
                found.extend(
                    stars(items, Some(*table), sql).unwrap_or_default().iter().map(|answer| answer.name.to_string()),
                );
            }
        }
    }
    found
}

/// The column, where the expression is one and has at most parentheses and a collation beside it.
fn plain_column(expression: &Expression, sql: &str) -> Option<Word> {
    let [Part::Column { schema, table, column }] = &expression.parts[..] else { return None };
    let names = 1 + usize::from(schema.is_some()) + usize::from(table.is_some());
    is_bare(expression.span.of(sql), names).then_some(*column)
}

/// The same, where no table stands before it.
fn plain_name(expression: &Expression, sql: &str) -> Option<Word> {
    let [Part::Column { table: None, .. }] = &expression.parts[..] else { return None };
    plain_column(expression, sql)
}

/// Whether an expression that names one column, by so many names, has nothing but parentheses and
/// collations beside it.
fn is_bare(text: &str, names: usize) -> bool {
    let tokens = token::tokens(text);
    let is_mark = |token: &Token| token.is_symbol(text, "(") || token.is_symbol(text, ")");
    let inside: Vec<&Token> = tokens.iter().filter(|token| !is_mark(token)).collect();
    let dotted = names * 2 - 1;
    inside.len() >= dotted
        && inside[dotted..].chunks(2).all(|pair| matches!(pair, [word, _] if word.is(text, "COLLATE")))
}

const fn is_around(character: char) -> bool {
    matches!(character, '(' | ')') || character.is_ascii_whitespace()
}

fn is_integer(expression: &Expression, sql: &str) -> bool {
    let text = expression.span.of(sql);
    expression.parts.is_empty() && text.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

fn is_rowid(column: &str) -> bool {
    ["rowid", "_rowid_", "oid"].iter().any(|known| name::same(known, column))
}

fn is_schema_table(name: &str) -> bool {
    ["sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema"]
        .iter()
        .any(|known| name::same(known, name))
}

/// Whether SQLite has a table of that name though nobody created it.
fn is_builtin(name: &str) -> bool {
    let begins = |with: &str| name.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    name::is_internal(name)
        || begins("pragma_")
        || ["json_each", "json_tree", "jsonb_each", "jsonb_tree", "generate_series", "dbstat", "fts5vocab", "bytecode"]
            .iter()
            .any(|known| name::same(known, name))
}

fn said(what: &str, database: Option<&str>, table: Option<&str>, column: &str) -> String {
    let mut shown = String::new();
    for name in database.into_iter().chain(table) {
        shown.push_str(name);
        shown.push('.');
    }
    format!("{what}: {shown}{column}")
}

/// `1st`, `2nd`, as SQLite counts.
fn ordinal(number: usize) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
