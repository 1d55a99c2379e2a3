//! `kill -9` in the middle of apply, at system calls spread over all that it does: the database is
//! the old one or the new one, never between, and the next apply finishes the job.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Command;

use rusqlite::{Connection, OpenFlags};

use crate::harness::binary;
use crate::harness::database::{Case, Mode, columns, faults, lines, rows};

const APPLY: [&str; 3] = ["apply", "--db", "app.db"];

/// What apply is doing, in its order; each begins when the line of the step before it is printed.
const PHASES: [(&str, &str); 4] = [
    ("backup", "\"  check    the schema is still"),
    ("transaction", "\"  backup   "),
    ("commit", "\"  check    the schema is the one"),
    ("verification", "\"  commit   "),
];
/// What is printed when all of it is done.
const END: &str = "\"\\napplied to";

/// System calls that change something, of which more are tried.
const CHANGING: [&str; 10] =
    ["pwrite64", "fsync", "fdatasync", "unlink", "rename", "ftruncate", "openat", "chmod", "fchown", "write"];

/// One system call of a run.
#[derive(Debug)]
struct Call {
    name: String,
    /// The how manieth of its name it is.
    number: usize,
    phase: Option<&'static str>,
    text: String,
}

/// Runs apply under strace, with the injection where there is one, and reads what it did.
fn trace(folder: &Path, inject: Option<&str>) -> (Vec<Call>, Option<i32>) {
    let log = folder.join("trace.txt");
    let mut command = Command::new("strace");
    command.arg("-o").arg(&log).args(["-y", "-s", "64"]);
    if let Some(inject) = inject {
        command.arg("-e").arg(format!("inject={inject}"));
    }
    let output = command
        .arg(binary::path())
        .args(APPLY)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("strace is needed to kill at a system call; install the package strace");
    let text = String::from_utf8_lossy(&fs::read(&log).unwrap()).into_owned();
    assert!(!text.is_empty(), "strace may not trace here: {}", String::from_utf8_lossy(&output.stderr));
    fs::remove_file(log).unwrap();
    (calls(&text), output.status.signal())
}

fn calls(text: &str) -> Vec<Call> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut phase = None;
    let mut calls = Vec::new();
    for line in text.lines() {
        let Some((name, rest)) = line.split_once('(') else { continue };
        if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
            continue;
        }
        let number = numbers.entry(name).or_insert(0);
        *number += 1;
        calls.push(Call { name: name.to_owned(), number: *number, phase, text: line.to_owned() });
        if name == "write" && rest.starts_with("1<") {
            if let Some((next, _)) = PHASES.iter().find(|(_, mark)| line.contains(mark)) {
                phase = Some(next);
            } else if line.contains(END) {
                phase = None;
            }
        }
    }
    calls
}

/// So many of them, evenly spread, the first and the last among them.
fn spread<Item>(mut all: Vec<Item>, most: usize) -> Vec<Item> {
    let last = all.len().saturating_sub(1);
    let mut keep: Vec<usize> = (0..most).map(|at| at * last / (most - 1)).collect();
    keep.dedup();
    let mut at = 0;
    all.retain(|_| {
        at += 1;
        keep.contains(&(at - 1))
    });
    all
}

/// Where to kill: in each phase at calls that change something, and at some that do not.
fn points(calls: Vec<Call>) -> Vec<Call> {
    let mut kinds: BTreeMap<(&str, bool), Vec<Call>> = BTreeMap::new();
    for call in calls {
        if let Some(phase) = call.phase {
            kinds.entry((phase, CHANGING.contains(&&*call.name))).or_default().push(call);
        }
    }
    let some = |((_, changing), calls): ((_, bool), Vec<Call>)| spread(calls, if changing { 10 } else { 4 });
    kinds.into_iter().flat_map(some).collect()
}

/// A folder as the killed process left it, and a copy of it.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

fn open(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap()
}

/// Which of both states the database is in. There is no third one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Old,
    New,
}

fn state(connection: &Connection, kept: &str, place: &str) -> State {
    assert_eq!(faults(connection), Vec::<String>::new(), "{place}");
    assert_eq!(rows(connection), kept, "{place}");
    let ledger = lines(connection, "SELECT name FROM sqlite_schema WHERE name = '_remold_migrations'").len();
    let index = lines(connection, "SELECT name FROM sqlite_schema WHERE name = 'by_blob'").len();
    match (columns(connection).len(), ledger, index) {
        (17, 0, 0) => State::Old,
        (18, 1, 1) => {
            assert_eq!(lines(connection, "SELECT count(*) FROM assets WHERE blob_data IS NOT x'00'"), ["0"], "{place}");
            assert_eq!(lines(connection, "SELECT file FROM _remold_migrations").len(), 2, "{place}");
            State::New
        }
        between => panic!("{place}: the database is between the old state and the new one: {between:?}"),
    }
}

/// Kills apply at one call, and looks at what it leaves. Returns where it landed.
fn kill(origin: &Case, point: &Call, kept: &str) -> Option<(&'static str, State)> {
    let case = Case::empty();
    copy(&origin.folder, &case.folder);
    for file in ["a.sql", "b.sql"] {
        let path = format!("migrations/{file}");
        case.write(&path, &fs::read_to_string(origin.folder.join(&path)).unwrap());
    }
    let inject = format!("{}:signal=SIGKILL:when={}", point.name, point.number);
    let (calls, signal) = trace(&case.folder, Some(&inject));
    let last = calls.last().unwrap();
    let landed = last.phase;
    let place = format!("{:<12} {}", landed.unwrap_or("elsewhere"), last.text.chars().take(110).collect::<String>());
    assert_eq!(signal, Some(9), "{place}: it was not killed");

    // What SQLite itself makes of it, on a copy, so that the next apply meets it as it was left.
    let copied = Case::empty();
    copy(&case.folder, &copied.folder);
    let state = state(&open(&copied.db()), kept, &place);
    match landed {
        Some("backup" | "transaction") => assert_eq!(state, State::Old, "{place}"),
        Some("verification") => assert_eq!(state, State::New, "{place}"),
        _ => {}
    }
    println!("{place}\n             {state:?}");

    let ran = case.expect(0, "apply --db app.db");
    assert_eq!(ran.out.starts_with("nothing to do"), state == State::New, "{place}\n{}", ran.out);
    assert!(case.expect(0, "apply --db app.db").out.starts_with("nothing to do"), "{place}");
    assert_eq!(self::state(&case.open(), kept, &place), State::New);
    for backup in case.backups() {
        let backup = Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        assert_eq!(self::state(&backup, kept, &place), State::Old, "a backup that has its name is whole");
    }
    let left: Vec<String> = case.files().into_iter().filter(|name| name.ends_with(".partial")).collect();
    assert_eq!(left, Vec::<String>::new(), "{place}");
    landed.map(|landed| (landed, state))
}

fn kill_everywhere(mode: Mode) {
    let case = Case::runbook(mode, 2000);
    fs::remove_dir_all(case.folder.join("migrations")).unwrap();
    case.write("migrations/a.sql", "ALTER TABLE assets ADD COLUMN blob_data BLOB;\n");
    case.write(
        "migrations/b.sql",
        "UPDATE assets SET blob_data = x'00';\nCREATE INDEX by_blob ON assets (blob_data);\n",
    );
    // SQLite knows statistics of the new index only after the next ANALYZE.
    let kept = rows(&case.open());
    let unharmed = Case::empty();
    copy(&case.folder, &unharmed.folder);
    for file in ["a.sql", "b.sql"] {
        let path = format!("migrations/{file}");
        unharmed.write(&path, &fs::read_to_string(case.folder.join(&path)).unwrap());
    }
    let (calls, signal) = trace(&unharmed.folder, None);
    assert_eq!(signal, None);
    let points = points(calls);
    println!("{} journal: {} points", mode.as_str(), points.len());
    let mut landed: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for point in &points {
        if let Some((phase, state)) = kill(&case, point, &kept) {
            *landed.entry((phase, format!("{state:?}"))).or_default() += 1;
        }
    }
    println!("{} journal, landed: {landed:?}", mode.as_str());
    for (phase, _) in PHASES {
        let many: usize = landed.iter().filter(|((known, _), _)| *known == phase).map(|(_, many)| many).sum();
        assert!(many >= 3, "only {many} in {phase}");
    }
}

#[test]
fn killed_with_a_rollback_journal() {
    kill_everywhere(Mode::Delete);
}

#[test]
fn killed_with_a_wal() {
    kill_everywhere(Mode::Wal);
}
