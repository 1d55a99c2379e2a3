//! How much work a batch may take, counted and never timed: the same file is replayed as far on every machine.
//!
//! SQLite counts the instructions of its machine, and one of them may look at every byte of a value, or at
//! each pair of bytes of two. So a statement pays for its instructions by what they can do: by the longest
//! value that can be there, and by what it calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use remold_core::engine::Batch;
use remold_core::parse::token::{self, TokenKind};
use rusqlite::Connection;
use rusqlite::limits::Limit;

/// How many instructions that do little all runs of one batch may take: some seconds.
const WORK: i64 = 100_000_000;
/// How many instructions pass between two looks at the budget.
const PACE: i32 = 100;
/// How many a statement pays for that ends before the first look.
const FEW: i64 = 10;
/// How long a value may grow, unless definitions or literals are long already.
const LENGTH: usize = 16 << 10;
/// Longest pattern of LIKE and GLOB: each wildcard of it may take a frame of the stack, and 25,000 of
/// them more than a thread's 2 MB.
const PATTERN: i32 = 5_000;

/// What makes a value longer than those it is made of, or out of nothing; `||` and all for JSON beside these.
const BUILDS: [&str; 14] = [
    "char",
    "concat",
    "concat_ws",
    "format",
    "group_concat",
    "hex",
    "printf",
    "quote",
    "randomblob",
    "replace",
    "strftime",
    "string_agg",
    "unistr_quote",
    "zeroblob",
];
/// What looks at each byte of one value for each of another.
const SEARCHES: [&str; 9] = ["glob", "instr", "like", "ltrim", "match", "replace", "rtrim", "trim", "unhex"];

/// What the words of a statement can make of values.
#[derive(Clone, Copy, Debug, Default)]
struct Powers {
    builds: bool,
    searches: bool,
    /// How long the literals of the longest row are together.
    literals: usize,
}

impl Powers {
    fn of(sql: &str) -> Self {
        let mut powers = Self::default();
        let (mut depth, mut row) = (0_usize, 0);
        for token in token::each(sql) {
            match token.kind {
                TokenKind::String | TokenKind::Blob => {
                    row += token.span.of(sql).len();
                    powers.literals = powers.literals.max(row);
                }
                TokenKind::Symbol if token.is_symbol(sql, "(") => depth += 1,
                TokenKind::Symbol if token.is_symbol(sql, ")") => {
                    depth = depth.saturating_sub(1);
                    row = if depth == 0 { 0 } else { row };
                }
                TokenKind::Symbol => powers.builds |= token.is_symbol(sql, "||"),
                _ => {
                    let word = &*token.unquoted(sql);
                    let is = |known: &&str| known.eq_ignore_ascii_case(word);
                    let is_json = word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("json"));
                    powers.builds |= is_json || BUILDS.iter().any(is);
                    powers.searches |= SEARCHES.iter().any(is);
                }
            }
        }
        powers
    }

    fn and(self, other: Self) -> Self {
        Self {
            builds: self.builds || other.builds,
            searches: self.searches || other.searches,
            literals: self.literals.max(other.literals),
        }
    }
}

/// How much work is left for all that is done for one batch.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    left: Arc<AtomicI64>,
    /// What an instruction of the statement that runs costs.
    price: Arc<AtomicI64>,
    /// The longest value that SQLite allows.
    length: usize,
    /// The longest value that can come about.
    longest: usize,
    /// What the schema does, which any statement may set going.
    standing: Powers,
}

impl Budget {
    pub(crate) fn of(batch: &Batch) -> Self {
        let standing = batch.tables.iter().chain(&batch.observers).map(|setup| setup.sql.as_str());
        let tasks = || batch.tasks.iter().map(|task| task.sql.as_str());
        let defines = |sql: &&str| {
            token::first(sql).is_some_and(|token| ["ALTER", "CREATE"].iter().any(|word| token.is(sql, word)))
        };
        // What the file makes may be set going by its later statements.
        let defining = || standing.clone().chain(tasks().filter(defines));
        let text = defining().map(str::len).max().unwrap_or(0);
        let standing = defining().map(Powers::of).fold(Powers::default(), Powers::and);
        let all = tasks().map(Powers::of).fold(standing, Powers::and);
        // The schema is a table of these texts, and a row of the literals is a value too.
        let length = LENGTH.max(2 * text).max(2 * all.literals);
        Self {
            left: Arc::new(AtomicI64::new(WORK)),
            price: Arc::new(AtomicI64::new(1)),
            length,
            longest: if all.builds { length } else { all.literals },
            standing,
        }
    }

    pub(crate) fn is_spent(&self) -> bool {
        self.left.load(Ordering::Relaxed) <= 0
    }

    /// Sets the bounds for all that runs on the connection.
    pub(crate) fn bind(&self, connection: &mut Connection) -> rusqlite::Result<()> {
        connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, i32::try_from(self.length).unwrap_or(i32::MAX))?;
        connection.set_limit(Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, PATTERN)?;
        let (left, price) = (Arc::clone(&self.left), Arc::clone(&self.price));
        let is_over = move || {
            let cost = i64::from(PACE).saturating_mul(price.load(Ordering::Relaxed));
            left.fetch_sub(cost.min(WORK), Ordering::Relaxed) <= 0
        };
        connection.progress_handler(PACE, Some(is_over))
    }

    /// Says which statement runs next. It pays for a few instructions before it runs.
    pub(crate) fn runs(&self, sql: &str) {
        let own = Powers::of(sql);
        self.price.store(self.price(own.and(self.standing)), Ordering::Relaxed);
        self.left.fetch_sub(self.price(own).saturating_mul(FEW).min(WORK), Ordering::Relaxed);
    }

    /// Says that only queries of our own run next, and what they set going.
    pub(crate) fn rests(&self) {
        self.price.store(self.price(self.standing), Ordering::Relaxed);
    }

    fn price(&self, powers: Powers) -> i64 {
        let price = match (powers.searches, powers.builds) {
            (true, _) => 1 + (self.longest / 512).saturating_pow(2),
            (false, true) => 1 + self.longest / 256,
            (false, false) => 1 + self.longest / 4_096,
        };
        i64::try_from(price).unwrap_or(i64::MAX)
    }
}
