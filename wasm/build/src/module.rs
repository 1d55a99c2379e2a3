//! Compiles the modules, remold's core and SQLite, and writes their bindings.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::compiler::{Compiler, Library, TARGET};
use crate::engine;

/// Where the modules lie.
pub(crate) struct Modules {
    /// remold's core.
    pub(crate) core: PathBuf,
    /// SQLite, which the page loads only for a replay.
    pub(crate) sqlite: PathBuf,
}

/// Compiles the modules with the profile `wasm` and returns the folder that the compiler wrote them to.
pub(crate) fn compile(root: &Path, compiler: &Compiler, offline: bool) -> Result<PathBuf> {
    let folder = root.join("target/wasm");
    let mut cargo = Command::new(compiler.cargo());
    cargo
        .current_dir(root)
        .args(["build", "--lib", "--profile", "wasm", "--locked"])
        .args(["--package", "remold-wasm", "--package", "remold-sqlite-wasm"])
        .args(["--target", TARGET])
        .arg("--target-dir")
        .arg(&folder)
        .env("RUSTC", &compiler.rustc)
        .env("CARGO_ENCODED_RUSTFLAGS", flags(root, compiler))
        .envs(engine::environment(root, compiler, offline)?);
    if offline {
        cargo.arg("--offline");
    }
    if let Some(linker) = &compiler.linker {
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }
    if compiler.library == Library::FromSource {
        // `-Z` is for nightly compilers; this lets the stable one that we have take it.
        cargo.env("RUSTC_BOOTSTRAP", "1");
        cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
    }
    run(&mut cargo)?;
    Ok(folder.join(TARGET).join("wasm"))
}

/// Compiler flags that make the module small and leave no path of this machine in it, so that the same compiler
/// gives the same bytes everywhere.
fn flags(root: &Path, compiler: &Compiler) -> String {
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo_home = cargo_home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let sources = compiler.sysroot().map(|root| root.join("lib/rustlib/src/rust"));
    // The compiler knows the sources by the folder that a link leads to as well.
    let resolved = sources.as_ref().and_then(|folder| fs::canonicalize(folder).ok());
    let places = [(Some(root.to_owned()), "/remold"), (cargo_home, "/cargo"), (sources, "/rust"), (resolved, "/rust")];
    let mut flags: Vec<String> = places
        .into_iter()
        .filter_map(|(from, to)| Some(format!("--remap-path-prefix={}={to}", from?.display())))
        .collect();
    if compiler.library == Library::FromSource {
        // Where a panic happened is a large part of the data. The same files stop the command line at the same
        // place, and that says where.
        flags.push("-Zlocation-detail=none".to_owned());
    }
    // The loop of SHA-256 written once, not 64 times.
    flags.push("--cfg=sha2_backend_soft=\"compact\"".to_owned());
    // Cargo takes flags that may hold spaces with this character between them.
    flags.join("\u{1f}")
}

/// Writes the modules of a folder, their JavaScript and their TypeScript types into another.
pub(crate) fn bind(built: &Path, folder: &Path) -> Result<Modules> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    for name in ["remold_wasm.wasm", "remold_sqlite_wasm.wasm"] {
        let module = built.join(name);
        Bindgen::new()
            .input_path(&module)
            .web(true)?
            .typescript(true)
            // The page says where the module is; a second guess would copy it twice into the build.
            .omit_default_module_path(true)
            .remove_name_section(true)
            .remove_producers_section(true)
            .generate(folder)
            .with_context(|| format!("making the bindings of {}", module.display()))?;
    }
    Ok(Modules { core: folder.join("remold_wasm_bg.wasm"), sqlite: folder.join("remold_sqlite_wasm_bg.wasm") })
}

/// Runs a command and turns its failure into an error that names it.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("starting `{name}`"))?;
    if !status.success() {
        bail!("`{name}` failed ({status})");
    }
    Ok(())
}
