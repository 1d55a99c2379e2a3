//! What takes a migration back, followed behind it; the schema is then the one from before, or is not.

use alloc::string::String;
use alloc::vec::Vec;

use super::{End, Runner, Step, Visitor, Walk};
use crate::diff::{Difference, between};
use crate::layout::Migration;
use crate::parse::Source;
use crate::parse::statement::{Body, ObjectKind};
use crate::schema::fingerprint::counts;
use crate::schema::{Knowledge, Object, Schema};
use crate::text::{SourceFile, Span};

/// What came of a migration that was run and taken back.
#[derive(Debug)]
pub struct TakenBack {
    /// The migration's file.
    pub up: String,
    /// The file that takes it back.
    pub down: String,
    /// The first statement that does.
    pub head: Span,
    /// The first statement of it that SQLite refuses.
    pub refused: Option<Refused>,
    /// What of the schema is another than before the migration.
    pub differences: Vec<Difference>,
    /// What SQLite says where the migration is then run once more, if it refuses that.
    pub again: Option<String>,
}

/// A statement that SQLite refuses.
#[derive(Debug)]
pub struct Refused {
    /// The name at fault.
    pub at: Span,
    /// What SQLite says.
    pub error: String,
    /// Whether it takes it where no rows are.
    pub only_on_rows: bool,
}

/// Follows what takes the migration back, and the migration once more where the schema is another. Nothing where
/// it does nothing, or where the migration itself does not run.
pub(crate) fn take_back(end: &End, down: &SourceFile, runner: &Runner, seen: &mut dyn Visitor) -> Option<TakenBack> {
    if !end.ran {
        return None;
    }
    let head = Source::of(down).spans().next()?;
    // Another connection does it, as like as not.
    let start = end.end.clone().on_connection_of(end.start);
    let mut looked = Looked { seen, refused: None, does_something: false };
    let mut restored = run(&start, down, runner, &mut looked);
    if !looked.does_something {
        return None;
    }
    let mut back = TakenBack {
        up: end.file.path.clone(),
        down: down.path.clone(),
        head,
        refused: looked.refused,
        differences: Vec::new(),
        again: None,
    };
    if back.refused.is_none() {
        back.differences = differences(end, &mut restored);
    }
    if !back.differences.is_empty() {
        let mut looked = Looked { seen: &mut Nobody, refused: None, does_something: false };
        run(&restored, end.file, runner, &mut looked);
        back.again = looked.refused.map(|refused| refused.error);
    }
    Some(back)
}

fn run(start: &Schema, file: &SourceFile, runner: &Runner, seen: &mut dyn Visitor) -> Schema {
    let mut walk = Walk::new(start, runner);
    walk.begin(Migration { up: file, down: None });
    for statement in Source::of(file).statements() {
        walk.step(&statement, None, seen);
    }
    walk.schema
}

/// The objects that are not as they were, or of which one more or one less is there.
fn differences(end: &End, restored: &mut Schema) -> Vec<Difference> {
    let mut found = Vec::new();
    for key in restored.take_changed() {
        let [before, now] =
            [end.start.by_key(&key), restored.by_key(&key)].map(|object| object.map(|object| &**object));
        let is_known = [before, now].into_iter().flatten().all(|object| object.certain && counts(object));
        let is_none_of_its = match (before, now) {
            (Some(object), None) => goes_with_owner(object, restored),
            (None, Some(object)) => goes_with_owner(object, end.start) || may_have_been(object, end),
            _ => false,
        };
        if is_known && !is_none_of_its {
            found.extend(between(before, now));
        }
    }
    found
}

/// Whether the table of an index or of a trigger is not there.
fn goes_with_owner(object: &Object, schema: &Schema) -> bool {
    object.owner.as_ref().is_some_and(|owner| schema.get(owner).is_none())
}

/// Whether the object may have been there before the file, of which not all is known.
fn may_have_been(object: &Object, end: &End) -> bool {
    let place = end.earlier.place(object.kind, &object.name);
    let is_made = place.is_some_and(|place| place.made) && !end.earlier.dropped(object.kind, &object.name);
    let took_the_name = object.kind == ObjectKind::Table && !end.earlier.renamed().is_empty();
    end.start.knowledge() == Knowledge::Partial && (!is_made || took_the_name)
}

/// Notes what SQLite refuses, for one who sees the steps as well.
struct Looked<'run> {
    seen: &'run mut dyn Visitor,
    refused: Option<Refused>,
    does_something: bool,
}

impl Visitor for Looked<'_> {
    fn step(&mut self, step: &Step) {
        self.seen.step(step);
        self.does_something |=
            !step.changes.is_empty() || step.problem.is_some() || matches!(step.statement.body, Body::Data(_));
        if let (Some(problem), None) = (step.problem, &self.refused) {
            self.refused = Some(Refused { at: problem.span, error: problem.error.clone(), only_on_rows: false });
        }
    }
}

struct Nobody;

impl Visitor for Nobody {
    fn step(&mut self, _: &Step) {}
}
