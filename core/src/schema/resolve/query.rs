//! Queries: what stands behind FROM, what they answer, and the names in their clauses.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::common_table::{Recursion, flattened, sources_in};
use super::item::{Columns, Item, aliases_of, nested_item, numbered, stars};
use super::kind::Kind;
use super::names::{is_bare, is_schema_table};
use super::order::{ordinal, out_of_range};
use super::{Answer, DEEPEST, DoubleQuotes, Reading, Resolved, Resolver, Scope, TableUse};
use crate::parse;
use crate::parse::statement::Compound;
use crate::parse::statement::{
    Body, Expression, ObjectKind, Part, Query, ResultColumn, Select, Source, SourceKind, Word,
};
use crate::parse::token;
use crate::schema::pragma::index_list;
use crate::schema::{Knowledge, Object, key, refer};
use crate::sqlite::affinity::Affinity;
use crate::sqlite::name;
use crate::text::{Span, gathered};

impl<'a> Resolver<'a> {
    /// Resolves a query, and tells the columns of what it answers.
    pub(super) fn query(&mut self, query: &'a Query, outer: Option<&Scope>) -> Resolved<Columns> {
        self.query_from(query, outer, None)
    }

    /// The same for a common table, which may read itself.
    pub(super) fn query_from(
        &mut self,
        query: &'a Query,
        outer: Option<&Scope>,
        recursion: Option<Recursion<'a>>,
    ) -> Resolved<Columns> {
        if self.depth >= DEEPEST {
            return Ok(Columns::Unknown);
        }
        self.depth += 1;
        let around = self.frame.clone();
        self.enter(&query.with);
        let columns = self.levels(query, outer, recursion);
        self.frame = around;
        self.depth -= 1;
        columns
    }

    fn levels(
        &mut self,
        query: &'a Query,
        outer: Option<&Scope>,
        recursion: Option<Recursion<'a>>,
    ) -> Resolved<Columns> {
        let mut levels = Vec::with_capacity(query.parts.len());
        match recursion {
            None => self.level(&query.parts, outer, None, &mut levels)?,
            Some(recursion) => self.recursive(query, outer, recursion, &mut levels)?,
        }
        let order_by = if levels.len() == 1 { &query.order_by[..] } else { &[] };
        let mut columns = Columns::Unknown;
        for limit in &query.limit {
            self.expression(limit, &Scope::of(&[], None))?;
        }
        let mut kinds = Vec::with_capacity(levels.len());
        let mut aliases = Vec::with_capacity(levels.len());
        for (part, items) in &levels {
            aliases.push(aliases_of(self.sql, part, items));
        }
        for ((part, items), names) in levels.iter().zip(&aliases) {
            self.part(part, items, names, order_by, outer)?;
            columns = self.answers(part, items);
            if let (true, Columns::List(answers)) = (kinds.is_empty(), &columns) {
                let first = answers.first().map_or(Kind::Unknown, |answer| answer.kind);
                self.kinds.insert(query.span.start, first);
            }
            kinds.push(columns.kinds());
        }
        if levels.len() > 1 {
            columns.unite(&kinds);
            self.compound(&query.order_by, &levels, &aliases)?;
            self.same_width(&levels)?;
        }
        Ok(columns)
    }

    /// What each of the parts reads, the last one first. `own` is the common table that they are parts of.
    fn level(
        &mut self,
        parts: &'a [Select],
        outer: Option<&Scope>,
        own: Option<&Item>,
        levels: &mut Vec<(&'a Select, Vec<Item>)>,
    ) -> Resolved<()> {
        for part in parts.iter().rev() {
            levels.push((part, self.items(&part.from, outer, own)?));
        }
        Ok(())
    }

    /// The same for a common table that reads itself: its first parts tell its columns.
    fn recursive(
        &mut self,
        query: &'a Query,
        outer: Option<&Scope>,
        recursion: Recursion<'a>,
        levels: &mut Vec<(&'a Select, Vec<Item>)>,
    ) -> Resolved<()> {
        let (first, last) = query.parts.split_at(query.parts.len() - recursion.parts);
        let mut known = Vec::with_capacity(first.len());
        self.level(first, outer, None, &mut known)?;
        let columns = match known.last() {
            Some((part, items)) => self.answers(part, items),
            None => Columns::Unknown,
        };
        let columns = self.called(recursion.common, columns)?;
        let own = Item::of(Some(recursion.common.name.text(self.sql).into_owned()), columns);
        self.forbid(recursion.common, "multiple recursive references");
        self.level(last, outer, Some(&own), levels)?;
        levels.extend(known);
        Ok(())
    }

    /// Does something of which nothing but the result is kept.
    pub(super) fn quietly<Value>(&mut self, work: impl FnOnce(&mut Self) -> Value) -> Value {
        let found = core::mem::take(&mut self.found);
        let waiting = core::mem::take(&mut self.waiting);
        let value = work(self);
        self.found = found;
        self.waiting = waiting;
        value
    }

    /// The names in one part of a query.
    fn part(
        &mut self,
        part: &'a Select,
        items: &[Item],
        aliases: &[String],
        order_by: &'a [Expression],
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
                    if let Some(meant) = item.table.as_ref().filter(|_| !item.aliased) {
                        self.found.tables.push(TableUse { span: table.span, table: key(meant) });
                    }
                }
            }
        }
        self.expression(&part.values, &answers)?;
        let scope = Scope { aliases, ..answers };
        for condition in part.having.iter().chain(&part.filter) {
            self.expression(condition, &scope)?;
        }
        self.conditions(&part.from, 0, &scope)?;
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
            if !self.is_alias(term, aliases) && self.place(term).is_none() {
                self.expression(term, &scope)?;
            }
        }
        self.in_range("ORDER", order_by, (part, items))?;
        for term in &part.group_by {
            self.expression(term, &scope)?;
        }
        self.in_range("GROUP", &part.group_by, (part, items))
    }

    /// Whether the term is the name that the query gives to something that it answers.
    fn is_alias(&self, term: &Expression, aliases: &[String]) -> bool {
        let word = plain_name(term, self.sql);
        word.is_some_and(|word| aliases.iter().any(|alias| word.is(self.sql, alias)))
    }

    /// `*` names each column with its table: of two sources with one name that is ambiguous. A column of
    /// `USING` it names alone, where a `RIGHT` or a `FULL JOIN` stands behind.
    fn distinct(&mut self, items: &[Item], table: Option<Word>) -> Resolved<()> {
        if items.len() < 2 {
            return Ok(());
        }
        for (at, item) in items.iter().enumerate() {
            let Some(name) = item.name.as_ref().filter(|_| item.nested.is_none()) else { continue };
            if table.is_some_and(|table| !table.is(self.sql, name)) {
                continue;
            }
            let within = |item: &Item| item.table.as_ref().map(|table| table.temporary);
            let is_twin = |twin: &Item| {
                within(twin) == within(item) && twin.name.as_ref().is_some_and(|twin| name::same(twin, name))
            };
            let twins = items.iter().enumerate().filter(|(other, twin)| *other != at && is_twin(twin));
            for (other, twin) in twins {
                let joined = &items[at.max(other)];
                let shared = |column: &&Rc<str>| twin.has(column) && !joined.is_joined_by(column);
                let columns = item.all_columns().unwrap_or_default();
                if let Some(column) = columns.iter().find(shared) {
                    let within = within(item).map_or("", |temporary| if temporary { "temp." } else { "main." });
                    return Err(format!("ambiguous column name: {within}{name}.{column}"));
                }
            }
        }
        if table.is_none() { self.named_alone(items) } else { Ok(()) }
    }

    /// The columns of `USING` that `*` names alone. `ALTER TABLE` has it name all with their tables.
    fn named_alone(&mut self, items: &[Item]) -> Resolved<()> {
        let last_right = items.iter().rposition(|item| item.join.right).unwrap_or_default();
        if last_right == 0 || self.reading == Reading::Places {
            return Ok(());
        }
        let joining: BTreeSet<String> =
            gathered(items.iter().flat_map(|item| &item.using).map(|column| name::fold(column).into_owned()));
        let scope = Scope::of(items, None);
        for column in joining {
            for item in items {
                self.spend(item.width());
            }
            if items[..last_right].iter().any(|item| item.has(&column)) {
                self.clear(&column, &scope)?;
            }
        }
        Ok(())
    }

    /// The conditions of `ON`, which SQLite makes a part of `WHERE`. The first source is the item at `start`.
    pub(super) fn conditions(&mut self, sources: &'a [Source], start: usize, scope: &Scope) -> Resolved<()> {
        let (first, rest) = flattened(sources);
        if !first.is_empty() {
            self.conditions(first, start, scope)?;
        }
        let start = scope.items.len().min(start + sources_in(first));
        // Beside a RIGHT or a FULL JOIN every ON is one of an outer join.
        let has_right = scope.items.iter().any(|item| item.join.right);
        for (at, source) in rest.iter().enumerate() {
            if let Some(on) = &source.on {
                let last = (has_right || source.join.left).then_some(start + at);
                self.expression(on, &Scope { last, ..*scope })?;
            }
        }
        Ok(())
    }

    /// `ORDER BY` behind several parts: each term must be something that a part answers, the left one
    /// first.
    fn compound(
        &mut self,
        order_by: &'a [Expression],
        levels: &[(&'a Select, Vec<Item>)],
        aliases: &[Vec<String>],
    ) -> Resolved<()> {
        let first = levels.last();
        for (at, term) in order_by.iter().enumerate() {
            if let Some(place) = self.place(term) {
                let width = first.and_then(|(part, items)| self.width(part, items));
                let highest = width.map_or(i64::MAX, |width| i64::try_from(width).unwrap_or(i64::MAX));
                if place < 1 || place > highest {
                    return Err(out_of_range("ORDER", at, width));
                }
                continue;
            }
            let mut known = false;
            for ((part, items), aliases) in levels.iter().zip(aliases).rev() {
                if self.is_alias(term, aliases) {
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
    fn answers_the_same(&mut self, term: &'a Expression, part: &'a Select, scope: &Scope) -> bool {
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
            let same =
                self.found.columns.len() == meant.len()
                    && self.found.columns.iter().zip(&meant).all(|(one, other)| {
                        one.table == other.table && one.column == other.column && one.row == other.row
                    });
            let is_column = |expression: &Expression| plain_column(expression, self.sql).is_some();
            // Of NEW and OLD the text tells which is which.
            let is_known = meant.first().is_some_and(|used| !used.row);
            let both_columns = is_known && is_column(expression) && is_column(term);
            same && (both_columns || parse::normal(expression.span.of(self.sql)) == text)
        })
    }

    /// All parts must answer as many columns.
    fn same_width(&self, levels: &[(&Select, Vec<Item>)]) -> Resolved<()> {
        let widths: Vec<Option<usize>> = levels.iter().map(|(part, items)| self.width(part, items)).collect();
        if !widths.iter().all(Option::is_some) {
            return Ok(());
        }
        // The last part comes first, and SQLite names what joins it with the one before.
        let uneven = widths.windows(2).position(|pair| pair[0] != pair[1]);
        uneven.map_or(Ok(()), |at| {
            let operator = levels[at].0.compound.map_or("UNION", Compound::as_str);
            Err(format!("SELECTs to the left and right of {operator} do not have the same number of result columns"))
        })
    }

    /// The columns that the part answers.
    pub(super) fn answers(&self, part: &Select, items: &[Item]) -> Columns {
        let mut found: Vec<Answer> = Vec::new();
        for column in &part.columns {
            match column {
                ResultColumn::Expression(expression, _) if !part.values.span.is_empty() => {
                    let name = Rc::from(format!("column{}", found.len() + 1));
                    found.push(Answer { name, kind: self.kind(expression, items) });
                }
                ResultColumn::Expression(expression, alias) => {
                    let is_literal = |column: &Word| column.is(self.sql, "true") || column.is(self.sql, "false");
                    let column = plain_column(expression, self.sql)
                        .filter(|column| !(self.is_outermost() && is_literal(column)));
                    let name = match (alias, column) {
                        (Some(alias), _) => Rc::from(&*alias.text(self.sql)),
                        (None, Some(column)) => self.spelt(column, expression, items),
                        (None, None) => Rc::from(self.unnamed(expression.span)),
                    };
                    found.push(Answer { name, kind: self.kind(expression, items) });
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
        if !part.values.span.is_empty() && self.has_rows(part) {
            let kind = self.kind_of_rows(part);
            for answer in &mut found {
                answer.kind = kind;
            }
        }
        for (at, answer) in found.iter_mut().enumerate() {
            if name::same(&answer.name, "true") || name::same(&answer.name, "false") {
                answer.name = Rc::from(format!("column{}", at + 1));
            }
        }
        Columns::List(numbered(found).into())
    }

    /// What an expression without a name is called: its text, with the comments before the next token.
    fn unnamed(&self, expression: Span) -> &'a str {
        let behind = self.sql.get(expression.end as usize..).unwrap_or_default();
        let gap = token::first(behind).map_or(behind.len(), |next| next.span.start as usize);
        let end = expression.end as usize + gap;
        self.sql.get(expression.start as usize..end).unwrap_or_default().trim_end()
    }

    /// What a column that is named plainly is called. SQLite asks that of a subquery before it knows what
    /// the name means: then it is as it is written.
    fn spelt(&self, column: Word, expression: &Expression, items: &[Item]) -> Rc<str> {
        let text = column.text(self.sql);
        if !self.is_outermost() {
            return Rc::from(&*text);
        }
        let found = items.iter().find_map(|item| match (&item.columns, item.columns.find(&text)) {
            (Columns::Table(table), Some(at)) => Some(Rc::from(table.columns()[at].name.text.as_str())),
            (Columns::List(answers), Some(at)) => Some(Rc::clone(&answers[at].name)),
            _ => None,
        });
        // What is in double quotes and no column is a string, quotes and all.
        let is_known = is_qualified(expression) || items.iter().any(Item::is_unknown);
        let is_string = column.is_double_quoted(self.sql) && !is_known;
        found.unwrap_or_else(|| Rc::from(if is_string { self.unnamed(expression.span) } else { &text }))
    }

    /// Whether the query is that of a view or of a new table, and no subquery of it.
    const fn is_outermost(&self) -> bool {
        self.depth == self.outermost
    }

    /// What the sources of a query are. `own` is the common table that the query is a part of.
    pub(super) fn items(
        &mut self,
        sources: &'a [Source],
        outer: Option<&Scope>,
        own: Option<&Item>,
    ) -> Resolved<Vec<Item>> {
        let (first, rest) = flattened(sources);
        let items = if first.is_empty() { Vec::with_capacity(rest.len()) } else { self.items(first, outer, own)? };
        self.joined(items, rest, outer, own)
    }

    /// The same behind those that are known.
    pub(super) fn joined(
        &mut self,
        mut items: Vec<Item>,
        sources: &'a [Source],
        outer: Option<&Scope>,
        own: Option<&Item>,
    ) -> Resolved<Vec<Item>> {
        let has_right = sources.iter().any(|source| source.join.right);
        for source in sources {
            let mut item = self.source(source, outer, own)?;
            item.join = source.join;
            self.join(source, &items, &mut item)?;
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
    fn join(&self, source: &Source, before: &[Item], item: &mut Item) -> Resolved<()> {
        if source.join.natural {
            let common = |column: &Rc<str>| before.iter().any(|known| known.has(column));
            let names = item.all_columns().unwrap_or_default();
            item.using = names.iter().filter(|column| common(column)).map(ToString::to_string).collect();
        }
        for column in &source.using {
            let text = column.text(self.sql);
            let in_left = before.iter().any(|known| known.has(&text) || known.is_unknown());
            if !in_left || !(item.has(&text) || item.is_unknown()) {
                return Err(format!("cannot join using column {text} - column not present in both tables"));
            }
            item.using.push(text.into_owned());
        }
        Ok(())
    }

    fn source(&mut self, source: &'a Source, outer: Option<&Scope>, own: Option<&Item>) -> Resolved<Item> {
        let alias = source.alias.map(|alias| alias.text(self.sql).into_owned());
        match &source.kind {
            SourceKind::Table { .. } if self.reads(source, own) => Ok(own.cloned().unwrap_or_default().under(alias)),
            SourceKind::Table { arguments: Some(_), schema, name } => {
                Ok(self.table_named(*schema, *name, true)?.under(alias))
            }
            SourceKind::Table { schema, name, .. } => {
                let item = self.named(*schema, *name, outer)?;
                self.has_index(&item, source.index)?;
                Ok(item.under(alias))
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

    /// Whether the table has the index that `INDEXED BY` names.
    fn has_index(&self, item: &Item, index: Option<Word>) -> Resolved<()> {
        let Some(index) = index else { return Ok(()) };
        let name = index.text(self.sql);
        let Some(table) = item.table.as_ref().filter(|table| table.certain) else { return Ok(()) };
        let is_known = table.kind == ObjectKind::View || table.knows_columns();
        let is_there = index_list(self.schema, table).iter().any(|known| name::same(&known.name, &name));
        if is_there || !is_known { Ok(()) } else { Err(format!("no such index: {name}")) }
    }

    /// Whether the source is the common table that it is a part of.
    fn reads(&self, source: &Source, own: Option<&Item>) -> bool {
        own.and_then(|own| own.name.as_ref()).is_some_and(|name| self.is_own(source, name))
    }

    fn nested(&mut self, nested: &'a [Source], alias: Option<String>, outer: Option<&Scope>) -> Resolved<Item> {
        if let [only] = nested {
            return Ok(self.source(only, outer, None)?.under(alias));
        }
        let items = self.items(nested, outer, None)?;
        let scope = Scope { parent: outer, ..Scope::of(&items, None) };
        self.conditions(nested, 0, &scope)?;
        Ok(nested_item(alias, &items))
    }

    /// A common table, a table or a view by its name.
    pub(super) fn named(&mut self, schema: Option<Word>, word: Word, outer: Option<&Scope>) -> Resolved<Item> {
        let text = word.text(self.sql);
        let common = if schema.is_none() { self.common(&text, outer) } else { None };
        common.unwrap_or_else(|| self.table_named(schema, word, false))
    }

    /// Where the schema has something of that name.
    pub(super) fn lookup(&self, schema: Option<Word>, name: &str) -> Option<&'a Rc<Object>> {
        match schema {
            Some(schema) => self.schema.lookup(Some(&schema.text(self.sql)), name, false),
            None if self.temporary => self.schema.lookup(None, name, false),
            None => self.schema.lookup(Some("main"), name, false),
        }
    }

    /// A table or a view by its name, which may stand there like a function's.
    fn table_named(&mut self, schema: Option<Word>, word: Word, called: bool) -> Resolved<Item> {
        let text = word.text(self.sql).into_owned();
        let within = schema.map(|schema| schema.text(self.sql).into_owned());
        if let Some(object) = self.lookup(schema, &text).cloned()
            && object.kind != ObjectKind::Index
        {
            self.found.tables.push(TableUse { span: word.span, table: key(&object) });
            if object.kind == ObjectKind::View {
                let columns = self.columns_of_view(&object)?;
                return Ok(Item { table: Some(object), ..Item::of(Some(text), columns) });
            }
            return Ok(self.item_of(&object));
        }
        let outside = within.as_ref().is_some_and(|schema| !name::same(schema, "main") && !name::same(schema, "temp"));
        let shown = within.or_else(|| (!self.temporary).then(|| String::from("main")));
        if is_schema_table(&text) && !outside && !called {
            let columns =
                [("type", "TEXT"), ("name", "TEXT"), ("tbl_name", "TEXT"), ("rootpage", "INT"), ("sql", "TEXT")];
            let columns = columns.map(|(name, of)| Answer { name: Rc::from(name), kind: Kind::Of(Affinity::of(of)) });
            return Ok(Item { has_rowid: true, ..Item::of(Some(text), Columns::List(Rc::new(columns))) });
        }
        if name::same(&text, "json_each") || name::same(&text, "json_tree") {
            let columns = ["key", "value", "type", "atom", "id", "parent", "fullkey", "path"];
            let columns = columns.map(|name| Answer { kind: Kind::Unknown, ..Answer::named(name) });
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

    pub(super) fn item_of(&mut self, object: &Rc<Object>) -> Item {
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
            table: Some(Rc::clone(object)),
            has_rowid: table.is_some_and(|table| table.definition.without_rowid.is_none()),
            rowid_alias,
            ..Item::of(Some(object.name.clone()), columns)
        }
    }

    pub(super) fn columns_of_view(&mut self, view: &Object) -> Resolved<Columns> {
        let key = key(view);
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
        inner.outermost = inner.depth + 1;
        let mut columns = inner.query(&create.query, None);
        self.views = inner.views;
        if !create.columns.is_empty()
            && let Ok(known) = &columns
        {
            // That there are as many is looked at only where the view is read.
            let named = create.columns.iter().map(|column| Answer::named(&column.text));
            columns = Ok(known.under(named.collect()));
        }
        self.views.insert(key, columns.clone());
        columns
    }
}

/// The column, where the expression is one and has at most parentheses and a collation beside it.
pub(super) fn plain_column(expression: &Expression, sql: &str) -> Option<Word> {
    let [Part::Column { schema, table, column }] = &expression.parts[..] else { return None };
    let names = 1 + usize::from(schema.is_some()) + usize::from(table.is_some());
    is_bare(expression.span.of(sql), names).then_some(*column)
}

/// The same, where no table stands before it.
fn plain_name(expression: &Expression, sql: &str) -> Option<Word> {
    let [Part::Column { table: None, .. }] = &expression.parts[..] else { return None };
    plain_column(expression, sql)
}

/// Whether the first name of the expression has a table's name before it.
fn is_qualified(expression: &Expression) -> bool {
    matches!(expression.parts.first(), Some(Part::Column { table: Some(_), .. }))
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
