//! A real SQLite file: one concern, one file.

pub(crate) mod snapshot;
