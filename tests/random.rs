//! Texts that nobody wrote: reading, linting and planning them must not panic, and every byte of them
//! belongs to a statement or is white space, a comment or a `;`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use remold_core::history::{Project, Runner};
use remold_core::lint::{Settings, lint};
use remold_core::parse;
use remold_core::plan::{Options, Plan, plan};
use remold_core::render::{json, markdown};
use remold_core::schema::{Knowledge, Schema};
use remold_core::snapshot::Snapshot;
use remold_core::text::{SourceFile, Span};

use crate::harness::fixture;

/// How many texts are made of those that stand in the repository.
const TEXTS: usize = 20_000;

/// A schema in which the names of the fixtures and the examples mean something.
const SMALL: &str = "\
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', age INTEGER CHECK (age > 0));
CREATE TABLE assets (id TEXT PRIMARY KEY, url TEXT NOT NULL, owner INTEGER REFERENCES users (id) ON DELETE CASCADE);
CREATE UNIQUE INDEX users_name ON users (name) WHERE age > 18;
CREATE VIEW names AS SELECT name, url FROM users JOIN assets ON owner = users.id;
CREATE TRIGGER cleared AFTER DELETE ON assets BEGIN UPDATE users SET age = NULL WHERE id = OLD.owner; END;
";

/// Numbers that look random and are the same in every run: xorshift, of 64 bits.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap()
    }

    fn one<'list, Item>(&mut self, list: &'list [Item]) -> &'list Item {
        &list[self.below(list.len())]
    }

    /// A place at which the text can be cut.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Two such places in their order, not far from each other.
    fn range(&mut self, text: &str) -> (usize, usize) {
        let start = self.place(text);
        let mut end = (start + self.below(24)).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        (start, end)
    }
}

#[test]
fn no_text_makes_it_panic() {
    let bases = bases();
    let snapshots = snapshots();
    let mut tried = 0;
    for text in bases.iter().filter(|text| text.len() <= 100) {
        for (at, _) in text.char_indices() {
            holds(&text[..at], &snapshots);
            tried += 1;
        }
    }
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    while tried < TEXTS {
        let mut text = numbers.one(&bases).clone();
        for _ in 0..=numbers.below(4) {
            text = mutated(&text, &bases, &mut numbers);
        }
        holds(&text, &snapshots);
        tried += 1;
    }
}

/// In a thread whose stack has 2 MB, as every thread but the first has it.
#[test]
fn no_text_is_too_deep_or_too_long() {
    let snapshots = snapshots();
    for (name, text) in hostile() {
        let snapshots = snapshots.clone();
        let start = Instant::now();
        let reading = thread::Builder::new().name(name.to_owned()).stack_size(2 << 20);
        reading.spawn(move || holds(&text, &snapshots)).unwrap().join().expect(name);
        assert!(start.elapsed() < Duration::from_secs(10), "{name} takes {:?}", start.elapsed());
    }
}

/// Every text of SQL that stands in the repository for the rules and as an example, each once.
fn bases() -> Vec<String> {
    let cases = fixture::all().into_iter().flat_map(|(_, cases)| cases);
    let mut texts: Vec<String> = cases.flat_map(|case| case.files).map(|file| file.text).collect();
    collect(&fixture::root().join("examples"), &mut texts);
    texts.sort();
    texts.dedup();
    assert!(texts.len() > 50, "there are {} texts", texts.len());
    texts
}

fn collect(folder: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "sql") {
            texts.push(fs::read_to_string(path).unwrap());
        }
    }
}

fn snapshots() -> Vec<Snapshot> {
    vec![Snapshot::of(&Schema::new(Knowledge::Complete)), Snapshot::read(SMALL).unwrap()]
}

/// The text with one thing about it changed.
fn mutated(text: &str, bases: &[String], numbers: &mut Numbers) -> String {
    const INSERTED: [&str; 28] = [
        "'", "\"", "`", "[", "]", "(", ")", ";", "\0", "\u{feff}", "\r", "\r\n", "\n", "🦀", "é", "\u{a0}", "--", "/*",
        "*/", ".", ",", "x'", "1e", "$", "END", "BEGIN", "CASE", "\\",
    ];
    let (start, end) = numbers.range(text);
    let (before, within, after) = (&text[..start], &text[start..end], &text[end..]);
    match numbers.below(8) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{within}{within}{after}"),
        2 => format!("{before}{}{within}{after}", numbers.one(&INSERTED)),
        3 => format!("{before}{within}"),
        4 => format!("{text}{}", numbers.one(bases)),
        5 => without_a_byte(text, numbers),
        _ => swapped(text, numbers),
    }
}

/// The text without one of its bytes; half a character becomes what a lossy reader makes of it.
fn without_a_byte(text: &str, numbers: &mut Numbers) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if !bytes.is_empty() {
        bytes.remove(numbers.below(bytes.len()));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The text with two of its words in each other's place.
fn swapped(text: &str, numbers: &mut Numbers) -> String {
    let mut words: Vec<&str> = text.split_inclusive(|at: char| !at.is_alphanumeric() && at != '_').collect();
    if !words.is_empty() {
        let (one, other) = (numbers.below(words.len()), numbers.below(words.len()));
        words.swap(one, other);
    }
    words.concat()
}

/// Texts that are deep or long in one way each.
fn hostile() -> Vec<(&'static str, String)> {
    let cases = |count: usize| format!("{}1{}", "CASE WHEN 1 THEN ".repeat(count), " END".repeat(count));
    let parentheses = |count: usize| format!("{}1{}", "(".repeat(count), ")".repeat(count));
    let name = "n".repeat(200_000);
    vec![
        ("opening parentheses", "(".repeat(100_000)),
        ("opening parentheses of a query", format!("SELECT {}", "(".repeat(100_000))),
        ("opening parentheses of a table", format!("CREATE TABLE t {}", "(".repeat(100_000))),
        ("parentheses of a view", format!("CREATE VIEW v AS SELECT {};", parentheses(9_000))),
        ("parentheses of a default", format!("CREATE TABLE t (a DEFAULT {});", parentheses(100_000))),
        ("parentheses of an added default", format!("ALTER TABLE users ADD a DEFAULT {};", parentheses(100_000))),
        ("parentheses of a check", format!("CREATE TABLE t (a CHECK {});", parentheses(100_000))),
        ("parentheses of an index", format!("CREATE INDEX i ON users {};", parentheses(100_000))),
        ("parentheses of a pragma", format!("PRAGMA a{};", parentheses(100_000))),
        ("signs", format!("SELECT {}1;", "- ".repeat(19_000))),
        ("signs of a default", format!("ALTER TABLE users ADD a DEFAULT {}1;", "- ".repeat(100_000))),
        ("negations", format!("CREATE VIEW v AS SELECT {}1;", "NOT ".repeat(19_000))),
        ("a sum", format!("SELECT {}1;", "1+".repeat(100_000))),
        ("a sum that is read", format!("CREATE VIEW v AS SELECT {}name FROM users;", "1+".repeat(9_900))),
        (
            "a sum of a trigger",
            format!("CREATE TRIGGER t AFTER DELETE ON users BEGIN SELECT {}1; END;", "1+".repeat(9_900)),
        ),
        ("a sum that is deleted by", format!("DELETE FROM users WHERE {}1;", "1+".repeat(9_900))),
        ("nulls of nulls", format!("SELECT 1{};", " ISNULL".repeat(19_000))),
        ("fewer nulls of nulls", format!("SELECT 1{};", " ISNULL".repeat(9_900))),
        ("no nulls", format!("SELECT 1{};", " NOTNULL".repeat(9_900))),
        ("a chain of NOT GLOB", format!("SELECT a{};", " NOT GLOB a".repeat(6_600))),
        ("a chain of NOT LIKE", format!("SELECT a{};", " NOT LIKE a".repeat(6_600))),
        ("a chain of IN", format!("SELECT a{};", " IN ()".repeat(6_600))),
        ("a chain of BETWEEN", format!("SELECT a{};", " BETWEEN a AND a".repeat(4_900))),
        ("a chain of AND", format!("SELECT {}1;", "a AND ".repeat(9_900))),
        ("a chain of collations", format!("SELECT a{};", " COLLATE b".repeat(9_900))),
        ("a chain of arrows", format!("SELECT a{};", " -> 'b'".repeat(9_900))),
        ("a chain of dots", format!("SELECT a{};", ".b".repeat(9_900))),
        ("a chain of joins", format!("SELECT 1 FROM a{};", " JOIN a".repeat(9_900))),
        ("subqueries", format!("SELECT {}1{};", "(SELECT ".repeat(5_000), ")".repeat(5_000))),
        ("subqueries in FROM", format!("SELECT 1 FROM {}a{};", "(SELECT 1 FROM ".repeat(2_000), ")".repeat(2_000))),
        ("tables in parentheses", format!("SELECT 1 FROM {}a{};", "(".repeat(5_000), ")".repeat(5_000))),
        ("common tables", format!("{}SELECT 1{};", "WITH a AS (".repeat(2_000), ") SELECT 1".repeat(2_000))),
        ("calls", format!("SELECT {}1{};", "f(".repeat(5_000), ")".repeat(5_000))),
        ("unions", format!("SELECT 1{};", " UNION SELECT 1".repeat(5_000))),
        (
            "unions of a view",
            format!("CREATE VIEW v AS SELECT 1{};", " UNION ALL SELECT name FROM users".repeat(3_000)),
        ),
        ("statements", "SELECT 1;".repeat(100_000)),
        ("empty statements", ";".repeat(100_000)),
        ("words", "a;".repeat(10_000)),
        ("beginnings", "BEGIN;".repeat(10_000)),
        ("savepoints", "SAVEPOINT a;".repeat(10_000)),
        ("triggers that never end", "CREATE TRIGGER t BEGIN;".repeat(20_000)),
        ("explanations", format!("{}SELECT 1;", "EXPLAIN ".repeat(100_000))),
        ("cases", format!("SELECT {};", cases(100))),
        ("deep cases", format!("SELECT {};", cases(3_000))),
        ("deep cases of a view", format!("CREATE VIEW v AS SELECT {};", cases(3_000))),
        ("cases that never end", format!("SELECT {}", "CASE ".repeat(19_000))),
        ("comments in comments", format!("{}SELECT 1{};", "/*".repeat(100_000), "*/".repeat(100_000))),
        ("comments", format!("{}SELECT 1;", "/**/".repeat(100_000))),
        ("stars", format!("/*{}", "*".repeat(1_000_000))),
        ("lines of comments", "--\n".repeat(100_000)),
        ("quotes", "'".repeat(100_001)),
        ("quotes of names", "\"".repeat(100_001)),
        ("brackets", "[".repeat(100_000)),
        ("a long name", format!("CREATE TABLE {name} ({name} {name}); ALTER TABLE {name} DROP COLUMN {name};")),
        ("a long string", format!("INSERT INTO users VALUES ('{name}');")),
        ("a long number", format!("SELECT {};", "1".repeat(1_000_000))),
        ("many columns", format!("CREATE TABLE t ({}z);", "a, ".repeat(20_000))),
        ("many constraints", format!("CREATE TABLE t (a {});", "NOT NULL ".repeat(20_000))),
        ("many keys", format!("CREATE TABLE t (a{});", ", FOREIGN KEY (a) REFERENCES users (id)".repeat(5_000))),
        ("many values", format!("INSERT INTO users VALUES {}(1);", "(1),".repeat(4_000))),
        ("many tables", many(2_000, |at| format!("CREATE TABLE t{at} (a REFERENCES t0);"))),
        ("many columns added", many(1_000, |at| format!("ALTER TABLE users ADD c{at};"))),
        ("one table renamed", many(1_000, |at| format!("ALTER TABLE t{at} RENAME TO t{};", at + 1))),
    ]
}

/// All that must hold for a text, whatever it says.
fn holds(text: &str, snapshots: &[Snapshot]) {
    let outcome = catch_unwind(AssertUnwindSafe(|| check(text, snapshots)));
    let shown: String = text.chars().take(2_000).collect();
    assert!(outcome.is_ok(), "with this text: {shown:?}");
}

fn check(text: &str, snapshots: &[Snapshot]) {
    let mut end = 0;
    for statement in parse::statements(text) {
        let span = statement.span;
        lies_within(span, text);
        assert!(span.start >= end && !span.is_empty(), "{span:?} begins before {end}");
        is_gap(text, end, span.start);
        end = span.end;
    }
    is_gap(text, end, u32::try_from(text.len()).unwrap());
    let project = Project { root: String::new(), files: vec![SourceFile::new("migration.sql", text)] };
    let runner = if text.len().is_multiple_of(2) { Runner::by_hand() } else { Runner::remold() };
    let settings = Settings::new(Some("3.34.1..".parse().unwrap()), None, runner);
    let report = lint(&project, &settings);
    for finding in &report.findings {
        lies_within(finding.span, text);
    }
    // Printing takes longer than all the rest.
    let printed = text.len() < 100_000 && text.len().is_multiple_of(4);
    if printed {
        json::lint(&project, &settings, &report);
    }
    for snapshot in snapshots {
        let plan = plan(&project, snapshot, &Options::default());
        places_lie_within(&plan, text);
        if printed {
            json::plan(&plan);
            markdown::plan(&plan);
        }
    }
}

fn places_lie_within(plan: &Plan, text: &str) {
    let steps = plan.steps.iter().filter_map(|step| step.source.as_ref());
    for place in steps.chain(plan.refusals.iter().filter_map(|refusal| refusal.source.as_ref())) {
        lies_within(Span::new(place.start, place.end), text);
    }
}

fn lies_within(span: Span, text: &str) {
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {} bytes", text.len());
}

/// Asserts that nothing but white space, comments and `;` stands from `start` to `end`.
fn is_gap(text: &str, start: u32, end: u32) {
    let mut gap = &text[start as usize..end as usize];
    if start == 0 {
        gap = gap.strip_prefix('\u{feff}').unwrap_or(gap);
    }
    while !gap.is_empty() {
        let length = if gap.starts_with("--") {
            gap.find('\n').map_or(gap.len(), |at| at + 1)
        } else if let Some(comment) = gap.strip_prefix("/*") {
            comment.find("*/").map_or(gap.len(), |at| at + 4)
        } else {
            assert!(gap.starts_with([' ', '\t', '\n', '\r', '\u{c}', ';']), "this belongs to no statement: {gap:?}");
            1
        };
        gap = &gap[length..];
    }
}

/// That many statements, each made from its number.
fn many(count: usize, statement: impl Fn(usize) -> String) -> String {
    (0..count).map(statement).collect()
}
