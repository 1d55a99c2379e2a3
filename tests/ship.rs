//! What a project's CI runs: the steps of the GitHub Action, of GitLab's template and of pre-commit's hook, in a
//! repository of git's own making. `tests/ship/run.sh` has the real pre-commit run them, and lints the files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::harness::{binary, fixture};

const BASE: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);\n";

/// Runs a program in the folder; git knows nobody there but this test.
fn run(folder: &Path, program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program);
    command.current_dir(folder).args(arguments).env("NO_COLOR", "1");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    for (name, value) in [("NAME", "Test"), ("EMAIL", "test@example.org")] {
        command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
    }
    command.envs(variables.iter().copied()).output().unwrap()
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, "git", arguments, &[]);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A repository with a released migration, in which a branch drops its table.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    git(path, &["init", "--quiet", "--initial-branch", "main"]);
    write(path, "migrations/0001_users.sql", BASE);
    git(path, &["add", "--all"]);
    git(path, &["commit", "--quiet", "--message", "base"]);
    git(path, &["switch", "--quiet", "--create", "change"]);
    write(path, "migrations/0002_drop.sql", "DROP TABLE users;\n");
    git(path, &["add", "--all"]);
    git(path, &["commit", "--quiet", "--message", "change"]);
    folder
}

/// What actions/checkout makes of it for a pull request with `fetch-depth: 2`: the merge and its parents.
fn checked_out(repository: &Path, depth: &str) -> tempfile::TempDir {
    git(repository, &["switch", "--quiet", "--detach", "main"]);
    git(repository, &["merge", "--quiet", "--no-ff", "--no-edit", "change"]);
    git(repository, &["branch", "--force", "merge"]);
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repository.display());
    git(clone.path(), &["clone", "--quiet", "--depth", depth, "--branch", "merge", &url, "."]);
    clone
}

/// How the step of the Action ended, and what it left behind.
struct Step {
    code: i32,
    printed: String,
    said: String,
    summary: String,
    outputs: String,
}

/// Runs the Action's step as a runner does, with the variables that action.yml makes of its inputs.
fn step(folder: &Path, variables: &[(&str, &str)]) -> Step {
    let temporary = tempfile::tempdir().unwrap();
    let file = |name: &str| temporary.path().join(name);
    let script = fixture::root().join("cli/ci/action.sh");
    let (summary, outputs) = (file("summary"), file("outputs"));
    let always = [
        ("RUNNER_TEMP", temporary.path().to_str().unwrap()),
        ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap()),
        ("GITHUB_OUTPUT", outputs.to_str().unwrap()),
        ("GITHUB_SERVER_URL", "https://git.example"),
        ("GITHUB_REPOSITORY", "owner/app"),
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("REMOLD_HEAD", "0123abcd"),
        ("REMOLD_BINARY", binary::path().to_str().unwrap()),
    ];
    let output = run(folder, "bash", &[script.to_str().unwrap()], &[&always, variables].concat());
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let read = |path: &PathBuf| fs::read_to_string(path).unwrap_or_default();
    let (summary, outputs) = (read(&summary), read(&outputs));
    Step {
        code: output.status.code().unwrap(),
        printed: text(output.stdout),
        said: text(output.stderr),
        summary,
        outputs,
    }
}

#[test]
fn the_action_reports_what_a_pull_request_brings() {
    let repository = repository();
    let clone = checked_out(repository.path(), "2");
    let step = step(clone.path(), &[("REMOLD_SARIF", "true")]);
    assert_eq!(step.code, 1, "{}{}", step.printed, step.said);
    assert!(step.printed.starts_with("::error file=migrations/0002_drop.sql,line=1,"), "{}", step.printed);
    assert!(!step.printed.contains("0001_users.sql,"), "what is released is no finding: {}", step.printed);
    assert!(step.summary.starts_with("<!-- remold -->"), "{}", step.summary);
    assert!(
        step.summary.contains("https://git.example/owner/app/blob/0123abcd/migrations/0002_drop.sql"),
        "{}",
        step.summary
    );
    let outputs: Vec<&str> = step.outputs.lines().collect();
    assert_eq!(outputs[0], "exit-code=1");
    assert!(outputs[1].starts_with("markdown=/") && outputs[2].ends_with("remold.sarif"), "{outputs:?}");
}

#[test]
fn the_action_takes_its_inputs_as_they_are() {
    let repository = repository();
    let folder = repository.path();
    // Neither of these is run, cut in words, or read as an option.
    let odd = "odd $(touch run) `touch run`; 'name";
    fs::rename(folder.join("migrations"), folder.join(odd)).unwrap();
    write(folder, "-other.sql", "CREATE TABLE other (id INTEGER PRIMARY KEY);\n");
    let inputs = [
        ("REMOLD_PATHS", &*format!("{odd}\n-other.sql\n")),
        ("REMOLD_FAIL_ON", "never"),
        ("GITHUB_EVENT_NAME", "push"),
    ];
    let step = step(folder, &inputs);
    assert_eq!((step.code, step.outputs.lines().next()), (0, Some("exit-code=0")), "{}", step.said);
    assert!(step.printed.contains("0002_drop.sql") && step.outputs.contains("\nsarif=\n"), "{}", step.printed);
    assert!(!folder.join("run").exists());
    let wrong = self::step(folder, &[("REMOLD_PATHS", odd), ("REMOLD_SINCE", "--output=x; touch run")]);
    assert_eq!((wrong.code, &*wrong.summary), (2, ""), "{}", wrong.said);
    assert!(wrong.printed.starts_with("::error title=remold::") && wrong.said.contains("git knows no commit"));
    assert!(!folder.join("run").exists() && !folder.join("x").exists());
}

#[test]
fn a_checkout_without_the_base_is_told_how_to_get_it() {
    let repository = repository();
    let clone = checked_out(repository.path(), "1");
    let step = step(clone.path(), &[]);
    assert_eq!(step.code, 2);
    assert!(step.said.contains("`fetch-depth: 2`") && step.said.contains("`--since HEAD^1`"), "{}", step.said);
}

#[test]
fn a_release_is_taken_only_with_its_checksum() {
    let folder = tempfile::tempdir().unwrap();
    let system = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let release = folder.path().join("releases/v1.2.3");
    fs::create_dir_all(&release).unwrap();
    write(folder.path(), "remold", "#!/bin/sh\necho released\n");
    let archive = format!("remold-v1.2.3-{system}.tar.gz");
    run(folder.path(), "chmod", &["+x", "remold"], &[]);
    run(folder.path(), "tar", &["-czf", release.join(&archive).to_str().unwrap(), "remold"], &[]);
    let sum = run(&release, "sha256sum", &[&archive], &[]);
    fs::write(release.join(format!("{archive}.sha256")), sum.stdout).unwrap();
    let script = fixture::root().join("cli/ci/binary.sh");
    let install = |name: &str| {
        let releases = format!("file://{}/releases", folder.path().display());
        let into = folder.path().join(name);
        let variables =
            [("REMOLD_RELEASES", &*releases), ("REMOLD_VERSION", "v1.2.3"), ("REMOLD_INSTALL", into.to_str().unwrap())];
        run(folder.path(), "bash", &[script.to_str().unwrap()], &variables)
    };
    let taken = install("one");
    let path = String::from_utf8(taken.stdout).unwrap();
    let ran = run(folder.path(), path.trim(), &[], &[]);
    assert_eq!(String::from_utf8(ran.stdout).unwrap(), "released\n");

    fs::write(release.join(format!("{archive}.sha256")), "0".repeat(64)).unwrap();
    let refused = install("other");
    assert_eq!((refused.status.code(), &*refused.stdout), (Some(1), &b""[..]));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("another checksum"));
    assert!(!folder.path().join("other/bin/remold").exists());
}

#[test]
fn the_actions_inputs_are_those_of_its_step() {
    let action = fs::read_to_string(fixture::root().join("action.yml")).unwrap();
    let script = ["action.sh", "binary.sh"]
        .map(|name| fs::read_to_string(fixture::root().join("cli/ci").join(name)).unwrap())
        .concat();
    let inputs = action.split("\noutputs:").next().unwrap().split("\ninputs:").nth(1).unwrap();
    let inputs = inputs.lines().filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'));
    let mut count = 0;
    for input in inputs.filter(|line| !line.starts_with(' ')) {
        count += 1;
        let name = format!("REMOLD_{}", input.to_uppercase().replace('-', "_"));
        assert!(action.contains(&format!("{name}: ${{{{ inputs.{input} }}}}")), "{input}");
        assert!(script.contains(&format!("${{{name}:-")) || script.contains(&format!("${name}")), "{name}");
    }
    assert_eq!(count, 7, "the inputs are read");
    // What is typed into an input becomes no text of a shell's.
    for line in action.lines().filter(|line| line.trim_start().starts_with("run:")) {
        assert!(!line.contains("${{"), "{line}");
    }
    // What others publish is pinned by what it is, not by a name that may move.
    let others =
        ["cli/ci/github.yml", "docs/ci.md"].map(|path| fs::read_to_string(fixture::root().join(path)).unwrap());
    for line in action.lines().chain(others.iter().flat_map(|text| text.lines())).filter(|line| line.contains("uses: "))
    {
        let hash = line.split('@').nth(1).unwrap().split(' ').next().unwrap();
        let is_hash = hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_hash || line.contains("{action}@v{version}") || line.contains("remold/remold@v"), "{line}");
    }
}

#[test]
fn the_comment_is_posted_once_and_then_written_anew() {
    let page = fs::read_to_string(fixture::root().join("docs/ci.md")).unwrap();
    let script = page.split("        run: |\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let gh = "#!/bin/sh\ncase $* in *--paginate*) printf \"$KNOWN\" ;; *) echo \"$*\" ;; esac\n";
    write(folder.path(), "gh", gh);
    run(folder.path(), "chmod", &["+x", "gh"], &[]);
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let post = |known: &str| {
        let variables = [
            ("PATH", &*path),
            ("KNOWN", known),
            ("GITHUB_REPOSITORY", "o/a"),
            ("NUMBER", "7"),
            ("MARKDOWN", "/a b.md"),
        ];
        // As GitHub runs what names no shell.
        let output = run(folder.path(), "bash", &["-e", "-c", script], &variables);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(post(""), "api --silent repos/o/a/issues/7/comments --field body=@/a b.md\n");
    let anew = "api --silent --method PATCH repos/o/a/issues/comments/12 --field body=@/a b.md\n";
    assert_eq!(post("12\\n13\\n"), anew);
}

/// The lines of a key of the template that is a list of commands.
fn commands(template: &str, key: &str) -> String {
    let head = format!("  {key}:");
    let lines = template.lines().skip_while(|line| *line != head).skip(1);
    let lines = lines.take_while(|line| line.starts_with("    "));
    let commands = lines.filter_map(|line| line.trim().strip_prefix("- "));
    commands.map(|command| format!("{command}\n")).collect::<Vec<_>>().concat()
}

#[test]
fn gitlabs_job_saves_a_code_quality_report() {
    let repository = repository();
    let base = git(repository.path(), &["rev-parse", "main"]);
    // GitLab allows to fetch any commit, and clones some of the branch.
    git(repository.path(), &["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repository.path().display());
    git(clone.path(), &["clone", "--quiet", "--depth", "1", "--branch", "change", &url, "."]);
    let template = fs::read_to_string(fixture::root().join("cli/ci/gitlab.yml")).unwrap();
    let script = commands(&template, "script");
    assert_eq!(script.lines().count(), 2, "{script}");
    let folder = binary::path().parent().unwrap().to_str().unwrap();
    let path = format!("{folder}:{}", std::env::var("PATH").unwrap());
    let variables = [("PATH", &*path), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", &*base)];
    // The runner ends a job with the first command that fails.
    let output = run(clone.path(), "bash", &["-e", "-c", &script], &variables);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let report = fs::read_to_string(clone.path().join("remold-code-quality.json")).unwrap();
    assert!(template.contains("codequality: remold-code-quality.json"));
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let found: Vec<&str> =
        report.as_array().unwrap().iter().map(|found| found["location"]["path"].as_str().unwrap()).collect();
    assert!(!found.is_empty() && found.iter().all(|path| *path == "migrations/0002_drop.sql"), "{found:?}");
}

#[test]
fn the_hook_looks_at_what_is_committed() {
    let repository = repository();
    let folder = repository.path();
    let script = fixture::root().join("cli/ci/pre-commit.sh");
    let path = binary::path().to_str().unwrap();
    let hook = |more: &[(&str, &str)]| {
        let output = run(folder, script.to_str().unwrap(), &[], &[&[("REMOLD_BINARY", path)], more].concat());
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(hook(&[]).0, Some(0), "what is committed already is no change");
    let (code, found) = hook(&[("PRE_COMMIT_FROM_REF", "main")]);
    assert!(code == Some(1) && found.contains("migrations/0002_drop.sql"), "{found}");
    write(folder, "migrations/0003_bad.sql", "DROP TABLE nobody;\n");
    git(folder, &["add", "--all"]);
    let (code, found) = hook(&[]);
    assert!(code == Some(1) && found.contains("migrations/0003_bad.sql") && !found.contains("0002"), "{found}");
    // Before the first commit there is no other to compare with.
    fs::remove_dir_all(folder.join(".git")).unwrap();
    git(folder, &["init", "--quiet"]);
    assert_eq!(hook(&[]).0, Some(1));
}
