//! What the rules say of two connections that want to write: who waits, and who fails at once.

use std::time::{Duration, Instant};

use rusqlite::Connection;
use tempfile::TempDir;

use crate::harness::sqlite::words;

/// How long a connection waits for a lock.
const PATIENCE: Duration = Duration::from_millis(300);

/// Two connections to one database with the table `users`, in the journal mode.
fn two(mode: &str) -> (Connection, Connection, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        let database = Connection::open(folder.path().join("test.db")).unwrap();
        database.busy_timeout(PATIENCE).unwrap();
        database
    };
    let (one, other) = (open(), open());
    one.execute_batch(&format!("PRAGMA journal_mode = {mode}; CREATE TABLE users (id INTEGER PRIMARY KEY)")).unwrap();
    (one, other, folder)
}

/// What a transaction meets that begins so and then writes while the other connection does, and whether it
/// has waited for it.
fn meets(mode: &str, begin: &str) -> (Result<(), String>, bool) {
    let (one, other, _folder) = two(mode);
    other.execute_batch("BEGIN IMMEDIATE; INSERT INTO users VALUES (1)").unwrap();
    let start = Instant::now();
    let wrote = one.execute_batch(&format!("{begin}; CREATE TABLE posts (id INTEGER PRIMARY KEY)"));
    (wrote.map_err(|error| words(&error)), start.elapsed() >= PATIENCE)
}

#[test]
fn a_transaction_that_has_read_does_not_wait_to_write() {
    let locked = || Err(String::from("database is locked"));
    let reads = [
        "BEGIN; SELECT * FROM users",
        "BEGIN; CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY)",
        "BEGIN; DROP TABLE IF EXISTS posts",
        "BEGIN; PRAGMA user_version",
        "BEGIN; PRAGMA table_info(users)",
    ];
    let waits = ["BEGIN", "BEGIN IMMEDIATE", "BEGIN; PRAGMA defer_foreign_keys = ON", "BEGIN; SELECT 1"];
    for mode in ["WAL", "DELETE"] {
        for begin in reads {
            assert_eq!(meets(mode, begin), (locked(), false), "{mode}: {begin}");
        }
        for begin in waits {
            assert_eq!(meets(mode, begin), (locked(), true), "{mode}: {begin}");
        }
    }
}

#[test]
fn nobody_else_writes_while_an_index_is_built() {
    let (one, other, _folder) = two("WAL");
    one.execute_batch("BEGIN; CREATE INDEX users_id ON users (id)").unwrap();
    let count: i64 = other.query_row("SELECT count(*) FROM users", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 0);
    let wrote = other.execute_batch("INSERT INTO users VALUES (1)");
    assert_eq!(wrote.map_err(|error| words(&error)), Err(String::from("database is locked")));
}

#[test]
fn a_transaction_that_nobody_commits_is_gone_with_its_connection() {
    let (one, other, _folder) = two("WAL");
    one.execute_batch("BEGIN; INSERT INTO users VALUES (1)").unwrap();
    drop(one);
    let count: i64 = other.query_row("SELECT count(*) FROM users", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 0);
}

#[test]
fn a_database_that_was_used_stays_attached_until_the_transaction_ends() {
    let (one, ..) = two("WAL");
    one.execute_batch("ATTACH ':memory:' AS other; BEGIN; CREATE TABLE other.posts (id)").unwrap();
    let detached = one.execute_batch("DETACH other");
    assert_eq!(detached.map_err(|error| words(&error)), Err(String::from("database other is locked")));
    one.execute_batch("COMMIT; DETACH other").unwrap();
}
