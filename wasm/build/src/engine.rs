//! What SQLite is compiled with for the browser: a C compiler, and the very sources and options of the
//! command line's SQLite.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::compiler::{Compiler, ask};

const NO_CLANG: &str = "\
no C compiler here can target wasm32, which SQLite needs. Any of these gives one:
  apt-get install -y clang-19 llvm-19    (Debian, Ubuntu)
  brew install llvm                      (macOS; Apple's own clang can't)
or name one in CC_wasm32_unknown_unknown";

/// The crate whose SQLite the command line has.
const BUNDLE: &str = "libsqlite3-sys";

/// The options of the command line's SQLite, as far as they say what a statement does, after which a
/// `-U` takes away what `sqlite-wasm-rs` adds. `wasm/sqlite/compile_options.txt` is held to the result.
const OPTIONS: &str = "\
-DSQLITE_DEFAULT_FOREIGN_KEYS=1 -DSQLITE_ENABLE_FTS3 -DSQLITE_ENABLE_FTS3_PARENTHESIS \
-DSQLITE_ENABLE_JSON1 -DSQLITE_ENABLE_LOAD_EXTENSION=1 -DSQLITE_ENABLE_STAT4 -DSQLITE_SOUNDEX \
-USQLITE_DEFAULT_CACHE_SIZE -USQLITE_DEFAULT_PAGE_SIZE -USQLITE_TEMP_STORE \
-USQLITE_OMIT_DEPRECATED -USQLITE_OMIT_LOAD_EXTENSION -USQLITE_OMIT_SHARED_CACHE \
-USQLITE_ENABLE_BYTECODE_VTAB -USQLITE_ENABLE_DBPAGE_VTAB -USQLITE_ENABLE_STMTVTAB \
-USQLITE_ENABLE_MATH_FUNCTIONS -USQLITE_ENABLE_OFFSET_SQL_FUNC -USQLITE_ENABLE_UNKNOWN_SQL_FUNCTION \
-USQLITE_ENABLE_PREUPDATE_HOOK -USQLITE_ENABLE_SESSION -USQLITE_ENABLE_UNLOCK_NOTIFY";

/// What the build of SQLite is told, as environment variables.
pub(crate) fn environment(root: &Path, compiler: &Compiler, offline: bool) -> Result<Vec<(&'static str, String)>> {
    let sources = sources(root, compiler, offline)?;
    let clang = Clang::find()?;
    println!("C         {} ({})", clang.program, clang.version);
    let mut variables = vec![
        ("SQLITE_WASM_RS_SOURCE_DIR", sources.display().to_string()),
        ("SQLITE_WASM_RS_FLAGS", OPTIONS.to_owned()),
        ("CC_wasm32_unknown_unknown", clang.program),
    ];
    variables.extend(clang.archiver.map(|program| ("AR_wasm32_unknown_unknown", program)));
    Ok(variables)
}

/// A C compiler that can target WASM.
struct Clang {
    program: String,
    /// LLVM's `ar`, if it lies beside: another one may not know WASM's symbols.
    archiver: Option<String>,
    version: String,
}

impl Clang {
    /// The one that the environment names, else the first that says that it can.
    fn find() -> Result<Self> {
        let named = env::var("CC_wasm32_unknown_unknown").ok();
        let program = match named {
            Some(program) => program,
            None => candidates().find(|program| targets_wasm(program)).context(NO_CLANG)?,
        };
        let Some(version) = ask(Path::new(&program), &["--version"]) else {
            bail!("`{program} --version` failed\n{NO_CLANG}");
        };
        let archiver = ask(Path::new(&program), &["--print-prog-name=llvm-ar"]);
        Ok(Self {
            archiver: archiver.filter(|path| Path::new(path).is_file()),
            version: version.lines().next().unwrap_or_default().to_owned(),
            program,
        })
    }
}

fn candidates() -> impl Iterator<Item = String> {
    let versions = (16..=22).rev().map(|version| format!("clang-{version}"));
    let homebrew = ["/opt/homebrew/opt/llvm/bin/clang", "/usr/local/opt/llvm/bin/clang"].map(str::to_owned);
    std::iter::once("clang".to_owned()).chain(versions).chain(homebrew)
}

fn targets_wasm(program: &str) -> bool {
    ask(Path::new(program), &["--print-targets"])
        .is_some_and(|targets| targets.lines().any(|line| line.trim_start().starts_with("wasm32 ")))
}

/// The folder of the SQLite that the workspace's lock file gives the command line.
fn sources(root: &Path, compiler: &Compiler, offline: bool) -> Result<PathBuf> {
    let mut cargo = Command::new(compiler.cargo());
    cargo.current_dir(root).env("RUSTC", &compiler.rustc).args(["metadata", "--format-version", "1", "--locked"]);
    if offline {
        cargo.arg("--offline");
    }
    let output = cargo.output().context("starting `cargo metadata`")?;
    if !output.status.success() {
        bail!("`cargo metadata` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).context("reading what `cargo metadata` says")?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let manifest = packages
        .filter(|package| package["name"] == BUNDLE)
        .find_map(|package| package["manifest_path"].as_str())
        .with_context(|| format!("the workspace has no {BUNDLE}"))?;
    let folder = Path::new(manifest).with_file_name("sqlite3");
    if !folder.join("sqlite3.c").is_file() {
        bail!("{} has no sqlite3.c", folder.display());
    }
    Ok(folder)
}
