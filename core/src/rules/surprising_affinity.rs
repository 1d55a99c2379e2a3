//! # A type that turns text into numbers
//!
//! SQLite has no `STRING`, no `UUID` and no `JSON`. It looks for a few letters in the name of a type, and
//! where it finds none the column prefers numbers: the text `'007'` is stored as 7 and `'12e3'` as 12000,
//! without a word. `INT` anywhere in the name means whole numbers, in `POINT` as well.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE parcels (id INTEGER PRIMARY KEY, code STRING);
//! INSERT INTO parcels (code) VALUES ('12e3');
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE parcels (id INTEGER PRIMARY KEY, code TEXT);
//! INSERT INTO parcels (code) VALUES ('12e3');
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT code FROM parcels`: `12000`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "surprising-affinity", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    for declared in cx.declared_columns() {
        if is_own_type(declared.type_text()) {
            continue;
        }
        let Some(span) = declared.column.declared_type.filter(|_| !declared.had_type()) else { continue };
        let words = folded(declared.type_text());
        let Some((level, sample)) = surprise(&words) else { continue };
        // A time that SQLite itself writes has hyphens, and stays a text.
        if sample == DIGITS && declared.column.default().is_some_and(|default| is_time(default.of(declared.sql))) {
            continue;
        }
        let instead = if sample == FRACTION { "REAL" } else { "TEXT" };
        let (table, column) = (&declared.table.name, &declared.column.name.text);
        let kind = if Affinity::of(&words) == Affinity::Integer { "whole numbers" } else { "numbers" };
        out.report(
            declared.at(span),
            format!("`{table}.{column}` is of type `{}`, which prefers {kind}", shown_type(declared.type_text())),
        )
        .reason(format!("what looks like a number becomes one: {sample}"))
        .help(format!("write {instead}, which keeps each value as it is meant"))
        .level(level)
        .fix(Safety::Unsafe, Vec::from([Edit { span: declared.at(span), text: instead.to_owned() }]));
    }
}

const CODE: &str = "'007' is stored as 7, and '12e3' as 12000";
const DIGITS: &str = "a day without hyphens, '20240131', is stored as the number 20240131";
const DOCUMENT: &str = "the document '1.0' is stored as 1, and a long number loses digits";
const FRACTION: &str = "2.0 is stored as the whole number 2, and 1 / 2 of those is 0";

/// Whether text is what one expects of the type and is not what one gets, and what becomes of it.
fn surprise(words: &str) -> Option<(Level, &'static str)> {
    let first = words.split([' ', '(']).next().unwrap_or_default();
    let first = first.to_ascii_uppercase();
    match Affinity::of(words) {
        Affinity::Numeric => match first.as_str() {
            "STRING" | "STR" | "UUID" | "GUID" | "UNIQUEIDENTIFIER" | "ULID" | "ENUM" | "SET" | "XML" | "INET"
            | "CIDR" | "MACADDR" | "URL" | "EMAIL" | "SLUG" | "HSTORE" | "NAME" | "PHONE" => {
                Some((Level::Warning, CODE))
            }
            "JSON" | "JSONB" => Some((Level::Note, DOCUMENT)),
            "DATETIME" | "DATETIME2" | "TIMESTAMP" | "TIMESTAMPTZ" | "DATE" | "TIME" | "TIMETZ" => {
                Some((Level::Note, DIGITS))
            }
            _ => None,
        },
        Affinity::Integer if first == "FLOATING" => Some((Level::Warning, FRACTION)),
        Affinity::Integer => (!words.split([' ', '(']).any(is_integer)).then_some((Level::Warning, CODE)),
        _ => None,
    }
}

/// Whether the default is the time as SQLite writes it.
fn is_time(default: &str) -> bool {
    let words = normal(default);
    let first = words.trim_start_matches(['(', ' ']);
    ["current_timestamp", "current_date", "current_time", "datetime (", "date (", "time (", "strftime ( '%Y-"]
        .iter()
        .any(|word| first.starts_with(word))
}

/// Whether the word of a type is a name for whole numbers.
fn is_integer(word: &str) -> bool {
    let word = word.to_ascii_uppercase();
    let word = word.trim_end_matches(|character: char| character.is_ascii_digit());
    let sizes = ["", "U", "TINY", "SMALL", "MEDIUM", "BIG", "HUGE", "LONG", "SHORT", "BYTE", "UTINY", "USMALL", "UBIG"];
    let stem = word.strip_suffix("INT").or_else(|| word.strip_suffix("INTEGER")).or_else(|| word.strip_suffix("INTS"));
    stem.is_some_and(|stem| sizes.contains(&stem))
}
