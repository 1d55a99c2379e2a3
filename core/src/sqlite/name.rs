//! Names: quoting, case folding, SQLite's own objects, and the nearest name to a misspelt one.

use alloc::borrow::Cow;
use alloc::string::String;

/// The form in which two names are compared: ASCII letters in lower case, all else as it is.
/// SQLite folds no other letters.
pub fn fold(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Whether SQLite takes both for the same name.
pub fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// The name in double quotes, as SQLite writes it when it edits a schema.
pub fn quote(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 2);
    out.push('"');
    for character in name.chars() {
        if character == '"' {
            out.push('"');
        }
        out.push(character);
    }
    out.push('"');
    out
}

/// The name as a person would write it: bare where that is safe, else in double quotes.
pub fn plain(name: &str) -> String {
    let bare = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !is_keyword(name);
    if bare { name.into() } else { quote(name) }
}

/// A string literal that stands for `text`.
pub fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for character in text.chars() {
        if character == '\'' {
            out.push('\'');
        }
        out.push(character);
    }
    out.push('\'');
    out
}

/// Whether the name belongs to SQLite itself (`sqlite_sequence`, `sqlite_stat1`, …).
pub fn is_internal(name: &str) -> bool {
    name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"))
}

/// Whether the object is not the application's: SQLite's own, a ledger of a known migration tool,
/// or a table that Litestream keeps.
pub fn is_bookkeeping(name: &str) -> bool {
    is_internal(name)
        || name.get(..12).is_some_and(|start| start.eq_ignore_ascii_case("_litestream_"))
        || LEDGERS.iter().any(|ledger| same(ledger, name))
}

/// Our own ledger's table.
pub const LEDGER: &str = "_remold_migrations";

const LEDGERS: [&str; 22] = [
    LEDGER,
    "_sqlx_migrations",
    "refinery_schema_history",
    "__diesel_schema_migrations",
    "goose_db_version",
    "gorp_migrations",
    "flyway_schema_history",
    "d1_migrations",
    "__drizzle_migrations",
    "_prisma_migrations",
    "atlas_schema_revisions",
    "alembic_version",
    "seaql_migrations",
    "_sqlite_migrations",
    "kysely_migration",
    "kysely_migration_lock",
    "DATABASECHANGELOG",
    "DATABASECHANGELOGLOCK",
    "_yoyo_migration",
    "_yoyo_log",
    "_yoyo_version",
    "yoyo_lock",
];

/// Whether a tool records there which migrations have run.
pub fn is_ledger(name: &str) -> bool {
    LEDGERS.iter().chain(&OTHER_LEDGERS).any(|ledger| same(ledger, name))
}

/// Those that are a part of the application's own schema, or may be.
const OTHER_LEDGERS: [&str; 7] = [
    "schema_migrations",
    "django_migrations",
    "knex_migrations",
    "knex_migrations_lock",
    "SequelizeMeta",
    "__EFMigrationsHistory",
    "__EFMigrationsLock",
];

/// The candidate that is nearest to `name` by letters changed, if one is near enough to be meant.
pub fn nearest<'names>(name: &str, candidates: impl Iterator<Item = &'names str>) -> Option<&'names str> {
    let limit = match name.len() {
        ..6 => 1,
        6..9 => 2,
        _ => 3,
    };
    let folded = fold(name);
    candidates
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= usize::from(limit))
        .filter_map(|candidate| distance(&folded, &fold(candidate), limit).map(|distance| (distance, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The longest name that is compared by its letters.
const LONGEST: usize = 64;

/// How many letters must change, come, go or change places with their neighbour to turn one into
/// the other; nothing where it is more than `limit`.
fn distance(one: &str, other: &str, limit: u8) -> Option<u8> {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    if one.len() > LONGEST || other.len() > LONGEST {
        return None;
    }
    // What both begin or end with changes nothing.
    while let ([first, rest @ ..], [same, others @ ..]) = (one, other)
        && first == same
    {
        (one, other) = (rest, others);
    }
    while let ([rest @ .., last], [others @ .., same]) = (one, other)
        && last == same
    {
        (one, other) = (rest, others);
    }
    let (mut above, mut row, mut next) = ([0_u8; LONGEST + 1], [0_u8; LONGEST + 1], [0_u8; LONGEST + 1]);
    for (count, column) in (0..).zip(&mut row[..=other.len()]) {
        *column = count;
    }
    for (line, a) in one.iter().enumerate() {
        next[0] = row[0] + 1;
        for (column, b) in other.iter().enumerate() {
            let mut least = (row[column] + u8::from(a != b)).min(row[column + 1] + 1).min(next[column] + 1);
            if line > 0 && column > 0 && *a == other[column - 1] && one[line - 1] == *b {
                least = least.min(above[column - 1] + 1);
            }
            next[column + 1] = least;
        }
        // Every way to the end leads over this line or, where two letters change places, over the one before.
        if next[..=other.len()].iter().chain(&row[..=other.len()]).all(|known| *known > limit) {
            return None;
        }
        (above, row, next) = (row, next, above);
    }
    Some(row[other.len()]).filter(|distance| *distance <= limit)
}

/// Where the words of each first letter begin, among sorted words in upper case.
const fn starts(sorted: &[&str]) -> [u8; 27] {
    let mut found = [0; 27];
    let mut at = 0;
    while at < sorted.len() {
        let mut letter = (sorted[at].as_bytes()[0] - b'A') as usize + 1;
        at += 1;
        while letter < 27 {
            found[letter] += 1;
            letter += 1;
        }
    }
    found
}

/// How long the words are that begin with each letter, a bit for each length.
const fn lengths(words: &[&str]) -> [u32; 26] {
    let mut found = [0; 26];
    let mut at = 0;
    while at < words.len() {
        found[(words[at].as_bytes()[0] - b'A') as usize] |= 1 << words[at].len();
        at += 1;
    }
    found
}

/// Whether the word, in any case, is among the sorted words, whose letters begin at `starts` and have these
/// `lengths`. Allocates nothing.
fn is_among(word: &str, sorted: &[&str], starts: &[u8; 27], lengths: &[u32; 26]) -> bool {
    let Some(first) = word.bytes().next().filter(u8::is_ascii_alphabetic) else { return false };
    let letter = usize::from(first.to_ascii_uppercase() - b'A');
    if word.len() > 31 || lengths[letter] & (1 << word.len()) == 0 {
        return false;
    }
    sorted[usize::from(starts[letter])..usize::from(starts[letter + 1])]
        .iter()
        .any(|known| known.len() == word.len() && known.eq_ignore_ascii_case(word))
}

/// The word in upper case, in a buffer of its own; empty where it is longer than any keyword.
pub(crate) fn upper<'buffer>(word: &str, buffer: &'buffer mut [u8; 17]) -> &'buffer str {
    let Some(upper) = buffer.get_mut(..word.len()) else { return "" };
    upper.copy_from_slice(word.as_bytes());
    upper.make_ascii_uppercase();
    core::str::from_utf8(upper).unwrap_or_default()
}

/// Whether the word is one of SQLite's 147 keywords, and so safer in quotes.
pub fn is_keyword(word: &str) -> bool {
    const STARTS: [u8; 27] = starts(&KEYWORDS);
    const LENGTHS: [u32; 26] = lengths(&KEYWORDS);
    is_among(word, &KEYWORDS, &STARTS, &LENGTHS)
}

/// SQLite's keywords, sorted (`lang_keywords.html`; compared with the engine's own list by a test).
pub const KEYWORDS: [&str; 147] = [
    "ABORT",
    "ACTION",
    "ADD",
    "AFTER",
    "ALL",
    "ALTER",
    "ALWAYS",
    "ANALYZE",
    "AND",
    "AS",
    "ASC",
    "ATTACH",
    "AUTOINCREMENT",
    "BEFORE",
    "BEGIN",
    "BETWEEN",
    "BY",
    "CASCADE",
    "CASE",
    "CAST",
    "CHECK",
    "COLLATE",
    "COLUMN",
    "COMMIT",
    "CONFLICT",
    "CONSTRAINT",
    "CREATE",
    "CROSS",
    "CURRENT",
    "CURRENT_DATE",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "DATABASE",
    "DEFAULT",
    "DEFERRABLE",
    "DEFERRED",
    "DELETE",
    "DESC",
    "DETACH",
    "DISTINCT",
    "DO",
    "DROP",
    "EACH",
    "ELSE",
    "END",
    "ESCAPE",
    "EXCEPT",
    "EXCLUDE",
    "EXCLUSIVE",
    "EXISTS",
    "EXPLAIN",
    "FAIL",
    "FILTER",
    "FIRST",
    "FOLLOWING",
    "FOR",
    "FOREIGN",
    "FROM",
    "FULL",
    "GENERATED",
    "GLOB",
    "GROUP",
    "GROUPS",
    "HAVING",
    "IF",
    "IGNORE",
    "IMMEDIATE",
    "IN",
    "INDEX",
    "INDEXED",
    "INITIALLY",
    "INNER",
    "INSERT",
    "INSTEAD",
    "INTERSECT",
    "INTO",
    "IS",
    "ISNULL",
    "JOIN",
    "KEY",
    "LAST",
    "LEFT",
    "LIKE",
    "LIMIT",
    "MATCH",
    "MATERIALIZED",
    "NATURAL",
    "NO",
    "NOT",
    "NOTHING",
    "NOTNULL",
    "NULL",
    "NULLS",
    "OF",
    "OFFSET",
    "ON",
    "OR",
    "ORDER",
    "OTHERS",
    "OUTER",
    "OVER",
    "PARTITION",
    "PLAN",
    "PRAGMA",
    "PRECEDING",
    "PRIMARY",
    "QUERY",
    "RAISE",
    "RANGE",
    "RECURSIVE",
    "REFERENCES",
    "REGEXP",
    "REINDEX",
    "RELEASE",
    "RENAME",
    "REPLACE",
    "RESTRICT",
    "RETURNING",
    "RIGHT",
    "ROLLBACK",
    "ROW",
    "ROWS",
    "SAVEPOINT",
    "SELECT",
    "SET",
    "TABLE",
    "TEMP",
    "TEMPORARY",
    "THEN",
    "TIES",
    "TO",
    "TRANSACTION",
    "TRIGGER",
    "UNBOUNDED",
    "UNION",
    "UNIQUE",
    "UPDATE",
    "USING",
    "VACUUM",
    "VALUES",
    "VIEW",
    "VIRTUAL",
    "WHEN",
    "WHERE",
    "WINDOW",
    "WITH",
    "WITHOUT",
];

/// Whether the word can never be a bare name. The grammar lets every other keyword be one.
pub fn is_reserved(word: &str) -> bool {
    const STARTS: [u8; 27] = starts(&RESERVED);
    const LENGTHS: [u32; 26] = lengths(&RESERVED);
    is_among(word, &RESERVED, &STARTS, &LENGTHS)
}

/// The reserved keywords, sorted (measured on every engine: `tests/facts/keywords.json`).
/// `NOTHING` is one since 3.24.0, `RETURNING` since 3.35.0.
const RESERVED: [&str; 58] = [
    "ADD",
    "ALL",
    "ALTER",
    "AND",
    "AS",
    "AUTOINCREMENT",
    "BETWEEN",
    "CASE",
    "CHECK",
    "COLLATE",
    "COMMIT",
    "CONSTRAINT",
    "CREATE",
    "DEFAULT",
    "DEFERRABLE",
    "DELETE",
    "DISTINCT",
    "DROP",
    "ELSE",
    "ESCAPE",
    "EXCEPT",
    "EXISTS",
    "FOREIGN",
    "FROM",
    "GROUP",
    "HAVING",
    "IN",
    "INDEX",
    "INSERT",
    "INTERSECT",
    "INTO",
    "IS",
    "ISNULL",
    "JOIN",
    "LIMIT",
    "NOT",
    "NOTHING",
    "NOTNULL",
    "NULL",
    "ON",
    "OR",
    "ORDER",
    "PRIMARY",
    "REFERENCES",
    "RETURNING",
    "SELECT",
    "SET",
    "TABLE",
    "THEN",
    "TO",
    "TRANSACTION",
    "UNION",
    "UNIQUE",
    "UPDATE",
    "USING",
    "VALUES",
    "WHEN",
    "WHERE",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn a_name_is_quoted_where_it_must_be() {
        assert_eq!(plain("assets"), "assets");
        assert_eq!(plain("order"), "\"order\"");
        assert_eq!(plain("a \"b\""), "\"a \"\"b\"\"\"");
    }

    #[test]
    fn the_nearest_name_is_offered_and_a_far_one_is_not() {
        let tables = ["assets", "users", "clients"];
        assert_eq!(nearest("asets", tables.into_iter()), Some("assets"));
        assert_eq!(nearest("ASSET", tables.into_iter()), Some("assets"));
        assert_eq!(nearest("invoices", tables.into_iter()), None);
    }
}
