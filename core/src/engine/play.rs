//! The replay of a walk: notes each file's statements, has the engine run them, and judges.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::judge::{Disagreement, Happening, Remark, RemarkKind, Replay, judge};
use super::record::{Recording, only_prepare};
use super::watch::{Watch, Watched};
use super::{Answer, Engine};
use crate::history::{Runner, Step};
use crate::queries::Query;
use crate::schema::Schema;
use crate::schema::rows::Rows;

/// A replay beside a walk through the files.
pub(crate) struct Play<'run> {
    engine: &'run mut dyn Engine,
    runner: &'run Runner,
    /// The files that are replayed; all of them where nobody chose.
    chosen: Option<&'run BTreeSet<String>>,
    rows: &'run Rows,
    recording: Option<Recording>,
    replay: Option<Replay>,
    watch: Watch<'run>,
}

/// A file that was replayed.
pub(crate) struct Played {
    recording: Recording,
    answer: Answer,
}

impl fmt::Debug for Play<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Play").field("replay", &self.replay).finish_non_exhaustive()
    }
}

impl<'run> Play<'run> {
    pub(crate) fn new(
        engine: &'run mut dyn Engine,
        runner: &'run Runner,
        chosen: Option<&'run BTreeSet<String>>,
        queries: &'run [Query],
        rows: &'run Rows,
    ) -> Self {
        let replay = engine.version().map(|version| Replay::new(version, runner.foreign_keys()));
        let watch = Watch::new(queries);
        Self { engine, runner, chosen, rows, recording: None, replay, watch }
    }

    /// A replay of what is no migration, in the same engine and beside none of the application's queries.
    pub(crate) fn aside(&mut self) -> Play<'_> {
        Play::new(&mut *self.engine, self.runner, None, &[], self.rows)
    }

    /// Where the model and SQLite do not agree.
    pub(crate) fn disagreements(self) -> Vec<Disagreement> {
        self.replay.map(|replay| replay.disagreements).unwrap_or_default()
    }

    /// Adds where they did not agree aside.
    pub(crate) fn note(&mut self, disagreements: Vec<Disagreement>) {
        if let Some(replay) = &mut self.replay {
            replay.disagreements.extend(disagreements);
        }
    }

    /// Whether something runs the files.
    pub(crate) const fn has_engine(&self) -> bool {
        self.replay.is_some()
    }

    /// Notes the next statement of the file.
    pub(crate) fn step(&mut self, step: &Step) {
        if !self.engine.listens() {
            return;
        }
        if self.chosen.is_none_or(|chosen| chosen.contains(&step.file.path)) {
            self.recording.get_or_insert_with(|| Recording::new(step, self.runner)).note(step, self.runner);
        }
    }

    /// Has the engine run the file that was noted.
    pub(crate) fn end(&mut self) -> Option<Played> {
        let mut recording = self.recording.take()?;
        match recording.batch(self.runner, &mut self.watch) {
            Ok(batch) => self.engine.run(batch).map(|answer| Played { recording, answer }),
            Err(reason) => {
                let named = self.watch.naming(recording.touched());
                self.watch.pass_over(&named, &format!("`{}` is not replayed", recording.path));
                if let Some(replay) = &mut self.replay {
                    let path = recording.path;
                    replay.remarks.push(Remark { kind: RemarkKind::NotReplayed, path, span: None, message: reason });
                }
                None
            }
        }
    }

    /// What happened in the file that nobody foresaw.
    pub(crate) fn judge<'played>(&mut self, played: &'played Played) -> Vec<Happening<'played>>
    where
        'run: 'played,
    {
        match &mut self.replay {
            Some(replay) => judge(&played.recording, &played.answer, self.rows, replay, &mut self.watch),
            None => Vec::new(),
        }
    }

    /// What the replay did, where there was an engine, and what came of each of the application's queries.
    pub(crate) fn finish(mut self, schema: &Schema) -> (Option<Replay>, Vec<Watched>) {
        if self.engine.listens() {
            self.prepare_untouched(schema);
        } else {
            let unwatched = Watched::No("nothing is replayed".to_owned());
            self.watch.watched.fill(unwatched);
        }
        (self.replay, self.watch.watched)
    }

    /// Finds those of the queries that no file touched which cannot be prepared, so that none is passed over
    /// without a word.
    fn prepare_untouched(&mut self, schema: &Schema) {
        for part in self.watch.untouched() {
            match only_prepare(schema, &part, &mut self.watch) {
                Ok(batch) => {
                    let answer = self.engine.run(batch).unwrap_or_default();
                    for refused in answer.unprepared {
                        self.watch.note(refused.query, Watched::No(refused.error));
                    }
                }
                Err(reason) => self.watch.pass_over(&part, &reason),
            }
        }
    }
}
