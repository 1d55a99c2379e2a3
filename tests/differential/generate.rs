//! Statements like those of migrations, drawn from numbers: the smaller the numbers, the simpler the
//! statement, so that what shrinks the numbers shrinks the statement.

use remold_core::parse::token::{self, Token, TokenKind};
use remold_core::sqlite::name;

mod alter;
mod create;
mod query;

/// What a statement can refer to: the engine's schema before it.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    /// Tables and views.
    pub(super) relations: Vec<Relation>,
    /// Names of indexes, with the schema of each.
    pub(super) indexes: Vec<(&'static str, String)>,
    /// Names of triggers, with the schema of each.
    pub(super) triggers: Vec<(&'static str, String)>,
}

/// A table or a view.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) within: &'static str,
    pub(super) name: String,
    pub(super) is_view: bool,
    /// None of them where the view is broken.
    pub(super) columns: Vec<String>,
    pub(super) sql: String,
}

/// A statement, and which kind of statement it is.
#[derive(Clone, Debug)]
pub(super) struct Generated {
    pub(super) kind: &'static str,
    pub(super) sql: String,
}

/// Where the statement stands in the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Among those that make the schema.
    Setup,
    /// Among those that change it.
    Migration,
}

/// Draws statements from numbers; where these end, all further ones are 0.
pub(super) struct Draw<'me> {
    numbers: &'me [u16],
    at: usize,
    world: &'me World,
    without: &'me [String],
    /// Common table expressions in scope, the innermost last.
    commons: Vec<(String, Vec<String>)>,
    /// The parts that were used, each as often as it was.
    pub(super) parts: Vec<&'static str>,
}

/// A table in scope: what stands before the dot, and its columns.
#[derive(Clone, Debug)]
struct Source {
    qualifier: String,
    columns: Vec<String>,
    /// Whether its columns must have the qualifier: `NEW` and `OLD`.
    qualified: bool,
}

/// What an expression may have in it.
#[derive(Clone, Debug)]
struct Context {
    scope: Vec<Source>,
    /// What subqueries, aggregates and windows need: a statement around it, and not a definition.
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// A constraint, an index or a generated column: no subquery.
    Definition,
    /// A clause of a query in which rows are not yet grouped.
    Clause,
    /// The result of a query, where aggregates and windows may stand.
    Result,
}

const TABLES: [&str; 16] = [
    "t",
    "u",
    "w",
    "things",
    "order",
    "Mixed",
    "Ünï",
    "two words",
    "q\"q",
    "b`b",
    "abort",
    "x'y",
    "group",
    "T",
    "new",
    "temp",
];
const COLUMNS: [&str; 17] =
    ["a", "b", "c", "d", "e", "id", "key", "select", "é", "A b", "x\"y", "br[k", "Case", "A", "old", "rowid", "t"];
const CONSTRAINTS: [&str; 5] = ["k", "l", "check", "K k", "m"];

impl<'me> Draw<'me> {
    pub(super) fn new(numbers: &'me [u16], world: &'me World, without: &'me [String]) -> Self {
        Self { numbers, at: 0, world, without, commons: Vec::new(), parts: Vec::new() }
    }

    /// The next statement.
    pub(super) fn statement(&mut self, part: Part) -> Generated {
        let tables = self.world.relations.iter().filter(|relation| !relation.is_view).count();
        let kind = match part {
            Part::Setup if tables == 0 => "CREATE TABLE",
            Part::Setup => self.weighted(&[
                (30, "CREATE TABLE"),
                (18, "CREATE INDEX"),
                (22, "CREATE VIEW"),
                (22, "CREATE TRIGGER"),
            ]),
            Part::Migration => self.weighted(&[
                (16, "RENAME COLUMN"),
                (16, "DROP COLUMN"),
                (12, "RENAME TO"),
                (14, "ADD COLUMN"),
                (5, "ADD CONSTRAINT"),
                (5, "DROP CONSTRAINT"),
                (4, "SET NOT NULL"),
                (4, "DROP NOT NULL"),
                (4, "DROP TABLE"),
                (3, "DROP INDEX"),
                (3, "DROP VIEW"),
                (3, "DROP TRIGGER"),
                (3, "CREATE TABLE"),
                (3, "CREATE INDEX"),
                (3, "CREATE VIEW"),
                (3, "CREATE TRIGGER"),
                (1, "REINDEX"),
            ]),
        };
        let kind = if self.allows(kind) { kind } else { "CREATE TABLE" };
        let sql = match kind {
            "CREATE TABLE" => self.create_table(),
            "CREATE INDEX" => self.create_index(),
            "CREATE VIEW" => self.create_view(),
            "CREATE TRIGGER" => self.create_trigger(),
            "REINDEX" => String::from("REINDEX"),
            _ if kind.starts_with("DROP") && !["DROP COLUMN", "DROP CONSTRAINT", "DROP NOT NULL"].contains(&kind) => {
                self.drop(&kind[5..])
            }
            _ => self.alter(kind),
        };
        let mut sql = if self.may("odd spacing", 25) { self.garnish(&sql) } else { sql };
        if self.chance(30) {
            sql.push(';');
        }
        Generated { kind, sql }
    }

    fn number(&mut self) -> u16 {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        number
    }

    /// Below `end`, which 0 must not be.
    fn below(&mut self, end: usize) -> usize {
        usize::from(self.number()) * end / 65_536
    }

    /// Low numbers more often than high ones.
    fn low(&mut self, end: usize) -> usize {
        let one = usize::from(self.number());
        (one * one / 65_536) * end / 65_536
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    fn allows(&self, part: &str) -> bool {
        !self.without.iter().any(|without| without.eq_ignore_ascii_case(part))
    }

    /// Whether a part is used, which is counted, and which the settings can forbid.
    fn may(&mut self, part: &'static str, percent: usize) -> bool {
        let used = self.chance(percent) && self.allows(part);
        if used {
            self.parts.push(part);
        }
        used
    }

    fn pick<Item: Clone>(&mut self, list: &[Item]) -> Item {
        list[self.below(list.len())].clone()
    }

    fn weighted<Item: Clone>(&mut self, list: &[(usize, Item)]) -> Item {
        let mut at = self.below(list.iter().map(|(weight, _)| weight).sum());
        for (weight, item) in list {
            if at < *weight {
                return item.clone();
            }
            at -= weight;
        }
        list[0].1.clone()
    }

    /// A name for something new: mostly one that `taken` has not.
    fn fresh(&mut self, names: &[&str], taken: impl Fn(&str) -> bool) -> String {
        let names: Vec<&str> = names.iter().copied().filter(|name| name.is_ascii() || self.allows("unicode")).collect();
        let names: Vec<&str> = names
            .into_iter()
            .filter(|known| self.allows("quoted names") || known.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            .collect();
        let start = self.low(names.len());
        if self.chance(96) || self.number() == 0 {
            for step in 0..names.len() {
                let name = names[(start + step) % names.len()];
                if !taken(name) {
                    return name.to_owned();
                }
            }
        }
        names[start].to_owned()
    }

    /// A name that no table, view or index has; sometimes one that is taken, or not to be had.
    fn fresh_object(&mut self) -> String {
        if self.may("sqlite_ name", 1) {
            return String::from("sqlite_mine");
        }
        let world = self.world;
        self.fresh(&TABLES, |name| {
            world.relations.iter().any(|relation| name::same(&relation.name, name))
                || world.indexes.iter().any(|(_, index)| name::same(index, name))
        })
    }

    fn fresh_column(&mut self, taken: &[String]) -> String {
        let name = self.fresh(&COLUMNS, |name| taken.iter().any(|taken| name::same(taken, name)));
        // Such a column can't be altered.
        if name == "rowid" && !self.chance(15) { self.fresh(&COLUMNS[..6], |_| false) } else { name }
    }

    /// The name in one of the ways that it can be written; in an expression `'…'` would be a string.
    fn spell(&mut self, name: &str) -> String {
        let bare = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80)
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80)
            && !name::is_reserved(name)
            && !["raise", "cast", "current_time", "case", "new", "old", "if", "temp"].contains(&&*name.to_lowercase());
        let form = self.below(100);
        if bare && form < 84 {
            return name.to_owned();
        }
        match form {
            84..=87 if bare => name.to_ascii_uppercase(),
            _ if bare && !self.allows("quoted names") => name.to_owned(),
            88..=91 if !name.contains('`') => format!("`{name}`"),
            92..=94 if !name.contains(']') => format!("[{name}]"),
            _ => name::quote(name),
        }
    }

    /// The name where SQLite's grammar takes a string for a name as well.
    fn spell_name(&mut self, name: &str) -> String {
        if self.may("'name'", 2) { name::literal(name) } else { self.spell(name) }
    }

    fn spelt(&mut self, names: &[String]) -> String {
        let names: Vec<String> = names.iter().map(|name| self.spell(name)).collect();
        names.join(", ")
    }

    /// A table or a view that has columns.
    fn relation(&mut self) -> Option<&'me Relation> {
        let world = self.world;
        let usable: Vec<&Relation> = world.relations.iter().filter(|relation| !relation.columns.is_empty()).collect();
        if usable.is_empty() { None } else { Some(self.pick(&usable)) }
    }

    fn table(&mut self) -> Option<&'me Relation> {
        let world = self.world;
        let tables: Vec<&Relation> =
            world.relations.iter().filter(|relation| !relation.is_view && !relation.columns.is_empty()).collect();
        if tables.is_empty() { None } else { Some(self.pick(&tables)) }
    }

    fn column_of(&mut self, relation: &Relation) -> String {
        let column = self.pick(&relation.columns);
        self.spell(&column)
    }

    /// `main.` or `temp.`, mostly right or absent.
    fn qualifier(&mut self, within: &str) -> String {
        if self.may("schema qualifier", 8) {
            return format!("{within}.");
        }
        match self.below(200) {
            198 => String::from("temp."),
            199 => String::from("main."),
            _ => String::new(),
        }
    }

    /// The statement with comments and white space between its tokens, and with words in another case.
    fn garnish(&mut self, sql: &str) -> String {
        const GAPS: [&str; 9] = [" ", "\n", "  ", "\t", " /* c */ ", " -- c, d\n", "/* ( */", "\r\n    ", "/* \" */ "];
        let mut out = String::with_capacity(sql.len() * 2);
        let tokens: Vec<Token> = token::tokens(sql);
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).map_or(0, |before| tokens[before].span.end as usize);
            let gap = &sql[before..token.span.start as usize];
            if at > 0 && (self.chance(12) || (gap.is_empty() && self.chance(4))) {
                let odd = self.pick(&GAPS);
                out.push_str(if self.allows("comments") { odd } else { "\n " });
            } else {
                out.push_str(gap);
            }
            let source = token.span.of(sql);
            let keyword = token.kind == TokenKind::Word && name::is_reserved(source);
            if keyword && self.chance(10) {
                out.push_str(&source.to_ascii_lowercase());
            } else {
                out.push_str(source);
            }
        }
        out.push_str(&sql[tokens.last().map_or(0, |last| last.span.end as usize)..]);
        if self.may("comment at the end", 8) {
            let comment = self.pick(&[" -- end", " /* end */", "\n-- end\n"]);
            out.push_str(comment);
        }
        out
    }
}
