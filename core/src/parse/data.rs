//! `INSERT`, `REPLACE`, `UPDATE` and `DELETE`, alone and in the body of a trigger.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::cursor::{Cursor, Read};
use super::expression::{self, Expression, Word};
use super::query::{self, CommonTable, Mention, Query, ResultColumn, Source, tables_of};
use super::statement::{Conflict, DataKind, Name, ObjectName};
use crate::sqlite::version;
use crate::text::Span;

/// `INSERT`, `REPLACE`, `UPDATE` or `DELETE`.
#[derive(Clone, Debug)]
pub struct Data {
    /// The common tables of its `WITH`.
    pub with: Vec<CommonTable>,
    /// What it does.
    pub kind: DataKind,
    /// What `OR` says.
    pub conflict: Option<Conflict>,
    /// The table whose rows change.
    pub table: ObjectName,
    /// What the table is called in it.
    pub alias: Option<Name>,
    /// The columns that an `INSERT` names.
    pub columns: Vec<Word>,
    /// The rows of an `INSERT`; none for `DEFAULT VALUES`.
    pub rows: Option<Box<Query>>,
    /// The clauses `ON CONFLICT` of an `INSERT`.
    pub upserts: Vec<Upsert>,
    /// What an `UPDATE` sets.
    pub sets: Vec<Assignment>,
    /// What an `UPDATE` reads beside its table.
    pub from: Vec<Source>,
    /// The condition of an `UPDATE` or a `DELETE`.
    pub filter: Option<Expression>,
    /// What `RETURNING` answers.
    pub returning: Vec<ResultColumn>,
    /// Where an `UPDATE` or a `DELETE` has an `ORDER BY` or a `LIMIT`, which only a SQLite compiled for it
    /// takes: the first word of them.
    pub limited: Option<Span>,
    /// The terms of `ORDER BY`.
    pub order_by: Vec<Expression>,
    /// The numbers of `LIMIT`.
    pub limit: Vec<Expression>,
}

/// `ON CONFLICT (…) DO …`.
#[derive(Clone, Debug, Default)]
pub struct Upsert {
    /// The terms that must be unique; none for any conflict.
    pub target: Vec<Expression>,
    /// The condition of a partial index.
    pub target_filter: Option<Expression>,
    /// What `DO UPDATE` sets; none for `DO NOTHING`.
    pub sets: Vec<Assignment>,
    /// The condition of `DO UPDATE`.
    pub filter: Option<Expression>,
}

/// `column = …`, or `(column, …) = …`.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The columns that are set.
    pub columns: Vec<Word>,
    /// What they are set to.
    pub value: Expression,
}

/// Where a data statement stands: in a trigger SQLite takes fewer clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// By itself.
    Alone,
    /// In the body of a trigger.
    Trigger,
}

/// What may stand behind `OR`.
const ON_CONFLICT: [Conflict; 5] =
    [Conflict::Rollback, Conflict::Abort, Conflict::Fail, Conflict::Ignore, Conflict::Replace];

/// A data statement behind its `WITH`.
pub(super) fn data(cursor: &mut Cursor, with: Vec<CommonTable>, place: Place) -> Read<Data> {
    let kind = match cursor.bump() {
        Some(token) if token.is(cursor.text, "UPDATE") => DataKind::Update,
        Some(token) if token.is(cursor.text, "DELETE") => DataKind::Delete,
        Some(token) if token.is(cursor.text, "REPLACE") => DataKind::Replace,
        _ => DataKind::Insert,
    };
    let mut conflict = None;
    let kind = match kind {
        DataKind::Insert | DataKind::Update if cursor.word("OR").is_some() => {
            conflict = ON_CONFLICT.into_iter().find(|known| cursor.word(known.as_str()).is_some());
            match (conflict, kind) {
                (None, _) => return cursor.stop("ROLLBACK, ABORT, FAIL, IGNORE or REPLACE"),
                (Some(Conflict::Replace), DataKind::Insert) => DataKind::Replace,
                _ => kind,
            }
        }
        kind => kind,
    };
    match kind {
        DataKind::Delete => drop(cursor.need_word("FROM")?),
        DataKind::Insert | DataKind::Replace => drop(cursor.need_word("INTO")?),
        DataKind::Update => {}
    }
    let table = cursor.object_name()?;
    query::known_name(cursor, Word { span: table.name.span });
    let alias = if let Some(word) = cursor.word("AS") {
        let feature = match place {
            Place::Alone => version::TARGET_ALIAS,
            Place::Trigger => version::TARGET_ALIAS_IN_TRIGGER,
        };
        cursor.uses(feature, word);
        Some(cursor.name()?)
    } else {
        None
    };
    let mut found = Data {
        with,
        kind,
        conflict,
        table,
        alias,
        columns: Vec::new(),
        rows: None,
        upserts: Vec::new(),
        sets: Vec::new(),
        from: Vec::new(),
        filter: None,
        returning: Vec::new(),
        limited: None,
        order_by: Vec::new(),
        limit: Vec::new(),
    };
    match kind {
        DataKind::Insert | DataKind::Replace => insert(cursor, &mut found, place)?,
        DataKind::Update | DataKind::Delete => change(cursor, &mut found)?,
    }
    if place == Place::Trigger {
        return Ok(found);
    }
    if let Some(word) = cursor.word("RETURNING") {
        cursor.uses(version::RETURNING, word);
        query::result_columns(cursor, &mut found.returning)?;
    }
    if matches!(kind, DataKind::Update | DataKind::Delete) {
        let here = cursor.here();
        found.order_by = query::order_by(cursor)?;
        found.limit = query::limit(cursor)?;
        found.limited = (!found.order_by.is_empty() || !found.limit.is_empty()).then_some(here);
    }
    Ok(found)
}

fn insert(cursor: &mut Cursor, found: &mut Data, place: Place) -> Read<()> {
    if cursor.next_is_symbol("(") {
        found.columns = cursor.list(query::word)?;
    }
    if place == Place::Alone && cursor.words(&["DEFAULT", "VALUES"]).is_some() {
        return Ok(());
    }
    if !query::begins(cursor) {
        return cursor.stop("VALUES, SELECT or DEFAULT VALUES");
    }
    found.rows = Some(Box::new(query::rows(cursor)?));
    while let Some(word) = cursor.words(&["ON", "CONFLICT"]) {
        cursor.uses(version::UPSERT, word);
        if !found.upserts.is_empty() {
            cursor.uses(version::UPSERT_CLAUSES, word);
        }
        let upsert = upsert(cursor)?;
        if upsert.target.is_empty() && !upsert.sets.is_empty() {
            cursor.uses(version::UPSERT_ANY_TARGET, word);
        }
        found.upserts.push(upsert);
        cursor.need_few(&found.upserts)?;
    }
    Ok(())
}

fn upsert(cursor: &mut Cursor) -> Read<Upsert> {
    let mut found = Upsert::default();
    if cursor.next_is_symbol("(") {
        found.target = cursor.list(query::ordered)?;
        found.target_filter = filter(cursor)?;
    }
    cursor.need_word("DO")?;
    if cursor.word("NOTHING").is_some() {
        return Ok(found);
    }
    cursor.need_word("UPDATE")?;
    cursor.need_word("SET")?;
    found.sets = cursor.several(assignment)?;
    found.filter = filter(cursor)?;
    Ok(found)
}

fn filter(cursor: &mut Cursor) -> Read<Option<Expression>> {
    if cursor.word("WHERE").is_some() { expression::expression(cursor).map(Some) } else { Ok(None) }
}

fn assignment(cursor: &mut Cursor) -> Read<Assignment> {
    let columns = if cursor.next_is_symbol("(") {
        cursor.uses(version::ROW_VALUE, cursor.here());
        cursor.list(query::word)?
    } else {
        Vec::from([query::word(cursor)?])
    };
    if cursor.symbol("=").is_none() && cursor.symbol("==").is_none() {
        return cursor.stop("=");
    }
    Ok(Assignment { columns, value: expression::expression(cursor)? })
}

/// The rest of an `UPDATE` or a `DELETE`.
fn change(cursor: &mut Cursor, found: &mut Data) -> Read<()> {
    query::indexed_by(cursor)?;
    if found.kind == DataKind::Update {
        cursor.need_word("SET")?;
        found.sets = cursor.several(assignment)?;
        if let Some(word) = cursor.word("FROM") {
            cursor.uses(version::UPDATE_FROM, word);
            found.from = query::sources(cursor)?;
        }
    }
    found.filter = filter(cursor)?;
    Ok(())
}

impl Data {
    /// Every table that the statement reads, in it and in its subqueries; the one that it changes is
    /// not among them unless it is read as well.
    pub fn tables<'me>(&'me self, sql: &'me str, found: &mut Vec<Mention>) {
        for common in &self.with {
            common.query.tables(sql, found);
        }
        if let Some(rows) = &self.rows {
            rows.tables(sql, found);
        }
        tables_of(&self.from, sql, found);
        self.expressions().for_each(|expression| expression.tables(sql, found));
    }

    /// The expressions of the statement itself.
    pub(super) fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let upserts = self.upserts.iter().flat_map(|upsert| {
            let sets = upsert.sets.iter().map(|set| &set.value);
            upsert.target.iter().chain(&upsert.target_filter).chain(sets).chain(&upsert.filter)
        });
        let returning = self.returning.iter().filter_map(|column| match column {
            ResultColumn::Expression(expression, _) => Some(expression),
            _ => None,
        });
        let sets = self.sets.iter().map(|set| &set.value);
        upserts.chain(sets).chain(&self.filter).chain(returning).chain(&self.order_by).chain(&self.limit)
    }
}
