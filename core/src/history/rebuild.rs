//! Tables that a file rebuilds: their rows are copied into a new table that takes their place.
//!
//! SQLite changes most of a table by no `ALTER TABLE`. Every tool then makes a new table, copies the rows,
//! drops the old one and renames, in its own order and with its own names. What they have in common is
//! followed here: which table a name stands for, and from which into which rows are copied.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Done, InTransaction};
use crate::parse::folded;
use crate::parse::statement::{
    Body, ColumnDefinition, Conflict, Data, DataKind, Name, ObjectKind, Query, ResultColumn, SourceKind,
};
use crate::parse::token::{self, TokenKind};
use crate::schema::change::Change;
use crate::schema::fingerprint::{TableLines, table_lines};
use crate::schema::refer::{foreign_keys, rowid_alias};
use crate::schema::{Object, Schema};
use crate::sqlite::name;
use crate::text::{Span, gathered};

/// A table that a file rebuilds.
#[derive(Clone, Debug)]
pub struct Rebuild {
    /// The table, as it is called after the file.
    pub table: String,
    /// The table before the file, or as the file's `ALTER TABLE`s left it.
    pub before: Rc<Object>,
    /// The table after the file.
    pub after: Rc<Object>,
    /// The name in the `CREATE TABLE` that makes the new one.
    pub created: Span,
    /// The name that the new table had at first.
    pub first_name: String,
    /// The name that the old table had at last.
    pub old_name: String,
    /// Whether the `CREATE TABLE` says `IF NOT EXISTS`.
    pub guarded: bool,
    /// In whose transaction the `CREATE TABLE` runs.
    pub transaction: InTransaction,
    /// Where the file makes the tables that bore the name in between, of which each was copied into the
    /// next: it rebuilds the table once more for each.
    pub between: Vec<Span>,
    /// The copies that lead from the old table into the new one, in their order.
    pub copies: Vec<Copy>,
    /// The columns whose values a statement has put elsewhere, in the form in which names are compared.
    pub carried: BTreeSet<String>,
    /// Where the old table is dropped; none where it stays under another name.
    pub dropped: Option<Drop>,
    /// The tables that refer to the old one when it is dropped.
    pub children: Vec<Rc<Object>>,
    /// Where the old table is renamed out of the way, if it is.
    pub moved_away: Option<Span>,
    /// Where the new table gets its name by a `RENAME`, if it does.
    pub renamed: Option<Span>,
}

/// The end of an old table.
#[derive(Clone, Copy, Debug)]
pub struct Drop {
    /// The name in the `DROP TABLE`.
    pub span: Span,
    /// Whether it runs in a transaction.
    pub transaction: InTransaction,
    /// Whether foreign keys are on.
    pub foreign_keys: bool,
    /// Whether `PRAGMA defer_foreign_keys` holds.
    pub deferred: bool,
}

/// A statement that copies rows from one table into another.
#[derive(Clone, Debug)]
pub struct Copy {
    /// The statement.
    pub statement: Span,
    /// The table that gets the rows, as it is called there.
    pub into: Name,
    /// The table that has the rows, as it is called there.
    pub from: String,
    /// `REPLACE`, or what `OR` says, if that drops rows which break a constraint.
    pub skips: Option<Conflict>,
    /// Whether a condition, a limit, a join or a group keeps rows back.
    pub partial: bool,
    /// The columns that it names; none where it names none.
    pub columns: Option<Vec<String>>,
    /// What it puts into them.
    pub values: Vec<Value>,
    /// Which column gets what, with each `*` written out; nothing where that is not known.
    pub pairs: Vec<(String, Value)>,
    /// Whether it is `CREATE TABLE … AS`.
    pub creates: bool,
}

/// What a copy puts into a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `*`: all columns of the table.
    All,
    /// A column of the table and nothing else.
    Column(String),
    /// Something that is computed.
    Expression(Span),
}

impl Rebuild {
    /// The column whose values the new table's column has; none where they are computed, or not known.
    pub fn origin(&self, column: &str) -> Option<String> {
        let (mut column, mut table) = (column.to_owned(), None);
        for copy in self.copies.iter().rev() {
            if table.is_some_and(|table: &String| !copy.into.is(table)) {
                continue;
            }
            match copy.pairs.iter().find(|(into, _)| name::same(into, &column)) {
                Some((_, Value::Column(from))) => from.clone_into(&mut column),
                _ => return None,
            }
            table = Some(&copy.from);
        }
        table.map(|_| column)
    }

    /// What the old table means and what the new one does, part by part; none where either is not known.
    /// Quotes around a name do not count, nor that a row's number is `NOT NULL`.
    pub fn lines(&self) -> Option<(TableLines, TableLines)> {
        let of = |table: &Object| {
            let create = table.as_table().filter(|_| table.knows_columns())?;
            let mut lines = table_lines(create, &table.sql);
            // A name in quotes is the same name.
            lines.columns.iter_mut().chain(&mut lines.constraints).for_each(|line| *line = folded(line));
            let alias = rowid_alias(create, &table.sql);
            for (column, line) in create.definition.columns.iter().zip(&mut lines.columns) {
                if alias.is_some_and(|alias| column.name.is(&alias.text)) {
                    *line = line.replacen(" not null", "", 1);
                }
            }
            Some(lines)
        };
        Some((of(&self.before)?, of(&self.after)?))
    }

    /// What the old table's column is called in the new one; none where that has it not, or where it is not
    /// known.
    pub fn moved(&self, column: &str) -> Option<&str> {
        let comes_from = |known: &&ColumnDefinition| {
            let origin = self.origin(&known.name.text);
            origin.is_some_and(|origin| name::same(&origin, column))
        };
        let columns = self.after.columns();
        let found = columns.iter().find(comes_from).or_else(|| self.after.column(column));
        found.map(|found| found.name.text.as_str())
    }
}

/// Follows what becomes of the tables of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    /// Which table bears the name, in the form in which names are compared.
    names: BTreeMap<String, usize>,
    all: Vec<Table>,
    /// From which table into which.
    copies: Vec<(usize, usize, Copy)>,
    /// The columns whose values a statement has put elsewhere, by their names in the form in which names
    /// are compared; and where.
    carried: BTreeMap<(usize, String), Span>,
}

#[derive(Clone, Debug)]
struct Table {
    /// What it is called, or was at last.
    name: String,
    /// The table as it was before it went, if it was there before the file.
    old: Option<Rc<Object>>,
    /// How the file makes it, if it does.
    created: Option<Creation>,
    dropped: Option<Drop>,
    /// The tables that refer to it then.
    children: Vec<Rc<Object>>,
    renamed: Vec<Name>,
}

impl Table {
    /// Whether it was called so at some time.
    fn bore(&self, name: &str) -> bool {
        let first = self.created.as_ref().is_some_and(|created| created.name.is(name));
        first || self.renamed.iter().any(|renamed| renamed.is(name))
    }
}

#[derive(Clone, Debug)]
struct Creation {
    name: Name,
    guarded: bool,
    transaction: InTransaction,
}

impl Tables {
    pub(super) fn follow(&mut self, done: &Done) {
        match &done.statement.body {
            Body::Data(data) if matches!(data.kind, DataKind::Insert | DataKind::Replace) => self.insert(done, data),
            Body::Data(data) if data.kind == DataKind::Update => self.update(done, data),
            Body::CreateTable(create) => {
                if let Some(query) = &create.query
                    && !done.changes.is_empty()
                {
                    let into = &create.name.name;
                    self.create(done, into);
                    self.copy(done, into, query, |copy| Copy { creates: true, ..copy });
                    return;
                }
            }
            _ => {}
        }
        for change in done.changes {
            match change {
                Change::Create { kind: ObjectKind::Table, name } => self.create(done, name),
                Change::Drop { kind: ObjectKind::Table, name } => self.drop(done, name),
                Change::RenameTable { table, to } if done.ran => self.rename(done, table, to),
                _ => {}
            }
        }
    }

    fn create(&mut self, done: &Done, name: &Name) {
        self.names.insert(name::fold(&name.text).into_owned(), self.all.len());
        let guarded = matches!(&done.statement.body, Body::CreateTable(create) if create.if_not_exists.is_some());
        self.all.push(Table {
            name: name.text.clone(),
            old: None,
            created: Some(Creation { name: name.clone(), guarded, transaction: done.transaction }),
            dropped: None,
            children: Vec::new(),
            renamed: Vec::new(),
        });
    }

    /// The table of that name, which may have been there before the file.
    fn table(&mut self, done: &Done, name: &str) -> Option<usize> {
        let folded = name::fold(name);
        if let Some(at) = self.names.get(&*folded) {
            return Some(*at);
        }
        let object = done.before.get(name).filter(|object| object.kind == ObjectKind::Table)?;
        self.names.insert(folded.into_owned(), self.all.len());
        let (name, old) = (object.name.clone(), Some(Rc::clone(object)));
        self.all.push(Table { name, old, created: None, dropped: None, children: Vec::new(), renamed: Vec::new() });
        Some(self.all.len() - 1)
    }

    /// What it looked like before a statement that moves or drops it.
    fn seen(&mut self, done: &Done, name: &str) -> Option<&mut Table> {
        let at = self.table(done, name)?;
        let table = self.all.get_mut(at)?;
        if table.old.is_some()
            && table.renamed.is_empty()
            && let Some(object) = done.before.get(name)
        {
            table.old = Some(Rc::clone(object));
        }
        Some(table)
    }

    fn drop(&mut self, done: &Done, name: &Name) {
        let drop = Drop {
            span: name.span,
            transaction: done.transaction,
            foreign_keys: done.foreign_keys,
            deferred: done.deferred,
        };
        let refers = |object: &&Rc<Object>| {
            let create = object.as_table().filter(|_| !name::same(&object.name, &name.text));
            create.is_some_and(|create| foreign_keys(create).any(|(_, key)| key.table.is(&name.text)))
        };
        let children = done.before.mentioning(&name.text).into_iter().filter(refers).cloned().collect();
        if let Some(table) = self.seen(done, &name.text) {
            table.dropped = Some(drop);
            table.children = children;
        }
        self.names.remove(&*name::fold(&name.text));
    }

    fn rename(&mut self, done: &Done, from: &Name, to: &Name) {
        let Some(table) = self.seen(done, &from.text) else { return };
        table.renamed.push(to.clone());
        to.text.clone_into(&mut table.name);
        if let Some(at) = self.names.remove(&*name::fold(&from.text)) {
            self.names.insert(name::fold(&to.text).into_owned(), at);
        }
    }

    fn insert(&mut self, done: &Done, data: &Data) {
        let Some(query) = &data.rows else { return };
        let skips = match data.kind {
            DataKind::Replace => Some(Conflict::Replace),
            _ if data.conflict == Some(Conflict::Ignore)
                || data.upserts.iter().any(|upsert| upsert.sets.is_empty()) =>
            {
                Some(Conflict::Ignore)
            }
            _ => None,
        };
        let text = done.text;
        let columns: Vec<String> = data.columns.iter().map(|column| column.text(text).into_owned()).collect();
        let columns = (!columns.is_empty()).then_some(columns);
        self.copy(done, &data.table.name, query, |copy| Copy { skips, columns: columns.clone(), ..copy });
    }

    /// Notes the copy from each table that the query reads.
    fn copy(&mut self, done: &Done, into: &Name, query: &Query, finish: impl Fn(Copy) -> Copy) {
        let text = done.text;
        let mut mentions = Vec::new();
        query.tables(text, &mut mentions);
        let from: BTreeSet<String> = gathered(mentions.iter().map(|mention| mention.name.text(text).into_owned()));
        let Some(to) = self.table(done, &into.text) else { return };
        let single = from.len() == 1;
        for from in from {
            let Some(source) = self.table(done, &from).filter(|source| *source != to) else { continue };
            let values = if single { values(query, text) } else { None };
            let partial = is_partial(query) || (values.is_none() && !keeps_rows(query, &from, text));
            let copy = Copy {
                statement: done.statement.span,
                into: into.clone(),
                from,
                skips: None,
                partial,
                columns: None,
                values: values.unwrap_or_default(),
                pairs: Vec::new(),
                creates: false,
            };
            let copy = finish(copy);
            let pairs = pairs(done, &copy, query);
            for value in &copy.values {
                match value {
                    Value::All => {}
                    Value::Column(column) => self.carry(source, name::fold(column).into_owned(), copy.statement),
                    Value::Expression(span) => {
                        words_in(*span, text).for_each(|word| self.carry(source, word, copy.statement));
                    }
                }
            }
            self.copies.push((source, to, Copy { pairs, ..copy }));
        }
    }

    /// Notes the columns of a table that give their values to others of it.
    fn update(&mut self, done: &Done, data: &Data) {
        let Some(table) = self.table(done, &data.table.name.text) else { return };
        for set in data.sets.iter().filter(|set| !set.value.parts.is_empty()) {
            let words = words_in(set.value.span, done.text);
            let words = words.filter(|word| !set.columns.iter().any(|column| column.is(done.text, word)));
            words.for_each(|word| self.carry(table, word, done.statement.span));
        }
    }

    fn carry(&mut self, table: usize, column: String, at: Span) {
        self.carried.entry((table, column)).or_insert(at);
    }

    /// The statement that has put values of the table's column elsewhere.
    pub(super) fn carried(&self, table: &str, column: &str) -> Option<Span> {
        let at = self.names.get(&*name::fold(table))?;
        self.carried.get(&(*at, name::fold(column).into_owned())).copied()
    }

    /// Whether all rows of the table were copied into another.
    pub(super) fn is_copied(&self, table: &str) -> bool {
        let at = self.names.get(&*name::fold(table));
        at.is_some_and(|at| self.copies.iter().any(|(from, _, copy)| from == at && !copy.partial))
    }

    /// The tables that were rebuilt, where `end` is the schema now.
    pub(super) fn rebuilds(&self, end: &Schema) -> Vec<Rebuild> {
        let mut ways = Ways::new();
        for (at, (from, into, _)) in self.copies.iter().enumerate() {
            ways.entry(*from).or_default().push((*into, at));
        }
        (0..self.all.len()).filter_map(|at| self.rebuild(at, end, &ways)).collect()
    }

    fn rebuild(&self, at: usize, end: &Schema, ways: &Ways) -> Option<Rebuild> {
        let table = self.all.get(at)?;
        let before = table.old.clone()?;
        let now = *self.names.get(&*name::fold(&before.name))?;
        let new = self.all.get(now).filter(|_| now != at)?;
        let created = new.created.clone()?;
        let path = path(ways, at, now)?;
        let steps = path.iter().zip(path.iter().skip(1));
        let copies = steps.flat_map(|(from, into)| {
            let own = ways.get(from).into_iter().flatten().filter(move |(target, _)| target == into);
            own.filter_map(|(_, copy)| self.copies.get(*copy)).map(|(.., copy)| copy.clone())
        });
        let carried = self.carried.range((at, String::new())..).take_while(|((table, _), _)| *table == at);
        let carried = carried.map(|((_, column), _)| column.clone());
        let inner = path.iter().skip(1).take(path.len().saturating_sub(2)).filter_map(|at| self.all.get(*at));
        let between = inner.filter(|table| table.bore(&before.name));
        Some(Rebuild {
            table: new.name.clone(),
            after: Rc::clone(end.get(&new.name)?),
            created: created.name.span,
            first_name: created.name.text,
            old_name: table.name.clone(),
            guarded: created.guarded,
            transaction: created.transaction,
            copies: copies.collect(),
            carried: carried.collect(),
            between: between.filter_map(|table| Some(table.created.as_ref()?.name.span)).collect(),
            dropped: table.dropped,
            children: table.children.clone(),
            moved_away: table.renamed.first().map(|renamed| renamed.span),
            renamed: new.renamed.last().map(|renamed| renamed.span),
            before,
        })
    }
}

/// Into which tables each table is copied, and by which copies.
type Ways = BTreeMap<usize, Vec<(usize, usize)>>;

/// As many tables as are looked at on the way from one into another.
const LONGEST: usize = 64;

/// The shortest way over copies that leads from one table into the other.
fn path(ways: &Ways, from: usize, to: usize) -> Option<Vec<usize>> {
    let mut seen = Vec::from([(from, from)]);
    let mut at = 0;
    while let Some((here, _)) = seen.get(at).copied().filter(|_| seen.len() < LONGEST) {
        for (next, _) in ways.get(&here).into_iter().flatten() {
            if *next == to {
                let mut path = Vec::from([to, here]);
                while let Some(last) = path.last().copied().filter(|last| *last != from) {
                    path.push(seen.iter().find(|(node, _)| *node == last)?.1);
                }
                path.reverse();
                return Some(path);
            }
            if !seen.iter().any(|(node, _)| node == next) {
                seen.push((*next, here));
            }
        }
        at += 1;
    }
    None
}

/// The columns that the query of one table gives to the table `into`, each with what it gets.
fn pairs(done: &Done, copy: &Copy, query: &Query) -> Vec<(String, Value)> {
    let names = |table: &Object, all: bool| -> Vec<String> {
        let columns = table.columns().iter().filter(|column| all || column.generated().is_none());
        columns.map(|column| column.name.text.clone()).collect()
    };
    let known = |name: &str| done.before.get(name).filter(|table| table.knows_columns());
    let mut given = Vec::new();
    for (value, column) in copy.values.iter().zip(query.parts.iter().flat_map(|part| &part.columns)) {
        let alias = match column {
            ResultColumn::Expression(_, Some(alias)) => Some(alias.text(done.text).into_owned()),
            _ => None,
        };
        match value {
            Value::All => {
                let Some(from) = known(&copy.from) else { return Vec::new() };
                given.extend(names(from, true).into_iter().map(|name| (name.clone(), Value::Column(name))));
            }
            Value::Column(name) => given.push((alias.unwrap_or_else(|| name.clone()), value.clone())),
            Value::Expression(_) => given.push((alias.unwrap_or_default(), value.clone())),
        }
    }
    let into = match &copy.columns {
        Some(columns) => columns.clone(),
        None if copy.creates => return given,
        None => known(&copy.into.text).map(|table| names(table, false)).unwrap_or_default(),
    };
    if into.len() != given.len() {
        return Vec::new();
    }
    into.into_iter().zip(given).map(|(into, (_, value))| (into, value)).collect()
}

/// What a query of one table without more answers; none where that is not so plain.
fn values(query: &Query, text: &str) -> Option<Vec<Value>> {
    let [part] = query.parts.as_slice() else { return None };
    let [source] = part.from.as_slice() else { return None };
    if !matches!(source.kind, SourceKind::Table { arguments: None, .. }) || !query.with.is_empty() {
        return None;
    }
    Some(
        part.columns
            .iter()
            .map(|column| match column {
                ResultColumn::All | ResultColumn::AllOf(_) => Value::All,
                ResultColumn::Expression(expression, _) => match expression.column() {
                    Some(column) => Value::Column(column.text(text).into_owned()),
                    None => Value::Expression(expression.span),
                },
            })
            .collect(),
    )
}

/// Whether the query joins to the table, which it names first, in such a way that each row of it comes out.
fn keeps_rows(query: &Query, table: &str, text: &str) -> bool {
    let ([part], true) = (query.parts.as_slice(), query.with.is_empty()) else { return false };
    let Some((first, joined)) = part.from.split_first() else { return false };
    let is_it = matches!(&first.kind, SourceKind::Table { name, arguments: None, .. } if name.is(text, table));
    is_it && joined.iter().all(|source| source.join.left)
}

/// The words of an expression that may name columns, in the form in which names are compared.
fn words_in(expression: Span, text: &str) -> impl Iterator<Item = String> {
    let text = expression.of(text);
    let names = token::each(text).filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Quoted));
    names.map(|token| name::fold(&token.unquoted(text)).into_owned())
}

/// Whether the query keeps rows of its table back.
fn is_partial(query: &Query) -> bool {
    !query.limit.is_empty()
        || query.parts.iter().any(|part| part.filter.is_some() || !part.group_by.is_empty() || part.having.is_some())
}
