//! The real binary: built once, run in folders of the test's own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// Where the binary is. It is built the first time that somebody asks, for cargo builds the binaries
/// of other packages for no test.
pub(crate) fn path() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let build = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", "remold", "--message-format", "json"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::inherit())
            .output()
            .unwrap();
        assert!(build.status.success(), "the binary does not build");
        let built = String::from_utf8(build.stdout).unwrap();
        let messages = built.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let executable = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from)).next_back();
        executable.expect("cargo says where the binary is")
    })
}

/// The binary, to be run in the folder: without colours, and with nothing of the tester's own.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(path());
    command.current_dir(folder).stdin(Stdio::null()).env("NO_COLOR", "1");
    for variable in ["CLICOLOR_FORCE", "COLUMNS", "RUST_BACKTRACE"] {
        command.env_remove(variable);
    }
    command
}

/// What a run printed and how it ended, as a transcript has it. The folder's own path is written
/// `[folder]`.
pub(crate) fn transcript(folder: &Path, output: &Output) -> String {
    let mut shown = String::from_utf8_lossy(&output.stdout).into_owned();
    end_line(&mut shown);
    let said = String::from_utf8_lossy(&output.stderr);
    if !said.is_empty() {
        shown.push_str("--- stderr\n");
        shown.push_str(&said);
        end_line(&mut shown);
    }
    match output.status.code() {
        Some(code) => writeln!(shown, "--- exit {code}").unwrap(),
        None => writeln!(shown, "--- {}", output.status).unwrap(),
    }
    shown.replace(folder.to_str().unwrap(), "[folder]")
}

/// The text with each SHA-256 replaced by its number in the order of appearance: which are the same
/// stays to be seen, but no other wording in a plan changes every transcript.
pub(crate) fn number_hashes(text: &str) -> String {
    let mut seen: Vec<&str> = Vec::new();
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_hexdigit()) {
        let hexadecimal = |character: char| matches!(character, '0'..='9' | 'a'..='f');
        let digits = rest[start..].find(|character| !hexadecimal(character)).unwrap_or(rest.len() - start).max(1);
        let (before, word) = (&rest[..start], &rest[start..start + digits]);
        shown.push_str(before);
        if word.len() == 64 {
            let number = seen.iter().position(|hash| *hash == word).unwrap_or_else(|| {
                seen.push(word);
                seen.len() - 1
            });
            write!(shown, "[hash {}]", number + 1).unwrap();
        } else {
            shown.push_str(word);
        }
        rest = &rest[start + digits..];
    }
    shown.push_str(rest);
    shown
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str("⏎\n");
    }
}
