//! The write lock, and who holds it.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::open::Database;
use super::{execute, failure};
use crate::failure::Failure;

/// Takes the write lock, waiting as long as the connection does.
pub(crate) fn take(connection: &Connection, database: &Database, sql: &str) -> Result<(), Failure> {
    execute::one(connection, sql).map_err(|error| {
        failure(&format!("`{}` cannot be locked for writing", database.shown), &database.shown, &error)
    })
}

/// What to do about a database that is locked: names who has it open, where the system tells.
pub(crate) fn advice(path: &Path) -> String {
    let what = "another connection writes to it, or reads it while a commit needs it alone";
    let wait = "wait longer with --lock-timeout SECONDS, or stop that process for the moment";
    match holders(path).as_slice() {
        [] => format!("{what}; {wait}"),
        holders => format!("{what}; it is open in {}; {wait}", holders.join(", ")),
    }
}

/// The processes that have the file open, as far as Linux lets us see them.
fn holders(path: &Path) -> Vec<String> {
    let (Ok(path), Ok(processes)) = (path.canonicalize(), fs::read_dir("/proc")) else { return Vec::new() };
    let us = std::process::id();
    let mut found: Vec<(u32, String)> = processes
        .filter_map(|process| process.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(|process| *process != us && has_open(*process, &path))
        .map(|process| {
            let name = fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
            (process, name.trim_end().to_owned())
        })
        .collect();
    found.sort();
    found.into_iter().map(|(process, name)| format!("process {process} ({name})")).collect()
}

fn has_open(process: u32, path: &Path) -> bool {
    let Ok(files) = fs::read_dir(format!("/proc/{process}/fd")) else { return false };
    files.filter_map(Result::ok).any(|file| fs::read_link(file.path()).is_ok_and(|target| target == path))
}
