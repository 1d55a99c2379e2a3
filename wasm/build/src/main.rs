//! `cargo wasm`: builds remold for the browser and says what it weighs.
//!
//! Four steps: choose a compiler that can target WASM (`compiler`), compile remold's core and SQLite
//! (`engine` says from what) and write their typed bindings (`module`) with the rules' pages beside them,
//! build the review page (`page`), print the sizes and fail over a budget (`sizes`).

mod compiler;
mod engine;
mod module;
mod page;
mod sizes;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use remold_core::wire;

const USAGE: &str = "\
Builds remold's WASM modules, their typed bindings and the review page.

Usage: cargo wasm [--no-page] [--offline]

  --no-page   leave the page out: only the modules and their bindings
  --offline   let cargo and npm use only what is already on this machine";

fn main() -> ExitCode {
    match Options::from_arguments(env::args().skip(1)).and_then(|options| build(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo wasm: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What the command line asked for.
#[derive(Default)]
struct Options {
    help: bool,
    no_page: bool,
    offline: bool,
}

impl Options {
    fn from_arguments(arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut options = Self::default();
        for argument in arguments {
            match argument.as_str() {
                "--no-page" => options.no_page = true,
                "--offline" => options.offline = true,
                "-h" | "--help" => options.help = true,
                other => bail!("`{other}` is not an option\n\n{USAGE}"),
            }
        }
        Ok(options)
    }
}

fn build(options: &Options) -> Result<()> {
    if options.help {
        println!("{USAGE}");
        return Ok(());
    }
    let root = repository();
    let compiler = compiler::choose()?;
    println!("compiler  {compiler}");
    let built = module::compile(&root, &compiler, options.offline)?;
    let bindings = root.join("wasm/page/src/generated");
    let modules = module::bind(&built, &bindings)?;
    println!("bindings  {}", shown(&root, &bindings));
    fs::write(bindings.join(sizes::PAGES), wire::rules()).context("writing the rules' pages")?;
    let page = if options.no_page {
        None
    } else {
        let dist = page::build(&root.join("wasm/page"), options.offline)?;
        println!("page      {}", shown(&root, &dist));
        Some(dist)
    };
    sizes::report(&modules, page.as_deref())
}

/// The repository's root: this package lies two folders below it.
fn repository() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.ancestors().nth(2).expect("wasm/build lies two folders below the root");
    root.to_owned()
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string()
}
