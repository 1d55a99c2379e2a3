//! Queries: what stands behind FROM, what they answer, and the names in their clauses.

use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::item::{Columns, Item, affinity_in, aliases_of, nested_item, numbered, stars};
use super::names::{is_bare, is_rowid, is_schema_table};
use super::{Answer, DEEPEST, DoubleQuotes, Frame, Resolved, Resolver, Scope, TableUse};
use crate::parse;
use crate::parse::statement::{
    Body, CommonTable, Expression, ObjectKind, Part, Query, ResultColumn, Select, Source, SourceKind, Word,
};
use crate::parse::token;
use crate::schema::{Knowledge, Object, key, refer};
use crate::sqlite::affinity::Affinity;
use crate::sqlite::name;
use crate::text::Span;

impl<'a> Resolver<'a> {
    /// Resolves a query, and tells the columns of what it answers.
    pub(super) fn query(&mut self, query: &Query, outer: Option<&Scope>) -> Resolved<Columns> {
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
    pub(super) fn with(&mut self, tables: &[CommonTable]) {
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
    pub(super) fn conditions(&mut self, sources: &[Source], scope: &Scope) -> Resolved<()> {
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
        if !widths.iter().all(Option::is_some) {
            return Ok(());
        }
        // The last part comes first, and SQLite names what joins it with the one before.
        let uneven = widths.windows(2).position(|pair| pair[0] != pair[1]);
        uneven.map_or(Ok(()), |at| {
            let operator = parse::normal(levels[at].0.joined_by.of(self.sql)).to_ascii_uppercase();
            Err(format!("SELECTs to the left and right of {operator} do not have the same number of result columns"))
        })
    }

    /// The columns that the part answers.
    pub(super) fn answers(&self, part: &Select, items: &[Item]) -> Columns {
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
    pub(super) fn items(&mut self, sources: &[Source], outer: Option<&Scope>) -> Resolved<Vec<Item>> {
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
    pub(super) fn named(&mut self, schema: Option<Word>, word: Word, called: bool) -> Resolved<Item> {
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
            self.found.tables.push(TableUse { span: word.span, table: key(&object) });
            if object.kind == ObjectKind::View {
                let columns = self.columns_of_view(&object)?;
                return Ok(Item { table: Some(key(&object)), ..Item::of(Some(text), columns) });
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
            table: Some(key(object)),
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

fn is_integer(expression: &Expression, sql: &str) -> bool {
    let text = expression.span.of(sql);
    expression.parts.is_empty() && text.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
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

/// `1st`, `2nd`, as SQLite counts.
pub(crate) fn ordinal(number: usize) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
