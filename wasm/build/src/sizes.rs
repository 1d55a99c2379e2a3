//! What the module and the page weigh, and the budget for the module.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

/// The most that the module may weigh, compressed with Brotli: 450 KB. On a slow phone line that is
/// about two seconds.
const BUDGET: usize = 450 * 1024;

/// Prints the sizes of the module and of the page without it; fails if the module is over budget.
pub(crate) fn report(wasm: &Path, page: Option<&Path>) -> Result<()> {
    let module = Size::of(&fs::read(wasm).with_context(|| format!("reading {}", wasm.display()))?)?;
    println!("\n{:<24}{:>12}{:>12}{:>12}", "bytes", "raw", "gzip -9", "brotli -11");
    module.print("core.wasm");
    if let Some(folder) = page {
        let rest = without_module(folder)?;
        rest.print("page without it");
        rest.plus(&module).print("page");
    }
    if module.brotli > BUDGET {
        bail!("the module is {} bytes with Brotli, over the budget of {BUDGET}", module.brotli);
    }
    println!("\nthe module is within its budget of {BUDGET} bytes with Brotli: {} left", BUDGET - module.brotli);
    Ok(())
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

    fn plus(&self, other: &Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }

    fn print(&self, name: &str) {
        println!("{name:<24}{:>12}{:>12}{:>12}", self.raw, self.gzip, self.brotli);
    }
}

/// The size of all files of the page but the module; each is compressed by itself, as a host does.
fn without_module(folder: &Path) -> Result<Size> {
    let mut total = Size::default();
    let entries = folder.read_dir().with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            total = total.plus(&without_module(&path)?);
        } else if path.extension().is_none_or(|extension| extension != "wasm") {
            total = total.plus(&Size::of(&fs::read(&path)?)?);
        }
    }
    Ok(total)
}
