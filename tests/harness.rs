//! What the tests share.

pub(crate) mod binary;
pub(crate) mod engines;
pub(crate) mod fixture;
pub(crate) mod sqlite;
pub(crate) mod database;
