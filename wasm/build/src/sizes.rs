//! What the modules and the page weigh, and the budgets for the modules.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::module::Modules;

/// The rules' pages, which the browser fetches when one is opened.
pub(crate) const PAGES: &str = "rules.json";

/// The most that the core may weigh, compressed with Brotli: 380 KB. On a phone line of 1.6 Mbit/s that is
/// 1.9 seconds. The rules' code and words are a third of it; ordered maps, each compiled for what it holds,
/// are 25 KB, and reading JSON is 15 KB.
const CORE: usize = 380 * 1024;

/// The most that SQLite may weigh, compressed alike: 440 KB. It comes after the findings, which don't
/// wait for it. FTS3 alone is 36 KB of it, which the command line's SQLite has and migrations use; what
/// runs the batches is 55 KB.
const SQLITE: usize = 440 * 1024;

/// Prints the sizes of the modules, of the rules' pages and of the page without them; fails if one is over its budget.
pub(crate) fn report(modules: &Modules, page: Option<&Path>) -> Result<()> {
    let core = Size::of_file(&modules.core)?;
    let sqlite = Size::of_file(&modules.sqlite)?;
    let pages = Size::of_file(&modules.core.with_file_name(PAGES))?;
    println!("\n{:<24}{:>12}{:>12}{:>12}", "bytes", "raw", "gzip -9", "brotli -11");
    core.print("core.wasm");
    if let Some(folder) = page {
        let rest = at_once(folder)?;
        rest.print("page without modules");
        rest.plus(&core).print("page, to findings");
    }
    sqlite.print("sqlite.wasm, later");
    pages.print("rules' pages, later");
    println!();
    core.holds("core.wasm", CORE)?;
    sqlite.holds("sqlite.wasm", SQLITE)
}

/// How many bytes something has, as it is and compressed.
#[derive(Default)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Size {
    fn of(bytes: &[u8]) -> io::Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let (quality, window) = (11, 22);
        let mut brotli = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, window);
        brotli.write_all(bytes)?;
        Ok(Self { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.into_inner().len() })
    }

    fn of_file(path: &Path) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        Ok(Self::of(&bytes)?)
    }

    fn plus(&self, other: &Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }

    fn print(&self, name: &str) {
        println!("{name:<24}{:>12}{:>12}{:>12}", self.raw, self.gzip, self.brotli);
    }

    fn holds(&self, name: &str, budget: usize) -> Result<()> {
        if self.brotli > budget {
            bail!("{name} is {} bytes with Brotli, over its budget of {budget}", self.brotli);
        }
        println!("{name} is within its budget of {budget} bytes with Brotli: {} left", budget - self.brotli);
        Ok(())
    }
}

/// The size of all files of the page but the modules and the rules' pages; each is compressed by itself, as
/// a host does.
fn at_once(folder: &Path) -> Result<Size> {
    let mut total = Size::default();
    let entries = folder.read_dir().with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            total = total.plus(&at_once(&path)?);
        } else if path.extension().is_none_or(|extension| extension != "wasm" && extension != "json") {
            total = total.plus(&Size::of(&fs::read(&path)?)?);
        }
    }
    Ok(total)
}
