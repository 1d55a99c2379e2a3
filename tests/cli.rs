//! Transcripts of the real binary: each file of `projects/` is a folder and the commands that are
//! run in it.
//!
//! `== path ==` begins a file of the folder, and `== path, escaped ==` one whose `\x1b` and `\n`
//! are written out; `== path, database ==` begins the statements that make one. `$ remold …` runs the binary, `$ cat FILE` shows a file. `# …` is prose.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use remold_core::render::json;
use remold_core::rules::RULES;
use rusqlite::Connection;

use crate::harness::binary;

/// A line, or a file, of a project.
enum Part<'text> {
    Prose(&'text str),
    Command(&'text str),
    File { path: &'text str, bytes: Vec<u8> },
}

#[test]
fn projects() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    insta::glob!("projects/*.txt", |path| {
        insta::assert_snapshot!("project", play(&fs::read_to_string(path).unwrap()));
    });
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = tempfile::tempdir().unwrap();
    let print = |arguments: &[&str]| {
        let output = binary::command(folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let list = print(&["rules"]);
    for entry in RULES {
        assert!(list.lines().any(|line| line.starts_with(entry.rule.id) && line.ends_with(entry.title())), "{list}");
        assert!(print(&["explain", entry.rule.id]).contains(entry.page.trim_end()));
    }
    assert_eq!(print(&["rules", "--format", "json"]), json::rules());
}

#[test]
fn a_reader_who_has_read_enough_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = binary::command(folder.path());
    let mut child = command.args(["rules", "--format", "json"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

/// Makes the folder and runs the commands, in their order.
fn play(project: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let parts = parts(project);
    for part in &parts {
        if let Part::File { path, bytes } = part {
            if let Some(path) = path.strip_suffix(", database") {
                let database = Connection::open(folder.join(path)).unwrap();
                database.execute_batch(str::from_utf8(bytes).unwrap()).unwrap();
                continue;
            }
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let mut shown = String::new();
    for part in &parts {
        match part {
            Part::Prose(line) => writeln!(shown, "{line}").unwrap(),
            Part::Command(line) => writeln!(shown, "$ {line}\n{}", run(&folder, line)).unwrap(),
            Part::File { .. } => {}
        }
    }
    binary::number_hashes(&shown)
}

fn run(folder: &Path, line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["remold", arguments @ ..] => {
            let output = binary::command(folder).args(arguments).output().unwrap();
            binary::transcript(folder, &output)
        }
        ["cat", file] => fs::read_to_string(folder.join(file)).unwrap(),
        _ => panic!("no transcript can run `{line}`"),
    }
}

fn parts(project: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut escaped = false;
    for line in project.split_inclusive('\n') {
        let bare = line.trim_end();
        if let Some(command) = bare.strip_prefix("$ ") {
            parts.push(Part::Command(command));
        } else if let Some(header) = bare.strip_prefix("== ").and_then(|rest| rest.strip_suffix(" ==")) {
            let path = header.strip_suffix(", escaped");
            escaped = path.is_some();
            parts.push(Part::File { path: path.unwrap_or(header), bytes: Vec::new() });
        } else if let Some(Part::File { bytes, .. }) = parts.last_mut() {
            if escaped { unescape(bare, bytes) } else { bytes.extend_from_slice(line.as_bytes()) }
        } else if !bare.is_empty() {
            assert!(bare.starts_with('#'), "neither a command, a file nor prose: {bare}");
            parts.push(Part::Prose(bare));
        }
    }
    parts
}

/// Writes the bytes that `\n`, `\xNN` and plain text stand for.
fn unescape(line: &str, bytes: &mut Vec<u8>) {
    let mut rest = line;
    while let Some((plain, escape)) = rest.split_once('\\') {
        bytes.extend_from_slice(plain.as_bytes());
        rest = if let Some(rest) = escape.strip_prefix('n') {
            bytes.push(b'\n');
            rest
        } else {
            let digits = escape.strip_prefix('x').expect("an escape is \\n or \\xNN");
            bytes.push(u8::from_str_radix(&digits[..2], 16).unwrap());
            &digits[2..]
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
}
