//! Which compiler can make WASM on this machine, and how.
//!
//! rustup's target is the ordinary way. Where it can't be had (a machine that reaches its
//! distribution's packages and nothing else), any compiler that comes with the sources of the
//! standard library can build that library for WASM itself.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// The target that the browser runs.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const NONE_FOUND: &str = "\
no compiler here can target wasm32-unknown-unknown. Either of these gives one:
  rustup target add wasm32-unknown-unknown
  apt-get install -y rustc-web cargo-web rust-web-src lld-19    (Debian, Ubuntu)";

/// A compiler for the target, and the way it must be called.
pub(crate) struct Compiler {
    /// The `rustc` to use; its `cargo` lies beside it.
    pub(crate) rustc: PathBuf,
    /// Where its standard library for the target comes from.
    pub(crate) library: Library,
    /// A linker to name, where the compiler has none of its own.
    pub(crate) linker: Option<String>,
    version: String,
}

/// Where a compiler's standard library for the target comes from.
#[derive(PartialEq, Eq)]
pub(crate) enum Library {
    /// It is installed.
    Installed,
    /// It is built from the sources that came with the compiler.
    FromSource,
}

impl Compiler {
    /// The `cargo` that belongs to the compiler.
    pub(crate) fn cargo(&self) -> PathBuf {
        self.rustc.with_file_name("cargo")
    }

    /// The folder under which the compiler keeps its libraries and tools.
    pub(crate) fn sysroot(&self) -> Option<PathBuf> {
        ask(&self.rustc, &["--print", "sysroot"]).map(PathBuf::from)
    }
}

impl fmt::Display for Compiler {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let rustc = self.rustc.display();
        write!(out, "{rustc} ({}): ", self.version)?;
        match self.library {
            Library::Installed => write!(out, "it has a standard library for {TARGET}")?,
            Library::FromSource => write!(
                out,
                "no compiler has a standard library for {TARGET}; this one has its sources, so it is built from them"
            )?,
        }
        match &self.linker {
            Some(linker) => write!(out, " (linker {linker})"),
            None => Ok(()),
        }
    }
}

/// Chooses: the first compiler with the target installed, else the first with the library's sources.
pub(crate) fn choose() -> Result<Compiler> {
    let candidates = candidates();
    let ready = candidates.iter().find(|rustc| has_target(rustc));
    let (rustc, library) = match ready {
        Some(rustc) => (rustc, Library::Installed),
        None => match candidates.iter().find(|rustc| has_sources(rustc)) {
            Some(rustc) => (rustc, Library::FromSource),
            None => bail!("{NONE_FOUND}"),
        },
    };
    Ok(Compiler {
        linker: linker(rustc)?,
        version: ask(rustc, &["--version"]).unwrap_or_else(|| "unknown version".to_owned()),
        rustc: rustc.clone(),
        library,
    })
}

/// What a program prints, if it is there and succeeds.
pub(crate) fn ask(program: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The active compiler, and the distribution's if that is another one.
fn candidates() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for name in ["rustc", "/usr/bin/rustc"] {
        let rustc = PathBuf::from(name);
        let known = |other: &PathBuf| sysroot(other) == sysroot(&rustc);
        if sysroot(&rustc).is_some() && !found.iter().any(known) {
            found.push(rustc);
        }
    }
    found
}

fn has_target(rustc: &Path) -> bool {
    let Some(folder) = ask(rustc, &["--print", "target-libdir", "--target", TARGET]) else {
        return false;
    };
    let Ok(entries) = Path::new(&folder).read_dir() else {
        return false;
    };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"))
}

fn has_sources(rustc: &Path) -> bool {
    sysroot(rustc).is_some_and(|root| root.join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file())
}

/// The linker to name: none if the compiler brings `rust-lld`, else LLVM's, newest first.
fn linker(rustc: &Path) -> Result<Option<String>> {
    let host = ask(rustc, &["-vV"])
        .and_then(|text| text.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned));
    if let (Some(root), Some(host)) = (sysroot(rustc), host) {
        let bin = root.join("lib/rustlib").join(host).join("bin");
        if bin.join("rust-lld").is_file() || bin.join("rust-lld.exe").is_file() {
            return Ok(None);
        }
    }
    let names = std::iter::once("wasm-ld".to_owned()).chain((16..=22).rev().map(|n| format!("wasm-ld-{n}")));
    match names.into_iter().find(|name| ask(Path::new(name), &["--version"]).is_some()) {
        Some(name) => Ok(Some(name)),
        None => {
            bail!("no linker for {TARGET}: `apt-get install -y lld-19` gives one (Debian, Ubuntu)")
        }
    }
}

fn sysroot(rustc: &Path) -> Option<PathBuf> {
    ask(rustc, &["--print", "sysroot"]).map(PathBuf::from)
}
