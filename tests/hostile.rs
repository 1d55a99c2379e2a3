//! Texts that nobody means well with: deep, long, cut off, or not text at all.
//!
//! How much stack and memory they take is measured in `limits/`, also where nothing is optimised.

use std::fs;
use std::thread;
use std::time::Duration;

use remold_core::parse;
use remold_core::parse::statement::{Body, Problem};
use remold_tests::{extremes, nesting, patience, promises};
use rusqlite::Connection;

use crate::harness::{binary, sqlite};

#[test]
fn no_text_is_too_deep_or_too_long() {
    for (name, text) in extremes::texts() {
        in_time(name, Duration::from_secs(10), text);
    }
    for (name, text) in extremes::long(1 << 20) {
        in_time(name, Duration::from_secs(10), text);
    }
}

#[test]
fn large_files_are_read_linted_and_planned() {
    let minute = Duration::from_secs(60);
    in_time("50 MB of ordinary statements", minute, extremes::ordinary(50 << 20));
    in_time("1,000,000 tiny statements", minute, extremes::tiny(1_000_000));
    in_time("one statement of 1,000,000 rows", minute, extremes::rows(1_000_000, "12345, 'a value'"));
    in_time("one statement of 50 MB", minute, extremes::rows(2_500_000, "12345, 'some value'"));
}

fn in_time(name: &str, limit: Duration, text: String) {
    patience::in_little_stack(name, limit, move || promises::holds(&text, &promises::snapshots()));
}

/// Where SQLite takes what stands in itself, up to a thousand times, so do we; where we do not, we say
/// that it is too deep.
#[test]
fn what_sqlite_takes_is_not_too_deep() {
    let mut taken = 0;
    for (name, text) in nesting::CONSTRUCTS {
        for depth in [1, 30, 43, 199, 276, 415, 498, 499, 500, 501, 831, 900, 999, 1_000, 1_001, 1_100] {
            let text = text(depth);
            let statements = parse::statements(&text);
            assert_eq!(statements.len(), 1, "{name}, {depth} deep");
            let refused = sqlite_refuses_the_depth(&text);
            match &statements[0].body {
                Body::Opaque(opaque) => {
                    let limits = opaque.problem == Problem::TooDeep || opaque.problem.words().contains("at most");
                    assert!(limits || name.contains("never end"), "{name}, {depth} deep: {opaque:?}");
                    // SQLite counts no terms of these.
                    let allowed = *name == "a chain of VALUES" || name.contains("never end");
                    assert!(refused || depth > 1_000 || allowed, "{name}, {depth} deep: {opaque:?}");
                }
                _ => taken += usize::from(!refused),
            }
        }
    }
    assert!(taken > 500, "SQLite took {taken} of the texts");
}

/// Whether SQLite refuses the text because of its depth. Names that mean nothing are another reason, and
/// it looks for them in what is no definition behind the depth.
fn sqlite_refuses_the_depth(text: &str) -> bool {
    let text = text.to_owned();
    // SQLite needs more stack for this than we do.
    let work = thread::Builder::new().stack_size(64 << 20).spawn(move || {
        let database = Connection::open_in_memory().unwrap();
        database.execute_batch("CREATE TABLE b (a)").unwrap();
        database.prepare(&text).err().map(|error| sqlite::words(&error))
    });
    work.unwrap().join().unwrap().is_some_and(|error| {
        ["Recursion limit", "too large", "too many terms", "too many FROM"].iter().any(|words| error.contains(words))
    })
}

/// The limits of SQLite that are ours too, in its words.
#[test]
fn a_table_has_at_most_2000_columns() {
    let columns = |count: usize| (0..count).map(|at| format!("c{at}")).collect::<Vec<_>>().join(", ");
    let (most, more) = (columns(2_000), columns(2_001));
    for text in [
        format!("CREATE TABLE t ({more});"),
        format!("CREATE TABLE t ({more}, d, e);"),
        format!("CREATE TABLE t ({more}, c1);"),
        format!("CREATE TABLE t ({}, c1, c2);", columns(1_999)),
        format!("CREATE TABLE t ({most});"),
        format!("CREATE TABLE t ({most});\nALTER TABLE t ADD COLUMN d;"),
        format!("CREATE TABLE t ({});\nALTER TABLE t ADD COLUMN d;\nALTER TABLE t ADD COLUMN e;", columns(1_999)),
    ] {
        let database = sqlite::open(false);
        let sqlite = database.execute_batch(&text).map_err(|error| sqlite::words(&error)).err();
        assert_eq!(promises::first_error(&text), sqlite, "{} bytes", text.len());
    }
}

#[test]
fn a_nul_byte_can_stand_anywhere() {
    let snapshots = promises::snapshots();
    for (at, _) in promises::SMALL.char_indices() {
        let (before, behind) = promises::SMALL.split_at(at);
        everything_holds(&format!("{before}\0{behind}"), &snapshots);
        everything_holds(&format!("{before}\0"), &snapshots);
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a list")]
fn a_text_can_end_in_any_token() {
    let snapshots = promises::snapshots();
    let ends = [
        "a",
        "'a",
        "'a'",
        "''",
        "'",
        "\"a",
        "\"a\"",
        "\"",
        "`a",
        "`",
        "[a",
        "[a]",
        "[",
        "]",
        "x'0",
        "x'00",
        "x'00'",
        "x'0g'",
        "x'",
        "1",
        "1.",
        ".5",
        ".",
        "1e",
        "1e+",
        "1e5",
        "1_000",
        "0x",
        "0xf",
        "1a",
        "?",
        "?1",
        ":",
        ":a",
        "@",
        "@a",
        "$",
        "$a",
        "#",
        "#a",
        "-",
        "--",
        "-- a",
        "--> statement-breakpoint",
        "/",
        "/*",
        "/* a",
        "/* *",
        "/* */",
        "*",
        "->",
        "->>",
        "|",
        "||",
        "<",
        "<=",
        "<<",
        "<>",
        ">",
        ">=",
        "!",
        "!=",
        "=",
        "==",
        "(",
        ")",
        ",",
        ";",
        "+",
        "%",
        "&",
        "~",
        "\\",
        "é",
        "🦀",
        "\u{feff}",
        "\u{a0}",
        "\u{b}",
        "\0",
        "\r",
        "\n",
        "\r\n",
        " ",
        "\t",
        "\u{c}",
        "NOT",
        "IN",
        "IS",
        "BETWEEN",
        "CASE",
        "END",
        "EXISTS",
        "CAST",
        "RAISE",
        "COLLATE",
        "OVER",
        "FILTER",
        "AS",
        "ON",
        "USING",
        "WITH",
    ];
    let beginnings = [
        "",
        "SELECT ",
        "SELECT a ",
        "SELECT a.",
        "SELECT (",
        "SELECT f(a ",
        "SELECT 1 FROM a ",
        "SELECT 1 FROM (a ",
        "CREATE ",
        "CREATE TABLE ",
        "CREATE TABLE t (",
        "CREATE TABLE t (a ",
        "CREATE TABLE t (a DEFAULT ",
        "CREATE TABLE t (a) ",
        "CREATE INDEX i ON users (name ",
        "CREATE VIEW v AS SELECT a ",
        "CREATE TRIGGER ",
        "CREATE TRIGGER t AFTER UPDATE OF a ",
        "CREATE TRIGGER t AFTER DELETE ON users BEGIN SELECT 1 ",
        "ALTER TABLE users ",
        "ALTER TABLE users ADD ",
        "ALTER TABLE users RENAME name TO ",
        "DROP TABLE ",
        "PRAGMA a",
        "PRAGMA a = ",
        "INSERT INTO users VALUES (1 ",
        "UPDATE users SET name ",
        "DELETE FROM users WHERE 1 ",
        "WITH a AS (SELECT 1 ",
        "BEGIN ",
        "ROLLBACK TO ",
        "EXPLAIN ",
        "VACUUM ",
        "ATTACH a ",
        ".",
        "\u{feff}",
    ];
    for beginning in beginnings {
        for end in ends {
            everything_holds(&format!("{beginning}{end}"), &snapshots);
            everything_holds(&format!("{beginning}{end};\nSELECT 1;"), &snapshots);
        }
    }
}

fn everything_holds(text: &str, snapshots: &[remold_core::snapshot::Snapshot]) {
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        promises::holds(text, snapshots);
        promises::reads(text);
        promises::replays(text);
    }));
    assert!(outcome.is_ok(), "with this text: {text:?}");
}

/// SQLite takes a carriage return for white space, and for no end of a comment.
#[test]
fn no_finding_is_as_long_as_the_names_in_it() {
    let name = "é".repeat(100_000);
    let text = format!(
        "CREATE TABLE t (a);\nCREATE TABLE \"{name}\";\nALTER TABLE {name} ADD b;\nDROP TABLE {name};\n\
         ALTER TABLE t DROP COLUMN {name};\nCREATE INDEX i ON t ('{name}' {name});\nFOO {name};\nSELECT '{name}"
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("1.sql"), &text).unwrap();
    for format in ["text", "json", "github", "gitlab", "rdjson", "markdown"] {
        let output = binary::command(folder.path()).args(["lint", "1.sql", "--format", format]).output().unwrap();
        let length = output.stdout.len() + output.stderr.len();
        assert!((100..30_000).contains(&length), "{length} bytes of {format}");
    }
}

#[test]
fn lines_may_end_as_on_any_machine() {
    let commented = format!("-- first\n{}", promises::SMALL.replacen(" (", " -- a comment\n(", 3));
    for ends in ["\n", "\r\n", "\r"] {
        for mark in ["", "\u{feff}"] {
            for text in [promises::SMALL.replace('\n', ends), commented.replace('\n', ends)] {
                let database = sqlite::open(false);
                let sqlite = database.execute_batch(&text).map_err(|error| sqlite::words(&error)).err();
                assert_eq!(promises::first_error(&format!("{mark}{text}")), sqlite, "{text:?}");
                let count = "SELECT count(*) FROM sqlite_schema WHERE sql IS NOT NULL";
                let objects: isize = database.query_row(count, [], |row| row.get(0)).unwrap();
                assert_eq!(promises::objects(&format!("{mark}{text}")).cast_signed(), objects, "{text:?}");
            }
        }
    }
}

/// What is no text is told with the place of the first byte that is none.
#[test]
fn a_file_that_is_no_text_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&[u8], &str); 6] = [
        (b"SELECT 1;\n\xff", "byte 0xFF at offset 10, in line 2"),
        (b"SELECT '\xed\xa0\x80';\n", "byte 0xED at offset 8, in line 1"),
        (b"\n\n\xc3", "byte 0xC3 at offset 2, in line 3"),
        (b"SELECT '\xf5\x80\x80\x80'", "byte 0xF5 at offset 8, in line 1"),
        (b"SELECT '\xc0\x80'", "byte 0xC0 at offset 8, in line 1"),
        (b"\xff\xfeS\0E\0", "is UTF-16"),
    ];
    for (bytes, told) in cases {
        fs::write(folder.path().join("1.sql"), bytes).unwrap();
        let output = binary::command(folder.path()).arg("lint").arg("1.sql").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("1.sql") && said.contains(told), "{said}");
    }
    // These are text, if a strange one.
    for text in ["\0", "SELECT '\0';", "SELECT 1;\0", "\u{feff}", "", "\r", "\u{feff}SELECT 1;"] {
        fs::write(folder.path().join("1.sql"), text).unwrap();
        let output = binary::command(folder.path()).arg("lint").arg("1.sql").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code().is_some_and(|code| code < 2), "{text:?}: {said}");
    }
}
