//! # A name that the project would write otherwise
//!
//! A name stays: once an application uses a table or a column, another name breaks it, and SQLite renames no
//! index, view or trigger at all. `[naming]` in `remold.toml` has one pattern for each kind of name, such as
//! `index = "idx_{table}_{columns}"` or `table = "{snake_case}"`; without it this rule finds nothing. It looks
//! at names that a file brings, and not at those that were there before.
//!
//! ## Flagged
//!
//! ```sql
//! -- naming: table = {snake_case}
//! -- naming: index = idx_{table}_{columns}
//! CREATE TABLE IF NOT EXISTS UserAccounts (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE INDEX IF NOT EXISTS by_email ON UserAccounts (email);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- naming: table = {snake_case}
//! -- naming: index = idx_{table}_{columns}
//! CREATE TABLE IF NOT EXISTS user_accounts (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE INDEX IF NOT EXISTS idx_user_accounts_email ON user_accounts (email);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `alter index by_email rename to idx_user_accounts_email`: `near "index": syntax error`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "naming-convention", level: Level::Note, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    if cx.naming.is_empty() {
        return;
    }
    let mut named = Vec::new();
    objects(cx, &mut named);
    columns(cx, &mut named);
    constraints(cx, &mut named);
    let misnamed: Vec<_> = named.into_iter().filter_map(|named| Some((misfit(cx, &named)?, named))).collect();
    if misnamed.is_empty() {
        return;
    }
    let counts = counts(&cx.file.text);
    for (misfit, named) in &misnamed {
        say(cx, misfit, named, &counts, out);
    }
}

/// A name that the file brings.
struct Named {
    kind: NamedKind,
    name: String,
    at: Span,
    table: String,
    columns: Option<String>,
    parent: String,
}

impl Named {
    fn new(kind: NamedKind, name: &str, at: Span) -> Self {
        let (table, parent) = (String::new(), String::new());
        Self { kind, name: name.to_owned(), at, table, columns: None, parent }
    }

    fn of(self, table: &str) -> Self {
        Self { table: table.to_owned(), ..self }
    }

    fn with<'columns>(self, columns: impl Iterator<Item = Option<&'columns str>>) -> Self {
        let columns: Option<Vec<&str>> = columns.collect();
        Self { columns: columns.map(|columns| columns.join("_")), ..self }
    }
}

fn misfit(cx: &FileContext, named: &Named) -> Option<Misfit> {
    let facts = Facts { table: &named.table, columns: named.columns.as_deref(), parent: &named.parent };
    cx.naming.of(named.kind)?.misfit(&named.name, &facts)
}

/// Tables, indexes, views and triggers that were not there under this name before the file.
fn objects(cx: &FileContext, named: &mut Vec<Named>) {
    let counts = |object: &Object| object.certain && !object.temporary && !name::is_bookkeeping(&object.name);
    for (name, place) in cx.earlier.places() {
        let Some(object) = cx.end.get(name).filter(|object| counts(object) && cx.start.get(name).is_none()) else {
            continue;
        };
        let owner = object.owner.as_deref().unwrap_or_default();
        named.push(match &object.statement().body {
            Body::CreateIndex(index) => {
                let kind = if index.unique { NamedKind::UniqueIndex } else { NamedKind::Index };
                Named::new(kind, &object.name, place.span).of(owner).with(terms(&index.columns))
            }
            Body::CreateView(_) => Named::new(NamedKind::View, &object.name, place.span),
            _ => Named::new(NamedKind::Table, &object.name, place.span),
        });
    }
    for (name, place) in cx.earlier.trigger_places() {
        let Some(object) = cx.end.trigger(name).filter(|object| counts(object) && cx.start.trigger(name).is_none())
        else {
            continue;
        };
        let owner = object.owner.as_deref().unwrap_or_default();
        named.push(Named::new(NamedKind::Trigger, &object.name, place.span).of(owner));
    }
}

fn terms(columns: &[IndexedColumn]) -> impl Iterator<Item = Option<&str>> {
    columns.iter().map(|term| Some(term.column.as_ref()?.text.as_str()))
}

/// Columns of new tables, and new ones of old tables, be it by another name.
fn columns(cx: &FileContext, named: &mut Vec<Named>) {
    for declared in cx.declared_columns().filter(|declared| declared.was.is_none()) {
        let name = &declared.column.name;
        named.push(Named::new(NamedKind::Column, &name.text, declared.at(name.span)).of(&declared.table.name));
    }
    for Renamed { table, column, to } in cx.earlier.renamed() {
        let is_there = |table: &&Rc<Object>| column.is_some() && table.column(&to.text).is_some();
        if let Some(table) = cx.end.get(&table.text).filter(is_there) {
            named.push(Named::new(NamedKind::Column, &to.text, to.span).of(&table.name));
        }
    }
}

/// Constraints of new tables, and new ones of old tables.
fn constraints(cx: &FileContext, named: &mut Vec<Named>) {
    for check in cx.declared_checks().filter(|check| !check.is_old) {
        if let Some(name) = check.name {
            named.push(Named::new(NamedKind::Check, &name.text, check.at(name.span)).of(check.table));
        }
    }
    for made in cx.made_tables() {
        let old: BTreeSet<String> = made.was.and_then(Object::as_table).map(constraint_names).unwrap_or_default();
        for mut constraint in keys(made.create) {
            if !old.contains(&*name::fold(&constraint.name)) {
                constraint.at = made.at(constraint.at);
                named.push(constraint.of(made.name));
            }
        }
    }
    for declared in cx.declared_columns().filter(DeclaredColumn::is_added) {
        let own = declared.column.constraints.iter().filter_map(|constraint| key(declared.column, constraint));
        named.extend(own.map(|constraint| constraint.of(&declared.table.name)));
    }
}

fn constraint_names(table: &CreateTable) -> BTreeSet<String> {
    gathered(keys(table).map(|named| name::fold(&named.name).into_owned()))
}

/// The named keys of a table: primary, foreign, and `UNIQUE`.
fn keys(table: &CreateTable) -> impl Iterator<Item = Named> {
    let of_column =
        |column: &ColumnDefinition| column.constraints.iter().filter_map(|own| key(column, own)).collect::<Vec<_>>();
    let of_table = table.definition.constraints.iter().filter_map(|constraint| {
        let name = constraint.name.as_ref()?;
        let new = |kind| Named::new(kind, &name.text, name.span);
        match &constraint.kind {
            TableConstraintKind::PrimaryKey { columns, .. } => Some(new(NamedKind::PrimaryKey).with(terms(columns))),
            TableConstraintKind::Unique(columns) => Some(new(NamedKind::Unique).with(terms(columns))),
            TableConstraintKind::ForeignKey { columns, key } => {
                let columns = columns.iter().map(|column| Some(column.text.as_str()));
                let named = new(NamedKind::ForeignKey).with(columns);
                Some(Named { parent: key.table.text.clone(), ..named })
            }
            TableConstraintKind::Check(_) => None,
        }
    });
    table.definition.columns.iter().flat_map(of_column).chain(of_table)
}

fn key(column: &ColumnDefinition, constraint: &ColumnConstraint) -> Option<Named> {
    let name = constraint.name.as_ref()?;
    let (kind, parent) = match &constraint.kind {
        ColumnConstraintKind::PrimaryKey { .. } => (NamedKind::PrimaryKey, ""),
        ColumnConstraintKind::Unique => (NamedKind::Unique, ""),
        ColumnConstraintKind::References(key) => (NamedKind::ForeignKey, key.table.text.as_str()),
        _ => return None,
    };
    let named = Named::new(kind, &name.text, name.span).with([Some(column.name.text.as_str())].into_iter());
    Some(Named { parent: parent.to_owned(), ..named })
}

fn say(cx: &FileContext, misfit: &Misfit, named: &Named, counts: &BTreeMap<String, usize>, out: &mut Findings) {
    let Some(pattern) = cx.naming.of(named.kind) else { return };
    let (kind, name, pattern) = (words(named.kind), &named.name, pattern.as_str());
    let report = out
        .report(named.at, format!("{kind} `{name}` does not fit `{pattern}`"))
        .reason("`[naming]` in remold.toml asks for it, and a name that is in use is hard to change");
    let Some(instead) = &misfit.instead else {
        report.help("call it something that fits the pattern");
        return;
    };
    let report = report.help(format!("call it `{instead}`"));
    // Nothing outside a file calls an index, a trigger or a constraint by its name, but for what drops it.
    let is_alone = !matches!(named.kind, NamedKind::Table | NamedKind::Column | NamedKind::View);
    if is_alone && counts.get(&*name::fold(name)) == Some(&1) {
        report.fix(Safety::Unsafe, Vec::from([Edit { span: named.at, text: name::plain(instead) }]));
    }
}

fn words(kind: NamedKind) -> &'static str {
    match kind {
        NamedKind::UniqueIndex => "unique index",
        NamedKind::PrimaryKey => "primary key",
        NamedKind::ForeignKey => "foreign key",
        NamedKind::Unique => "unique constraint",
        kind => kind.as_str(),
    }
}

/// How often each word stands in the text, in the form in which names are compared.
fn counts(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in text.split(|at: char| at.is_ascii() && !(at.is_ascii_alphanumeric() || at == '_')) {
        *counts.entry(name::fold(word).into_owned()).or_default() += 1;
    }
    counts
}
