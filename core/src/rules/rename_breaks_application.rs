//! # A name that the running application still uses
//!
//! A rename takes effect at once, and the application that still runs asks for the old name: each of its
//! statements fails until the last old process is gone. A view by the old name serves its readers, and with
//! `INSTEAD OF` triggers its writers; a generated column by the old name serves readers.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_people.sql
//! ALTER TABLE users RENAME TO people;
//! ```
//!
//! ## Instead
//!
//! Keep the old name until nobody uses it, here for readers and for those who insert:
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! -- file: 0002_people.sql
//! ALTER TABLE users RENAME TO people;
//! CREATE VIEW users AS SELECT * FROM people;
//! CREATE TRIGGER users_insert INSTEAD OF INSERT ON users
//! BEGIN INSERT INTO people (id, name) VALUES (new.id, new.name); END;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT name FROM users`: `no such table: users`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rename-breaks-application", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let renamed = cx.earlier.renamed();
    let last = last_names(renamed);
    // What a table that has another name by now was called before the file.
    let mut first: BTreeMap<&str, &Name> = BTreeMap::new();
    for (rename, now) in renamed.iter().zip(last) {
        let known = first.get(&*rename.table.text).copied();
        let before = known.unwrap_or(&rename.table);
        if rename.column.is_none() {
            first.insert(&rename.to.text, before);
        }
        let was = cx.start.get(&before.text).map(|was| &**was);
        // Of a table that no file makes it is known that it is there, for it is renamed.
        let is_there = was.is_some() || cx.start.knowledge() == Knowledge::Partial;
        if !is_there || was.is_some_and(|was| was.temporary) {
            continue;
        }
        match &rename.column {
            None if known.is_none() => renamed_table(cx, (&before.text, &now.text), rename.to.span, out),
            Some(column) if was_there(cx, was, now, column) => {
                renamed_column(cx, (&before.text, &now.text), (column, &rename.to), out);
            }
            None | Some(_) => {}
        }
    }
}

/// What the table of each rename is called behind the file.
fn last_names(renamed: &[Renamed]) -> Vec<&Name> {
    let mut last: BTreeMap<&str, &Name> = BTreeMap::new();
    let mut found: Vec<&Name> = renamed
        .iter()
        .rev()
        .map(|rename| {
            let own = if rename.column.is_none() { &rename.to } else { &rename.table };
            let now = last.get(&*own.text).copied().unwrap_or(own);
            if rename.column.is_none() {
                last.insert(&rename.table.text, now);
            }
            now
        })
        .collect();
    found.reverse();
    found
}

/// Whether the column is older than the file.
fn was_there(cx: &FileContext, was: Option<&Object>, now: &Name, column: &Name) -> bool {
    if let Some(was) = was.filter(|was| was.knows_columns()) {
        return was.column(&column.text).is_some();
    }
    let mut declared = cx.earlier.declared().filter(|(table, _)| now.is(table));
    !declared.any(|(_, declared)| declared.added.iter().any(|added| added.name.is(&column.text)))
}

fn renamed_table(cx: &FileContext, (old, new): (&str, &str), at: Span, out: &mut Findings) {
    let bridge = cx.end.get(old);
    let is_written = bridge.is_some_and(|view| view.kind != ObjectKind::View || has_writer(cx, view));
    // What goes again is another finding, and so is a table that takes the place of another.
    let goes = cx.end.get(new).is_none() && cx.earlier.dropped(ObjectKind::Table, new);
    let replaces = cx.start.get(new).is_some() && cx.earlier.dropped(ObjectKind::Table, new);
    if is_written || goes || replaces {
        return;
    }
    let report = guess(cx, out.report(at, format!("the running application still asks for `{old}`, not for `{new}`")));
    if bridge.is_some() {
        report
            .reason("a view takes its place for readers, but no INSERT, UPDATE or DELETE")
            .help(format!("give the view `{old}` INSTEAD OF triggers, if anybody writes"))
            .level(Level::Note);
        return;
    }
    let (old, new) = (name::plain(old), name::plain(new));
    report.reason("each of its statements fails until the last old process is gone").help(format!(
        "until then keep the old name: `CREATE VIEW {old} AS SELECT * FROM {new}`, with INSTEAD OF triggers for those who write"
    ));
}

/// Where the application's queries are known, those that fail are said to.
fn guess<'out>(cx: &FileContext, report: Report<'out>) -> Report<'out> {
    if cx.asks_queries { report.level(Level::Note) } else { report }
}

fn has_writer(cx: &FileContext, view: &Object) -> bool {
    !cx.end.owned(&view.name, ObjectKind::Trigger).is_empty()
}

fn renamed_column(cx: &FileContext, (was, table): (&str, &str), (from, to): (&Name, &Name), out: &mut Findings) {
    let known = cx.end.get(table);
    let bridge = known.and_then(|table| table.column(&from.text));
    if bridge.is_some_and(|column| column.generated().is_none()) {
        return;
    }
    let name = known.map_or(table, |known| &known.name);
    let (old, new) = (&from.text, &to.text);
    let message = format!("the running application still asks for `{was}.{old}`, not for `{name}.{new}`");
    let report = guess(cx, out.report(to.span, message));
    if bridge.is_some() {
        report
            .reason("a generated column takes its place for readers, but nobody can write it")
            .help("write the column by its new name before the old one goes")
            .level(Level::Note);
        return;
    }
    let views = cx.end.mentioning(name).into_iter().filter(|object| object.kind == ObjectKind::View);
    let views: Vec<String> = views.map(|view| format!("`{}`", view.name)).collect();
    let shown = match views.as_slice() {
        [] => String::new(),
        [view] => format!(", and the view {view} may show it by its new name as well"),
        views => format!(", and the views {} may show it by its new name as well", views.join(", ")),
    };
    let (name, old, new) = (name::plain(name), name::plain(old), name::plain(new));
    report.reason(format!("each statement that names it fails until the last old process is gone{shown}")).help(format!(
        "for those who read, keep the old name: `ALTER TABLE {name} ADD COLUMN {old} AS ({new})`; for those who write, add a \
         column, fill both for a while, and drop the old one later"
    ));
}
