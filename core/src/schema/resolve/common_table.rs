//! Common tables: what `WITH` makes known, and which of it a name means.
//!
//! SQLite looks at a common table where it is read, in a copy. Of the copy `ALTER TABLE` knows no places,
//! and so it looks at each common table once more for itself. What it finds wrong then it keeps to itself,
//! but from there on it takes all names behind `FROM` for tables of the schema, and knows no columns.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::item::{Columns, Item};
use super::{Answer, DEEPEST, Resolved, Resolver, Scope, TableUse};
use crate::parse::statement::{
    CommonTable, Compound, Expression, ObjectKind, Part, Query, Select, Source, SourceKind, Word,
};
use crate::schema::{Key, key};
use crate::sqlite::name;
use crate::text::gathered;

/// The common tables of one `WITH`.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    tables: &'a [CommonTable],
    /// Where each of them is, by its name as names are compared.
    names: BTreeMap<String, usize>,
    /// Those of the queries around it.
    outer: Option<Rc<Self>>,
}

/// A common table that reads itself.
#[derive(Clone, Copy)]
pub(super) struct Recursion<'a> {
    pub(super) common: &'a CommonTable,
    /// How many of its last parts do.
    pub(super) parts: usize,
}

impl<'a> Resolver<'a> {
    /// Makes the common tables known, which are to be looked at for themselves later.
    pub(super) fn enter(&mut self, tables: &'a [CommonTable]) {
        if !tables.is_empty() {
            self.waiting.push(tables);
            self.frame = Some(self.within(tables));
        }
    }

    fn within(&self, tables: &'a [CommonTable]) -> Rc<Frame<'a>> {
        let names = gathered(tables.iter().enumerate().map(|(at, common)| (common.name.folded(self.sql), at)));
        Rc::new(Frame { tables, names, outer: self.frame.clone() })
    }

    /// The common table of that name, read here.
    pub(super) fn common(&mut self, text: &str, outer: Option<&Scope>) -> Option<Resolved<Item>> {
        let folded = name::fold(text);
        let mut frame = self.frame.as_ref();
        while let Some(at) = frame {
            if let Some(common) = at.names.get(&*folded).and_then(|place| at.tables.get(*place)) {
                let frame = Rc::clone(at);
                let columns = self.columns_of_common(frame, common, outer);
                return Some(columns.map(|columns| Item::of(Some(String::from(text)), columns)));
            }
            frame = at.outer.as_ref();
        }
        None
    }

    fn columns_of_common(
        &mut self,
        frame: Rc<Frame<'a>>,
        common: &'a CommonTable,
        outer: Option<&Scope>,
    ) -> Resolved<Columns> {
        let place = common.name.span.start;
        if let Some(Some(known)) = self.commons.get(&place) {
            return known.clone();
        }
        if self.depth >= DEEPEST {
            return Ok(Columns::Unknown);
        }
        // On the stack it is as long a way as through two queries.
        self.depth += 1;
        self.forbid(common, "circular reference");
        let around = self.frame.replace(frame);
        let columns = self.quietly(|resolver| resolver.read_common(common, outer));
        self.frame = around;
        self.depth -= 1;
        // What makes no sense matters to those that read it alone.
        self.commons.insert(place, columns.as_ref().ok().cloned().map(Ok));
        columns
    }

    /// What SQLite says from now on where the common table is read.
    pub(super) fn forbid(&mut self, common: &CommonTable, what: &str) {
        let error = format!("{what}: {}", common.name.text(self.sql));
        self.commons.insert(common.name.span.start, Some(Err(error)));
    }

    fn read_common(&mut self, common: &'a CommonTable, outer: Option<&Scope>) -> Resolved<Columns> {
        let recursion = self.recursion(common)?;
        let found = self.query_from(&common.query, outer, recursion)?;
        self.called(common, found)
    }

    /// The columns under the names that the common table gives them.
    pub(super) fn called(&self, common: &CommonTable, found: Columns) -> Resolved<Columns> {
        if common.columns.is_empty() {
            return Ok(found);
        }
        if let Columns::List(found) = &found
            && found.len() != common.columns.len()
        {
            let (name, named) = (common.name.text(self.sql), common.columns.len());
            return Err(format!("table {name} has {} values for {named} columns", found.len()));
        }
        let names = common.columns.iter().map(|column| Answer::named(&column.text(self.sql)));
        Ok(found.under(names.collect()))
    }

    /// The parts of the common table that read itself: the last ones, joined by the same `UNION`.
    fn recursion(&self, common: &'a CommonTable) -> Resolved<Option<Recursion<'a>>> {
        let joined = common.query.parts.last().and_then(|last| last.compound);
        if !matches!(joined, Some(Compound::Union | Compound::UnionAll)) {
            return Ok(None);
        }
        let mut parts = 0;
        for part in common.query.parts.iter().rev().take_while(|part| part.compound == joined) {
            match self.mentions(part, common.name) {
                0 => break,
                1 => parts += 1,
                _ => {
                    let name = common.name.text(self.sql);
                    return Err(format!("multiple references to recursive table: {name}"));
                }
            }
        }
        Ok((parts > 0).then_some(Recursion { common, parts }))
    }

    /// How often a part reads the common table of which it is a part.
    fn mentions(&self, part: &Select, common: Word) -> usize {
        let named = common.text(self.sql);
        let (first, rest) = flattened(&part.from);
        first.iter().chain(rest).filter(|source| self.is_own(source, &named)).count()
    }

    /// Whether the source is the common table of that name, from within.
    pub(super) fn is_own(&self, source: &Source, common: &str) -> bool {
        matches!(&source.kind, SourceKind::Table { schema: None, name, .. } if name.is(self.sql, common))
    }

    /// Looks at all common tables for themselves, in the order in which SQLite does.
    pub(super) fn common_tables(&mut self) {
        let mut failed = false;
        let mut open: Vec<(Rc<Frame<'a>>, usize)> = Vec::new();
        self.frame = None;
        self.begin(&mut open);
        while let Some((frame, at)) = open.pop() {
            let Some(common) = frame.tables.get(at) else { continue };
            open.push((Rc::clone(&frame), at + 1));
            self.frame = Some(frame);
            if failed {
                self.locate(&common.query);
            } else {
                failed = self.look_at(common).is_err();
            }
            self.begin(&mut open);
        }
    }

    /// Looks at a common table for itself. SQLite finds the tables everywhere in it before it looks for columns.
    fn look_at(&mut self, common: &'a CommonTable) -> Resolved<()> {
        let seen = (self.found.columns.len(), self.found.tables.len());
        let around = self.waiting.len();
        let Err(error) = self.query(&common.query, None) else { return Ok(()) };
        self.found.tables.truncate(seen.1);
        self.waiting.truncate(around);
        if !self.expand(&common.query) {
            self.found.columns.truncate(seen.0);
        }
        Err(error)
    }

    /// Finds the tables of a query and of all queries in it; whether none is missing.
    fn expand(&mut self, query: &'a Query) -> bool {
        if self.depth >= DEEPEST {
            return true;
        }
        self.depth += 1;
        let around = self.frame.clone();
        self.enter(&query.with);
        let all = query.parts.iter().rev().all(|part| self.expand_part(part))
            && query.order_by.iter().chain(&query.limit).all(|term| self.expand_within(term));
        self.frame = around;
        self.depth -= 1;
        all
    }

    fn expand_part(&mut self, part: &'a Select) -> bool {
        self.expand_sources(&part.from) && part.expressions().all(|expression| self.expand_within(expression))
    }

    fn expand_within(&mut self, expression: &'a Expression) -> bool {
        expression.parts.iter().all(|part| match part {
            Part::Query(query) => self.expand(query),
            _ => true,
        })
    }

    fn expand_sources(&mut self, sources: &'a [Source]) -> bool {
        let (first, rest) = flattened(sources);
        let known = first.iter().chain(rest).all(|source| match &source.kind {
            SourceKind::Table { arguments: Some(_), .. } => true,
            SourceKind::Table { schema, name, .. } => self.named(*schema, *name, None).is_ok(),
            SourceKind::Query(query) => self.expand(query),
            SourceKind::Nested(_) if self.depth >= DEEPEST => true,
            SourceKind::Nested(nested) => {
                self.depth += 1;
                let known = self.expand_sources(nested);
                self.depth -= 1;
                known
            }
        });
        known && first.iter().chain(rest).flat_map(|source| &source.on).all(|on| self.expand_within(on))
    }

    /// Opens what was found waiting: it sees the common tables among which it was found, and no others.
    fn begin(&mut self, open: &mut Vec<(Rc<Frame<'a>>, usize)>) {
        for tables in core::mem::take(&mut self.waiting).into_iter().rev() {
            open.push((self.within(tables), 0));
        }
    }

    /// What a query reads to SQLite when something was wrong before: tables of the schema, up to the first
    /// thing that is none.
    fn locate(&mut self, query: &'a Query) {
        if !query.with.is_empty() {
            self.waiting.push(&query.with);
        }
        if let Some(part) = query.parts.last() {
            self.locate_sources(&part.from);
        }
    }

    fn locate_sources(&mut self, sources: &'a [Source]) {
        let (first, rest) = flattened(sources);
        for source in first.iter().chain(rest) {
            match &source.kind {
                SourceKind::Table { schema, name, .. } => {
                    let Some(table) = self.found_by(*schema, *name) else { return };
                    self.found.tables.push(TableUse { span: name.span, table });
                }
                _ if self.depth >= DEEPEST => return,
                SourceKind::Query(query) => {
                    self.depth += 1;
                    self.locate(query);
                    self.depth -= 1;
                    return;
                }
                SourceKind::Nested(nested) => {
                    self.depth += 1;
                    self.locate_sources(nested);
                    self.depth -= 1;
                    return;
                }
            }
        }
    }

    fn found_by(&self, schema: Option<Word>, name: Word) -> Option<Key> {
        let found = self.lookup(schema, &name.text(self.sql))?;
        (found.kind != ObjectKind::Index).then(|| key(found))
    }
}

/// The sources of a query. A join in parentheses that comes first is no subquery, and so it is apart.
pub(super) fn flattened(sources: &[Source]) -> (&[Source], &[Source]) {
    match sources {
        [Source { kind: SourceKind::Nested(first), alias: None, on: None, using, .. }, rest @ ..]
            if using.is_empty() =>
        {
            (first, rest)
        }
        _ => (&[], sources),
    }
}

/// How many items the sources become.
pub(super) fn sources_in(sources: &[Source]) -> usize {
    let (first, rest) = flattened(sources);
    let inner = if first.is_empty() { 0 } else { sources_in(first) };
    inner + rest.len()
}
