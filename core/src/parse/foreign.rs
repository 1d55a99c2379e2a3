//! SQL of other databases, by the words at which our reader stops. SQLite refuses each of them there.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use super::statement::{Body, Statement};
use super::token::{self, Token};
use crate::text::Span;

/// A piece of another database's SQL.
#[derive(Debug)]
pub struct Foreign {
    /// Whose it is.
    pub of: &'static str,
    /// How SQLite says it, or that it has no such thing.
    pub instead: &'static str,
    /// The statement's first words; a `|` parts words of which one stands there.
    pub starts: &'static str,
    /// The words before the place where reading stops.
    pub before: &'static str,
    /// The words from that place on.
    pub at: &'static str,
}

/// Looks the place up at which a statement could not be read, and finds the word that is not SQLite's.
pub fn find(text: &str, statement: &Statement) -> Option<(&'static Foreign, Span)> {
    let Body::Opaque(opaque) = &statement.body else { return None };
    if !super::reserved_names(text, statement).is_empty() {
        return None;
    }
    let first = Words::from(text, statement.span.start, statement.span.end);
    let here = Words::from(text, opaque.at.start, statement.span.end);
    let before = Words::up_to(text, statement.span.start, opaque.at.start);
    let known = FOREIGN
        .iter()
        .find(|known| first.start_with(known.starts) && here.start_with(known.at) && before.end_with(known.before))?;
    // SQLite's grammar takes some of these words for names, and ends behind them.
    let word = if known.at == ANY { before.last_word(known.before) } else { None };
    Some((known, word.unwrap_or(opaque.at)))
}

/// Any word.
const ANY: &str = "*";

/// The longest pattern, in tokens.
const LONGEST: usize = 4;

struct Words<'text> {
    text: &'text str,
    tokens: Vec<Token>,
}

impl<'text> Words<'text> {
    fn from(text: &'text str, start: u32, end: u32) -> Self {
        let mut tokens = Vec::new();
        let mut at = start;
        while let Some(token) = token::next_in(text, at, end).filter(|_| tokens.len() < LONGEST) {
            at = token.span.end;
            tokens.push(token);
        }
        Self { text, tokens }
    }

    /// The last ones: the statement is read once more, since a token's beginning cannot be told from behind.
    fn up_to(text: &'text str, start: u32, end: u32) -> Self {
        let mut tokens = VecDeque::with_capacity(LONGEST);
        let mut at = start;
        while let Some(token) = token::next_in(text, at, end) {
            at = token.span.end;
            if tokens.len() == LONGEST {
                tokens.pop_front();
            }
            tokens.push_back(token);
        }
        Self { text, tokens: tokens.into() }
    }

    fn start_with(&self, pattern: &str) -> bool {
        pattern.split_ascii_whitespace().enumerate().all(|(at, words)| self.is(self.tokens.get(at), words))
    }

    fn end_with(&self, pattern: &str) -> bool {
        let words: Vec<&str> = pattern.split_ascii_whitespace().collect();
        let Some(first) = self.tokens.len().checked_sub(words.len()) else { return false };
        words.iter().zip(&self.tokens[first..]).all(|(words, token)| self.is(Some(token), words))
    }

    /// The last token that the pattern spells, among those that it fits.
    fn last_word(&self, pattern: &str) -> Option<Span> {
        let spelt = |words: &str| words.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'|');
        let from_end = pattern.split_ascii_whitespace().rev().position(spelt)?;
        let at = self.tokens.len().checked_sub(from_end + 1)?;
        Some(self.tokens[at].span)
    }

    /// Whether the token is one of the words; `*` is any.
    fn is(&self, token: Option<&Token>, words: &str) -> bool {
        let Some(token) = token else { return false };
        let written = token.span.of(self.text);
        words.split('|').any(|word| word == ANY || written.eq_ignore_ascii_case(word))
    }
}

const POSTGRES: &str = "PostgreSQL";
const MYSQL: &str = "MySQL";
const BOTH: &str = "PostgreSQL and MySQL";
const SERVER: &str = "SQL Server";

const fn new(
    of: &'static str,
    starts: &'static str,
    before: &'static str,
    at: &'static str,
    instead: &'static str,
) -> Foreign {
    Foreign { of, instead, starts, before, at }
}

const NO_USERS: &str = "SQLite has no users: whoever can open the file may do all; leave it out";
const NO_SETTING: &str = "SQLite's settings are PRAGMAs; leave it out, or find the PRAGMA that does it";
const NO_ROUTINES: &str = "SQLite has no stored routines; do it in the application, or in a trigger";
const ONE_FILE: &str = "a database is a file in SQLite; leave it out, and open or ATTACH the file";
const REBUILD: &str =
    "SQLite cannot alter this in place; state the table as it shall be, and let `remold plan` rebuild it";
const IN_THE_TABLE: &str =
    "SQLite adds keys only with the table; state the table as it shall be, and let `remold plan` rebuild it";
const APART: &str = "indexes are statements of their own in SQLite: CREATE INDEX name ON table (columns)";
const CHECK_IN: &str = "write TEXT CHECK (column IN ('a', 'b')) for a set of values";
const NO_OPTIONS: &str = "SQLite's tables have no such options; leave it out";
const ROWID: &str = "INTEGER PRIMARY KEY numbers the rows by itself; write AUTOINCREMENT behind it only where no \
                     number may ever come back";
const CAST: &str = "write CAST(value AS type)";

/// All that is known. The first that fits is taken: what is more exact stands before what is less so.
pub static FOREIGN: [Foreign; 73] = [
    // Tables and columns.
    new(MYSQL, "", "", "AUTO_INCREMENT", ROWID),
    new(POSTGRES, "", "GENERATED|ALWAYS AS", "IDENTITY", ROWID),
    new(POSTGRES, "", "BY DEFAULT", "AS IDENTITY", ROWID),
    new(MYSQL, "CREATE|ALTER", "ENUM (", "*", CHECK_IN),
    new(MYSQL, "CREATE", "", "SET (", CHECK_IN),
    new(SERVER, "CREATE|ALTER", "(", "MAX )", "no length is ever checked in SQLite; write TEXT or BLOB"),
    new(MYSQL, "CREATE TABLE", ")", "ENGINE|ROW_FORMAT|CHARSET|DEFAULT|COMMENT|COLLATE", NO_OPTIONS),
    new(MYSQL, "CREATE TABLE", "", "COMMENT|CHARACTER", "leave it out; a comment in the CREATE TABLE is kept with it"),
    new(MYSQL, "CREATE TABLE", "", "ON UPDATE CURRENT_TIMESTAMP", "write a trigger AFTER UPDATE that sets the column"),
    new(MYSQL, "CREATE TABLE", "UNIQUE", "KEY|INDEX", "write UNIQUE (columns), without a name, or CREATE UNIQUE INDEX"),
    new(MYSQL, "CREATE TABLE", ",", "INDEX", APART),
    new(MYSQL, "CREATE TABLE", "KEY * (", "*", APART),
    new(MYSQL, "CREATE TABLE", "", "LIKE", "write out the columns: CREATE TABLE … AS copies rows, but no constraint"),
    new(POSTGRES, "CREATE TABLE", ")", "INHERITS|TABLESPACE|WITH|PARTITION", NO_OPTIONS),
    new(POSTGRES, "CREATE", "CREATE", "UNLOGGED", "leave it out, or write CREATE TEMP TABLE"),
    new(
        BOTH,
        "CREATE|ALTER",
        "DEFAULT *",
        "(",
        "SQLite wants parentheses around a default that is computed: DEFAULT (function())",
    ),
    // ALTER TABLE.
    new(POSTGRES, "ALTER TABLE", "ALTER TABLE ONLY", "*", "leave ONLY out"),
    new(MYSQL, "ALTER TABLE", "", "MODIFY|CHANGE", REBUILD),
    new(POSTGRES, "ALTER TABLE", "", "TYPE", REBUILD),
    new(POSTGRES, "ALTER TABLE", "", "SET DATA|DEFAULT", REBUILD),
    new(BOTH, "ALTER TABLE", "", "DROP DEFAULT", REBUILD),
    new(BOTH, "ALTER TABLE", "", "CONSTRAINT * PRIMARY|UNIQUE|FOREIGN", IN_THE_TABLE),
    new(BOTH, "ALTER TABLE", "ADD", "PRIMARY|UNIQUE|FOREIGN", IN_THE_TABLE),
    new(MYSQL, "ALTER TABLE", "ADD", "INDEX", APART),
    new(MYSQL, "ALTER TABLE", "ADD KEY * (", "*", APART),
    new(MYSQL, "ALTER TABLE", "DROP", "PRIMARY|FOREIGN", REBUILD),
    new(MYSQL, "ALTER TABLE", "DROP", "INDEX", "write DROP INDEX name"),
    new(POSTGRES, "ALTER TABLE", "", "OWNER", NO_USERS),
    new(
        POSTGRES,
        "ALTER TABLE",
        "",
        "ENABLE|DISABLE",
        "SQLite has neither row security nor triggers that can be switched off; leave it out",
    ),
    new(MYSQL, "ALTER TABLE", "", "AFTER|FIRST", "leave it out: a new column is always the last one in SQLite"),
    new(BOTH, "ALTER TABLE", "", ",", "SQLite alters one thing in a statement; write one ALTER TABLE for each"),
    new(BOTH, "ALTER TABLE", "", "CASCADE|RESTRICT", "leave it out; drop first what depends on the column"),
    new(MYSQL, "RENAME TABLE", "", "RENAME", "write ALTER TABLE name RENAME TO other"),
    // Other definitions.
    new(POSTGRES, "CREATE", "CREATE", "OR REPLACE", "drop it first: DROP VIEW IF EXISTS name; then CREATE VIEW"),
    new(POSTGRES, "CREATE", "CREATE", "EXTENSION", "leave it out: an extension is loaded by the application"),
    new(POSTGRES, "CREATE", "CREATE", "TYPE|DOMAIN", CHECK_IN),
    new(POSTGRES, "CREATE", "CREATE", "SEQUENCE", ROWID),
    new(BOTH, "CREATE", "CREATE", "FUNCTION|PROCEDURE", NO_ROUTINES),
    new(BOTH, "CREATE", "CREATE", "DATABASE|SCHEMA", ONE_FILE),
    new(BOTH, "CREATE", "CREATE", "ROLE|USER|POLICY", NO_USERS),
    new(
        POSTGRES,
        "CREATE",
        "CREATE",
        "MATERIALIZED",
        "write CREATE TABLE … AS SELECT, and fill it anew when its rows change",
    ),
    new(MYSQL, "CREATE", "CREATE", "ALGORITHM|DEFINER", "leave it out"),
    new(
        POSTGRES,
        "CREATE",
        "CONCURRENTLY",
        "*",
        "leave it out; SQLite has one writer, and readers in WAL mode are not kept waiting",
    ),
    new(BOTH, "CREATE INDEX|UNIQUE", "", "USING", "leave it out: SQLite has one kind of index, a B-tree"),
    new(POSTGRES, "CREATE INDEX|UNIQUE", "", "INCLUDE", "put the columns behind the others of the index"),
    new(
        POSTGRES,
        "CREATE INDEX|UNIQUE",
        "",
        "NULLS",
        "leave it out: NULLs are the least of all values in SQLite, and each is another one",
    ),
    new(POSTGRES, "CREATE INDEX|UNIQUE", "", "WITH", NO_OPTIONS),
    new(POSTGRES, "CREATE TRIGGER", "", "EXECUTE", "write what it does between BEGIN and END"),
    new(
        POSTGRES,
        "CREATE TRIGGER",
        "",
        "FOR EACH STATEMENT",
        "write FOR EACH ROW: there are no other triggers in SQLite",
    ),
    new(POSTGRES, "CREATE TRIGGER", "", "OR", "write one trigger for each event"),
    new(
        BOTH,
        "DROP",
        "",
        "CASCADE|RESTRICT",
        "leave it out; drop first what depends on it, and mind the rows that foreign keys delete",
    ),
    new(BOTH, "DROP TABLE|VIEW|INDEX", "", ",", "write one DROP for each"),
    new(MYSQL, "DROP INDEX", "", "ON", "leave the table out: names of indexes are the database's"),
    new(
        POSTGRES,
        "DROP",
        "DROP",
        "EXTENSION|TYPE|DOMAIN|SEQUENCE|MATERIALIZED",
        "leave it out: SQLite has no such thing",
    ),
    new(BOTH, "DROP", "DROP", "FUNCTION|PROCEDURE", NO_ROUTINES),
    new(BOTH, "DROP", "DROP", "DATABASE|SCHEMA", ONE_FILE),
    new(BOTH, "DROP", "DROP", "USER|ROLE|POLICY", NO_USERS),
    // Rows.
    new(BOTH, "TRUNCATE", "", "TRUNCATE", "write DELETE FROM table"),
    new(MYSQL, "INSERT", "INSERT", "IGNORE", "write INSERT OR IGNORE"),
    new(MYSQL, "INSERT", "", "ON DUPLICATE", "write ON CONFLICT (columns) DO UPDATE SET …"),
    new(POSTGRES, "INSERT", "", "OVERRIDING", "leave it out: a row's number can always be given"),
    new(MYSQL, "UPDATE|DELETE", "", "JOIN|INNER|LEFT", "write UPDATE … FROM, or a subquery in the WHERE"),
    new(POSTGRES, "DELETE", "", "USING", "write a subquery in the WHERE"),
    new(POSTGRES, "", "", ":", CAST),
    new(POSTGRES, "", "", "ILIKE", "write LIKE, which takes no notice of case in ASCII"),
    new(BOTH, "", "FOR", "UPDATE|SHARE", "leave it out; BEGIN IMMEDIATE keeps other writers out"),
    // Statements about other things.
    new(BOTH, "SET", "", "SET", NO_SETTING),
    new(BOTH, "GRANT|REVOKE", "", "GRANT|REVOKE", NO_USERS),
    new(MYSQL, "LOCK|UNLOCK", "", "LOCK|UNLOCK", "write BEGIN IMMEDIATE, which keeps other writers out"),
    new(
        MYSQL,
        "USE|SHOW|DESCRIBE",
        "",
        "USE|SHOW|DESCRIBE",
        "leave it out; PRAGMA table_xinfo(table) tells a table's columns",
    ),
    new(POSTGRES, "COMMENT", "", "COMMENT ON", "put a comment into the CREATE TABLE; SQLite keeps it there"),
    new(BOTH, "START", "", "START TRANSACTION", "write BEGIN"),
    new(
        POSTGRES,
        "COPY|LISTEN|NOTIFY|CALL",
        "",
        "COPY|LISTEN|NOTIFY|CALL",
        "do it in the application, or leave it out",
    ),
];
