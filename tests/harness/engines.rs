//! Real SQLite engines of many versions, each a process that `engines/driver.c` answers for.

use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::str::FromStr;
use std::thread;

use remold_core::sqlite::version::Version;

use crate::harness::fixture;

/// What builds them.
const BUILD: &str = "tests/engines/build.sh";

/// The version of an engine: three numbers, and four of some old ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EngineVersion(Vec<u16>);

impl EngineVersion {
    /// Without the fourth number.
    pub(crate) fn as_three_numbers(&self) -> Version {
        Version::new(self.0[0], self.0[1], self.0[2])
    }
}

impl fmt::Display for EngineVersion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        out.write_str(&numbers.join("."))
    }
}

impl FromStr for EngineVersion {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split('.').map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl From<Version> for EngineVersion {
    fn from(version: Version) -> Self {
        Self(vec![version.major, version.minor, version.patch])
    }
}

/// With which options an engine was built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// None: the amalgamation as it is.
    Plain,
    /// Full-text search, R-trees, JSON and more: those that `engines/build.sh` names.
    Full,
}

impl Flavour {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Full => "full",
        }
    }
}

/// What an engine gave for SQL: the rows of all its statements, and the error of the one that failed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    /// The rows, their values printed as text.
    pub(crate) rows: Vec<Vec<String>>,
    /// The extended result code and the message. The statements behind that one did not run.
    pub(crate) error: Option<(i32, String)>,
}

impl Answer {
    /// The message, and nothing where all statements ran.
    pub(crate) fn message(&self) -> &str {
        self.error.as_ref().map_or("", |(_, message)| message)
    }
}

/// A running engine, with a database open in it.
pub(crate) struct Engine {
    /// Its version.
    pub(crate) version: EngineVersion,
    flavour: Flavour,
    process: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    asked: String,
}

/// Where the engines are.
fn folder() -> PathBuf {
    fixture::root().join("target/engines")
}

/// Every engine that `engines/list.txt` names, oldest first. All of them are built.
pub(crate) fn versions() -> Vec<EngineVersion> {
    let list = include_str!("../engines/list.txt");
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let versions: Vec<EngineVersion> = lines.map(|line| line.split_once(' ').unwrap().0.parse().unwrap()).collect();
    assert!(versions.is_sorted(), "engines/list.txt has the oldest first");
    let driver = fs::read_to_string(folder().join("driver.c")).unwrap_or_default();
    assert!(driver == include_str!("../engines/driver.c"), "the old engines are not built, or not anew: run {BUILD}");
    for version in &versions {
        let built = folder().join(version.to_string()).join("from").exists();
        assert!(built, "the engine of SQLite {version} is not built: run {BUILD}");
    }
    versions
}

/// What the test gives for each engine, oldest first. Several run at once.
pub(crate) fn on_each<Outcome: Send>(
    flavour: Flavour,
    test: impl Fn(&mut Engine) -> Outcome + Sync,
) -> Vec<(EngineVersion, Outcome)> {
    let versions = versions();
    let count = thread::available_parallelism().map_or(1, usize::from);
    let share = |first: usize| -> Vec<(EngineVersion, Outcome)> {
        let mine = versions.iter().skip(first).step_by(count);
        mine.map(|version| (version.clone(), test(&mut Engine::start(version, flavour)))).collect()
    };
    let mut outcomes: Vec<(EngineVersion, Outcome)> = thread::scope(|scope| {
        let share = &share;
        let workers: Vec<_> = (0..count).map(|first| scope.spawn(move || share(first))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|why| panic::resume_unwind(why))).collect()
    });
    outcomes.sort_by(|(one, _), (other, _)| one.cmp(other));
    outcomes
}

impl Engine {
    /// Starts the engine of that version, with a new database in memory.
    pub(crate) fn start(version: &EngineVersion, flavour: Flavour) -> Self {
        let library = folder().join(version.to_string()).join(flavour.name()).with_extension("so");
        let mut process = Command::new(folder().join("driver"))
            .arg(library)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|why| panic!("SQLite {version} does not start: {why}; run {BUILD}"));
        let requests = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().unwrap());
        let mut engine =
            Self { version: version.clone(), flavour, process, requests, answers, asked: String::from("start") };
        assert_eq!(engine.line(), format!("version {version}"));
        engine
    }

    /// Opens a new database in memory, and leaves the one before.
    pub(crate) fn open(&mut self) {
        self.ask("open".into());
    }

    /// Opens the file, and leaves the database before.
    pub(crate) fn open_file(&mut self, path: &Path) {
        self.ask(format!("open {}", escaped(path.to_str().unwrap())));
    }

    /// Has what stands in double quotes be a name alone, where the engine can: since 3.29.
    pub(crate) fn take_quotes_for_names(&mut self) {
        self.ask("names".into());
    }

    /// Runs the statements of the SQL, up to the first that fails.
    pub(crate) fn run(&mut self, sql: &str) -> Answer {
        self.ask(format!("run {}", escaped(sql)))
    }

    fn ask(&mut self, request: String) -> Answer {
        let mut answer = Answer { rows: Vec::new(), error: None };
        let requests = self.requests.as_mut().expect("it is open until the engine is dropped");
        // An engine that has died is told by the answer that does not come.
        let _: Result<(), _> = writeln!(requests, "{request}").and_then(|()| requests.flush());
        self.asked = request;
        loop {
            let line = self.line();
            let (kind, rest) = line.split_once([' ', '\t']).unwrap_or((&line, ""));
            match kind {
                "." => return answer,
                "done" => {}
                "row" => answer.rows.push(rest.split('\t').map(value).collect()),
                "error" => {
                    let (code, message) = rest.split_once(' ').unwrap();
                    answer.error = Some((code.parse().unwrap(), unescaped(message)));
                }
                _ => panic!("the driver says `{line}`"),
            }
        }
    }

    /// The next line of its answer, without the end.
    fn line(&mut self) -> String {
        let mut line = Vec::new();
        self.answers.read_until(b'\n', &mut line).unwrap();
        if line.pop() != Some(b'\n') {
            let how = self.process.wait().unwrap();
            panic!("SQLite {} ({:?}) ended with {how} at: {}", self.version, self.flavour, self.asked);
        }
        String::from_utf8_lossy(&line).into_owned()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // At the end of its requests the driver ends; then nothing of it is left.
        drop(self.requests.take());
        let _: Result<_, _> = self.process.wait();
    }
}

/// A value as text: `NULL`, a number, the text itself, or `x'00FF'`.
fn value(written: &str) -> String {
    let (kind, value) = written.split_once(' ').unwrap_or((written, ""));
    match kind {
        "null" => "NULL".into(),
        "integer" | "real" => value.into(),
        "text" => unescaped(value),
        "blob" => format!("x'{value}'"),
        _ => panic!("the driver says `{written}`"),
    }
}

fn escaped(text: &str) -> String {
    assert!(!text.contains('\0'), "SQL ends at a NUL");
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        plain.push(match character {
            '\\' => match characters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('0') => '\0',
                other => other.expect("a backslash stands before something"),
            },
            other => other,
        });
    }
    plain
}
