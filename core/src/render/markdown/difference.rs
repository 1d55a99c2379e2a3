//! An object before and after, line by line, with what differs alone.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::runbook::Changed;
use super::sql::Sql;
use crate::schema::Object;

/// A line as it is compared, and as it is shown.
struct Line {
    compared: String,
    shown: String,
}

/// The lines of a diff: what goes behind `-`, what comes behind `+`, and between them the lines that hold both.
pub(super) fn lines(changed: &Changed, sql: &Sql) -> Vec<String> {
    let of = |object: Option<&Object>| object.map(|object| parts(object, sql)).unwrap_or_default();
    let (before, after) = (of(changed.before), of(changed.after));
    let pairs = pairs(&before, &after);
    let mut out = Vec::new();
    let (mut old, mut new) = (0, 0);
    for (in_old, in_new) in pairs.into_iter().chain([(before.len(), after.len())]) {
        out.extend(before[old..in_old].iter().map(|line| format!("-{}", line.shown)));
        out.extend(after[new..in_new].iter().map(|line| format!("+{}", line.shown)));
        if let Some(line) = after.get(in_new) {
            // The first and the last line hold what differs; of the others the reader need not be told.
            let is_frame = in_new == 0 || in_new + 1 == after.len();
            if is_frame {
                out.push(format!(" {}", line.shown));
            } else if out.last().is_none_or(|last| last != " …") {
                out.push(String::from(" …"));
            }
        }
        (old, new) = (in_old + 1, in_new + 1);
    }
    out
}

/// The object's text: a table's columns and constraints in a line each, and of others each own line.
fn parts(object: &Object, sql: &Sql) -> Vec<Line> {
    let line = |text: &str, before: &str, behind: &str| {
        let compared = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Line { compared, shown: format!("{before}{}{behind}", sql.line(text)) }
    };
    let Some(table) = object.as_table().filter(|table| !table.definition.columns.is_empty()) else {
        return sql.lines(&object.sql).into_iter().map(|(compared, shown)| Line { compared, shown }).collect();
    };
    let body = table.definition.body;
    let text = &object.sql;
    let mut lines = Vec::from([line(&text[..body.start as usize], "", " (")]);
    let columns = table.definition.columns.iter().map(|column| column.span);
    let constraints = table.definition.constraints.iter().map(|constraint| constraint.span);
    lines.extend(columns.chain(constraints).map(|span| line(span.of(text), "  ", ",")));
    lines.push(line(&text[body.end as usize..], ") ", ""));
    if let Some(last) = lines.last_mut() {
        last.shown.truncate(last.shown.trim_end().len());
    }
    lines
}

/// The lines that both have, in the order of both: those at the beginning, those at the end, and between them as
/// many as one look at each finds.
fn pairs(before: &[Line], after: &[Line]) -> Vec<(usize, usize)> {
    let is_same = |(old, new): &(&Line, &Line)| old.compared == new.compared;
    let head = before.iter().zip(after).take_while(is_same).count();
    let rest = before.len().min(after.len()) - head;
    let tail = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(is_same).count();
    let (old_end, new_end) = (before.len() - tail, after.len() - tail);
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, line) in after.iter().enumerate().take(new_end).skip(head).rev() {
        places.entry(&line.compared).or_default().push(at);
    }
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    let mut next = head;
    for (at, line) in before.iter().enumerate().take(old_end).skip(head) {
        let found = places.get_mut(&*line.compared).and_then(Vec::pop).filter(|found| *found >= next);
        if let Some(found) = found {
            pairs.push((at, found));
            next = found + 1;
        }
    }
    pairs.extend((0..tail).map(|at| (old_end + at, new_end + at)));
    pairs
}
