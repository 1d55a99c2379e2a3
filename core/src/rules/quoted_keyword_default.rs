//! # A default in quotes that is meant as a word
//!
//! `DEFAULT 'CURRENT_TIMESTAMP'` stores these 17 letters in each row and no time. `DEFAULT 'false'` and
//! `DEFAULT 'true'` store words, and both count as false where a condition reads them; `DEFAULT 'null'`
//! is not NULL. In `DEFAULT`, double quotes, backquotes and brackets make strings as well.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, active BOOLEAN DEFAULT 'true');
//! INSERT INTO users DEFAULT VALUES;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, active BOOLEAN DEFAULT TRUE);
//! INSERT INTO users DEFAULT VALUES;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM users WHERE active`: `0`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "quoted-keyword-default", level: Level::Error, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    for declared in cx.declared_columns() {
        let Some(default) = declared.column.default() else { continue };
        let Some(word) = quoted_keyword(default.of(declared.sql)) else { continue };
        let was = declared.was.and_then(|(was, sql)| quoted_keyword(was.default()?.of(sql)));
        if was == Some(word) {
            continue;
        }
        let Some(level) = level(&declared, word) else { continue };
        let (table, column) = (&declared.table.name, &declared.column.name.text);
        let report = out
            .report(
                declared.at(default),
                format!("the default of `{table}.{column}` is the text `{word}` and not what the word means"),
            )
            .reason("in quotes it is a string, which is stored as it stands")
            .level(level);
        if declared.is_added() && word.starts_with("CURRENT") {
            report.help("ADD COLUMN takes no computed default: add the column without one, and fill it with UPDATE");
            continue;
        }
        if word == "NULL" && declared.column.not_null().is_some() {
            report.help("leave it out, or give the column a value that it may have");
            continue;
        }
        report
            .help(format!("write DEFAULT {word}, without quotes"))
            .fix(Safety::Unsafe, Vec::from([Edit { span: declared.at(default), text: word.to_owned() }]));
    }
}

/// The words that are no strings.
const WORDS: [&str; 6] = ["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "TRUE", "FALSE", "NULL"];

/// The word that the default has in quotes, and nothing else.
fn quoted_keyword(default: &str) -> Option<&'static str> {
    let plain = normal(default);
    let text = bare(&plain);
    let quotes = [('\'', '\''), ('"', '"'), ('`', '`'), ('[', ']')];
    let inner = quotes.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))?;
    WORDS.into_iter().find(|word| word.eq_ignore_ascii_case(inner))
}

/// How bad the string is in a column of that type; not at all where it may be meant.
fn level(declared: &DeclaredColumn, word: &str) -> Option<Level> {
    let declared_type = shown_type(declared.type_text());
    let affinity = Affinity::of(&declared_type);
    let is_text = matches!(affinity, Affinity::Text | Affinity::Blob);
    match word {
        // A document of JSON may be just that.
        "TRUE" | "FALSE" | "NULL" if declared_type.to_ascii_uppercase().contains("JSON") => None,
        "TRUE" | "FALSE" if affinity == Affinity::Text => None,
        "TRUE" | "FALSE" | "NULL" if is_text => Some(Level::Warning),
        _ => Some(Level::Error),
    }
}

/// The text without the parentheses around it.
fn bare(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        text = inner.trim();
    }
    text
}
