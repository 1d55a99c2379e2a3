//! Facts of SQLite: versions, names, affinities. No logic of ours.

pub mod affinity;
pub mod function;
pub mod name;
pub mod platform;
pub mod target;
pub mod version;
