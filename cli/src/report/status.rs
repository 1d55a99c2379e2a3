//! Which migrations a database has: as text, and as JSON.

use std::fmt::Write as _;

use remold_core::history::Project;
use remold_core::ledger::{Fidelity, Migrated, Recorded, Row, State, Status};
use serde_json::{Value, json};

use super::{counted, done};
use crate::terminal::{BAD, CARE, FAINT, GOOD, STRONG, paint, visible};

/// What is shown of a database.
pub(crate) struct Shown<'run> {
    /// The database, as it was typed.
    pub(crate) database: String,
    /// The files.
    pub(crate) project: &'run Project,
    /// The ledgers that are in the database.
    pub(crate) recorded: &'run [Recorded],
    /// The one that the files are held against.
    pub(crate) ledger: Option<&'run Recorded>,
    /// What came of it.
    pub(crate) status: &'run Status,
}

impl Shown<'_> {
    /// For people.
    pub(crate) fn text(&self) -> String {
        let mut text = self.head();
        let longest = self.names().map(|name| name.chars().count()).max().unwrap_or(0);
        for migration in &self.status.migrations {
            let style = match migration.state {
                State::Applied => GOOD,
                State::Failed => BAD,
                State::Pending => CARE,
            };
            let said = self.said(migration);
            text.push_str(&line(
                &paint(style, &format!("{:7}", migration.state.as_str())),
                &self.path(migration),
                longest,
                &said,
            ));
        }
        for row in &self.status.missing {
            let word = if self.project.files.is_empty() { "applied" } else { "no file" };
            text.push_str(&line(&paint(CARE, word), &row.label(), longest, &row.at.clone().unwrap_or_default()));
        }
        text.push_str(&self.sum());
        text
    }

    fn head(&self) -> String {
        let database = visible(&self.database);
        let Some(ledger) = self.ledger else {
            return format!("{}: no ledger that is known\n", paint(STRONG, &format!("`{database}`")));
        };
        let of = |recorded: &Recorded| {
            let rows = counted(recorded.rows.len(), "row");
            format!("ledger of {}, `{}`, {rows}", recorded.ledger.tool(), recorded.ledger.table())
        };
        let mut text = format!("{}: {}\n", paint(STRONG, &format!("`{database}`")), of(ledger));
        for other in self.recorded.iter().filter(|other| other.ledger.table() != ledger.ledger.table()) {
            let _ = writeln!(text, "{}", paint(FAINT, &format!("  beside it: {}", of(other))));
        }
        for locked in self.recorded.iter().filter(|recorded| recorded.locked) {
            let said = format!("its lock is held: {} migrates, or died while it did", locked.ledger.tool());
            let _ = writeln!(text, "  {}", paint(CARE, &said));
        }
        text
    }

    fn names(&self) -> impl Iterator<Item = String> {
        let paths = self.status.migrations.iter().map(|migration| visible(&self.path(migration)).into_owned());
        paths.chain(self.status.missing.iter().map(|row| visible(&row.label()).into_owned()))
    }

    fn path(&self, migration: &Migrated) -> String {
        self.project.shown_path(&migration.path)
    }

    /// What is to be known of a migration.
    fn said(&self, migration: &Migrated) -> String {
        let mut said: Vec<String> = migration.at.iter().cloned().collect();
        match migration.fidelity {
            Fidelity::Edited => said.push("edited since".to_owned()),
            Fidelity::LineEnds => said.push("its lines end otherwise than when it was run".to_owned()),
            Fidelity::Same | Fidelity::Unknown => {}
        }
        if migration.state == State::Failed {
            said.push("begun and not done".to_owned());
        }
        said.extend(migration.remark.clone());
        if let Some(path) = &migration.overtaken {
            said.push(format!("out of order: {} was run", self.project.shown_path(path)));
        }
        said.join(", ")
    }

    fn sum(&self) -> String {
        let migrations = &self.status.migrations;
        let of = |state: State| migrations.iter().filter(|migration| migration.state == state).count();
        let is_edited = |migration: &&Migrated| matches!(migration.fidelity, Fidelity::Edited | Fidelity::LineEnds);
        let missing = self.status.missing.len();
        let (recorded, unfiled) = if self.project.files.is_empty() { (missing, 0) } else { (0, missing) };
        let parts = [
            (of(State::Applied) + recorded, "applied"),
            (of(State::Failed), "failed"),
            (of(State::Pending), "pending"),
            (migrations.iter().filter(is_edited).count(), "edited"),
            (unfiled, "without a file"),
        ];
        let told: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        if told.is_empty() { "no migration\n".to_owned() } else { format!("{}\n", told.join(", ")) }
    }

    /// For programs, version 1: `state` is `applied`, `failed` or `pending`, and `text` is `same`, `edited`,
    /// `line-ends` or `unknown`; `missing` has what was recorded and has no file.
    pub(crate) fn json(&self) -> String {
        let migration = |migration: &Migrated| {
            json!({
                "path": self.path(migration),
                "state": migration.state.as_str(),
                "at": migration.at,
                "text": migration.fidelity.as_str(),
                "overtaken_by": migration.overtaken.as_ref().map(|path| self.project.shown_path(path)),
                "remark": migration.remark,
            })
        };
        let ledger = |recorded: &Recorded| {
            json!({
                "tool": recorded.ledger.tool(),
                "table": recorded.ledger.table(),
                "rows": recorded.rows.len(),
                "locked": recorded.locked,
            })
        };
        let missing = |row: &Row| json!({ "key": row.key, "name": row.label(), "state": row.state, "at": row.at });
        done::print(&json!({
            "format": "remold-status",
            "version": 1,
            "database": self.database,
            "layout": self.project.recognised.layout.name(),
            "tool": self.ledger.map(|recorded| recorded.ledger.tool()),
            "ledgers": self.recorded.iter().map(ledger).collect::<Vec<Value>>(),
            "migrations": self.status.migrations.iter().map(migration).collect::<Vec<Value>>(),
            "missing": self.status.missing.iter().map(missing).collect::<Vec<Value>>(),
        }))
    }
}

/// A line: what became of it, its name, and what is said.
fn line(word: &str, name: &str, longest: usize, said: &str) -> String {
    let name = visible(name);
    if said.is_empty() {
        return format!("  {word}  {name}\n");
    }
    let gap = " ".repeat(longest.saturating_sub(name.chars().count()) + 2);
    format!("  {word}  {name}{gap}{}\n", paint(FAINT, &visible(said)))
}
