//! A project linted and planned in one reading.

use crate::history::{Project, Walk};
use crate::layout;
use crate::lint::{Report, Run, Settings};
use crate::parse::Source;
use crate::plan::{Draft, Options, Plan, Purpose};
use crate::snapshot::Snapshot;

/// Lints and plans the project; each statement is read once and shown to both, and followed
/// once for as long as both have the same schema.
pub fn review(project: &Project, settings: &Settings, snapshot: &Snapshot, options: &Options) -> (Report, Plan) {
    let live = snapshot.schema();
    let start = settings.start();
    let mut walk = Walk::new(&start, &settings.runner);
    let mut lint = Run::new(settings);
    let mut draft = Draft::new(Purpose::Apply, project, snapshot, options, &live);
    for migration in layout::migrations(&project.files) {
        walk.begin(migration.up);
        draft.begin(migration.up);
        for statement in Source::new(&migration.up.text).statements() {
            let followed = draft.statement(&statement);
            walk.step(&statement, followed, |step| lint.step(step));
        }
        draft.end();
    }
    (lint.finish(walk.schema), draft.finish())
}
