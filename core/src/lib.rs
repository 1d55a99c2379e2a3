//! The pure core of remold: reads migration SQL, follows what it does to the schema, lints it and
//! plans it against a database.
//!
//! The modules stand in the order in which data flows: each may use only those above it.

#![no_std]

extern crate alloc;

pub mod text;
pub mod sqlite;
pub mod parse;
pub mod schema;
pub mod diff;
pub mod layout;
pub mod history;
pub mod ledger;
pub mod queries;
pub mod engine;
pub mod diagnostics;
pub mod directive;
pub mod naming;
pub mod rule;
mod prelude;
pub mod rules;
pub mod config;
pub mod lint;
pub mod snapshot;
pub mod plan;
pub mod rehearsal;
pub mod review;
pub mod change;
pub mod render;
pub mod wire;
