//! # A rebuild that loses a constraint
//!
//! The new table is written anew, and what the old one demanded and the new one does not say is gone:
//! `NOT NULL`, `UNIQUE`, `CHECK`, a foreign key or its `ON DELETE`, a default, a collation, `STRICT`. Rows
//! that the old table kept out come in, and no error says so. Where a rebuild changes nothing else, that
//! is surely what it is for, and the finding is a note.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_posts.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! -- file: 0002_titles.sql
//! CREATE TABLE new_posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id), title TEXT);
//! INSERT INTO new_posts (id, author) SELECT id, author FROM posts;
//! DROP TABLE posts;
//! ALTER TABLE new_posts RENAME TO posts;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_posts.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
//! -- file: 0002_titles.sql
//! CREATE TABLE new_posts (
//!   id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE, title TEXT);
//! INSERT INTO new_posts (id, author) SELECT id, author FROM posts;
//! DROP TABLE posts;
//! ALTER TABLE new_posts RENAME TO posts;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT on_delete FROM pragma_foreign_key_list('posts')`: `NO ACTION`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "rebuild-loses-constraint", level: Level::Warning, since: "0.1.0", check: Check::Rebuild(check) };

fn check(cx: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    // A table that is made from a query has no constraints at all, which is another finding.
    let from_query = rebuild.copies.last().is_none_or(|copy| copy.creates);
    if from_query || !rebuild.before.knows_columns() || !rebuild.after.knows_columns() {
        return;
    }
    let (Some(before), Some(after)) = (rebuild.before.as_table(), rebuild.after.as_table()) else { return };
    let mut lost = Vec::new();
    options(rebuild, before, after, &mut lost);
    columns(rebuild, &mut lost);
    keys(cx, rebuild, &mut lost);
    lost_checks(rebuild, before, after, &mut lost);
    references(rebuild, before, after, &mut lost);
    if lost.is_empty() {
        return;
    }
    let report = out
        .report(rebuild.created, format!("the rebuild of `{}` loses {}", rebuild.table, lost.join(", ")))
        .reason("the old table demands it, and what the new one does not say is gone with the old one")
        .help("say it in the new table, or leave it so where rows may be otherwise from now on");
    // That a value may be missing is what most rebuilds are for, and no row breaks by it.
    let only_loosens = lost.iter().all(|lost| lost.starts_with("`NOT NULL` of "));
    if only_loosens || (lost.len() == 1 && changes(rebuild) == Some(1)) {
        report.level(Level::Note);
    }
}

fn options(rebuild: &Rebuild, before: &CreateTable, after: &CreateTable, lost: &mut Vec<String>) {
    // A key that is no number any longer cannot count.
    let counts = rowid_alias(after, &rebuild.after.sql).is_some();
    let says = |create: &CreateTable| {
        [
            ("STRICT", create.definition.strict.is_some()),
            ("WITHOUT ROWID", create.definition.without_rowid.is_some()),
            ("AUTOINCREMENT", counts && has_autoincrement(create)),
        ]
    };
    let both = says(before).into_iter().zip(says(after));
    lost.extend(both.filter(|((_, was), (_, is))| *was && !*is).map(|((word, _), _)| format!("`{word}`")));
}

/// What each column demands or gives by itself.
fn columns(rebuild: &Rebuild, lost: &mut Vec<String>) {
    let now = table_xinfo(&rebuild.after);
    let alias = rebuild.after.as_table().and_then(|create| rowid_alias(create, &rebuild.after.sql));
    for row in table_xinfo(&rebuild.before) {
        let Some(moved) = rebuild.moved(&row.name) else { continue };
        let Some(new) = now.iter().find(|known| name::same(&known.name, moved)) else { continue };
        let mut lose = |word: &str| lost.push(format!("`{word}` of `{}`", new.name));
        // The number of a row is never NULL.
        if row.not_null && !new.not_null && alias.is_none_or(|alias| !alias.is(&new.name)) {
            lose("NOT NULL");
        }
        if row.default.as_ref().is_some_and(|value| !value.eq_ignore_ascii_case("NULL")) && new.default.is_none() {
            lose("DEFAULT");
        }
        let collates = |collation: &Option<String>| {
            collation.as_ref().is_some_and(|collation| !collation.eq_ignore_ascii_case("BINARY"))
        };
        if collates(&row.collation) && !collates(&new.collation) {
            lose("COLLATE");
        }
    }
}

/// The keys: a set of columns whose values were unique and need not be any longer.
fn keys(cx: &FileContext, rebuild: &Rebuild, lost: &mut Vec<String>) {
    let now = index_list(cx.end, &rebuild.after);
    let has_key = table_xinfo(&rebuild.after).iter().any(|row| row.primary_key > 0);
    let alias = |table: &Object| {
        let alias = table.as_table().and_then(|create| rowid_alias(create, &table.sql));
        alias.map(|name| name.text.clone())
    };
    let (old_alias, new_alias) = (alias(&rebuild.before), alias(&rebuild.after));
    let of_indexes = index_list(cx.start, &rebuild.before);
    let of_indexes = of_indexes.iter().filter(|index| index.origin != Origin::Created);
    let of_indexes = of_indexes.map(|index| (index.origin == Origin::PrimaryKey, names(index)));
    for (primary, columns) in old_alias.map(|alias| (true, Vec::from([alias]))).into_iter().chain(of_indexes) {
        let moved: Option<Vec<&str>> = columns.iter().map(|column| rebuild.moved(column)).collect();
        let Some(moved) = moved else { continue };
        let is_it = |known: &[String]| {
            known.len() == moved.len() && moved.iter().all(|column| known.iter().any(|it| name::same(it, column)))
        };
        let stays = now.iter().any(|index| index.unique && !index.partial && is_it(&names(index)))
            || new_alias.as_ref().is_some_and(|alias| is_it(core::slice::from_ref(alias)));
        if primary && !has_key {
            lost.push(format!("`PRIMARY KEY ({})`", moved.join(", ")));
        } else if !stays && !primary {
            lost.push(format!("`UNIQUE ({})`", moved.join(", ")));
        }
    }
}

/// The columns of the index's own terms.
fn names(index: &IndexRow) -> Vec<String> {
    let own = index.terms.iter().filter(|term| term.key);
    own.filter_map(|term| match &term.term {
        Term::Column(_, name) => Some(name.clone()),
        _ => None,
    })
    .collect()
}

/// The checks of which the new table has neither the same nor another one on the same columns.
fn lost_checks(rebuild: &Rebuild, before: &CreateTable, after: &CreateTable, lost: &mut Vec<String>) {
    let written = |create: &CreateTable, sql: &str| -> Vec<String> {
        checks(create).map(|(_, _, expression)| folded(expression.of(sql))).collect()
    };
    let (old, new) = (written(before, &rebuild.before.sql), written(after, &rebuild.after.sql));
    let fresh: BTreeSet<String> = gathered(
        checks(after)
            .filter(|(_, _, expression)| !old.contains(&folded(expression.of(&rebuild.after.sql))))
            .flat_map(|(_, _, expression)| named(&rebuild.after.sql, expression)),
    );
    let now = table_xinfo(&rebuild.after);
    let is_not_null = |column: &str| now.iter().any(|row| row.not_null && name::same(&row.name, column));
    for ((_, _, expression), text) in checks(before).zip(&old) {
        // NOT NULL demands the same.
        if demanded(expression.of(&rebuild.before.sql)).is_some_and(|column| is_not_null(&column)) {
            continue;
        }
        let moved: Option<Vec<&str>> =
            named(&rebuild.before.sql, expression).iter().map(|column| rebuild.moved(column)).collect();
        let Some(moved) = moved else { continue };
        if !new.contains(text) && !moved.iter().any(|column| fresh.contains(&*name::fold(column))) {
            lost.push(format!("`CHECK {}`", one_line(expression.of(&rebuild.before.sql))));
        }
    }
}

/// The columns that the expression names, in the form in which names are compared.
fn named(sql: &str, span: Span) -> Vec<String> {
    let parts = expression(sql, span).map(|read| read.parts).unwrap_or_default();
    parts
        .iter()
        .filter_map(|part| match part {
            Part::Column { column, .. } => Some(name::fold(&column.text(sql)).into_owned()),
            _ => None,
        })
        .collect()
}

fn one_line(text: &str) -> String {
    text.replace('`', "\"").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The foreign keys, and what they do when a parent goes or changes its key.
fn references(rebuild: &Rebuild, before: &CreateTable, after: &CreateTable, lost: &mut Vec<String>) {
    let new: Vec<_> = foreign_keys(after).collect();
    for (columns, key) in foreign_keys(before) {
        let moved: Option<Vec<&str>> = columns.iter().map(|column| rebuild.moved(&column.text)).collect();
        let Some(moved) = moved else { continue };
        let same =
            |known: &[&Name]| known.len() == moved.len() && known.iter().zip(&moved).all(|(one, other)| one.is(other));
        let columns = moved.join(", ");
        let Some((_, stays)) = new.iter().find(|(known, _)| same(known)) else {
            lost.push(format!("`FOREIGN KEY ({columns})`"));
            continue;
        };
        let actions = [("ON DELETE", key.on_delete, stays.on_delete), ("ON UPDATE", key.on_update, stays.on_update)];
        for (event, was, is) in actions {
            if was != Action::NoAction && is == Action::NoAction {
                lost.push(format!("`{event} {}` of `{columns}`", was.as_str()));
            }
        }
    }
}

/// In how many places the new table differs from the old one.
fn changes(rebuild: &Rebuild) -> Option<usize> {
    let (was, is) = rebuild.lines()?;
    let differ = |one: &[String], other: &[String]| {
        let both = one.iter().zip(other).filter(|(one, other)| one != other).count();
        both + one.len().abs_diff(other.len())
    };
    let missing = |one: &[String], other: &[String]| one.iter().filter(|line| !other.contains(line)).count();
    let constraints = missing(&was.constraints, &is.constraints).max(missing(&is.constraints, &was.constraints));
    Some(differ(&was.columns, &is.columns) + constraints + differ(&was.options, &is.options))
}
