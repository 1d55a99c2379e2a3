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
use crate::parse::statement::{Body, Conflict, Data, DataKind, Name, ObjectKind, Query, ResultColumn, SourceKind};
use crate::schema::change::Change;
use crate::schema::{Object, Schema};
use crate::sqlite::name;
use crate::text::Span;

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
    /// The copies that lead from the old table into the new one, in their order.
    pub copies: Vec<Copy>,
    /// Where the old table is dropped; none where it stays under another name.
    pub dropped: Option<Drop>,
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

/// Follows what becomes of the tables of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    /// Which table bears the name, in the form in which names are compared.
    names: BTreeMap<String, usize>,
    all: Vec<Table>,
    /// From which table into which.
    copies: Vec<(usize, usize, Copy)>,
}

#[derive(Clone, Debug)]
struct Table {
    /// What it is called, or was at last.
    name: String,
    /// The table as it was before it went, if it was there before the file.
    old: Option<Rc<Object>>,
    /// Where the file makes it, and under which name.
    created: Option<(Span, String)>,
    dropped: Option<Drop>,
    renamed: Vec<Span>,
}

impl Tables {
    pub(super) fn follow(&mut self, done: &Done) {
        match &done.statement.body {
            Body::Data(data) if matches!(data.kind, DataKind::Insert | DataKind::Replace) => self.insert(done, data),
            Body::CreateTable(create) => {
                if let Some(query) = &create.query
                    && !done.changes.is_empty()
                {
                    let into = &create.name.name;
                    self.create(into);
                    self.copy(done, into, query, |copy| Copy { creates: true, ..copy });
                    return;
                }
            }
            _ => {}
        }
        for change in done.changes {
            match change {
                Change::Create { kind: ObjectKind::Table, name } => self.create(name),
                Change::Drop { kind: ObjectKind::Table, name } => self.drop(done, name),
                Change::RenameTable { table, to } if done.ran => self.rename(done, table, to),
                _ => {}
            }
        }
    }

    fn create(&mut self, name: &Name) {
        self.names.insert(name::fold(&name.text).into_owned(), self.all.len());
        self.all.push(Table {
            name: name.text.clone(),
            old: None,
            created: Some((name.span, name.text.clone())),
            dropped: None,
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
        self.all.push(Table { name, old, created: None, dropped: None, renamed: Vec::new() });
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
        let drop = Drop { span: name.span, transaction: done.transaction, foreign_keys: done.foreign_keys };
        if let Some(table) = self.seen(done, &name.text) {
            table.dropped = Some(drop);
        }
        self.names.remove(&*name::fold(&name.text));
    }

    fn rename(&mut self, done: &Done, from: &Name, to: &Name) {
        let Some(table) = self.seen(done, &from.text) else { return };
        table.renamed.push(to.span);
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
        let from: BTreeSet<String> = mentions.iter().map(|mention| mention.name.text(text).into_owned()).collect();
        let Some(to) = self.table(done, &into.text) else { return };
        let single = from.len() == 1;
        for from in from {
            let Some(source) = self.table(done, &from).filter(|source| *source != to) else { continue };
            let values = if single { values(query, text) } else { None };
            let copy = Copy {
                statement: done.statement.span,
                into: into.clone(),
                from,
                skips: None,
                partial: values.is_none() || is_partial(query),
                columns: None,
                values: values.unwrap_or_default(),
                creates: false,
            };
            self.copies.push((source, to, finish(copy)));
        }
    }

    /// Whether all rows of the table were copied into another.
    pub(super) fn is_copied(&self, table: &str) -> bool {
        let at = self.names.get(&*name::fold(table));
        at.is_some_and(|at| self.copies.iter().any(|(from, _, copy)| from == at && !copy.partial))
    }

    /// The tables that were rebuilt, where `end` is the schema now.
    pub(super) fn rebuilds(&self, end: &Schema) -> Vec<Rebuild> {
        (0..self.all.len()).filter_map(|at| self.rebuild(at, end)).collect()
    }

    fn rebuild(&self, at: usize, end: &Schema) -> Option<Rebuild> {
        let table = self.all.get(at)?;
        let before = table.old.clone()?;
        let now = *self.names.get(&*name::fold(&before.name))?;
        let new = self.all.get(now).filter(|_| now != at)?;
        let (created, first_name) = new.created.clone()?;
        let copies = self.path(at, now)?;
        Some(Rebuild {
            table: new.name.clone(),
            after: Rc::clone(end.get(&new.name)?),
            before,
            created,
            first_name,
            copies,
            dropped: table.dropped,
            moved_away: table.renamed.first().copied(),
            renamed: new.renamed.last().copied(),
        })
    }

    /// The copies that lead from one table into the other, by way of one more at most.
    fn path(&self, from: usize, to: usize) -> Option<Vec<Copy>> {
        let between = |one: usize, other: usize| {
            let copies = self.copies.iter().filter(move |(source, target, _)| *source == one && *target == other);
            copies.map(|(.., copy)| copy.clone())
        };
        let direct: Vec<Copy> = between(from, to).collect();
        if !direct.is_empty() {
            return Some(direct);
        }
        (0..self.all.len()).find_map(|via| {
            let mut first: Vec<Copy> = between(from, via).collect();
            let second: Vec<Copy> = between(via, to).collect();
            (!first.is_empty() && !second.is_empty()).then(|| {
                first.extend(second);
                first
            })
        })
    }
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

/// Whether the query keeps rows of its table back.
fn is_partial(query: &Query) -> bool {
    !query.limit.is_empty()
        || query.parts.iter().any(|part| part.filter.is_some() || !part.group_by.is_empty() || part.having.is_some())
}
