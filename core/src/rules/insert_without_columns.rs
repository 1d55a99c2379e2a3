//! # An INSERT that names no columns
//!
//! It fits the table by counting. When the table gains a column, such an INSERT in a trigger fails, and
//! with it every write that fires the trigger; and a file that runs again fails. Where the count is wrong
//! already, SQLite refuses the statement.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT, at TEXT);
//! INSERT INTO log VALUES (1, 'started');
//! CREATE TRIGGER logged AFTER INSERT ON users BEGIN INSERT INTO log VALUES (NULL, new.name, 'now'); END;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE TABLE log (id INTEGER PRIMARY KEY, note TEXT, at TEXT);
//! INSERT INTO log (id, note) VALUES (1, 'started');
//! CREATE TRIGGER logged AFTER INSERT ON users BEGIN INSERT INTO log (note, at) VALUES (new.name, 'now'); END;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `table log has 3 columns but 2 values were supplied`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "insert-without-columns", level: Level::Warning, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    match &statement.body {
        Body::CreateTrigger(trigger) => {
            let steps = trigger.body.iter().filter_map(|step| match step {
                TriggerStep::Data(data) => Some(&**data),
                TriggerStep::Query(_) => None,
            });
            let changed =
                cx.after.find_trigger(&trigger.name).is_some() && cx.before.find_trigger(&trigger.name).is_none();
            steps.filter(|data| changed && is_positional(data)).for_each(|data| in_trigger(cx, trigger, data, out));
        }
        Body::Data(data) if is_positional(data) => alone(cx, data, out),
        _ => {}
    }
}

fn is_positional(data: &Data) -> bool {
    matches!(data.kind, DataKind::Insert | DataKind::Replace) && data.columns.is_empty() && data.rows.is_some()
}

fn in_trigger(cx: &Context, trigger: &CreateTrigger, data: &Data, out: &mut Findings) {
    let Some(table) = cx.after.find(&data.table).filter(|table| table.knows_columns()) else { return };
    let (into, on) = (&data.table.name, &trigger.table.text);
    out.report(into.span, format!("trigger `{}` fills `{}` without naming columns", trigger.name.name.text, into.text))
        .reason(format!("when `{}` gains a column, every write to `{on}` that fires the trigger fails", into.text))
        .help("name the columns")
        .fix(Safety::Unsafe, Vec::from([named(table, data)]));
}

fn alone(cx: &Context, data: &Data, out: &mut Findings) {
    let into = &data.table.name;
    if let Some(fault) = data_fault(cx.before, &cx.file.text, data).filter(|fault| fault.kind == FaultKind::Columns)
        && let Some(error) = fault.error
    {
        out.report(into.span, format!("the values do not fit the columns of `{}`", into.text))
            .level(Level::Error)
            .reason("an INSERT that names no columns must have a value for each, generated ones left out")
            .help("name the columns")
            .sqlite(error);
        return;
    }
    let is_seed = data.rows.as_ref().is_some_and(|rows| rows.parts.iter().all(|part| part.from.is_empty()));
    let Some(table) = cx.before.find(&data.table).filter(|table| table.knows_columns()) else { return };
    if !cx.runs_again() || !is_seed || cx.is_new(&into.text) {
        return;
    }
    out.report(into.span, format!("the INSERT into `{}` names no columns", into.text))
        .level(Level::Note)
        .reason(format!("nothing records that the file has run; when `{}` has gained a column it fails", into.text))
        .help("name the columns")
        .fix(Safety::Safe, Vec::from([named(table, data)]));
}

/// The columns that the statement fills, by name.
fn named(table: &Object, data: &Data) -> Edit {
    let open = table.columns().iter().filter(|column| column.generated().is_none());
    let names: Vec<String> = open.map(|column| name::plain(&column.name.text)).collect();
    let end = data.alias.as_ref().map_or(data.table.name.span.end, |alias| alias.span.end);
    Edit { span: Span::new(end, end), text: whole!(" ({})", names.join(", ")) }
}
