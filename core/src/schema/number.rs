//! Who knows the rows of a table by their number: what a view or a trigger compares with a rowid, or keeps of it.

use alloc::rc::Rc;
use alloc::string::String;

use super::resolve::{ColumnUse, DoubleQuotes, Place, resolve};
use super::{Key, Object, Schema, key};
use crate::parse::statement::{Body, TriggerStep};
use crate::parse::token::{Token, tokens};
use crate::text::Span;

/// The table whose rows know those of `table` by number, as the view or trigger shows: it compares a column
/// with the rowid, or puts the rowid of the row that fires it into that table.
pub fn knows_numbers(schema: &Schema, object: &Rc<Object>, table: &Object) -> Option<String> {
    let table = key(table);
    let mut uses = resolve(schema, object, DoubleQuotes::Strings).columns;
    uses.sort_by_key(|found| found.span);
    let is_number = |found: &ColumnUse| found.table == table && found.column == Place::Rowid;
    let compared = uses.iter().zip(uses.iter().skip(1)).find_map(|(one, other)| {
        let (is_one, is_other) = (is_number(one), is_number(other));
        let partner = if is_one { other } else { one };
        let counts = is_one != is_other && partner.table != table;
        (counts && is_comparison(&object.sql, one, other)).then_some(&partner.table)
    });
    let kept =
        || uses.iter().filter(|found| found.row && is_number(found)).find_map(|found| target(schema, object, found));
    compared.cloned().or_else(|| kept().filter(|kept| *kept != table)).map(|other| name_of(schema, &other))
}

fn name_of(schema: &Schema, key: &Key) -> String {
    schema.by_key(key).map_or_else(|| String::from(&*key.name), |object| object.name.clone())
}

/// Whether between both stands nothing but `=`, or `IN (SELECT`, and the qualifier of the second.
fn is_comparison(sql: &str, one: &ColumnUse, other: &ColumnUse) -> bool {
    let between = Span::new(one.span.end, other.span.start);
    let text = between.of(sql);
    let found = tokens(text);
    let is_query = |at: usize| found.get(at..at + 3).is_some_and(|three| begins_query(text, three));
    let behind = match found.first() {
        Some(sign) if sign.is_symbol(text, "=") || sign.is_symbol(text, "==") || sign.is(text, "IS") => 1,
        Some(_) if is_query(0) => 3,
        _ => return false,
    };
    match &found[behind..] {
        [] => true,
        [_, dot] => dot.is_symbol(text, "."),
        _ => false,
    }
}

fn begins_query(text: &str, three: &[Token]) -> bool {
    matches!(three, [word, parenthesis, select]
        if word.is(text, "IN") && parenthesis.is_symbol(text, "(") && select.is(text, "SELECT"))
}

/// The table into which the step of the trigger puts the number that stands there, or whose rows it finds by it.
fn target(schema: &Schema, trigger: &Object, found: &ColumnUse) -> Option<Key> {
    let Body::CreateTrigger(create) = &trigger.statement().body else { return None };
    let start = |step: &TriggerStep| match step {
        TriggerStep::Query(query) => query.span.start,
        TriggerStep::Data(data) => data.table.name.span.start,
    };
    match create.body.iter().rev().find(|step| start(step) < found.span.start)? {
        TriggerStep::Data(data) => {
            let before = Span::new(data.table.name.span.start, found.span.end).of(&trigger.sql);
            let ties = data.rows.is_some() || is_compared(before);
            ties.then(|| schema.key_of(&data.table.name.text, false))?
        }
        TriggerStep::Query(_) => None,
    }
}

/// Whether the text ends in `= NEW.rowid`.
fn is_compared(text: &str) -> bool {
    let found = tokens(text);
    let sign = found.len().checked_sub(4).and_then(|at| found.get(at));
    sign.is_some_and(|sign| sign.is_symbol(text, "=") || sign.is_symbol(text, "=="))
}
