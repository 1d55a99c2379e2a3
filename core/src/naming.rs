//! How a project calls what it makes: one pattern for each kind of name.
//!
//! A pattern is text with parts in braces. `{table}`, `{columns}` and `{parent}` stand for what is known of the
//! thing that is named; at most one part stands for what is free, in a style: `{snake_case}`, `{camelCase}`,
//! `{PascalCase}`, `{kebab-case}`, `{UPPER_CASE}`, or `{any}`.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A kind of name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedKind {
    /// A table.
    Table,
    /// A column.
    Column,
    /// An index.
    Index,
    /// An index that is `UNIQUE`; where there is no pattern for it, that for indexes holds.
    UniqueIndex,
    /// A view.
    View,
    /// A trigger.
    Trigger,
    /// The `CONSTRAINT` of a primary key.
    PrimaryKey,
    /// The `CONSTRAINT` of a foreign key.
    ForeignKey,
    /// The `CONSTRAINT` of a `UNIQUE`.
    Unique,
    /// The `CONSTRAINT` of a `CHECK`.
    Check,
}

impl NamedKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Table,
        Self::Column,
        Self::Index,
        Self::UniqueIndex,
        Self::View,
        Self::Trigger,
        Self::PrimaryKey,
        Self::ForeignKey,
        Self::Unique,
        Self::Check,
    ];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Column => "column",
            Self::Index => "index",
            Self::UniqueIndex => "unique-index",
            Self::View => "view",
            Self::Trigger => "trigger",
            Self::PrimaryKey => "primary-key",
            Self::ForeignKey => "foreign-key",
            Self::Unique => "unique",
            Self::Check => "check",
        }
    }

    /// What is known of such a thing when it gets its name.
    const fn facts(self) -> &'static [Fact] {
        match self {
            Self::Table | Self::View => &[],
            Self::Column | Self::Trigger | Self::Check => &[Fact::Table],
            Self::Index | Self::UniqueIndex | Self::PrimaryKey | Self::Unique => &[Fact::Table, Fact::Columns],
            Self::ForeignKey => &[Fact::Table, Fact::Columns, Fact::Parent],
        }
    }
}

/// What may be known of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fact {
    Table,
    Columns,
    Parent,
}

impl Fact {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Columns => "columns",
            Self::Parent => "parent",
        }
    }
}

/// What is known of the thing that gets a name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'thing> {
    /// The table that it belongs to.
    pub table: &'thing str,
    /// Its columns, with `_` between them; none where a term is no column.
    pub columns: Option<&'thing str>,
    /// The table that a foreign key refers to.
    pub parent: &'thing str,
}

impl<'thing> Facts<'thing> {
    fn get(&self, fact: Fact) -> Option<&'thing str> {
        match fact {
            Fact::Table => Some(self.table),
            Fact::Columns => self.columns,
            Fact::Parent => Some(self.parent),
        }
    }
}

/// How the free part of a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Snake,
    Camel,
    Pascal,
    Kebab,
    Upper,
    Any,
}

const STYLES: [(&str, Style); 6] = [
    ("snake_case", Style::Snake),
    ("camelCase", Style::Camel),
    ("PascalCase", Style::Pascal),
    ("kebab-case", Style::Kebab),
    ("UPPER_CASE", Style::Upper),
    ("any", Style::Any),
];

impl Style {
    /// Whether the word is written so. Letters beyond ASCII are of any case.
    fn has(self, word: &str) -> bool {
        let parted = |mark: char, letter: fn(char) -> bool| word.split(mark).all(|part| is_all(part, letter));
        match self {
            Self::Snake => parted('_', |at| !at.is_ascii_uppercase()),
            Self::Kebab => parted('-', |at| !at.is_ascii_uppercase()),
            Self::Upper => parted('_', |at| !at.is_ascii_lowercase()),
            Self::Camel => is_all(word, |_| true) && !word.starts_with(|at: char| at.is_ascii_uppercase()),
            Self::Pascal => is_all(word, |_| true) && !word.starts_with(|at: char| at.is_ascii_lowercase()),
            Self::Any => !word.is_empty(),
        }
    }

    /// The name in this style.
    fn write(self, name: &str) -> String {
        let words = words(name);
        let lower: Vec<String> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
        match self {
            Self::Snake => lower.join("_"),
            Self::Kebab => lower.join("-"),
            Self::Upper => lower.join("_").to_ascii_uppercase(),
            Self::Pascal => lower.iter().map(|word| capital(word)).collect(),
            Self::Camel => {
                let rest = lower.iter().skip(1).map(|word| capital(word));
                lower.first().cloned().into_iter().chain(rest).collect()
            }
            Self::Any => name.to_owned(),
        }
    }
}

/// Whether there is a letter, and nothing but letters and digits of this kind.
fn is_all(word: &str, letter: fn(char) -> bool) -> bool {
    !word.is_empty() && word.chars().all(|at| (at.is_ascii_alphanumeric() || !at.is_ascii()) && letter(at))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_ascii_uppercase(), letters.as_str()))
}

/// The words of a name: between marks, and where a capital begins one.
fn words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in name.split(|at: char| at.is_ascii() && !at.is_ascii_alphanumeric()) {
        let bytes = part.as_bytes();
        let mut start = 0;
        for at in 1..bytes.len() {
            let begins = bytes[at].is_ascii_uppercase()
                && (!bytes[at - 1].is_ascii_uppercase() || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase));
            if begins {
                words.push(&part[start..at]);
                start = at;
            }
        }
        words.push(&part[start..]);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A part of a pattern that is known when a name is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Fact(Fact),
}

/// What a kind of names looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    before: Vec<Part>,
    free: Option<Style>,
    after: Vec<Part>,
}

/// A name that does not fit its pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// A name that does, if there is one to think of.
    pub instead: Option<String>,
}

impl Pattern {
    /// Reads a pattern for names of that kind. The error says what is wrong with it.
    pub fn read(kind: NamedKind, text: &str) -> Result<Self, String> {
        let mut pattern = Self { text: text.to_owned(), before: Vec::new(), free: None, after: Vec::new() };
        let mut rest = text;
        while let Some((plain, behind)) = rest.split_once('{') {
            let Some((word, behind)) = behind.split_once('}') else {
                return Err(format!("`{text}` has a `{{` without its `}}`"));
            };
            pattern.push_text(plain);
            pattern.push_word(kind, word)?;
            rest = behind;
        }
        pattern.push_text(rest);
        if text.is_empty() { Err("a pattern cannot be empty".to_owned()) } else { Ok(pattern) }
    }

    fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.last().push(Part::Text(text.to_owned()));
        }
    }

    fn push_word(&mut self, kind: NamedKind, word: &str) -> Result<(), String> {
        if let Some((_, style)) = STYLES.iter().find(|(known, _)| *known == word) {
            return match self.free.replace(*style) {
                None => Ok(()),
                Some(_) => Err(format!("`{{{word}}}` is the second free part, and a pattern has one at most")),
            };
        }
        if let Some(fact) = kind.facts().iter().find(|fact| fact.as_str() == word) {
            self.last().push(Part::Fact(*fact));
            return Ok(());
        }
        let facts = kind.facts().iter().map(|fact| fact.as_str());
        let known: Vec<&str> = facts.chain(STYLES.iter().map(|(word, _)| *word)).collect();
        Err(format!("`{{{word}}}` is nothing that is known of a {}; write one of {}", kind.as_str(), known.join(", ")))
    }

    fn last(&mut self) -> &mut Vec<Part> {
        if self.free.is_some() { &mut self.after } else { &mut self.before }
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Says where the name does not fit; nothing where it does, or where what the pattern needs is not known.
    pub fn misfit(&self, name: &str, facts: &Facts) -> Option<Misfit> {
        let (before, after) = (filled(&self.before, facts)?, filled(&self.after, facts)?);
        let rest = self.before.iter().try_fold(name, |rest, part| without_start(rest, part, facts));
        let free =
            rest.and_then(|rest| self.after.iter().rev().try_fold(rest, |rest, part| without_end(rest, part, facts)));
        let fits = match (free, self.free) {
            (None, _) => false,
            (Some(free), None) => free.is_empty(),
            (Some(free), Some(style)) => style.has(free),
        };
        if fits {
            return None;
        }
        let instead = match self.free {
            None => before + &after,
            Some(style) => {
                let free = style.write(free.or(rest).unwrap_or(name));
                if !style.has(&free) {
                    return Some(Misfit { instead: None });
                }
                before + &free + &after
            }
        };
        Some(Misfit { instead: Some(instead).filter(|instead| instead != name) })
    }
}

/// The parts with what is known in their place.
fn filled(parts: &[Part], facts: &Facts) -> Option<String> {
    let words = parts.iter().map(|part| match part {
        Part::Text(text) => Some(text.as_str()),
        Part::Fact(fact) => facts.get(*fact),
    });
    words.collect()
}

/// What stands behind the part. The name of a table is the same in any case, as SQLite has it.
fn without_start<'name>(name: &'name str, part: &Part, facts: &Facts) -> Option<&'name str> {
    match part {
        Part::Text(text) => name.strip_prefix(text.as_str()),
        Part::Fact(fact) => {
            let known = facts.get(*fact)?;
            let start = name.get(..known.len())?;
            start.eq_ignore_ascii_case(known).then(|| &name[known.len()..])
        }
    }
}

fn without_end<'name>(name: &'name str, part: &Part, facts: &Facts) -> Option<&'name str> {
    match part {
        Part::Text(text) => name.strip_suffix(text.as_str()),
        Part::Fact(fact) => {
            let known = facts.get(*fact)?;
            let at = name.len().checked_sub(known.len())?;
            name.get(at..)?.eq_ignore_ascii_case(known).then(|| &name[..at])
        }
    }
}

/// The patterns of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming(BTreeMap<NamedKind, Pattern>);

impl Naming {
    /// Whether no name is judged.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Judges names of that kind by the pattern.
    pub fn set(&mut self, kind: NamedKind, pattern: Pattern) {
        self.0.insert(kind, pattern);
    }

    /// The pattern for names of that kind.
    pub fn of(&self, kind: NamedKind) -> Option<&Pattern> {
        let own = self.0.get(&kind);
        if kind == NamedKind::UniqueIndex { own.or_else(|| self.0.get(&NamedKind::Index)) } else { own }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(kind: NamedKind, pattern: &str, name: &str) -> Option<String> {
        let facts = Facts { table: "Users", columns: Some("team_id"), parent: "teams" };
        let misfit = Pattern::read(kind, pattern).unwrap().misfit(name, &facts)?;
        Some(misfit.instead.unwrap_or_default())
    }

    #[test]
    fn a_style_says_how_a_name_is_written() {
        let names = ["user_accounts", "userAccounts", "UserAccounts", "user-accounts", "USER_ACCOUNTS"];
        let styles = ["{snake_case}", "{camelCase}", "{PascalCase}", "{kebab-case}", "{UPPER_CASE}"];
        for (at, style) in styles.iter().enumerate() {
            for (other, name) in names.iter().enumerate() {
                let instead = (at != other).then(|| names[at].to_owned());
                assert_eq!(judge(NamedKind::Table, style, name), instead, "{style} {name}");
            }
            assert_eq!(judge(NamedKind::Table, style, "äöü2"), None, "{style}");
        }
        assert_eq!(judge(NamedKind::Table, "{snake_case}", "HTTPRequestLog"), Some("http_request_log".to_owned()));
        assert_eq!(judge(NamedKind::Table, "{snake_case}", "user__accounts"), Some("user_accounts".to_owned()));
        assert_eq!(judge(NamedKind::Table, "{snake_case}", "__"), Some(String::new()), "there is nothing to say");
    }

    #[test]
    fn what_is_known_has_its_place() {
        let pattern = "idx_{table}_{columns}";
        assert_eq!(judge(NamedKind::Index, pattern, "idx_Users_team_id"), None);
        assert_eq!(judge(NamedKind::Index, pattern, "idx_users_TEAM_ID"), None, "a name is the same in any case");
        assert_eq!(judge(NamedKind::Index, pattern, "IDX_Users_team_id"), Some("idx_Users_team_id".to_owned()));
        assert_eq!(
            judge(NamedKind::ForeignKey, "{table}_{columns}_to_{parent}", "x").unwrap(),
            "Users_team_id_to_teams"
        );
        let expression = Facts { table: "Users", ..Facts::default() };
        let by_columns = Pattern::read(NamedKind::Index, pattern).unwrap();
        assert_eq!(by_columns.misfit("x", &expression), None, "its columns are not known");
    }

    #[test]
    fn a_free_part_stands_between_fixed_ones() {
        assert_eq!(judge(NamedKind::Trigger, "{table}_{snake_case}_trg", "users_touch_trg"), None);
        assert_eq!(judge(NamedKind::Trigger, "{table}_{snake_case}_trg", "Touch").unwrap(), "Users_touch_trg");
        assert_eq!(judge(NamedKind::Trigger, "{table}_{snake_case}_trg", "users_Touch").unwrap(), "Users_touch_trg");
        assert_eq!(judge(NamedKind::Trigger, "{table}_{any}", "users_").unwrap(), "");
        assert_eq!(judge(NamedKind::View, "{snake_case}_view", "view").unwrap(), "view_view");
        assert_eq!(judge(NamedKind::View, "v_{any}", "anything at all").unwrap(), "v_anything at all");
    }

    #[test]
    fn a_pattern_that_means_nothing_is_refused() {
        let read = |kind, text| Pattern::read(kind, text).unwrap_err();
        assert!(read(NamedKind::Table, "{snake}").contains("nothing that is known of a table"));
        assert!(read(NamedKind::View, "{columns}").contains("nothing that is known of a view"));
        assert!(read(NamedKind::Table, "{any}_{snake_case}").contains("the second free part"));
        assert!(read(NamedKind::Table, "{any").contains("without its"));
        assert!(read(NamedKind::Table, "").contains("empty"));
    }
}
