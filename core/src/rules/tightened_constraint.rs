//! # A constraint that the running application does not keep yet
//!
//! Until the last old process is gone, it writes as it always did. A column that becomes `NOT NULL`, a new
//! `CHECK`, `UNIQUE` or foreign key on columns that it knows, and a table that becomes `STRICT` refuse rows
//! that were good before, and the statements that write them fail.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! INSERT INTO users (name) VALUES ('ada');
//! -- file: 0002_unique.sql
//! CREATE UNIQUE INDEX users_name ON users (name);
//! ```
//!
//! ## Instead
//!
//! Let the application keep the rule first, and add the constraint when no old process runs. Where it is
//! only about new rows, a column of its own tells them apart:
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! INSERT INTO users (name) VALUES ('ada');
//! -- file: 0002_unique.sql
//! ALTER TABLE users ADD COLUMN handle TEXT;
//! CREATE UNIQUE INDEX users_handle ON users (handle);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `INSERT INTO users (name) VALUES ('ada')`: `UNIQUE constraint failed: users.name`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "tightened-constraint", level: Level::Warning, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    for made in cx.made_tables() {
        let Some(was) = made.was.filter(|was| was.knows_columns()) else { continue };
        not_null(was, made.made, |column| made.at(column.span), out);
        unique_keys(cx, was, &made, out);
        references(was, &made, out);
        if let Some(strict) = made.create.definition.strict.filter(|_| !is_strict(was)) {
            say(out, made.at(strict), format!("`{}` becomes STRICT", made.name));
        }
    }
    for (table, place) in cx.changed_tables().filter(|(_, place)| !place.made) {
        let Some(was) = cx.start.get(&table.name).filter(|was| was.knows_columns()) else { continue };
        if table.knows_columns() && is_bound(was, table) {
            not_null(was, table, |_| place.span, out);
        }
    }
    for check in cx.declared_checks().filter(|check| !check.is_old) {
        let Some(was) = before(cx, check.table) else { continue };
        let read = expression(check.sql, check.expression);
        let mut parts = read.iter().flat_map(|expression| &expression.parts);
        let names_old = parts.any(|part| match part {
            Part::Column { column, .. } => was.column(&column.text(check.sql)).is_some(),
            _ => false,
        });
        if names_old && !widens(check.sql, check.expression, was) {
            say(out, check.at(check.span), format!("rows of `{}` must pass a new CHECK", check.table));
        }
    }
    indexes(cx, out);
}

fn say(out: &mut Findings, at: Span, message: String) {
    out.report(at, message)
        .reason("an application that is older than the file may write rows that break it, and fails there from now on")
        .help("let the application keep the rule first, and tighten it when no old process writes any more");
}

/// The table before the file, where its columns are known.
fn before<'run>(cx: &FileContext<'run>, table: &str) -> Option<&'run Object> {
    let rebuilt = cx.rebuilds.iter().find(|rebuild| name::same(&rebuild.table, table));
    let before = rebuilt.map(|rebuild| &*rebuild.before).or_else(|| cx.start.get(table).map(|was| &**was));
    before.filter(|was| was.knows_columns())
}

/// Whether a table that stays has a NOT NULL that was not there: mostly none has.
fn is_bound(was: &Object, now: &Object) -> bool {
    let mut bound = now.columns().iter().filter(|column| column.not_null().is_some());
    bound.any(|column| was.column(&column.name.text).is_some_and(|old| old.not_null().is_none()))
}

/// The columns that were there and can be NULL no longer.
fn not_null(was: &Object, now: &Object, at: impl Fn(&ColumnDefinition) -> Span, out: &mut Findings) {
    let alias = |table: &Object, column: &str| {
        table.as_table().and_then(|create| rowid_alias(create, &table.sql)).is_some_and(|alias| alias.is(column))
    };
    let demanded = never_null(was);
    let old: BTreeSet<String> = gathered(
        table_xinfo(was)
            .into_iter()
            // A key takes NULL, but hardly anybody writes a row without one.
            .filter(|row| !row.not_null && row.primary_key == 0 && !alias(was, &row.name))
            .map(|row| name::fold(&row.name).into_owned())
            .filter(|column| !demanded.contains(column)),
    );
    for (row, column) in table_xinfo(now).iter().zip(now.columns()) {
        if row.not_null && old.contains(&*name::fold(&row.name)) && !alias(now, &row.name) {
            say(out, at(column), format!("`{}.{}` can be NULL no longer", was.name, row.name));
        }
    }
}

/// The keys of a table that is made anew, of columns that were there and could have equal values.
fn unique_keys(cx: &FileContext, was: &Object, made: &MadeTable, out: &mut Findings) {
    let old = index_list(cx.start, was);
    for index in index_list(cx.end, made.now) {
        if index.unique && index.origin != Origin::Created && is_tighter(was, &old, &index) {
            say(out, key_place(made, &index), format!("rows of `{}` must be unique by {}", made.name, shown(&index)));
        }
    }
}

/// Where the table declares the key.
fn key_place(made: &MadeTable, index: &IndexRow) -> Span {
    let definition = &made.create.definition;
    let is_only = |column: &ColumnDefinition| terms(index) == 1 && keys(index).any(|key| column.name.is(key));
    let of_column = definition.columns.iter().filter(|column| is_only(column));
    let mut of_column = of_column.filter_map(|column| column.unique().or_else(|| column.primary_key()));
    let of_table = definition.constraints.iter().find(|constraint| match &constraint.kind {
        TableConstraintKind::PrimaryKey { columns, .. } | TableConstraintKind::Unique(columns) => {
            let named = columns.iter().filter_map(|term| term.column.as_ref());
            columns.len() == terms(index) && named.zip(keys(index)).all(|(column, key)| column.is(key))
        }
        _ => false,
    });
    let place = of_column.next().map(|key| key.span).or_else(|| of_table.map(|key| key.span));
    place.map_or(made.place, |place| made.at(place))
}

/// The unique indexes that the file creates on columns that were there.
fn indexes(cx: &FileContext, out: &mut Findings) {
    for (name, place) in cx.earlier.places().filter(|(_, place)| place.made) {
        let Some(object) = cx.end.get(name).filter(|object| object.kind == ObjectKind::Index) else { continue };
        let Body::CreateIndex(create) = &object.statement().body else { continue };
        let Some(table) = cx.end.get(&create.table.text).filter(|_| create.unique) else { continue };
        let Some(was) = before(cx, &table.name) else { continue };
        // Rows of an old application have no value in a column that is new.
        let spans = create.columns.iter().map(|term| term.expression).chain(create.condition);
        if spans.into_iter().any(|span| names_new(was, &object.sql, span)) {
            continue;
        }
        let terms = unique_terms(object);
        let known = cx.start.owned(&was.name, ObjectKind::Index);
        let known = known.into_iter().filter_map(|known| unique_terms(known));
        if known.into_iter().any(|known| terms.as_ref().is_some_and(|terms| known.is_subset(terms))) {
            continue;
        }
        let (old, now) = (index_list(cx.start, was), index_list(cx.end, table));
        if let Some(index) = now.iter().find(|index| name::same(&index.name, &object.name))
            && is_tighter(was, &old, index)
        {
            say(out, place.span, format!("rows of `{}` must be unique by {}", table.name, shown(index)));
        }
    }
}

/// What the index keeps unique in all rows: its terms, in the form in which texts are compared.
fn unique_terms(index: &Object) -> Option<BTreeSet<String>> {
    let Body::CreateIndex(create) = &index.statement().body else { return None };
    let holds_for_all = create.unique && create.condition.is_none();
    let term = |term: &IndexedColumn| {
        let collation = term.collation.as_ref().map_or("", |name| &name.text);
        format!("{} {}", folded(term.expression.of(&index.sql)), name::fold(collation))
    };
    holds_for_all.then(|| gathered(create.columns.iter().map(term)))
}

/// Whether the check lets pass all that one of the table's did: both list the values of the same column.
fn widens(sql: &str, expression: Span, was: &Object) -> bool {
    let Some((column, values)) = listed(sql, expression) else { return false };
    let mut old = was.as_table().into_iter().flat_map(checks);
    old.any(|(_, _, expression)| {
        listed(&was.sql, expression).is_some_and(|(known, old)| known == column && old.is_subset(&values))
    })
}

/// The expression's parts, if it is no more than `column IN (value, …)`.
fn listed(sql: &str, expression: Span) -> Option<(String, BTreeSet<String>)> {
    let text = folded(expression.of(sql));
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(&text).trim();
    let (column, values) = inner.split_once(" in (")?;
    let values = values.strip_suffix(')')?;
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let plain = column.chars().all(is_name) && !values.contains(['(', ')']);
    plain.then(|| (column.to_owned(), gathered(values.split(',').map(|value| value.trim().to_owned()))))
}

/// Whether the expression names a column that was not there.
fn names_new(was: &Object, sql: &str, span: Span) -> bool {
    let Some(read) = expression(sql, span) else { return false };
    read.parts.iter().any(|part| match part {
        Part::Column { column, .. } => was.column(&column.text(sql)).is_none(),
        _ => false,
    })
}

/// Whether the index keeps rows out that the old application may write: it is on columns that were there,
/// and no unique index was on some of them.
fn is_tighter(was: &Object, old: &[IndexRow], index: &IndexRow) -> bool {
    let columns: Vec<&str> = keys(index).collect();
    let alias = was.as_table().and_then(|create| rowid_alias(create, &was.sql));
    let is_among = |column: &str| columns.iter().any(|known| name::same(known, column));
    let was_there = columns.iter().all(|column| was.column(column).is_some());
    let was_unique = old.iter().any(|known| {
        known.unique && !known.partial && terms(known) == keys(known).count() && keys(known).all(is_among)
    });
    was_there && !was_unique && alias.is_none_or(|alias| !is_among(&alias.text))
}

/// The columns among the index's own terms.
fn keys(index: &IndexRow) -> impl Iterator<Item = &str> {
    index.terms.iter().filter(|term| term.key).filter_map(|term| match &term.term {
        Term::Column(_, name) => Some(name.as_str()),
        _ => None,
    })
}

fn terms(index: &IndexRow) -> usize {
    index.terms.iter().filter(|term| term.key).count()
}

fn shown(index: &IndexRow) -> String {
    let names: Vec<String> = keys(index).map(|name| format!("`{name}`")).collect();
    if names.len() == terms(index) { names.join(", ") } else { format!("the index `{}`", index.name) }
}

/// The foreign keys of a table that is made anew, of columns that were there and could hold anything.
fn references(was: &Object, made: &MadeTable, out: &mut Findings) {
    let Some(old) = was.as_table() else { return };
    let texts = |columns: &[&Name]| columns.iter().map(|column| name::fold(&column.text).into_owned()).collect();
    let known: BTreeSet<(Vec<String>, String)> =
        gathered(foreign_keys(old).map(|(columns, key)| (texts(&columns), name::fold(&key.table.text).into_owned())));
    for (columns, key) in foreign_keys(made.create) {
        let was_there = columns.iter().all(|column| was.column(&column.text).is_some());
        // A table that refers to itself may do so by the name that it is made with.
        let parent = if key.table.is(&made.create.name.name.text) { &was.name } else { &key.table.text };
        if was_there && !known.contains(&(texts(&columns), name::fold(parent).into_owned())) {
            let names: Vec<String> = columns.iter().map(|column| format!("`{}`", column.text)).collect();
            let message =
                format!("{} of `{}` must be in `{}` from now on", names.join(", "), made.name, key.table.text);
            say(out, made.at(key.span), message);
        }
    }
}

fn is_strict(table: &Object) -> bool {
    table.as_table().is_some_and(|create| create.definition.strict.is_some())
}
