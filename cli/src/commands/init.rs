//! `remold init`: a `remold.toml`, and what a CI needs, for a project that has neither.

use std::path::{Path, PathBuf};

use remold_core::config::sample::{Known, sample};
use remold_core::history::Project;

use crate::args::{Ci, InitArgs};
use crate::failure::{Exit, Failure};
use crate::files::Place;
use crate::report::counted;
use crate::{config, files, terminal};

/// Looks at the project, says what it sees, and writes what is not there.
pub(crate) fn run(args: &InitArgs) -> Result<Exit, Failure> {
    let config = Path::new(config::NAME);
    let mut text = String::new();
    if config.exists() {
        // What it says is more than what can be seen.
        config::find(Some(config))?;
        text.push_str(&kept(config));
    } else {
        let paths = if args.paths.is_empty() { discovered()? } else { args.paths.clone() };
        let project = files::project(&paths, None)?;
        text.push_str(&seen(args, &paths, &project));
        let known = Known {
            paths: paths.iter().map(|path| files::shown(path)).collect::<Result<_, _>>()?,
            sqlite: args.sqlite.clone(),
            layout: args.layout.map(|layout| layout.name().to_owned()),
            recognised: Some(project.recognised.layout.name().to_owned()),
        };
        text.push_str(&written(config, &sample(&known))?);
    }
    let mut asked = args.ci.clone();
    asked.sort_unstable();
    asked.dedup();
    for ci in asked {
        text.push_str(&written(Path::new(place(ci)), &template(ci))?);
    }
    text.push_str("next: remold lint\n");
    terminal::print(&terminal::visible(&text))?;
    Ok(Exit::Done)
}

/// The one folder that may hold the migrations.
fn discovered() -> Result<Vec<PathBuf>, Failure> {
    let folder = |place| match place {
        Place::Migrations { folder, .. } => Some(folder),
        // That has said already what is to be known.
        Place::Project { .. } => None,
    };
    let found: Vec<PathBuf> = files::discover().into_iter().filter_map(folder).collect();
    let names: Vec<String> = found.iter().map(|path| format!("`{}`", path.display())).collect();
    match names.as_slice() {
        [] => Err(Failure::say(Exit::Usage, "no folder here or below looks like one of migrations")
            .help("name the migration files, or the folder that holds them")),
        [_] => Ok(found),
        several => {
            let failure = Failure::say(
                Exit::Usage,
                format!("{} may hold migrations: {}", counted(several.len(), "folder"), several.join(", ")),
            );
            Err(failure.help("name the one that changes your database; for another database, run this in its folder"))
        }
    }
}

/// What the files are taken for, and by what.
fn seen(args: &InitArgs, paths: &[PathBuf], project: &Project) -> String {
    let paths: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
    let found = format!("found {} in {}", counted(project.migrations().len(), "migration"), paths.join(", "));
    let layout = args.layout.unwrap_or(project.recognised.layout).name();
    let by = match &project.recognised.by {
        _ if args.layout.is_some() => "as you say".to_owned(),
        None => "for nothing tells whose they are".to_owned(),
        Some(by) => format!("by {by}"),
    };
    let doubt = project.recognised.doubt.as_ref().filter(|_| args.layout.is_none());
    let doubt = doubt.map_or_else(String::new, |doubt| format!(" ({doubt})"));
    format!("{found}\nlayout: {layout}, {by}{doubt}\n")
}

fn written(path: &Path, text: &str) -> Result<String, Failure> {
    if files::write_new(path, text)? {
        return Ok(format!("wrote {}\n", path.display()));
    }
    if path == Path::new(config::NAME) {
        return Ok(kept(path));
    }
    // Somebody else's file may say much more.
    let indented: Vec<String> = text.lines().map(|line| format!("  {line}\n")).collect();
    Ok(format!("{}it would have to say:\n{}", kept(path), indented.concat()))
}

fn kept(path: &Path) -> String {
    format!("{} is there already, and stays as it is\n", path.display())
}

/// Where a CI looks for its file.
const fn place(ci: Ci) -> &'static str {
    match ci {
        Ci::Github => ".github/workflows/remold.yml",
        Ci::Gitlab => ".gitlab-ci.yml",
        Ci::PreCommit => ".pre-commit-config.yaml",
    }
}

/// What a CI's file says, for this release.
fn template(ci: Ci) -> String {
    let text = match ci {
        Ci::Github => include_str!("../../ci/github.yml"),
        Ci::Gitlab => include_str!("../../ci/gitlab.yml"),
        Ci::PreCommit => include_str!("../../ci/pre-commit.yaml"),
    };
    let repository = env!("CARGO_PKG_REPOSITORY");
    let action = repository.strip_prefix("https://github.com/").unwrap_or(repository);
    text.replace("{repository}", repository).replace("{action}", action).replace("{version}", env!("CARGO_PKG_VERSION"))
}
