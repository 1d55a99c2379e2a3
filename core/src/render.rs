//! Values to bytes: the only place that knows an output format.

pub mod json;
pub mod markdown;
