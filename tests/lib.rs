//! What the tests share with the fuzzers: texts that nobody wrote, and what must hold of any text.

#![expect(clippy::missing_panics_doc, reason = "a test that cannot go on has failed")]

pub mod extremes;
pub mod nesting;
pub mod patience;
pub mod promises;
