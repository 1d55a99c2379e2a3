//! What works in a database, and what its foreign keys say: looked at before a file and behind it.

use std::collections::BTreeMap;

use remold_core::engine::{Answer, Batch, Broken, Look, Violation};
use remold_core::sqlite::name::{quote, same};

use crate::session::{Session, Taken};

/// Something that can be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// A view.
    View(String),
    /// The triggers of a table or view that fire on one event.
    Event {
        /// The table or view.
        table: String,
        /// `INSERT`, `UPDATE` or `DELETE`.
        event: &'static str,
        /// The triggers of the table.
        triggers: Vec<String>,
    },
}

impl Item {
    /// Whether both are of the same object.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::View(one), Self::View(other)) => same(one, other),
            (Self::Event { table, event, .. }, Self::Event { table: other, event: happened, .. }) => {
                same(table, other) && event == happened
            }
            _ => false,
        }
    }
}

/// All that can be compiled.
pub(crate) fn items(session: &Session) -> Vec<Item> {
    let mut items = Vec::new();
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (kind, name, table) in session.observers() {
        if kind == "view" {
            items.push(Item::View(name));
        } else {
            tables.entry(table).or_default().push(name);
        }
    }
    for (table, triggers) in tables {
        for event in ["INSERT", "UPDATE", "DELETE"] {
            items.push(Item::Event { table: table.clone(), event, triggers: triggers.clone() });
        }
    }
    items
}

/// Everything that does not compile, with what SQLite says. A name in double quotes is a name here.
pub(crate) fn broken(session: &mut Session) -> rusqlite::Result<Vec<(Item, String)>> {
    session.take_quoted_strings(Taken::AsNames)?;
    let items = items(session).into_iter();
    let found = items.filter_map(|item| fails(session, &item).map(|error| (item, error))).collect();
    session.take_quoted_strings(Taken::AsStrings)?;
    Ok(found)
}

/// What SQLite says where the item does not compile.
pub(crate) fn fails(session: &mut Session, item: &Item) -> Option<String> {
    let sql = match item {
        Item::View(view) => format!("SELECT * FROM {} LIMIT 0", quote(view)),
        Item::Event { table, event: "INSERT", .. } => format!("INSERT INTO {} DEFAULT VALUES", quote(table)),
        Item::Event { table, event: "DELETE", .. } => format!("DELETE FROM {}", quote(table)),
        Item::Event { table, .. } => {
            let sets: Vec<String> = session.columns(table).iter().map(|column| quote(column) + " = 0").collect();
            if sets.is_empty() {
                return None;
            }
            format!("UPDATE {} SET {}", quote(table), sets.join(", "))
        }
    };
    // A view without such a trigger, which is no fault.
    session.compile(&sql).filter(|error| !error.starts_with("cannot modify "))
}

/// What violates a foreign key: how many rows of a table, or the error that the check itself raises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    table: String,
    parent: String,
    rows: u64,
    pub(crate) error: Option<String>,
}

impl Key {
    /// Whether the rows are that table's.
    pub(crate) fn is_of(&self, table: &str) -> bool {
        same(&self.table, table)
    }

    /// Whether both are of the same tables.
    pub(crate) fn is(&self, other: &Self) -> bool {
        same(&self.table, &other.table) && same(&self.parent, &other.parent) && self.error == other.error
    }
}

/// Everything that violates a foreign key.
pub(crate) fn violations(session: &Session) -> Vec<Key> {
    let mut found: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut mismatched = Vec::new();
    match session.violations("PRAGMA foreign_key_check") {
        Ok(rows) => rows.into_iter().for_each(|pair| *found.entry(pair).or_default() += 1),
        // One key that fits no parent ends the whole check: each table for itself, then.
        Err(_) => {
            for table in session.tables() {
                match session.violations(&format!("PRAGMA foreign_key_check({})", quote(&table))) {
                    Ok(rows) => rows.into_iter().for_each(|pair| *found.entry(pair).or_default() += 1),
                    Err(error) => {
                        let parent = error.rsplit('"').nth(1).unwrap_or_default().to_owned();
                        mismatched.push(Key { table, parent, rows: 0, error: Some(error) });
                    }
                }
            }
        }
    }
    let rows = found.into_iter().map(|((table, parent), rows)| Key { table, parent, rows, error: None });
    rows.chain(mismatched).collect()
}

/// What is violated now and was not before, or by fewer rows.
pub(crate) fn worse(before: &[Key], now: Vec<Key>) -> Vec<Key> {
    now.into_iter().filter(|key| !before.iter().any(|old| old.is(key) && old.rows >= key.rows)).collect()
}

/// Runs the batch once more and looks after each statement, to tell which one it was.
pub(crate) fn blame(
    session: &mut Session,
    batch: &Batch,
    broken: &[(Item, String)],
    keys: &[Key],
    answer: &mut Answer,
) -> rusqlite::Result<()> {
    let before = if keys.is_empty() { Vec::new() } else { violations(session) };
    let mut since = vec![(false, 0); broken.len()];
    let mut violated = vec![(false, 0); keys.len()];
    session.begin(batch)?;
    for task in &batch.tasks {
        let _judged = session.execute(&task.sql);
        if task.look == Look::There && !broken.is_empty() {
            let there = items(session);
            session.take_quoted_strings(Taken::AsNames)?;
            for ((item, _), since) in broken.iter().zip(&mut since) {
                let fails = there.iter().any(|one| one.is(item)) && fails(session, item).is_some();
                *since = if fails && !since.0 { (true, task.statement) } else { (fails, since.1) };
            }
            session.take_quoted_strings(Taken::AsStrings)?;
        }
        if !keys.is_empty() {
            let now = worse(&before, violations(session));
            for (key, since) in keys.iter().zip(&mut violated) {
                // The table, or its parent, may have another name as yet.
                let fails = now.iter().any(|now| same(&now.table, &key.table) || same(&now.parent, &key.parent));
                *since = if fails && !since.0 { (true, task.statement) } else { (fails, since.1) };
            }
        }
    }
    for ((item, error), (_, since)) in broken.iter().zip(since) {
        answer.broken.extend(named(session, item, error, since)?);
    }
    answer.violations = keys
        .iter()
        .zip(violated)
        .map(|(key, (_, since))| Violation {
            table: key.table.clone(),
            parent: key.parent.clone(),
            rows: key.rows,
            since,
            error: key.error.clone(),
        })
        .collect();
    Ok(())
}

/// Says which object it is: of several triggers the ones that fail alone.
fn named(session: &mut Session, item: &Item, error: &str, since: u32) -> rusqlite::Result<Vec<Broken>> {
    let object = |kind: &str, name: &str, on: Option<String>, error: &str| Broken {
        kind: kind.to_owned(),
        name: name.to_owned(),
        on,
        error: error.to_owned(),
        since,
    };
    let (table, event, triggers) = match item {
        Item::View(view) => return Ok(vec![object("view", view, None, error)]),
        Item::Event { table, event, triggers } => (table, event, triggers),
    };
    let on = Some(format!("{event} ON {table}"));
    let mut guilty = Vec::new();
    session.take_quoted_strings(Taken::AsNames)?;
    for trigger in triggers {
        let _held = session.transaction("SAVEPOINT remold_alone");
        for other in triggers.iter().filter(|other| *other != trigger) {
            let _gone = session.transaction(&format!("DROP TRIGGER {}", quote(other)));
        }
        let with = fails(session, item);
        let _gone = session.transaction(&format!("DROP TRIGGER {}", quote(trigger)));
        let without = fails(session, item);
        let _back = session.transaction("ROLLBACK TO remold_alone");
        let _done = session.transaction("RELEASE remold_alone");
        if let (Some(error), None) = (with, without) {
            guilty.push(object("trigger", trigger, on.clone(), &error));
        }
    }
    session.take_quoted_strings(Taken::AsStrings)?;
    if guilty.is_empty() {
        guilty.push(object("table", table, on, error));
    }
    Ok(guilty)
}
