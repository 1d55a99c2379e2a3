//! What a change of the project brings: its migrations planned for a database that has the others.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::history::{Project, walk};
use crate::lint::Settings;
use crate::plan::{self, ForeignKeys, Options, Plan};
use crate::schema::fingerprint::fingerprint;
use crate::schema::{Knowledge, Schema};
use crate::snapshot::Snapshot;
use crate::text::SourceFile;

/// What is new, and what it meets.
#[derive(Clone, Debug)]
pub struct Change {
    /// The schema that the new migrations meet.
    pub before: Schema,
    /// The schema that they lead to.
    pub after: Schema,
    /// What carrying them out would do, by the planner of `remold apply`.
    pub plan: Plan,
    /// Whether all of the schema is known that they meet.
    pub knowledge: Knowledge,
    /// The migrations that were released in another form. A database that has one of them does not run it again, so
    /// they are no part of the plan.
    pub edited: Vec<String>,
}

/// Plans those of the migrations that are chosen; all of them where none is. What they meet is the schema that the
/// others make of the one before the first file. A schema that is `given` is that one, unless it is just what the
/// others make: then it was read where they had run.
pub fn of(project: &Project, settings: &Settings, given: Option<&Snapshot>) -> Change {
    let edited = settings.since.as_ref().map(|since| &since.edited);
    let is_edited = |path: &str| edited.is_some_and(|edited| edited.contains_key(path));
    let is_new = |path: &str| !is_edited(path) && settings.chosen.as_ref().is_none_or(|chosen| chosen.contains(path));
    let ups: BTreeSet<&str> = project.migrations().iter().map(|migration| migration.up.path.as_str()).collect();
    let of = |wanted: &dyn Fn(&str) -> bool| -> Vec<SourceFile> {
        let files = project.files.iter().filter(|file| !ups.contains(file.path.as_str()) || wanted(&file.path));
        files.map(|file| released(file, edited.and_then(|edited| edited.get(&file.path)))).collect()
    };
    let laid_out = |files| Project::laid_out(project.root.clone(), files, project.recognised.clone());
    let recorded = |path: &str| given.is_some_and(|given| given.ledger.iter().any(|row| row.file == path));
    let old = laid_out(of(&|path| !is_new(path)));
    let made = walk(&old, &Schema::new(Knowledge::Complete), &settings.runner, |_| {});
    let before = match given.map(Snapshot::schema) {
        Some(given) if fingerprint(&given) == fingerprint(&made) => given,
        Some(given) => {
            let old = laid_out(of(&|path| !is_new(path) && !recorded(path)));
            walk(&old, &given, &settings.runner, |_| {})
        }
        None => made,
    };
    let snapshot =
        Snapshot { objects: Snapshot::of(&before).objects, ..given.cloned().unwrap_or_else(|| Snapshot::of(&before)) };
    let foreign_keys = if settings.runner.foreign_keys() == "on" { ForeignKeys::On } else { ForeignKeys::Off };
    let options = Options { versions: settings.versions, engine: settings.engine, foreign_keys, allow: Vec::new() };
    let (plan, after) = plan::plan_to(&laid_out(of(&is_new)), &snapshot, &options);
    Change {
        before,
        after,
        plan,
        knowledge: if given.is_some() { Knowledge::Complete } else { Knowledge::Partial },
        edited: edited
            .into_iter()
            .flat_map(|edited| edited.keys().cloned())
            .filter(|path| ups.contains(path.as_str()))
            .collect(),
    }
}

/// The file as it was released.
fn released(file: &SourceFile, text: Option<&String>) -> SourceFile {
    text.map_or_else(|| file.clone(), |text| SourceFile::new(file.path.clone(), text.clone()))
}
