//! Finds the rules: one file of `src/rules/` is one rule. Writes the list, and for the feature `pages`
//! each rule's page, which is the comment at the head of its file.

#![expect(clippy::unwrap_used, reason = "what goes wrong here stops the build, which is right")]

use std::fmt::Write as _;
use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=src/rules");
    let root = env::var("CARGO_MANIFEST_DIR").unwrap();
    let folder = Path::new(&root).join("src/rules");
    let mut ids: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    ids.sort();

    let (mut modules, mut entries) = (String::new(), String::new());
    for module in &ids {
        let path = folder.join(module).with_extension("rs");
        let source = fs::read_to_string(&path).unwrap();
        let header = source.lines().map_while(|line| line.strip_prefix("//!"));
        let page: Vec<&str> = header.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        writeln!(modules, "#[path = {:?}]\nmod {module};", path.display().to_string()).unwrap();
        let page = page.join("\n") + "\n";
        writeln!(entries, "    Entry {{ rule: &{module}::RULE, #[cfg(feature = \"pages\")] page: {page:?} }},")
            .unwrap();
    }
    let list = format!("{modules}\n/// Every rule, sorted by its id.\npub static RULES: &[Entry] = &[\n{entries}];\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("rules.rs"), list).unwrap();
}
