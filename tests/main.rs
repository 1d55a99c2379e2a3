//! The one test binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod harness;
mod cli;
mod hostile;
mod json;
mod locks;
mod model;
mod differential;
mod down;
mod fixes;
mod formats;
mod foreign;
mod pages;
mod readme;
mod pull_request;
mod replay;
mod queries;
mod random;
mod rules;
mod ship;
mod since;
mod status;
mod tidy;
mod tools;
mod variants;
mod versions;
mod apply;
mod asks;
mod lacks;
mod troubles;
#[cfg(target_os = "linux")]
mod crash;
