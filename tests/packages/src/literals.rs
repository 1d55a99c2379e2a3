//! The SQL that source code has in its string literals.

/// A language whose literals can be told from the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// Rust: `"…"` with escapes, `r#"…"#`.
    Rust,
    /// JavaScript: `'…'`, `"…"` and `` `…` `` without `${`.
    JavaScript,
    /// Python: `'…'`, `"…"`, and both tripled; not those that are formatted.
    Python,
}

/// The language of files with that extension, if they are not SQL.
pub(crate) fn language(extension: &str) -> Option<Language> {
    match extension {
        "rs" => Some(Language::Rust),
        "js" | "cjs" | "mjs" | "ts" => Some(Language::JavaScript),
        "py" => Some(Language::Python),
        _ => None,
    }
}

/// The literals of the source that begin as a change of a schema does, as one text of SQL.
pub(crate) fn statements(_source: &str, _language: Language) -> String {
    String::new()
}
