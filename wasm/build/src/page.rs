//! Builds the review page with npm and Vite.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::module::run;

const NO_NODE: &str = "\
the page needs Node.js 20.19 or newer with npm: `apt-get install -y nodejs npm` where the \
distribution has it, else nodejs.org's; or leave the page out: `cargo wasm --no-page`";

/// Builds the page and returns the folder of static files.
pub(crate) fn build(folder: &Path, offline: bool) -> Result<PathBuf> {
    if Command::new("node").arg("--version").output().is_err() || npm().arg("--version").output().is_err() {
        bail!(NO_NODE);
    }
    install(folder, offline).context("installing what the page is built with")?;
    run(npm().current_dir(folder).args(["run", "--silent", "build"])).context("building the page")?;
    Ok(folder.join("dist"))
}

/// Installs exactly what the lock file says, unless that is there already.
fn install(folder: &Path, offline: bool) -> Result<()> {
    // npm writes down there what it installed; a copy of the lock file beside it says from what.
    let modules = folder.join("node_modules");
    let lock = fs::read(folder.join("package-lock.json")).context("reading package-lock.json")?;
    let installed = modules.join(".remold-lock.json");
    if fs::read(&installed).is_ok_and(|bytes| bytes == lock) {
        return Ok(());
    }
    let mut command = npm();
    command.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    if offline {
        command.arg("--offline");
    }
    run(&mut command)?;
    fs::write(&installed, lock).with_context(|| format!("writing {}", installed.display()))
}

fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}
