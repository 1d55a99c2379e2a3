//! # An index that another one makes superfluous
//!
//! An index on `a` serves no query that one on `a, b` does not serve, nor does a second one on the columns
//! of a PRIMARY KEY or a UNIQUE constraint. Each costs room and a write for every row that changes.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER, at TEXT);
//! CREATE INDEX posts_author ON posts (author);
//! CREATE INDEX posts_author_at ON posts (author, at);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER, at TEXT);
//! CREATE INDEX posts_author_at ON posts (author, at);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM pragma_index_list('posts')`: `2`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "redundant-index", level: Level::Note, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let mut tables: BTreeMap<&str, &Object> = BTreeMap::new();
    for (name, _) in cx.earlier.places().filter(|(_, place)| place.made) {
        let index = cx.end.get(name).filter(|object| object.kind == ObjectKind::Index && object.certain);
        let table = index.and_then(|index| cx.end.get(index.owner.as_deref()?));
        if let Some(table) = table.filter(|table| table.knows_columns()) {
            tables.insert(&table.name, table);
        }
    }
    for table in tables.into_values() {
        for (index, other) in redundant(cx, table) {
            let made = |name: &str| cx.earlier.place(ObjectKind::Index, name).filter(|place| place.made);
            // What was so before the file is nobody's news.
            let Some(place) = made(&index).or_else(|| made(&other)) else { continue };
            let other = match other.as_str() {
                "" => "the table itself is in the order of its INTEGER PRIMARY KEY".to_owned(),
                automatic if name::is_internal(automatic) => {
                    "a PRIMARY KEY or UNIQUE constraint has an index that begins with the same columns".to_owned()
                }
                other => format!("index `{other}` begins with the same columns"),
            };
            out.report(place.span, format!("index `{index}` of `{}` is superfluous", table.name))
                .reason(format!("{other}, and each index is written with every row"))
                .help(format!("leave one of them out: `DROP INDEX {}`", name::plain(&index)));
        }
    }
}

/// An index whose terms are columns.
struct Known {
    terms: Vec<(String, String, bool)>,
    /// Which one stays of those that are equal: the lowest.
    rank: (u8, usize),
    name: String,
    unique: bool,
}

/// The indexes that another one makes superfluous, each with that one; nothing stands for the rowid.
fn redundant(cx: &FileContext, table: &Object) -> Vec<(String, String)> {
    let rows = index_list(cx.end, table);
    let mut known: Vec<Known> = rows.iter().rev().enumerate().filter_map(|(age, row)| known(row, age)).collect();
    if let Some(alias) = table.as_table().and_then(|create| rowid_alias(create, &table.sql)) {
        let terms = Vec::from([(name::fold(&alias.text).into_owned(), "binary".to_owned(), false)]);
        known.push(Known { terms, rank: (0, 0), name: String::new(), unique: true });
    }
    known.sort_by(|one, other| (&one.terms, one.rank).cmp(&(&other.terms, other.rank)));
    let mut found = Vec::new();
    for group in known.chunk_by(|one, other| one.terms == other.terms) {
        let Some((first, others)) = group.split_first() else { continue };
        found.extend(
            others.iter().filter(|other| other.rank.0 > 0).map(|other| (other.name.clone(), first.name.clone())),
        );
    }
    // In this order what begins with the same terms comes right behind.
    let firsts: Vec<&Known> =
        known.chunk_by(|one, other| one.terms == other.terms).filter_map(<[Known]>::first).collect();
    for pair in firsts.windows(2) {
        let (short, long) = (pair[0], pair[1]);
        if !short.unique && long.terms.starts_with(&short.terms) {
            found.push((short.name.clone(), long.name.clone()));
        }
    }
    found
}

fn known(row: &IndexRow, age: usize) -> Option<Known> {
    let own: Vec<&TermRow> = row.terms.iter().filter(|term| term.key).collect();
    // Read backwards an index has all its directions turned.
    let turned = own.first()?.descending;
    let terms: Option<Vec<_>> = own
        .iter()
        .map(|term| match &term.term {
            Term::Column(_, column) => Some((
                name::fold(column).into_owned(),
                name::fold(&term.collation).into_owned(),
                term.descending != turned,
            )),
            _ => None,
        })
        .collect();
    let kind = match (row.origin, row.unique) {
        (Origin::Created, false) => 2,
        (Origin::Created, true) => 1,
        _ => 0,
    };
    let terms = terms.filter(|_| !row.partial)?;
    Some(Known { terms, rank: (kind, age), name: row.name.clone(), unique: row.unique })
}
