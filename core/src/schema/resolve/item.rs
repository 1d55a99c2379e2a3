//! What a query reads, under the names that it has there, and what a `*` stands for.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Answer;
use super::kind::Kind;
use crate::parse::statement::{ColumnDefinition, Join, ResultColumn, Select, Word};
use crate::schema::Object;
use crate::schema::pragma::shown_type;
use crate::sqlite::affinity::Affinity;
use crate::sqlite::name;

/// The columns of something that a query reads.
#[derive(Clone, Debug, Default)]
pub(super) enum Columns {
    /// Those of a table.
    Table(Rc<Object>),
    /// Those of a view, a query or a common table.
    List(Rc<[Answer]>),
    /// Nobody knows them.
    #[default]
    Unknown,
}

impl Columns {
    pub(super) fn find(&self, column: &str) -> Option<usize> {
        match self {
            Self::Table(table) => table.columns().iter().position(|known| known.name.is(column)),
            Self::List(answers) => answers.iter().position(|known| name::same(&known.name, column)),
            Self::Unknown => None,
        }
    }

    fn names(&self) -> Option<Vec<Rc<str>>> {
        match self {
            Self::Table(table) => Some(table.columns().iter().map(|column| column.name.text.as_str().into()).collect()),
            Self::List(answers) => Some(answers.iter().map(|answer| Rc::clone(&answer.name)).collect()),
            Self::Unknown => None,
        }
    }

    pub(super) const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// The same under other names.
    pub(super) fn under(&self, names: Vec<Answer>) -> Self {
        let kinds = self.kinds();
        let named = numbered(names).into_iter().enumerate();
        let kind = |at: usize, named: &Answer| kinds.get(at).map_or(named.kind, |kind| kind.of_column());
        Self::List(named.map(|(at, named)| Answer { kind: kind(at, &named), ..named }).collect())
    }

    /// What is known of the values of each column.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        match self {
            Self::List(answers) => answers.iter().map(|answer| answer.kind).collect(),
            _ => Vec::new(),
        }
    }

    /// Gives each column what the parts of a query have together, the last of which comes first.
    pub(super) fn unite(&mut self, parts: &[Vec<Kind>]) {
        let Self::List(answers) = self else { return };
        let united = answers.iter().enumerate().map(|(at, answer)| {
            let of = |part: &Vec<Kind>| part.get(at).copied().unwrap_or(Kind::Unknown);
            let kinds: Vec<Kind> = parts.iter().rev().map(of).collect();
            Answer { kind: Kind::united(&kinds), ..answer.clone() }
        });
        *self = Self::List(united.collect());
    }
}

/// Something that a query reads, under the name that it has there.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// Its alias or its own name; none for a query without an alias.
    pub(super) name: Option<String>,
    pub(super) aliased: bool,
    /// The table or view; none for a query or a common table.
    pub(super) table: Option<Rc<Object>>,
    pub(super) columns: Columns,
    /// Whether it has a rowid.
    pub(super) has_rowid: bool,
    /// The column that stands for the rowid.
    pub(super) rowid_alias: Option<usize>,
    /// The columns of `USING`, also those of `NATURAL`.
    pub(super) using: Vec<String>,
    /// How it is joined with what stands before it.
    pub(super) join: Join,
    /// What a join in parentheses has, each column with the name of its table.
    pub(super) nested: Option<Vec<(String, Rc<str>)>>,
}

impl Item {
    pub(super) fn of(name: Option<String>, columns: Columns) -> Self {
        Self { name, columns, ..Self::default() }
    }

    /// The same under its alias, where it has one.
    pub(super) fn under(mut self, alias: Option<String>) -> Self {
        if alias.is_some() {
            self.aliased = true;
            self.name = alias;
        }
        self
    }

    /// Whether it has the column.
    pub(super) fn has(&self, column: &str) -> bool {
        match &self.nested {
            Some(columns) => columns.iter().any(|(_, name)| name::same(name, column)),
            None => self.columns.find(column).is_some(),
        }
    }

    /// Whether nobody knows its columns.
    pub(super) const fn is_unknown(&self) -> bool {
        self.nested.is_none() && self.columns.is_unknown()
    }

    /// How many names a search compares at most.
    pub(super) fn width(&self) -> u32 {
        let columns = match (&self.nested, &self.columns) {
            (Some(columns), _) => columns.len(),
            (None, Columns::Table(table)) => table.columns().len(),
            (None, Columns::List(names)) => names.len(),
            (None, Columns::Unknown) => 0,
        };
        u32::try_from(columns).unwrap_or(u32::MAX).saturating_add(1)
    }

    pub(super) fn all_columns(&self) -> Option<Vec<Rc<str>>> {
        match &self.nested {
            Some(columns) => Some(columns.iter().map(|(_, name)| Rc::clone(name)).collect()),
            None => self.columns.names(),
        }
    }

    /// Its columns, as `*` stands for them.
    pub(super) fn answers(&self) -> Option<Vec<Answer>> {
        match (&self.nested, &self.columns) {
            (Some(columns), _) => Some(columns.iter().map(|(_, name)| Answer::unsure(name)).collect()),
            (None, Columns::Table(table)) => {
                let of = |column: &ColumnDefinition| affinity_in(table, column);
                let columns = table.columns().iter();
                Some(
                    columns
                        .map(|column| Answer { name: Rc::from(column.name.text.as_str()), kind: Kind::Of(of(column)) })
                        .collect(),
                )
            }
            (None, Columns::List(answers)) => {
                let kept = answers.iter().map(|known| Answer { kind: known.kind.of_column(), ..known.clone() });
                Some(kept.collect())
            }
            (None, Columns::Unknown) => None,
        }
    }

    pub(super) fn is_joined_by(&self, column: &str) -> bool {
        self.using.iter().any(|known| name::same(known, column))
    }
}

/// Counts a match; whether it is the one that the name means so far.
pub(super) fn step_over(item: &Item, column: &str, count: &mut u32, full_joins: &mut u32) -> bool {
    if *count > 0 {
        if !item.is_joined_by(column) {
            *full_joins = 0;
        } else if !item.join.right {
            // Of an inner or a left join the left table counts.
            return false;
        } else if item.join.left {
            *full_joins += 1;
        } else {
            *count = 0;
            *full_joins = 0;
        }
    }
    *count += 1;
    true
}

/// A join in parentheses, which SQLite makes a subquery of.
pub(super) fn nested_item(alias: Option<String>, items: &[Item]) -> Item {
    let mut columns = Vec::new();
    let mut unknown = false;
    for (at, item) in items.iter().enumerate() {
        let of = item.name.clone().unwrap_or_default();
        match (&item.nested, item.columns.names()) {
            (Some(nested), _) => columns.extend(nested.iter().cloned()),
            (None, Some(names)) => {
                let visible = names.into_iter().filter(|name| at == 0 || !item.is_joined_by(name));
                columns.extend(visible.map(|name| (of.clone(), name)));
            }
            (None, None) => unknown = true,
        }
    }
    let mut item = Item { aliased: alias.is_some(), ..Item::of(alias, Columns::Unknown) };
    if !unknown {
        item.nested = Some(columns);
    }
    item
}

/// The names, each of which SQLite makes another than those before it.
pub(super) fn numbered(mut answers: Vec<Answer>) -> Vec<Answer> {
    let mut known = BTreeSet::new();
    for Answer { name, .. } in &mut answers {
        let mut number = 0_u32;
        while !known.insert(name::fold(name).into_owned()) {
            let digits = name.bytes().rev().take_while(u8::is_ascii_digit).count();
            let stem = name[..name.len() - digits].strip_suffix(':').unwrap_or(name);
            number += 1;
            let next = format!("{stem}:{number}");
            *name = Rc::from(next);
        }
    }
    answers
}

/// The affinity of a table's column; a STRICT table keeps what is in a column of type ANY as it is.
pub(super) fn affinity_in(table: &Object, column: &ColumnDefinition) -> Affinity {
    let declared = column.type_text(&table.sql);
    let strict = table.as_table().is_some_and(|table| table.definition.strict.is_some());
    if strict && name::same(declared, "ANY") { Affinity::Blob } else { Affinity::of(&shown_type(declared)) }
}

/// The columns that `*` or `table.*` stands for.
pub(super) fn stars(items: &[Item], table: Option<Word>, sql: &str) -> Option<Vec<Answer>> {
    let mut found = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if let Some(table) = table
            && !item.name.as_ref().is_some_and(|name| table.is(sql, name))
        {
            if let Some(columns) = &item.nested {
                found.extend(columns.iter().filter(|(of, _)| table.is(sql, of)).map(|(_, name)| Answer::unsure(name)));
            }
            continue;
        }
        let all = item.answers()?;
        found.extend(all.into_iter().filter(|answer| table.is_some() || at == 0 || !item.is_joined_by(&answer.name)));
    }
    Some(found)
}

/// The names that a part gives to what it answers; where it has a `*`, each column that it stands for
/// counts as named.
pub(super) fn aliases_of(sql: &str, part: &Select, items: &[Item]) -> Vec<String> {
    let mut found = Vec::new();
    for column in &part.columns {
        match column {
            ResultColumn::Expression(_, Some(alias)) => found.push(alias.text(sql).into_owned()),
            ResultColumn::Expression(_, None) => {}
            ResultColumn::All => {
                found.extend(stars(items, None, sql).unwrap_or_default().iter().map(|answer| answer.name.to_string()));
            }
            ResultColumn::AllOf(table) => {
                found.extend(
                    stars(items, Some(*table), sql).unwrap_or_default().iter().map(|answer| answer.name.to_string()),
                );
            }
        }
    }
    found
}
