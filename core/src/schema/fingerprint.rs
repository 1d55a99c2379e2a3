//! The fingerprint of a schema: the same for two schemas that mean the same.
//!
//! It is over the model and not over the text: spelling, comments, quoting and the order of
//! constraints do not count. SQLite's own tables, ledgers, statistics and temporary objects are
//! outside it. The form is final: a change of it is a new version.
//!
//! Version 1 is the SHA-256 of a sum: each object's line is hashed with SHA-256, and these numbers
//! are added modulo 2^256. So the order of objects does not count, and a step costs what it
//! changes. It finds drift; it is no proof against somebody who forges a schema.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use sha2::{Digest, Sha256};

use super::{Key, Object, Schema, refer};
use crate::parse::statement::{
    Body, ColumnConstraintKind, ColumnDefinition, Conflict, CreateTable, ForeignKey, IndexedColumn, ObjectKind,
    TableConstraintKind,
};
use crate::parse::token::{Token, TokenKind};
use crate::parse::{normal, normal_tokens, token};
use crate::sqlite::name;

/// The fingerprint, as `v1:` and SHA-256 in hexadecimal digits.
pub fn fingerprint(schema: &Schema) -> String {
    let mut sum = Sum::default();
    schema.objects().into_iter().filter(|object| counts(object)).for_each(|object| sum.add(digest(object)));
    sum.fingerprint()
}

/// The digests of all objects, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum([u64; 4]);

impl Sum {
    fn add(&mut self, digest: [u64; 4]) {
        let mut carry = false;
        for (limb, other) in self.0.iter_mut().zip(digest) {
            let (sum, first) = limb.overflowing_add(other);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            (*limb, carry) = (sum, first || second);
        }
    }

    fn subtract(&mut self, digest: [u64; 4]) {
        let mut borrow = false;
        for (limb, other) in self.0.iter_mut().zip(digest) {
            let (rest, first) = limb.overflowing_sub(other);
            let (rest, second) = rest.overflowing_sub(u64::from(borrow));
            (*limb, borrow) = (rest, first || second);
        }
    }

    fn fingerprint(self) -> String {
        let bytes: Vec<u8> = self.0.iter().flat_map(|limb| limb.to_le_bytes()).collect();
        format!("v1:{}", sha256(&bytes))
    }
}

fn digest(object: &Object) -> [u64; 4] {
    let bytes = Sha256::digest(object_line(object).as_bytes());
    let mut limbs = [0; 4];
    for (limb, part) in limbs.iter_mut().zip(bytes.chunks_exact(8)) {
        *limb = part.iter().rev().fold(0, |limb, byte| limb << 8 | u64::from(*byte));
    }
    limbs
}

/// A fingerprint that follows a schema from step to step and hashes only what changed.
#[derive(Debug, Default)]
pub struct Running {
    sum: Sum,
    digests: BTreeMap<Key, [u64; 4]>,
}

impl Running {
    /// The fingerprint of the schema, of which the objects in `changed` may be others than when it
    /// was asked last.
    pub(crate) fn update(&mut self, schema: &Schema, changed: impl IntoIterator<Item = Key>) -> String {
        for key in changed {
            // What is gone adds nothing.
            if let Some(old) = self.digests.get_mut(&key) {
                self.sum.subtract(core::mem::take(old));
            }
            if let Some(object) = schema.by_key(&key).filter(|object| counts(object)) {
                let new = digest(object);
                self.sum.add(new);
                self.digests.insert(key, new);
            }
        }
        self.sum.fingerprint()
    }
}

/// SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let nibbles = Sha256::digest(bytes);
    let nibbles = nibbles.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.map(|nibble| char::from(DIGITS[usize::from(nibble)])).collect()
}

/// The hash of a file's text: over its lines as if each ended in `\n`, without a byte order mark,
/// so that a checkout on another system changes nothing.
pub fn text_hash(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') {
        sha256(text.replace("\r\n", "\n").replace('\r', "\n").as_bytes())
    } else {
        sha256(text.as_bytes())
    }
}

/// Whether the object is the application's.
pub fn counts(object: &Object) -> bool {
    !object.temporary
        && !name::is_bookkeeping(&object.name)
        && !object.owner.as_deref().is_some_and(name::is_bookkeeping)
}

/// What an object means: the same for two that mean the same. Its parts stand there each with its
/// length, so that no text can look like two.
pub fn object_line(object: &Object) -> String {
    let mut parts = Parts(String::new());
    parts.add(object.kind.as_str());
    parts.add(&name::fold(&object.name));
    let sql = object.sql.as_str();
    if matches!(object.kind, ObjectKind::View | ObjectKind::Trigger) {
        parts.add(&behind_name(object));
        return parts.0;
    }
    object.glance(|statement| match &statement.body {
        Body::CreateTable(table) if table.query.is_none() => self::table(&mut parts, table, sql),
        Body::CreateIndex(index) => {
            parts.add(if index.unique { "unique" } else { "" });
            parts.add(&name::fold(&index.table.text));
            index.columns.iter().for_each(|column| parts.add(&term(column, sql)));
            parts.add(&index.condition.map_or_else(String::new, |span| normal(span.of(sql))));
        }
        _ => parts.add(&behind_name(object)),
    });
    parts.0
}

/// Whether two objects mean the same, quotes around a name or not.
pub fn is_same(one: &Object, other: &Object) -> bool {
    if one.kind != other.kind {
        return false;
    }
    if matches!(one.kind, ObjectKind::View | ObjectKind::Trigger) || one.is_virtual() {
        let (words, others) = (bare_words(one), bare_words(other));
        return words == others;
    }
    // Within an expression, RENAME puts its own quotes around a name.
    object_line(one) == object_line(other) || bare_words(one) == bare_words(other)
}

/// The words behind the object's name, without the quotes of names.
fn bare_words(object: &Object) -> Vec<(bool, String)> {
    let sql = object.sql.as_str();
    let words = if object.is_virtual() { 4 } else { 3 };
    let tokens = token::tokens(sql);
    let bare = |token: &Token| match token.kind {
        TokenKind::Word | TokenKind::Quoted => (false, name::fold(&token.unquoted(sql)).into_owned()),
        _ => (true, String::from(token.span.of(sql))),
    };
    tokens.get(words..).unwrap_or_default().iter().map(bare).collect()
}

/// The words behind the object's name. SQLite stores `CREATE VIEW name …` whatever was written
/// before the name, so that they begin at the fourth.
fn behind_name(object: &Object) -> String {
    let sql = object.sql.as_str();
    let words = if sql.starts_with("CREATE VIRTUAL") { 4 } else { 3 };
    let tokens = token::tokens(sql);
    normal_tokens(sql, tokens.get(words..).unwrap_or_default())
}

/// What a column means, with all its constraints; `sql` is the text that it was read from.
pub fn column_line(column: &ColumnDefinition, sql: &str) -> String {
    let mut constraints = Vec::new();
    let mut line = self::column(column, sql, &mut constraints);
    constraints.sort();
    for constraint in constraints {
        line.push(' ');
        line.push_str(&constraint);
    }
    line
}

struct Parts(String);

impl Parts {
    fn add(&mut self, part: &str) {
        // Writing to a string cannot fail.
        let _: fmt::Result = write!(self.0, "{}:", part.len());
        self.0.push_str(part);
        self.0.push(' ');
    }
}

/// What an ordinary table means, part by part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableLines {
    /// `without rowid`, `strict`, the column that is the rowid, and `autoincrement`; empty where it
    /// is not so.
    pub options: [String; 4],
    /// Each column, without what a table's constraint could say as well.
    pub columns: Vec<String>,
    /// The constraints, whether a column or the table has them, sorted.
    pub constraints: Vec<String>,
}

/// What a table means, part by part; `sql` is the text that it was read from.
pub fn table_lines(table: &CreateTable, sql: &str) -> TableLines {
    let flag = |is: bool, word: &str| if is { String::from(word) } else { String::new() };
    let alias = refer::rowid_alias(table, sql).map_or_else(String::new, |column| name::fold(&column.text).into_owned());
    let options = [
        flag(table.definition.without_rowid.is_some(), "without rowid"),
        flag(table.definition.strict.is_some(), "strict"),
        alias,
        flag(refer::has_autoincrement(table), "autoincrement"),
    ];
    let mut constraints = Vec::new();
    let columns = table.definition.columns.iter().map(|column| self::column(column, sql, &mut constraints)).collect();
    for constraint in &table.definition.constraints {
        let demand = match &constraint.kind {
            TableConstraintKind::PrimaryKey { columns, .. } => format!("primary key {}", terms(columns, sql)),
            TableConstraintKind::Unique(columns) => format!("unique {}", terms(columns, sql)),
            TableConstraintKind::Check(expression) => format!("check {}", normal(expression.of(sql))),
            TableConstraintKind::ForeignKey { columns, key } => {
                format!("foreign key {} {}", names(columns.iter().map(|column| column.text.as_str())), reference(key))
            }
        };
        constraints.push(with_name(
            demand,
            constraint.name.as_ref().map(|name| name.text.as_str()),
            constraint.conflict,
        ));
    }
    constraints.sort();
    TableLines { options, columns, constraints }
}

fn table(parts: &mut Parts, table: &CreateTable, sql: &str) {
    let lines = table_lines(table, sql);
    lines.options.iter().chain(&lines.columns).chain(&lines.constraints).for_each(|part| parts.add(part));
}

/// A column without those of its constraints that a table's constraint could say as well; these go
/// to `constraints`.
fn column(column: &ColumnDefinition, sql: &str, constraints: &mut Vec<String>) -> String {
    let own = name::fold(&column.name.text).into_owned();
    let mut said = own.clone();
    said.push(' ');
    said.push_str(&normal(column.type_text(sql)));
    let (mut default, mut collation) = (String::new(), String::new());
    for constraint in &column.constraints {
        let label = constraint.name.as_ref().map(|name| name.text.as_str());
        let of_table = match &constraint.kind {
            ColumnConstraintKind::Null => continue,
            ColumnConstraintKind::NotNull => {
                said.push_str(&with_name(String::from(" not null"), label, constraint.conflict));
                continue;
            }
            ColumnConstraintKind::Default(value) => {
                default = default_value(value.of(sql));
                continue;
            }
            ColumnConstraintKind::Collate(name) => {
                collation = name::fold(&name.text).into_owned();
                continue;
            }
            ColumnConstraintKind::Generated { expression, stored } => {
                let kind = if *stored { "stored" } else { "virtual" };
                said.push_str(&format!(" as {} {kind}", normal(expression.of(sql))));
                continue;
            }
            ColumnConstraintKind::PrimaryKey { descending, .. } => {
                format!("primary key ({own}{})", if *descending { " desc" } else { "" })
            }
            ColumnConstraintKind::Unique => format!("unique ({own})"),
            ColumnConstraintKind::Check(expression) => format!("check {}", normal(expression.of(sql))),
            ColumnConstraintKind::References(key) => format!("foreign key ({own}) {}", reference(key)),
        };
        constraints.push(with_name(of_table, label, constraint.conflict));
    }
    for part in [" default ", &default, " collate ", &collation] {
        said.push_str(part);
    }
    said
}

/// A default without the parentheses that may stand around all of it: they mean nothing.
fn default_value(text: &str) -> String {
    let tokens = token::tokens(text);
    let around = parentheses_around(text, &tokens);
    normal_tokens(text, &tokens[around..tokens.len() - around])
}

/// How many pairs of parentheses stand around all of the tokens, told in one walk: as many as are
/// open everywhere between the first and the last ones.
fn parentheses_around(text: &str, tokens: &[Token]) -> usize {
    let opening = tokens.iter().take_while(|token| token.is_symbol(text, "(")).count();
    let closing = tokens[opening..].iter().rev().take_while(|token| token.is_symbol(text, ")")).count();
    let (mut depth, mut least) = (opening, opening.min(closing));
    for token in &tokens[opening..tokens.len() - closing] {
        if token.is_symbol(text, "(") {
            depth += 1;
        } else if token.is_symbol(text, ")") {
            depth = depth.saturating_sub(1);
        }
        least = least.min(depth);
    }
    least
}

fn with_name(mut demand: String, name: Option<&str>, conflict: Option<Conflict>) -> String {
    if let Some(name) = name {
        demand.push_str(" named ");
        demand.push_str(&name::fold(name));
    }
    if let Some(conflict) = conflict {
        demand.push_str(" on conflict ");
        demand.push_str(conflict.as_str());
    }
    demand
}

fn reference(key: &ForeignKey) -> String {
    format!(
        "references {} {} on delete {} on update {}{}",
        name::fold(&key.table.text),
        names(key.columns.iter().map(|column| column.text.as_str())),
        key.on_delete.as_str(),
        key.on_update.as_str(),
        if key.deferred { " deferred" } else { "" }
    )
}

fn names<'names>(names: impl Iterator<Item = &'names str>) -> String {
    let folded: Vec<_> = names.map(name::fold).collect();
    format!("({})", folded.join(","))
}

fn terms(columns: &[IndexedColumn], sql: &str) -> String {
    let all: Vec<String> = columns.iter().map(|column| term(column, sql)).collect();
    format!("({})", all.join(","))
}

fn term(column: &IndexedColumn, sql: &str) -> String {
    let what = match &column.column {
        Some(name) => name::fold(&name.text).into_owned(),
        None => normal(column.expression.of(sql)),
    };
    let collation =
        column.collation.as_ref().map_or_else(String::new, |name| format!(" collate {}", name::fold(&name.text)));
    format!("{what}{collation}{}", if column.descending { " desc" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::statements;
    use crate::schema::Knowledge;
    use crate::schema::replay::replay;

    fn schema(sql: &str) -> Schema {
        let start = Schema::new(Knowledge::Complete);
        statements(sql).iter().fold(start, |schema, statement| replay(&schema, sql, statement).after)
    }

    /// The form is final: a database that was recorded with this fingerprint must still have it.
    #[test]
    fn the_form_is_pinned() {
        let sql = "CREATE TABLE clients (id TEXT PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE assets (id INTEGER PRIMARY KEY AUTOINCREMENT, client TEXT COLLATE NOCASE NOT NULL
              REFERENCES clients(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, size INT DEFAULT -1
              CHECK (size > -2), half INT AS (size / 2) STORED, CONSTRAINT one UNIQUE (client, size) ON CONFLICT IGNORE) STRICT;
            CREATE UNIQUE INDEX big ON assets (size DESC, lower(client)) WHERE size > 10;
            CREATE VIEW v (a) AS SELECT id FROM assets;
            CREATE TRIGGER t AFTER INSERT ON assets BEGIN DELETE FROM clients WHERE id = new.client; END;";
        assert_eq!(fingerprint(&schema(sql)), "v1:c049ea47d1ce13433d0edf5266ce8b39ff0190360b529dbac123485b62ea62a9");
    }

    #[test]
    fn spelling_and_order_do_not_count() {
        let one = schema("CREATE TABLE a (b TEXT DEFAULT 1, UNIQUE (b)); CREATE TABLE c (d);");
        let other = schema("create table C (d); CREATE TABLE \"a\" (B text UNIQUE DEFAULT ((1)) -- comment\n);");
        assert_eq!(fingerprint(&one), fingerprint(&other));
    }

    #[test]
    fn meaning_counts() {
        let base = fingerprint(&schema("CREATE TABLE a (b TEXT DEFAULT 'x')"));
        for other in [
            "CREATE TABLE a (b TEXT DEFAULT 'X')",
            "CREATE TABLE a (b TEXT NOT NULL DEFAULT 'x')",
            "CREATE TABLE a (b INT DEFAULT 'x')",
            "CREATE TABLE a (b TEXT DEFAULT 'x') STRICT",
            "CREATE TABLE a (b TEXT DEFAULT 'x'); CREATE INDEX i ON a (b)",
        ] {
            assert_ne!(fingerprint(&schema(other)), base, "{other}");
        }
    }

    #[test]
    fn ledgers_and_statistics_do_not_count() {
        let sql = "CREATE TABLE a (b); CREATE TABLE _remold_migrations (id); CREATE TABLE _litestream_seq (id);";
        assert_eq!(fingerprint(&schema(sql)), fingerprint(&schema("CREATE TABLE a (b)")));
    }

    #[test]
    fn a_running_fingerprint_is_the_same() {
        let mut running = Running::default();
        let mut before = schema("CREATE TABLE a (b); CREATE TABLE c (d);");
        running.update(&before.clone(), before.take_changed());
        let object = before.get("a").cloned().expect("it was made above");
        let mut after = before.replacing(&object, object.with_column("e INT").expect("its columns are known"));
        let changed = after.take_changed();
        assert_eq!(running.update(&after, changed), fingerprint(&after));
        assert_ne!(fingerprint(&after), fingerprint(&before));
    }
}
