//! What a change brings, as git tells: a repository of many migrations is taken through a pull request.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::harness::binary;

/// Runs git, which knows nobody here but this test.
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    for (name, value) in [("NAME", "Test"), ("EMAIL", "test@example.org")] {
        command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    let output = command.arg("-C").arg(folder).args(arguments).output().expect("git is installed");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

pub(crate) fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "change"]);
}

/// A repository whose branch `main` has forty migrations, each of which would be found something in.
fn released() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch", "main"]);
    fs::create_dir_all(folder.path().join("app/migrations")).unwrap();
    for number in 1..=40 {
        write(folder.path(), &format!("{number:04}_table.sql"), &format!("CREATE TABLE t{number} (a, b);\n"));
    }
    commit(folder.path());
    git(folder.path(), &["switch", "--quiet", "--create", "change"]);
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join("app/migrations").join(name), text).unwrap();
}

/// The exit code of a lint, and what it prints on both.
fn lint(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = binary::command(folder);
    let output = command.args(["lint", "--runner", "remold"]).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The rules, levels and files of what is found.
fn found(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let (_, stdout, stderr) = lint(folder, &[arguments, &["--format", "json"]].concat());
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
    let word = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let all = report["findings"].as_array().unwrap();
    all.iter().map(|finding| format!("{} {}", word(finding, "rule"), word(finding, "path"))).collect()
}

#[test]
fn a_change_is_judged_by_what_it_brings() {
    let repository = released();
    let folder = repository.path();
    assert_eq!(found(folder, &["app/migrations", "--since", "main"]), [""; 0]);

    // A file that is not even added to git counts, one that is committed as well.
    write(folder, "0041_drop.sql", "DROP TABLE t7;\n");
    assert_eq!(found(folder, &["app/migrations", "--since", "main"]), ["drop-table app/migrations/0041_drop.sql"]);
    commit(folder);
    let (code, stdout, _) = lint(folder, &["app/migrations", "--since", "main"]);
    assert_eq!(code, 1);
    assert!(stdout.contains("1 error in 41 files, of which 1 is looked at: new or changed since `main`"), "{stdout}");

    // The base is where the branch began: what `main` has got since then is no change of the branch.
    git(folder, &["switch", "--quiet", "main"]);
    write(folder, "0042_other.sql", "DROP TABLE t8;\n");
    commit(folder);
    git(folder, &["switch", "--quiet", "change"]);
    assert_eq!(found(folder, &["app/migrations", "--since", "main"]), ["drop-table app/migrations/0041_drop.sql"]);
    // In other folders of the repository the names are those that people type there.
    assert_eq!(found(&folder.join("app"), &["--since", "HEAD^1"]), ["drop-table migrations/0041_drop.sql"]);
}

#[test]
fn released_files_stay_as_they_are() {
    let repository = released();
    let folder = repository.path();
    write(folder, "0003_table.sql", "CREATE TABLE t3 (a INTEGER PRIMARY KEY);\n");
    fs::remove_file(folder.join("app/migrations/0004_table.sql")).unwrap();
    fs::rename(folder.join("app/migrations/0005_table.sql"), folder.join("app/migrations/0005_renamed.sql")).unwrap();
    fs::write(folder.join("app/other.sql"), "SELECT 1;\n").unwrap();
    let rules: Vec<String> = found(folder, &["app/migrations", "--since", "main"])
        .into_iter()
        .filter(|found| found.contains("-migration "))
        .collect();
    assert_eq!(
        rules,
        [
            "edited-migration app/migrations/0003_table.sql",
            "deleted-migration app/migrations/0004_table.sql",
            "out-of-order-migration app/migrations/0005_renamed.sql",
            "deleted-migration app/migrations/0005_table.sql",
        ]
    );
}

#[test]
fn a_hook_is_answered_alike() {
    let repository = released();
    let folder = repository.path();
    write(folder, "0041_drop.sql", "DROP TABLE t7;\n");
    let mut command = binary::command(folder);
    // So a hook finds them, which runs in the uppermost folder.
    command.env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/index");
    let output = command.args(["lint", "app/migrations", "--since", "HEAD", "--format", "github"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("::error file=app/migrations/0041_drop.sql,line=1,"), "{text}");
}

#[test]
fn without_git_the_files_are_named() {
    let repository = released();
    let folder = repository.path();
    write(folder, "0041_drop.sql", "DROP TABLE t7;\n");
    fs::remove_dir_all(folder.join(".git")).unwrap();
    let (code, _, stderr) = lint(folder, &["app/migrations", "--since", "main"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("not a git repository") && stderr.contains("--only"), "{stderr}");
    let only = ["app/migrations", "--only", "app/migrations/0041_drop.sql"];
    assert_eq!(found(folder, &only), ["drop-table app/migrations/0041_drop.sql"]);
    let (code, _, stderr) = lint(folder, &["app/migrations", "--only", "0041_dorp.sql"]);
    assert_eq!((code, stderr.contains("write `0041_drop.sql`")), (2, true), "{stderr}");
}

#[test]
fn a_clone_without_the_base_gets_the_recipe() {
    let repository = released();
    write(repository.path(), "0041_drop.sql", "DROP TABLE t7;\n");
    commit(repository.path());
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repository.path().display());
    git(clone.path(), &["clone", "--quiet", "--depth", "1", "--branch", "change", &url, "clone"]);
    let folder = clone.path().join("clone");
    let (code, _, stderr) = lint(&folder, &["app/migrations", "--since", "HEAD^1"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("git knows no commit `HEAD^1` here") && stderr.contains("fetch-depth: 2"), "{stderr}");
    git(&folder, &["fetch", "--quiet", "--deepen", "1"]);
    assert_eq!(found(&folder, &["app/migrations", "--since", "HEAD^1"]), ["drop-table app/migrations/0041_drop.sql"]);
    // A base that looks like an option is none.
    let (code, _, stderr) = lint(&folder, &["app/migrations", "--since=--output=/tmp/x"]);
    assert_eq!(code, 2, "{stderr}");
}
