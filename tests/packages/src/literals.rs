//! The SQL that source code has in its string literals.
//!
//! Good enough for migrations, which are written plainly: it knows comments and every form of a
//! literal, and leaves out what is put together when the program runs.

/// A language whose literals can be told from the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// Rust: `"…"` with escapes, `r#"…"#`; not the arguments of `format!`.
    Rust,
    /// JavaScript: `'…'`, `"…"` and `` `…` ``; of what is filled in, only `TypeORM`'s table prefix, which
    /// is mostly empty. All behind `down(`, the way back, is left out.
    JavaScript,
    /// Python: `'…'`, `"…"` and both tripled; not `f'…'`, nor what `%` or `.format` fills in.
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

/// The literals of the source that are statements as migrations have them, as one text of SQL.
pub(crate) fn statements(source: &str, language: Language) -> String {
    let source = match language {
        Language::JavaScript => source.split(" down(").next().unwrap_or_default(),
        Language::Rust | Language::Python => source,
    };
    let mut found: Vec<Literal> = Vec::new();
    let mut rest = source;
    while let Some((before, text, behind)) = next(rest, language) {
        let (before, after) = (before.trim(), behind.trim_start());
        let joined = match language {
            Language::Rust => false,
            Language::JavaScript => before == "+",
            Language::Python => before.is_empty(),
        };
        let filled_in = match language {
            Language::Rust => before.ends_with("format!(") || before.ends_with("print!("),
            Language::JavaScript => text.contains("${"),
            Language::Python => before.ends_with(['f', 'F']) || after.starts_with('%') || after.starts_with(".format"),
        };
        if let Some(last) = found.last_mut().filter(|_| joined) {
            last.text.push_str(&text);
            last.filled_in |= filled_in;
            last.open = after.starts_with('+');
        } else {
            if let Some(last) = found.last_mut() {
                // Something else than a literal follows its `+`.
                last.filled_in |= last.open;
            }
            let filled_in = filled_in || before.ends_with('+');
            found.push(Literal { text, filled_in, open: after.starts_with('+') });
        }
        rest = behind;
    }
    let statements =
        found.into_iter().filter(|literal| !literal.filled_in && !literal.open && is_statement(&literal.text));
    // A comment at the end of one must not reach into the next.
    statements.map(|literal| literal.text).collect::<Vec<_>>().join("\n;\n")
}

/// A literal, or several that the source joins.
struct Literal {
    text: String,
    /// Whether something else is put into it when the program runs.
    filled_in: bool,
    /// Whether a `+` stands behind it.
    open: bool,
}

/// The next literal: what stands before it, what it means, and what stands behind it.
fn next(source: &str, language: Language) -> Option<(&str, String, &str)> {
    let bytes = source.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &source[at..];
        let skipped = match language {
            Language::Python if rest.starts_with('#') => line(rest),
            Language::Rust | Language::JavaScript if rest.starts_with("//") => line(rest),
            Language::Rust | Language::JavaScript if rest.starts_with("/*") => {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            }
            // A character, not a lifetime.
            Language::Rust if rest.starts_with("'\\") => rest[2..].find('\'').map_or(2, |end| end + 3),
            Language::Rust if rest.starts_with("'\"'") => 3,
            _ => 0,
        };
        if skipped > 0 {
            at += skipped;
            continue;
        }
        if let Some((literal, length)) = literal(rest, language) {
            return Some((&source[..at], literal, &source[at + length..]));
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    None
}

fn line(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// The literal with which the source begins: what it means and how long it is.
fn literal(source: &str, language: Language) -> Option<(String, usize)> {
    let quotes: &[&str] = match language {
        Language::Rust => {
            if let Some(hashes) =
                source.strip_prefix('r').map(|rest| rest.bytes().take_while(|byte| *byte == b'#').count())
            {
                let open = format!("r{}\"", "#".repeat(hashes));
                let close = format!("\"{}", "#".repeat(hashes));
                let inner = source.strip_prefix(&*open)?;
                let end = inner.find(&*close)?;
                return Some((inner[..end].to_owned(), open.len() + end + close.len()));
            }
            &["\""]
        }
        Language::JavaScript => &["'", "\"", "`"],
        Language::Python => &["'''", "\"\"\"", "'", "\""],
    };
    let quote = quotes.iter().find(|quote| source.starts_with(**quote))?;
    let mut meaning = String::new();
    let mut characters = source.char_indices().skip(quote.len());
    while let Some((at, character)) = characters.next() {
        if source[at..].starts_with(quote) {
            let prefix = ["${tablePrefix}", "${this.tablePrefix}"];
            let meaning = prefix.into_iter().fold(meaning, |text, hole| text.replace(hole, ""));
            return Some((meaning, at + quote.len()));
        }
        if character != '\\' {
            meaning.push(character);
            continue;
        }
        match characters.next()?.1 {
            'n' => meaning.push('\n'),
            't' => meaning.push('\t'),
            'r' => meaning.push('\r'),
            '\n' if language == Language::Rust => {
                let behind = &source[at + 2..];
                let blank = behind.chars().take_while(|character| character.is_whitespace()).count();
                if let Some(last) = blank.checked_sub(1) {
                    characters.nth(last);
                }
            }
            '\n' => {}
            other => meaning.push(other),
        }
    }
    None
}

/// Whether the text begins as the statements of migrations do; a single word or a sentence is none.
fn is_statement(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("--") {
        rest = comment.split_once('\n').map_or("", |(_, behind)| behind).trim_start();
    }
    let words: Vec<String> = rest.split_whitespace().take(3).map(str::to_ascii_uppercase).collect();
    let [first, second, others @ ..] = &words[..] else { return false };
    match (first.as_str(), second.as_str()) {
        ("BEGIN;" | "PRAGMA", _) => true,
        _ if others.is_empty() => false,
        ("CREATE", what) => {
            ["TABLE", "INDEX", "UNIQUE", "VIEW", "TRIGGER", "VIRTUAL", "TEMP", "TEMPORARY"].contains(&what)
        }
        ("DROP", what) => ["TABLE", "INDEX", "VIEW", "TRIGGER"].contains(&what),
        ("ALTER", "TABLE") | ("DELETE", "FROM") | ("INSERT" | "REPLACE", "INTO") | ("INSERT", "OR") => true,
        ("UPDATE", _) => others[0] == "SET" || second == "OR",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_has_raw_literals_and_escapes() {
        let source = "// \"DROP TABLE a\"\nlet q = '\"'; const A: &str = r#\"CREATE TABLE \"a\" (b)\"#;\n\
                      run(\"DROP TABLE \\\n     a\"); run(&format!(\"DROP TABLE {a} b\")); let s = \"SELECT 1 a\";";
        assert_eq!(statements(source, Language::Rust), "CREATE TABLE \"a\" (b)\n;\nDROP TABLE a");
    }

    #[test]
    fn javascript_has_templates() {
        let source = "up() { q(`CREATE TABLE \"${tablePrefix}a\" (b)`); q(`DROP TABLE ${a} x`); q('DROP TABLE \\'a\\' ');\
                      /* 'DROP TABLE c d' */ q('DROP INDEX ' +\n 'i j'); q('DROP VIEW a' + b); }\n async down() { q('DROP TABLE a b') }";
        assert_eq!(
            statements(source, Language::JavaScript),
            "CREATE TABLE \"a\" (b)\n;\nDROP TABLE 'a' \n;\nDROP INDEX i j"
        );
    }

    #[test]
    fn python_has_tripled_quotes() {
        let source = "# 'DROP TABLE a b'\nx = \"\"\"CREATE TABLE a (\n 'b' \"c\")\"\"\"\ny = f'DROP TABLE {a} b'\n\
                      z = 'DROP TABLE %s x' % a\nw = 'INSERT INTO a VALUES (1)'";
        let found = statements(source, Language::Python);
        assert_eq!(found, "CREATE TABLE a (\n 'b' \"c\")\n;\nINSERT INTO a VALUES (1)");
    }

    #[test]
    fn a_sentence_is_no_statement() {
        assert!(!is_statement("create a table for it"));
        assert!(!is_statement("DROP"));
        assert!(is_statement("-- it goes\n DROP TABLE a"));
    }
}
