//! What git knows of the files: which of them are new, changed or gone since another commit.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Output};

use remold_core::history::Since;

use crate::failure::{Exit, Failure};

/// Compares the files below the folder, as they lie there, with those of the commit that `base` and the present
/// one both come from. Where that is not in the clone, `base` itself is taken.
pub(crate) fn since(folder: &Path, base: &str) -> Result<Since, Failure> {
    let git = Git { folder };
    if let Err(said) = git.ask(&["rev-parse", "--show-toplevel"])? {
        let failure = Failure::say(
            Exit::Usage,
            format!("git takes `{}` for no repository that it can read: {said}", folder.display()),
        );
        return Err(failure.help("mend what git says, or leave --since out and name the new files with --only"));
    }
    let commit = format!("{base}^{{commit}}");
    let Ok(commit) = git.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])? else {
        return Err(no_base(&git, base)?);
    };
    let commit = commit.trim();
    let ancestor = git.ask(&["merge-base", "--end-of-options", commit, "HEAD"])?;
    let commit = ancestor.as_deref().map_or(commit, str::trim);
    let mut since = Since { base: base.to_owned(), ..Since::default() };
    let diff = ["diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--relative", commit, "--", "."];
    let diff = git.answer(&diff)?;
    let mut fields = diff.split_terminator('\0');
    while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
        let path = path.to_owned();
        match status {
            _ if !is_sql(&path) => {}
            "A" => _ = since.added.insert(path),
            "D" => _ = since.deleted.insert(path),
            _ => {
                let before = git.answer(&["show", "--end-of-options", &format!("{commit}:./{path}")])?;
                since.edited.insert(path, before);
            }
        }
    }
    let others = git.answer(&["ls-files", "--others", "--exclude-standard", "-z", "--", "."])?;
    let others = others.split_terminator('\0');
    since.added.extend(others.filter(|path| is_sql(path)).map(ToOwned::to_owned));
    Ok(since)
}

fn is_sql(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql"))
}

/// Why the base is not there: a clone of the last commit alone has none.
fn no_base(git: &Git, base: &str) -> Result<Failure, Failure> {
    let shallow = git.ask(&["rev-parse", "--is-shallow-repository"])?.is_ok_and(|said| said.trim() == "true");
    let failure = Failure::say(Exit::Usage, format!("git knows no commit `{base}` here"));
    Ok(if shallow {
        failure.help(
            "this clone is shallow: have it check out two commits (`fetch-depth: 2` of actions/checkout) and write \
             `--since HEAD^1`, which is the pull request's base",
        )
    } else {
        failure.help("name a branch, a tag or a commit; `git fetch` brings those of the remote")
    })
}

/// The git program, in a folder.
struct Git<'run> {
    folder: &'run Path,
}

impl Git<'_> {
    /// What it prints; or where it fails, what it says.
    fn ask(&self, arguments: &[&str]) -> Result<Result<String, String>, Failure> {
        let mut command = Command::new("git");
        // It shall neither wait for anybody nor lock what others use.
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
        // A hook names its repository from its own folder; ours tells by itself.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        command.arg("-C").arg(self.folder).args(arguments);
        let Output { status, stdout, stderr } = command.output().map_err(|error| match error.kind() {
            ErrorKind::NotFound => Failure::say(Exit::Usage, "there is no program `git` here")
                .help("leave --since out, and name the new files with --only"),
            _ => Failure::new(Exit::Failed, error),
        })?;
        // A file may have been any bytes before; names that are none of ours are not asked for.
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok(if status.success() {
            Ok(text(stdout))
        } else {
            Err(text(stderr).lines().next().unwrap_or_default().to_owned())
        })
    }

    /// What it prints, of which nothing but a fault keeps it.
    fn answer(&self, arguments: &[&str]) -> Result<String, Failure> {
        self.ask(arguments)?.map_err(|said| {
            let command = arguments.first().copied().unwrap_or_default();
            let failure =
                Failure::say(Exit::Failed, format!("`git {command}` failed in `{}`: {said}", self.folder.display()));
            failure.help("mend what git says, or leave --since out and name the new files with --only")
        })
    }
}
