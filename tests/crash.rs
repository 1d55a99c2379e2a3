//! `kill -9` in the middle of apply, at system calls spread over all that it does: the database is
//! the old one or the new one, never between, and the next apply finishes the job.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Output};

use rusqlite::{Connection, OpenFlags};

use crate::harness::binary;
use crate::harness::database::{Case, Mode, columns, faults, lines, rows};

/// A command that is killed: its arguments, and what it does in its order. Each phase begins behind
/// the system call that has the mark in it.
struct Victim {
    arguments: &'static [&'static str],
    phases: &'static [(&'static str, &'static str)],
    /// What the last call has in it that belongs to the last phase.
    end: &'static str,
}

/// Applying prints a line for each step that is done.
const APPLY: Victim = Victim {
    arguments: &["apply", "--db", "app.db"],
    phases: &[
        ("backup", "\"  check    the schema is still"),
        ("transaction", "\"  backup   "),
        ("commit", "\"  check    the schema is the one"),
        ("verification", "\"  commit   "),
    ],
    end: "\"\\napplied to",
};

/// Restoring saves the present state first.
const RESTORE: Victim = Victim {
    arguments: &["rollback", "--db", "app.db", "--yes"],
    phases: &[("saving", ".backup.partial\", O_WRONLY|O_CREAT|O_EXCL"), ("restoring", "rename(")],
    end: "\"restored ",
};

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

/// Runs the command under strace, with the injection where there is one, and reads what it did.
fn trace(victim: &Victim, folder: &Path, inject: Option<&str>) -> (Vec<Call>, Output) {
    let log = folder.join("trace.txt");
    let mut command = Command::new("strace");
    command.arg("-o").arg(&log).args(["-y", "-s", "64"]);
    if let Some(inject) = inject {
        command.arg("-e").arg(format!("inject={inject}"));
    }
    let output = command
        .arg(binary::path())
        .args(victim.arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("strace is needed to kill at a system call; install the package strace");
    let text = String::from_utf8_lossy(&fs::read(&log).unwrap()).into_owned();
    assert!(!text.is_empty(), "strace may not trace here: {}", String::from_utf8_lossy(&output.stderr));
    fs::remove_file(log).unwrap();
    (calls(victim, &text), output)
}

fn calls(victim: &Victim, text: &str) -> Vec<Call> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut phase = None;
    let mut calls = Vec::new();
    for line in text.lines() {
        let Some((name, _)) = line.split_once('(') else { continue };
        if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
            continue;
        }
        let number = numbers.entry(name).or_insert(0);
        *number += 1;
        calls.push(Call { name: name.to_owned(), number: *number, phase, text: line.to_owned() });
        if let Some((next, _)) = victim.phases.iter().find(|(_, mark)| line.contains(mark)) {
            phase = Some(next);
        } else if line.contains(victim.end) {
            phase = None;
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
        // How often memory is asked for differs from run to run.
        let memory = ["brk", "mmap", "munmap", "mremap", "mprotect", "madvise"].contains(&&*call.name);
        if let Some(phase) = call.phase.filter(|_| !memory) {
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

/// A folder like the one that the case has, with the migrations.
fn twin(origin: &Case) -> Case {
    let case = Case::empty();
    copy(&origin.folder, &case.folder);
    case.write("migrations/a.sql", "ALTER TABLE assets ADD COLUMN blob_data BLOB;\n");
    case.write(
        "migrations/b.sql",
        "UPDATE assets SET blob_data = x'00';\nCREATE INDEX by_blob ON assets (blob_data);\n",
    );
    case
}

/// What a run under an injection left.
struct Left {
    case: Case,
    /// In which phase it ended, and at which call.
    landed: Option<&'static str>,
    place: String,
    output: Output,
    /// What SQLite makes of it.
    state: State,
}

/// Runs the command with the injection, and looks at what it leaves, on a copy, so that the next
/// run meets it as it was left.
fn inject(victim: &Victim, origin: &Case, inject: &str, kept: &str) -> Left {
    let case = twin(origin);
    let (calls, output) = trace(victim, &case.folder, Some(inject));
    let last = calls.last().unwrap();
    let landed = last.phase;
    let place = format!("{:<12} {}", landed.unwrap_or("elsewhere"), last.text.chars().take(110).collect::<String>());

    let copied = Case::empty();
    copy(&case.folder, &copied.folder);
    let bytes = copied.bytes();
    let planned = copied.run(&["snapshot", "--db", "app.db"]);
    let died = planned.exit == Some(5) && planned.said.contains("a process died while it wrote");
    assert!(planned.exit == Some(0) || died, "{place}: {}", planned.said);
    assert_eq!(copied.bytes(), bytes, "{place}: a reader repairs nothing");
    let state = state(&open(&copied.db()), kept, &place);
    Left { case, landed, place, output, state }
}

#[expect(clippy::print_stdout, reason = "where each kill landed is for people to read")]
fn print(line: &str) {
    println!("{line}");
}

/// Kills the command at calls in each of its phases; `after` sees what each left.
fn kill_everywhere(victim: &Victim, origin: &Case, kept: &str, after: impl Fn(&Left)) {
    let (calls, output) = trace(victim, &twin(origin).folder, None);
    assert!(output.status.success());
    let points = points(calls);
    let mut landed: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for point in &points {
        let left = inject(victim, origin, &format!("{}:signal=SIGKILL:when={}", point.name, point.number), kept);
        assert_eq!(left.output.status.signal(), Some(9), "{}: it was not killed", left.place);
        print(&format!("{}\n             {:?}", left.place, left.state));
        after(&left);
        if let Some(phase) = left.landed {
            *landed.entry((phase, format!("{:?}", left.state))).or_default() += 1;
        }
    }
    let name = victim.arguments[0];
    let mode = lines(&origin.open(), "PRAGMA journal_mode").concat();
    print(&format!("{name}, {mode} journal: killed at {} calls: {landed:?}", points.len()));
    for (phase, _) in victim.phases {
        let many: usize = landed.iter().filter(|((known, _), _)| known == phase).map(|(_, many)| many).sum();
        assert!(many >= 3, "only {many} in {phase}");
    }
}

fn kill_apply(mode: Mode) {
    let case = Case::runbook(mode, 2000);
    let kept = rows(&case.open());
    kill_everywhere(&APPLY, &case, &kept, |left| {
        let (case, place) = (&left.case, &left.place);
        match left.landed {
            Some("backup" | "transaction") => assert_eq!(left.state, State::Old, "{place}"),
            Some("verification") => assert_eq!(left.state, State::New, "{place}"),
            _ => {}
        }
        let ran = case.expect(0, "apply --db app.db");
        assert_eq!(ran.out.starts_with("nothing to do"), left.state == State::New, "{place}\n{}", ran.out);
        assert!(case.expect(0, "apply --db app.db").out.starts_with("nothing to do"), "{place}");
        assert_eq!(state(&case.open(), &kept, place), State::New);
        for backup in case.backups() {
            let backup = Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
            assert_eq!(state(&backup, &kept, place), State::Old, "a backup that has its name is whole");
        }
        let partial = case.files().into_iter().filter(|name| name.ends_with(".partial")).count();
        assert!(left.state == State::New || partial == 0, "{place}: what a killed run left is removed by the next");
    });
}

#[test]
fn apply_is_killed_with_a_rollback_journal() {
    kill_apply(Mode::Delete);
}

#[test]
fn apply_is_killed_with_a_wal() {
    kill_apply(Mode::Wal);
}

#[test]
fn restoring_is_killed() {
    for mode in Mode::BOTH {
        let case = twin(&Case::runbook(mode, 2000));
        let kept = rows(&case.open());
        case.expect(0, "apply --db app.db");
        kill_everywhere(&RESTORE, &case, &kept, |left| {
            if left.landed == Some("saving") {
                assert_eq!(left.state, State::New, "{}", left.place);
            }
            left.case.expect(0, "rollback --db app.db --yes");
            assert_eq!(state(&left.case.open(), &kept, &left.place), State::Old);
            assert!(left.case.expect(0, "rollback --db app.db --yes").out.starts_with("nothing to do"));
        });
    }
}

/// The system fails a call: the exit code tells the truth about the database.
#[test]
fn the_system_fails() {
    for mode in Mode::BOTH {
        let origin = Case::runbook(mode, 2000);
        let kept = rows(&origin.open());
        let (calls, _) = trace(&APPLY, &twin(&origin).folder, None);
        let mut ended: BTreeMap<(&str, &str, Option<i32>), usize> = BTreeMap::new();
        for (name, error, onwards) in [
            ("pwrite64", "ENOSPC", "+"),
            ("pwrite64", "EIO", ""),
            ("fsync", "EIO", ""),
            ("fdatasync", "EIO", ""),
            ("pread64", "EIO", ""),
            ("openat", "EMFILE", ""),
        ] {
            let of_name: Vec<&Call> = calls.iter().filter(|call| call.name == name && call.phase.is_some()).collect();
            for point in spread(of_name, 12) {
                let fault = format!("{name}:error={error}:when={}{onwards}", point.number);
                let left = inject(&APPLY, &origin, &fault, &kept);
                let (exit, place) = (left.output.status.code(), format!("{fault} in {:?}", point.phase));
                let said = String::from_utf8_lossy(&left.output.stderr).into_owned();
                match exit {
                    Some(0) => assert_eq!(left.state, State::New, "{place}"),
                    Some(5) => assert_eq!(left.state, State::Old, "{place}: {said}"),
                    Some(6) => {
                        let words = ["needs a look", "rolls it back as soon as", "whether the disk has it for good"];
                        let told = words.iter().any(|words| said.contains(words));
                        assert!(told && said.contains("backup from before is kept"), "{place}: {said}");
                    }
                    other => panic!("{place}: exit {other:?}: {said}"),
                }
                *ended.entry((point.phase.unwrap_or_default(), error, exit)).or_default() += 1;
                left.case.expect(0, "apply --db app.db");
                assert_eq!(state(&left.case.open(), &kept, &place), State::New);
            }
        }
        print(&format!("{} journal, phase, fault and exit: {ended:?}", mode.as_str()));
        let has = |phase, exit| ended.keys().any(|(known, _, ended)| *known == phase && *ended == Some(exit));
        assert!(has("backup", 5) && has("transaction", 5) && has("commit", 5));
        // In WAL mode nothing that follows the commit needs the disk.
        assert_eq!(has("verification", 6), mode == Mode::Delete);
    }
}
