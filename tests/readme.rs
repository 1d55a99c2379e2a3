//! The README's commands print what the README shows.

use std::fs;
use std::path::Path;

use crate::harness::binary;

/// Every `console` block is run, in one folder laid out as the example's script lays it out. A line
/// `…` stands for any lines, a `…` within a line for any text.
#[test]
fn its_commands_print_what_it_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let example = root.join("examples/runbook");
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("migrations")).unwrap();
    for file in ["migrations/add_blob_data_column.sql", "expected.sql"] {
        fs::copy(example.join(file), folder.path().join(file)).unwrap();
    }
    let database = rusqlite::Connection::open(folder.path().join("scenes.db")).unwrap();
    database.execute_batch(&fs::read_to_string(example.join("database.sql")).unwrap()).unwrap();
    drop(database);

    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let mut commands = 0;
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for part in block.split("$ remold ").skip(1) {
            let (arguments, shown) = part.split_once('\n').unwrap();
            let output = binary::command(folder.path()).args(arguments.split(' ')).output().unwrap();
            let printed =
                format!("{}{}", String::from_utf8(output.stderr).unwrap(), String::from_utf8(output.stdout).unwrap());
            let shown: Vec<&str> = shown.lines().collect();
            let lines: Vec<&str> = printed.lines().collect();
            assert!(matches(&shown, &lines), "$ remold {arguments}\n{printed}\nis not what the README shows");
            commands += 1;
        }
    }
    assert!(commands >= 6, "the README shows the whole way through");
}

/// Whether a line `…` stands for any lines, and a `…` within a line for any text.
pub(crate) fn matches(shown: &[&str], printed: &[&str]) -> bool {
    match shown {
        [] => printed.is_empty(),
        ["…", rest @ ..] => (0..=printed.len()).any(|skipped| matches(rest, &printed[skipped..])),
        [line, rest @ ..] => {
            printed.split_first().is_some_and(|(first, others)| same(line, first) && matches(rest, others))
        }
    }
}

fn same(shown: &str, printed: &str) -> bool {
    match shown.split_once('…') {
        None => shown.trim_end() == printed.trim_end(),
        Some((start, end)) => printed.starts_with(start) && printed.ends_with(end),
    }
}
