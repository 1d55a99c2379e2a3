//! What SQLite's schema pragmas say of a table, derived from its definition: the rows of `table_xinfo`,
//! `index_list`, `index_xinfo` and `foreign_key_list`, automatic indexes included.
//!
//! A definition is walked in the order in which SQLite reads it, since much depends on what came before:
//! the second of two equal `UNIQUE` makes no index, and a collation reaches the indexes made earlier.

use alloc::borrow::{Cow, ToOwned};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Object, Schema};
use crate::parse::statement::{
    Action, Body, ColumnConstraintKind, ColumnDefinition, Conflict, CreateTable, ForeignKey, IndexedColumn, ObjectKind,
    TableConstraintKind,
};
use crate::parse::token::{self, Token, TokenKind};
use crate::sqlite::affinity::Affinity;
use crate::sqlite::name;
use crate::text::Span;

/// A row of `PRAGMA table_xinfo`, and what SQLite knows of the column beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnRow {
    /// The column's name, as it is declared.
    pub name: String,
    /// The declared type, as SQLite shows it: its own types in capitals, without quotes.
    pub declared_type: String,
    /// Whether it can't be `NULL`: declared so, or part of a key that implies it.
    pub not_null: bool,
    /// The text of its default value.
    pub default: Option<String>,
    /// Its place in the primary key, from 1 on; 0 where it is no part of it.
    pub primary_key: usize,
    /// Whether it is hidden from `table_info`, and why.
    pub hidden: Hidden,
    /// What its values are converted to.
    pub affinity: Affinity,
    /// How its values are compared, as the declaration spells it.
    pub collation: Option<String>,
}

/// What `PRAGMA table_xinfo` says in its column `hidden`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// An ordinary column.
    No,
    /// A generated column whose value is computed when it is read.
    Virtual,
    /// A generated column whose value is stored.
    Stored,
}

impl Hidden {
    /// The number that SQLite shows.
    pub const fn number(self) -> u8 {
        match self {
            Self::No => 0,
            Self::Virtual => 2,
            Self::Stored => 3,
        }
    }
}

/// A row of `PRAGMA index_list`, with the rows of `PRAGMA index_xinfo` for that index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexRow {
    /// The index's name: `sqlite_autoindex_t_1` where SQLite made it.
    pub name: String,
    /// Whether it keeps two equal rows out.
    pub unique: bool,
    /// Why it is there.
    pub origin: Origin,
    /// Whether it has a `WHERE`.
    pub partial: bool,
    /// What it holds: its own terms, then what leads to the table's row.
    pub terms: Vec<TermRow>,
}

/// What `PRAGMA index_list` says in its column `origin`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `CREATE INDEX`.
    Created,
    /// A `UNIQUE` constraint.
    Unique,
    /// A `PRIMARY KEY`.
    PrimaryKey,
}

impl Origin {
    /// The letters that SQLite shows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "c",
            Self::Unique => "u",
            Self::PrimaryKey => "pk",
        }
    }
}

/// A row of `PRAGMA index_xinfo`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermRow {
    /// What the term is.
    pub term: Term,
    /// Whether it is in descending order.
    pub descending: bool,
    /// How its values are compared.
    pub collation: Cow<'static, str>,
    /// Whether it is one of the index's own terms, and not one that leads to the table's row.
    pub key: bool,
}

/// What a term of an index is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A column, by its place in the table and its name.
    Column(usize, String),
    /// The rowid, which SQLite shows as column -1.
    Rowid,
    /// An expression, which SQLite shows as column -2.
    Expression,
}

/// A row of `PRAGMA foreign_key_list`, and what SQLite knows of the key beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKeyRow {
    /// Which key it is: the one that was declared last is 0.
    pub id: usize,
    /// Which column of the key.
    pub sequence: usize,
    /// The parent table, as the key spells it.
    pub table: String,
    /// The column of this table.
    pub from: String,
    /// The parent's column, as the key spells it; none where it means the parent's primary key.
    pub to: Option<String>,
    /// What happens when the parent's key changes.
    pub on_update: Action,
    /// What happens when the parent's row goes.
    pub on_delete: Action,
    /// Whether the check waits for `COMMIT`.
    pub deferred: bool,
}

/// The rows of `PRAGMA table_xinfo`; none where the columns are not known.
pub fn table_xinfo(table: &Object) -> Vec<ColumnRow> {
    let Some(known) = Known::of(table) else { return Vec::new() };
    let place = |column: usize| match known.primary_key() {
        _ if !known.columns[column].in_primary_key => 0,
        None => 1,
        Some(index) => index.terms.iter().position(|term| term.column == Some(column)).map_or(0, |at| at + 1),
    };
    known
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| ColumnRow {
            name: column.name.to_owned(),
            declared_type: column.declared_type.clone().into_owned(),
            not_null: column.not_null,
            default: column.default.filter(|_| column.hidden == Hidden::No).map(default_text),
            primary_key: place(at),
            hidden: column.hidden,
            // The one type of a STRICT table that keeps values as they are.
            affinity: if known.strict && column.declared_type == "ANY" {
                Affinity::Blob
            } else {
                Affinity::of(&column.declared_type)
            },
            collation: column.collation.clone(),
        })
        .collect()
}

/// The rows of `PRAGMA index_list`, the newest index first as SQLite has it; none where the columns are
/// not known.
pub fn index_list(schema: &Schema, table: &Object) -> Vec<IndexRow> {
    let Some(mut known) = Known::of(table) else { return Vec::new() };
    for object in schema.mentioning(&table.name) {
        let of_table =
            object.kind == ObjectKind::Index && object.temporary == table.temporary && object.belongs_to(&table.name);
        if of_table && let Body::CreateIndex(create) = &object.statement().body {
            let terms = create.columns.iter().map(|column| known.term(&object.sql, column)).collect();
            let mut index = Index::new(object.name.clone(), Origin::Created, None, terms);
            index.unique = create.unique;
            index.partial = create.condition.is_some();
            known.lead_to_row(&mut index);
            known.link(index);
        }
    }
    known.indexes.iter().map(|index| known.row(index)).collect()
}

/// The names of the indexes that SQLite makes for the table and keeps a row of `sqlite_schema` for, in
/// their order there. The primary key of a `WITHOUT ROWID` table is the table itself.
pub fn automatic_indexes(table: &Object) -> Vec<String> {
    let Some(known) = Known::of(table) else { return Vec::new() };
    let mut numbered: Vec<&Index> =
        known.indexes.iter().filter(|index| !known.without_rowid || index.origin != Origin::PrimaryKey).collect();
    numbered.sort_by_key(|index| index.number);
    numbered.into_iter().map(|index| index.name.clone()).collect()
}

/// The rows of `PRAGMA foreign_key_list`.
pub fn foreign_key_list(table: &Object) -> Vec<ForeignKeyRow> {
    let Some(create) = table.as_table() else { return Vec::new() };
    let mut keys: Vec<_> = super::refer::foreign_keys(create).collect();
    keys.reverse();
    let rows = keys.into_iter().enumerate().flat_map(|(id, (columns, key))| {
        columns
            .into_iter()
            .enumerate()
            .map(|(sequence, column)| foreign_key(create, id, sequence, &column.text, key))
            .collect::<Vec<_>>()
    });
    rows.collect()
}

fn foreign_key(create: &CreateTable, id: usize, sequence: usize, column: &str, key: &ForeignKey) -> ForeignKeyRow {
    let declared = create.definition.columns.iter().find(|known| known.name.is(column));
    ForeignKeyRow {
        id,
        sequence,
        table: key.table.text.clone(),
        from: declared.map_or_else(|| column.to_owned(), |known| known.name.text.clone()),
        to: key.columns.get(sequence).map(|to| to.text.clone()),
        on_update: key.on_update,
        on_delete: key.on_delete,
        deferred: key.deferred,
    }
}

/// Whether two equal keys of the table say different things of `ON CONFLICT`, which SQLite refuses.
pub(super) fn contradicts(table: &Object) -> bool {
    table.says("CONFLICT") && Known::of(table).is_some_and(|known| known.contradicts)
}

/// A table as SQLite knows it once it has read the definition.
struct Known<'table> {
    table: &'table Object,
    columns: Vec<Column<'table>>,
    /// The newest first, but for those that replace rows, which come last.
    indexes: Vec<Index>,
    without_rowid: bool,
    strict: bool,
    rowid_alias: Option<RowidAlias>,
    /// Whether two equal keys say different things of `ON CONFLICT`.
    contradicts: bool,
}

struct Column<'table> {
    name: &'table str,
    declared_type: Cow<'table, str>,
    not_null: bool,
    /// As it is written.
    default: Option<&'table str>,
    in_primary_key: bool,
    hidden: Hidden,
    collation: Option<String>,
}

/// The `INTEGER PRIMARY KEY`, and what its declaration says that only a table without rowids needs.
struct RowidAlias {
    column: usize,
    descending: bool,
    conflict: Option<Conflict>,
}

struct Index {
    name: String,
    /// Of the automatic ones, which one it is.
    number: usize,
    origin: Origin,
    unique: bool,
    conflict: Option<Conflict>,
    partial: bool,
    terms: Vec<IndexTerm>,
    /// How many of the terms are its own.
    own: usize,
}

#[derive(Clone)]
struct IndexTerm {
    /// The column's place; none for an expression, and for the rowid.
    column: Option<usize>,
    rowid: bool,
    descending: bool,
    collation: Cow<'static, str>,
}

const BINARY: Cow<'static, str> = Cow::Borrowed("BINARY");

impl Index {
    fn new(name: String, origin: Origin, conflict: Option<Conflict>, terms: Vec<IndexTerm>) -> Self {
        let unique = origin != Origin::Created;
        Self { name, number: 0, origin, unique, conflict, partial: false, own: terms.len(), terms }
    }

    /// Whether one of its own terms is that column in that order of comparison.
    fn has(&self, term: &IndexTerm) -> bool {
        self.terms[..self.own]
            .iter()
            .any(|own| own.column == term.column && name::same(&own.collation, &term.collation))
    }

    fn replaces(&self) -> bool {
        self.conflict == Some(Conflict::Replace)
    }
}

impl<'table> Known<'table> {
    fn of(table: &'table Object) -> Option<Self> {
        let create = table.as_table().filter(|create| create.query.is_none())?;
        let definition = &create.definition;
        let mut known = Self {
            table,
            columns: Vec::with_capacity(definition.columns.len()),
            indexes: Vec::new(),
            without_rowid: definition.without_rowid.is_some(),
            strict: definition.strict.is_some(),
            rowid_alias: None,
            contradicts: false,
        };
        for column in &definition.columns {
            known.add_column(column);
        }
        for constraint in &definition.constraints {
            match &constraint.kind {
                TableConstraintKind::PrimaryKey { columns, .. } => {
                    known.add_primary_key(columns, constraint.conflict);
                }
                TableConstraintKind::Unique(columns) => {
                    let terms = columns.iter().map(|column| known.term(&table.sql, column)).collect();
                    known.add_automatic_index(Origin::Unique, constraint.conflict, terms);
                }
                TableConstraintKind::Check(_) | TableConstraintKind::ForeignKey { .. } => {}
            }
        }
        known.finish();
        Some(known)
    }

    fn add_column(&mut self, column: &'table ColumnDefinition) {
        let sql = &*self.table.sql;
        let at = self.columns.len();
        self.columns.push(Column {
            name: &column.name.text,
            declared_type: shown_type(type_words(column, sql)),
            not_null: false,
            default: None,
            in_primary_key: false,
            hidden: Hidden::No,
            collation: None,
        });
        for constraint in &column.constraints {
            match &constraint.kind {
                ColumnConstraintKind::PrimaryKey { descending, .. } => {
                    self.columns[at].in_primary_key = true;
                    if !descending && self.columns[at].declared_type == "INTEGER" {
                        let conflict = constraint.conflict;
                        self.rowid_alias = Some(RowidAlias { column: at, descending: false, conflict });
                    } else {
                        let term = IndexTerm { descending: *descending, ..self.column_term(at) };
                        self.add_automatic_index(Origin::PrimaryKey, constraint.conflict, Vec::from([term]));
                    }
                }
                ColumnConstraintKind::Unique => {
                    let term = self.column_term(at);
                    self.add_automatic_index(Origin::Unique, constraint.conflict, Vec::from([term]));
                }
                ColumnConstraintKind::NotNull => self.columns[at].not_null = true,
                ColumnConstraintKind::Default(span) => self.columns[at].default = Some(span.of(sql)),
                ColumnConstraintKind::Collate(collation) => self.collate(at, &collation.text),
                ColumnConstraintKind::Generated { stored, .. } => {
                    self.columns[at].hidden = if *stored { Hidden::Stored } else { Hidden::Virtual };
                }
                ColumnConstraintKind::Null | ColumnConstraintKind::Check(_) | ColumnConstraintKind::References(_) => {}
            }
        }
    }

    /// A collation reaches the indexes that stand before it in the column's declaration.
    fn collate(&mut self, column: usize, collation: &str) {
        self.columns[column].collation = Some(collation.to_owned());
        for index in &mut self.indexes {
            if let Some(first) = index.terms.first_mut().filter(|first| first.column == Some(column)) {
                first.collation = Cow::Owned(collation.to_owned());
            }
        }
    }

    fn add_primary_key(&mut self, columns: &[IndexedColumn], conflict: Option<Conflict>) {
        let terms: Vec<IndexTerm> = columns.iter().map(|column| self.term(&self.table.sql, column)).collect();
        for column in terms.iter().filter_map(|term| term.column) {
            self.columns[column].in_primary_key = true;
        }
        match terms.as_slice() {
            // DESC in the constraint of a table does not keep the column from standing for the rowid.
            [IndexTerm { column: Some(column), descending, .. }]
                if self.columns[*column].declared_type == "INTEGER" =>
            {
                self.rowid_alias = Some(RowidAlias { column: *column, descending: *descending, conflict });
            }
            _ => self.add_automatic_index(Origin::PrimaryKey, conflict, terms),
        }
    }

    fn add_automatic_index(&mut self, origin: Origin, conflict: Option<Conflict>, terms: Vec<IndexTerm>) {
        let equal = self.indexes.iter_mut().find(|index| {
            index.terms.len() == terms.len()
                && index
                    .terms
                    .iter()
                    .zip(&terms)
                    .all(|(one, other)| one.column == other.column && name::same(&one.collation, &other.collation))
        });
        if let Some(equal) = equal {
            self.contradicts |= equal.conflict.zip(conflict).is_some_and(|(one, other)| one != other);
            equal.conflict = equal.conflict.or(conflict);
            if origin == Origin::PrimaryKey {
                equal.origin = origin;
            }
        } else {
            let number = self.indexes.len() + 1;
            let name = format!("sqlite_autoindex_{}_{number}", self.table.name);
            let index = Index { number, ..Index::new(name, origin, conflict, terms) };
            self.indexes.insert(0, index);
        }
        self.sink_replacing();
    }

    fn link(&mut self, index: Index) {
        self.indexes.insert(0, index);
        self.sink_replacing();
    }

    /// SQLite keeps the indexes that replace rows behind all others; one at most is out of place.
    fn sink_replacing(&mut self) {
        let Some(mut at) = self.indexes.iter().position(Index::replaces) else { return };
        while self.indexes.get(at + 1).is_some_and(|next| !next.replaces()) {
            self.indexes.swap(at, at + 1);
            at += 1;
        }
    }

    /// What SQLite does at the end of a definition: keys that imply `NOT NULL`, and what leads from each
    /// index to the table's row.
    fn finish(&mut self) {
        let alias = self.rowid_alias.as_ref().map(|alias| alias.column);
        for (at, column) in self.columns.iter_mut().enumerate() {
            let implied = self.without_rowid || (self.strict && alias != Some(at));
            column.not_null |= implied && column.in_primary_key;
        }
        if self.without_rowid {
            if let Some(alias) = self.rowid_alias.take() {
                let term = IndexTerm { descending: alias.descending, ..self.column_term(alias.column) };
                self.add_automatic_index(Origin::PrimaryKey, alias.conflict, Vec::from([term]));
            }
            self.hold_whole_row();
        }
        let mut indexes = core::mem::take(&mut self.indexes);
        let key =
            indexes.iter().find(|index| index.origin == Origin::PrimaryKey).map(|key| key.terms[..key.own].to_vec());
        for index in &mut indexes {
            match &key {
                Some(key) if self.without_rowid => {
                    if index.origin != Origin::PrimaryKey {
                        let missing: Vec<_> = key.iter().filter(|term| !index.has(term)).cloned().collect();
                        // SQLite forgets the order of these, which an index made later keeps.
                        index.terms.extend(missing.into_iter().map(|term| IndexTerm { descending: false, ..term }));
                    }
                }
                _ => index.terms.push(IndexTerm { column: None, rowid: true, descending: false, collation: BINARY }),
            }
        }
        self.indexes = indexes;
    }

    /// The primary key of a table without rowids holds every column that is not computed when read.
    fn hold_whole_row(&mut self) {
        let Some(at) = self.indexes.iter().position(|index| index.origin == Origin::PrimaryKey) else { return };
        let mut own: Vec<IndexTerm> = Vec::new();
        for term in &self.indexes[at].terms {
            let known =
                own.iter().any(|known| known.column == term.column && name::same(&known.collation, &term.collation));
            if !known {
                own.push(term.clone());
            }
        }
        let count = own.len();
        for (column, _) in self.columns.iter().enumerate().filter(|(_, column)| column.hidden != Hidden::Virtual) {
            if !own.iter().any(|term| term.column == Some(column)) {
                own.push(self.column_term(column));
            }
        }
        self.indexes[at].terms = own;
        self.indexes[at].own = count;
    }

    /// Appends to an index that a statement of its own makes what leads to the table's row.
    fn lead_to_row(&self, index: &mut Index) {
        match self.primary_key().filter(|_| self.without_rowid) {
            Some(key) => {
                let missing: Vec<_> = key.terms[..key.own].iter().filter(|term| !index.has(term)).cloned().collect();
                index.terms.extend(missing);
            }
            None => index.terms.push(IndexTerm { column: None, rowid: true, descending: false, collation: BINARY }),
        }
    }

    fn primary_key(&self) -> Option<&Index> {
        self.indexes.iter().find(|index| index.origin == Origin::PrimaryKey)
    }

    fn column_term(&self, column: usize) -> IndexTerm {
        let collation = self.columns[column].collation.clone().map_or(BINARY, Cow::Owned);
        IndexTerm { column: Some(column), rowid: false, descending: false, collation }
    }

    /// A term of `sql`: a column, perhaps in parentheses and with collations, or an expression.
    fn term(&self, sql: &str, written: &IndexedColumn) -> IndexTerm {
        let (bare, collation) = bare_term(sql, written);
        let column = bare.and_then(|bare| self.columns.iter().position(|known| name::same(known.name, &bare)));
        let base = match column {
            Some(column) => self.column_term(column),
            None => IndexTerm { column: None, rowid: false, descending: false, collation: BINARY },
        };
        let collation = collation.map_or(base.collation, Cow::Owned);
        IndexTerm { column, rowid: false, descending: written.descending, collation }
    }

    fn row(&self, index: &Index) -> IndexRow {
        let terms = index.terms.iter().enumerate().map(|(at, term)| TermRow {
            term: match term.column {
                Some(column) => Term::Column(column, self.columns[column].name.to_owned()),
                None if term.rowid => Term::Rowid,
                None => Term::Expression,
            },
            descending: term.descending,
            collation: term.collation.clone(),
            key: at < index.own,
        });
        IndexRow {
            name: index.name.clone(),
            unique: index.unique,
            origin: index.origin,
            partial: index.partial,
            terms: terms.collect(),
        }
    }
}

/// The name that a term of an index is, without parentheses and collations around it; and the collation
/// that stands outside of all else.
pub(super) fn bare_term(sql: &str, term: &IndexedColumn) -> (Option<String>, Option<String>) {
    let text = term.expression.of(sql);
    let is_name = |first: &u8| token::is_word(*first) && !first.is_ascii_digit() && *first != b'$';
    if text.as_bytes().first().is_some_and(is_name) && text.bytes().all(token::is_word) {
        return (Some(text.to_owned()), term.collation.as_ref().map(|named| named.text.clone()));
    }
    let tokens = token::tokens(text);
    let mut rest: &[Token] = &tokens;
    // COLLATE binds more tightly than any operator: behind one it belongs to the last operand alone.
    let mut collation = term.collation.as_ref().filter(|_| is_operand(text, rest)).map(|named| named.text.clone());
    loop {
        rest = match rest {
            [first, inner @ .., last]
                if first.is_symbol(text, "(") && last.is_symbol(text, ")") && balanced(text, inner) =>
            {
                inner
            }
            [inner @ .., collate, named] if collate.is(text, "COLLATE") && is_operand(text, inner) => {
                collation = collation.or_else(|| Some(named.unquoted(text).into_owned()));
                inner
            }
            [only] if matches!(only.kind, TokenKind::Word | TokenKind::Quoted | TokenKind::String) => {
                return (Some(only.unquoted(text).into_owned()), collation);
            }
            _ => return (None, collation),
        }
    }
}

/// Whether the tokens are one operand, without an operator outside of parentheses. A sign before it binds as
/// closely as that.
fn is_operand(text: &str, tokens: &[Token]) -> bool {
    let is_sign = |token: &&Token| ["-", "+", "~"].iter().any(|sign| token.is_symbol(text, sign));
    let signs = tokens.iter().take_while(is_sign).count();
    match &tokens[signs..] {
        [_] => true,
        [inner @ .., collate, _] if collate.is(text, "COLLATE") => is_operand(text, inner),
        [first, .., last] if first.is(text, "CASE") => last.is(text, "END"),
        [first, inner @ .., last] if first.is_symbol(text, "(") => last.is_symbol(text, ")") && balanced(text, inner),
        [first, open, inner @ .., last] => {
            !first.is(text, "NOT")
                && matches!(first.kind, TokenKind::Word | TokenKind::Quoted)
                && open.is_symbol(text, "(")
                && last.is_symbol(text, ")")
                && balanced(text, inner)
        }
        _ => false,
    }
}

/// Whether each parenthesis among the tokens closes there.
fn balanced(text: &str, tokens: &[Token]) -> bool {
    let mut depth = 0_i32;
    for token in tokens {
        depth += i32::from(token.is_symbol(text, "(")) - i32::from(token.is_symbol(text, ")"));
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// SQLite's own types, which it shows in capitals.
const TYPES: [&str; 6] = ["ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT"];

const fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`' | b'[')
}

/// The words that SQLite's grammar takes for the type: all that come before a constraint, GENERATED and
/// ALWAYS among them, and then a length in parentheses.
pub(super) fn type_words<'text>(column: &ColumnDefinition, sql: &'text str) -> &'text str {
    let rest = Span::new(column.name.span.end, column.span.end).of(sql);
    let is_word = |token: &Token| match token.kind {
        TokenKind::Word => !name::is_reserved(token.span.of(rest)),
        kind => matches!(kind, TokenKind::Quoted | TokenKind::String),
    };
    // What stands behind the type may be long, and is not read for this.
    let mut tokens = token::each(rest);
    let mut words: Option<Span> = None;
    let mut behind = tokens.next();
    while let Some(word) = behind.filter(&is_word) {
        words = Some(words.map_or(word.span, |words| words.to(word.span)));
        behind = tokens.next();
    }
    let Some(words) = words else { return "" };
    let is_long = behind.is_some_and(|open| open.is_symbol(rest, "("));
    let close = if is_long { tokens.find(|close| close.is_symbol(rest, ")")) } else { None };
    close.map_or(words, |close| words.to(close.span)).of(rest)
}

/// Whether the words are one of SQLite's own types, and no more.
pub(crate) fn is_own_type(words: &str) -> bool {
    TYPES.iter().any(|own| own.eq_ignore_ascii_case(words))
}

/// The type that SQLite shows for the words of a declaration.
pub(crate) fn shown_type(words: &str) -> Cow<'_, str> {
    let words = without_generated(words);
    let bytes = words.as_bytes();
    let quoted =
        bytes.len() >= 3 && is_quote(bytes[0]) && !bytes[1..bytes.len() - 1].iter().any(|byte| is_quote(*byte));
    let inner = if quoted { &words[1..words.len() - 1] } else { words };
    if let Some(own) = TYPES.iter().find(|own| own.eq_ignore_ascii_case(inner)) {
        return Cow::Borrowed(own);
    }
    if quoted { Cow::Borrowed(inner) } else { unquoted_type(words) }
}

/// The words GENERATED ALWAYS can be read as the end of a type, and then do not belong to it.
fn without_generated(words: &str) -> &str {
    let ends = |text: &str, word: &str| {
        text.len().checked_sub(word.len()).filter(|at| text.as_bytes()[*at..].eq_ignore_ascii_case(word.as_bytes()))
    };
    let space = [' ', '\t', '\n', '\r', '\u{b}', '\u{c}'];
    let Some(at) = ends(words, "always").filter(|_| words.len() >= 16) else { return words };
    let words = words[..at].trim_end_matches(space);
    ends(words, "generated").map_or(words, |at| words[..at].trim_end_matches(space))
}

/// A type that begins with a quotation mark is what stands in it; SQLite forgets what follows.
fn unquoted_type(words: &str) -> Cow<'_, str> {
    let Some(first) = words.chars().next().filter(|first| u8::try_from(*first).is_ok_and(is_quote)) else {
        return Cow::Borrowed(words);
    };
    let close = if first == '[' { ']' } else { first };
    let mut inner = String::new();
    let mut rest = words[1..].chars().peekable();
    while let Some(at) = rest.next() {
        if at == close && rest.next_if_eq(&close).is_none() {
            break;
        }
        inner.push(at);
    }
    Cow::Owned(inner)
}

/// The text of a default: what stands in its parentheses, or all of it.
fn default_text(written: &str) -> String {
    let inner = written.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(written);
    inner.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']).to_owned()
}
