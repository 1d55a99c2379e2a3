//! Which of the application's queries a file may concern, and what came of each.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Asked;
use super::cut::{Reach, Touched};
use crate::parse::Source;
use crate::parse::statement::{Body, Conflict, Data, DataKind, Statement};
use crate::parse::token::{TokenKind, each};
use crate::queries::Query;
use crate::sqlite::name::{self, quote};
use crate::text::gathered;

/// What came of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Watched {
    /// It can be prepared, and no file that was replayed changes what it names.
    #[default]
    Untouched,
    /// It could not be watched, for this reason: SQLite's words where it could not be prepared.
    No(String),
    /// It could be prepared only behind a file.
    New,
    /// It was prepared before a file that changes what it names, and behind it.
    Yes,
}

impl Watched {
    const fn rank(&self) -> u8 {
        match self {
            Self::Untouched => 0,
            Self::No(_) => 1,
            Self::New => 2,
            Self::Yes => 3,
        }
    }
}

/// How many queries that no file touches are prepared on one schema, which has what they name.
const TOGETHER: usize = 100;

/// The queries, with what came of each so far.
#[derive(Debug)]
pub(super) struct Watch<'run> {
    pub(super) queries: &'run [Query],
    pub(super) watched: Vec<Watched>,
    known: Vec<Known>,
    /// Those that an engine was asked about.
    asked: BTreeSet<u32>,
    /// The queries that have a word.
    by_word: BTreeMap<String, Vec<u32>>,
}

/// What a query is about, as far as it matters for preparing it.
#[derive(Debug, Default)]
struct Known {
    /// The names that may stand in it.
    words: Vec<String>,
    /// The table whose rows it changes.
    target: Option<String>,
    /// For an `INSERT`, the columns that it gives values.
    insert: Option<Insert>,
}

#[derive(Debug)]
struct Insert {
    table: String,
    columns: Vec<String>,
}

impl<'run> Watch<'run> {
    pub(super) fn new(queries: &'run [Query]) -> Self {
        let known: Vec<Known> = queries.iter().map(|query| Known::of(&query.sql)).collect();
        let mut by_word: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (query, known) in (0..).zip(&known) {
            for word in &known.words {
                by_word.entry(word.clone()).or_default().push(query);
            }
        }
        Self {
            queries,
            watched: alloc::vec![Watched::Untouched; queries.len()],
            known,
            asked: BTreeSet::new(),
            by_word,
        }
    }

    /// The queries in which one of the names stands, which are in the form in which names are compared.
    pub(super) fn naming<'name>(&self, names: impl Iterator<Item = &'name str>) -> BTreeSet<u32> {
        gathered(names.filter_map(|name| self.by_word.get(name)).flatten().copied())
    }

    /// Notes what the queries need; `written` is how far it reaches that rows of a table change.
    pub(super) fn touch(&self, queries: &BTreeSet<u32>, written: Reach, touched: &mut Touched) {
        for known in queries.iter().filter_map(|query| self.known.get(*query as usize)) {
            known.words.iter().for_each(|word| touched.touch(word, Reach::NEEDED));
            known.target.iter().for_each(|table| touched.touch(table, written));
        }
    }

    /// What the engine is asked.
    pub(super) fn ask(&mut self, queries: &BTreeSet<u32>) -> Vec<Asked> {
        self.asked.extend(queries);
        let asked = queries.iter().filter_map(|query| {
            let (of, known) = (self.queries.get(*query as usize)?, self.known.get(*query as usize)?);
            Some(Asked { query: *query, sql: of.sql.clone(), insert: known.insert.as_ref().map(Insert::sql) })
        });
        asked.collect()
    }

    /// Notes what came of a query, unless it is known to be better. Of several reasons the last counts.
    pub(super) fn note(&mut self, query: u32, came: Watched) {
        if let Some(watched) = self.watched.get_mut(query as usize)
            && came.rank() >= watched.rank()
        {
            *watched = came;
        }
    }

    /// The queries that no file has touched, in parts that are asked about together. Which they are depends on no
    /// answer.
    pub(super) fn untouched(&self) -> Vec<BTreeSet<u32>> {
        let is_untouched =
            |(query, came): &(u32, &Watched)| **came == Watched::Untouched && !self.asked.contains(query);
        let all: Vec<u32> = (0..).zip(&self.watched).filter(is_untouched).map(|(query, _)| query).collect();
        all.chunks(TOGETHER).map(|part| gathered(part.iter().copied())).collect()
    }

    /// Notes that the queries which name something of a file could not be watched.
    pub(super) fn pass_over(&mut self, queries: &BTreeSet<u32>, reason: &str) {
        for query in queries {
            self.note(*query, Watched::No(reason.to_owned()));
        }
    }

    /// The column of its table to which an `INSERT` gives no value, where the error is about such a one.
    pub(super) fn lacks(&self, query: u32, error: &str) -> Option<String> {
        let insert = self.known.get(query as usize)?.insert.as_ref()?;
        let (table, column) = error.strip_prefix("NOT NULL constraint failed: ")?.rsplit_once('.')?;
        let gives = insert.columns.iter().any(|own| name::same(own, column));
        (name::same(table, &insert.table) && !gives).then(|| column.to_owned())
    }
}

impl Known {
    fn of(sql: &str) -> Self {
        let mut words = BTreeSet::new();
        for token in each(sql) {
            if matches!(token.kind, TokenKind::Word | TokenKind::Quoted | TokenKind::String) {
                let word = token.unquoted(sql);
                if !(word.is_empty() || (token.kind == TokenKind::Word && name::is_reserved(&word))) {
                    words.insert(name::fold(&word).into_owned());
                }
            }
        }
        let words = words.into_iter().collect();
        let statement = Source::new(sql).statements().next();
        let Some(Statement { body: Body::Data(data), .. }) = statement else {
            return Self { words, ..Self::default() };
        };
        Self { words, target: Some(data.table.name.text.clone()), insert: Insert::of(&data, sql) }
    }
}

impl Insert {
    fn of(data: &Data, sql: &str) -> Option<Self> {
        let puts_in = matches!(data.kind, DataKind::Insert | DataKind::Replace);
        // Without a list of columns it gives all of them a value, but for DEFAULT VALUES.
        let says_which = !data.columns.is_empty() || data.rows.is_none();
        (puts_in && says_which && data.conflict != Some(Conflict::Ignore)).then(|| Self {
            table: data.table.name.text.clone(),
            columns: data.columns.iter().map(|column| column.text(sql).into_owned()).collect(),
        })
    }

    /// Copies the row that is there: SQLite looks for values that lack before it looks for keys that are taken.
    fn sql(&self) -> String {
        let table = quote(&self.table);
        if self.columns.is_empty() {
            return format!("INSERT INTO {table} DEFAULT VALUES");
        }
        let columns = self.columns.iter().map(|column| quote(column)).collect::<Vec<_>>().join(", ");
        format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1")
    }
}
