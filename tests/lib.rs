//! What the tests share with the fuzzers: texts that nobody wrote, and what must hold of any text.

pub mod extremes;
pub mod nesting;
pub mod promises;
