//! A project linted and planned in one reading.

use crate::engine::{Engine, NoEngine};
use crate::history::{Project, Walk};
use crate::lint::{Report, Run, Settings};
use crate::parse::Source;
use crate::plan::{Draft, Options, Plan, Purpose};
use crate::snapshot::Snapshot;

/// Lints and plans the project by reading it alone.
pub fn review(project: &Project, settings: &Settings, snapshot: &Snapshot, options: &Options) -> (Report, Plan) {
    review_on(project, settings, snapshot, options, &mut NoEngine)
}

/// Lints and plans the project, and has the engine run it on tables with rows. Each statement is read
/// once and shown to both, and followed once for as long as both have the same schema.
pub fn review_on(
    project: &Project,
    settings: &Settings,
    snapshot: &Snapshot,
    options: &Options,
    engine: &mut dyn Engine,
) -> (Report, Plan) {
    let live = snapshot.schema();
    let start = settings.start();
    let mut walk = Walk::new(&start, &settings.runner);
    let mut lint = Run::new(project, settings, engine);
    let mut draft = Draft::new(Purpose::Apply, project, snapshot, options, &live);
    for migration in project.migrations() {
        walk.share(&mut draft.schema);
        walk.begin(migration);
        draft.begin(migration.up);
        for statement in Source::of(migration.up).statements() {
            let followed = draft.statement(&statement);
            walk.step(&statement, followed, &mut lint);
        }
        draft.end();
        walk.end(&mut lint);
    }
    (lint.finish(walk.schema), draft.finish())
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::history::Runner;
    use crate::lint::lint;
    use crate::plan::plan;
    use crate::text::SourceFile;

    const FILES: [&str; 3] = [
        "CREATE TABLE a (b TEXT, c INT); CREATE INDEX i ON a (b); CREATE VIEW v AS SELECT b FROM a;",
        "ALTER TABLE a RENAME COLUMN b TO d; ALTER TABLE a DROP COLUMN d; ALTER TABLE a ADD COLUMN e TEXT NOT NULL;
         CREATE TABLE a (b TEXT); DROP TABLE nothing; ALTER TABLE a ADD COLUMN IF NOT EXISTS f; BEGIN; COMMIT;",
        "ALTER TABLE a RENAME TO z; INSERT INTO z (c) VALUES (1); DROP INDEX i; ALTER TABLE z DROP COLUMN c;",
    ];

    /// Whether both have one schema to the end, part at a refusal or a rebuild, or never had one.
    #[test]
    fn a_review_is_the_lint_and_the_plan() {
        let schemas = ["", "CREATE TABLE x (y);", FILES[0], "CREATE TABLE a (q); CREATE VIEW z AS SELECT 1;"];
        let allowed =
            Options { allow: ["drop-column:a.d".into(), "drop-column:z.c".into()].into(), ..Options::default() };
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 1, 0]] {
            let file = |(at, file): (usize, usize)| SourceFile::new(format!("{at}.sql"), FILES[file]);
            let files = order.into_iter().enumerate().map(file).collect();
            let project = Project { files, ..Project::default() };
            for (schema, options) in
                schemas.iter().flat_map(|schema| [(schema, Options::default()), (schema, allowed.clone())])
            {
                let snapshot = Snapshot::read(schema).expect("it makes a schema");
                for start in [None, Some(snapshot.schema())] {
                    let settings = Settings { start, ..Settings::new(None, None, Runner::by_hand()) };
                    let (report, both) = review(&project, &settings, &snapshot, &options);
                    let alone = lint(&project, &settings);
                    assert_eq!(format!("{:?}", report.findings), format!("{:?}", alone.findings), "{order:?} {schema}");
                    assert_eq!(report.statements, alone.statements);
                    assert_eq!(report.schema.to_sql(), alone.schema.to_sql(), "{order:?} {schema}");
                    assert_eq!(both, plan(&project, &snapshot, &options), "{order:?} {schema}");
                }
            }
        }
    }
}
