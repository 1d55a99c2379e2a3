//! Statements that a second run of their file stops at, and that could have a guard.

use super::{Earlier, InTransaction};
use crate::parse::statement::{Body, Name, ObjectKind, Statement, Word};
use crate::text::Span;

/// A `CREATE` or a `DROP` without the guard that it could have.
#[derive(Clone, Debug)]
pub struct Unguarded {
    /// The keyword behind which the guard belongs.
    pub keyword: Span,
    /// The guard: `IF NOT EXISTS` or `IF EXISTS`.
    pub guard: &'static str,
    /// The name of what it makes or drops: where it stands, for it is as long as somebody likes.
    pub name: Word,
    /// The database that it names.
    pub schema: Option<Word>,
    /// In whose transaction it runs.
    pub transaction: InTransaction,
    /// Whether it drops what the file has made.
    pub made: bool,
}

/// What the statement lacks. Nothing where a second run comes by the same state as the first: what the
/// file drops it may create.
pub(super) fn unguarded(statement: &Statement, earlier: &Earlier, transaction: InTransaction) -> Option<Unguarded> {
    let dropped = |kind, name: &str| earlier.dropped(kind, name);
    let (keyword, guard, name) = match &statement.body {
        Body::CreateTable(it)
            if it.if_not_exists.is_none() && !it.temporary && !dropped(ObjectKind::Table, &it.name.name.text) =>
        {
            (it.keyword, "IF NOT EXISTS", &it.name)
        }
        Body::CreateVirtualTable(it)
            if it.if_not_exists.is_none() && !dropped(ObjectKind::Table, &it.name.name.text) =>
        {
            (it.keyword, "IF NOT EXISTS", &it.name)
        }
        Body::CreateView(it)
            if it.if_not_exists.is_none() && !it.temporary && !dropped(ObjectKind::View, &it.name.name.text) =>
        {
            (it.keyword, "IF NOT EXISTS", &it.name)
        }
        Body::CreateIndex(it)
            if it.if_not_exists.is_none()
                && !dropped(ObjectKind::Index, &it.name.name.text)
                && !dropped(ObjectKind::Table, &it.table.text) =>
        {
            (it.keyword, "IF NOT EXISTS", &it.name)
        }
        Body::CreateTrigger(it)
            if it.if_not_exists.is_none()
                && !it.temporary
                && !dropped(ObjectKind::Trigger, &it.name.name.text)
                && !dropped(ObjectKind::Table, &it.table.text) =>
        {
            (it.keyword, "IF NOT EXISTS", &it.name)
        }
        Body::Drop(it) if it.if_exists.is_none() => (it.keyword, "IF EXISTS", &it.name),
        _ => return None,
    };
    let kind = if let Body::Drop(it) = &statement.body { it.kind } else { ObjectKind::Table };
    let made = earlier.place(kind, &name.name.text).is_some_and(|place| place.made);
    let word = |name: &Name| Word { span: name.span };
    let schema = name.schema.as_ref().map(word);
    Some(Unguarded { keyword, guard, name: word(&name.name), schema, transaction, made })
}
