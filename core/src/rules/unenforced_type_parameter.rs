//! # A length or a sign that nobody checks
//!
//! SQLite takes `VARCHAR(3)`, `DECIMAL(5, 2)` and `INT UNSIGNED`, and checks nothing of it: a text may be
//! as long as it likes, a number may have any digits, and -5 is stored where `UNSIGNED` stands.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE countries (id INTEGER PRIMARY KEY, code VARCHAR(3));
//! INSERT INTO countries (code) VALUES ('nowhere');
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE countries (id INTEGER PRIMARY KEY, code TEXT CHECK (length(code) <= 3));
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT code FROM countries`: `nowhere`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "unenforced-type-parameter", level: Level::Note, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    let mut checked = (None, BTreeSet::new());
    for declared in cx.declared_columns() {
        if is_own_type(declared.type_text()) {
            continue;
        }
        let Some(span) = declared.column.declared_type.filter(|_| !declared.had_type()) else { continue };
        let name = &declared.column.name.text;
        let Some((what, test)) = promise(&folded(declared.type_text()), &name::plain(name)) else { continue };
        let table = &declared.table.name;
        if checked.0 != Some(table) {
            checked = (Some(table), checked_columns(declared.table));
        }
        if checked.1.contains(&*name::fold(name)) {
            continue;
        }
        let end = declared.column.span.end;
        let report = out
            .report(declared.at(span), format!("{what} of `{table}.{name}` is not enforced"))
            .reason("SQLite takes what a type says beside its name for no more than a remark");
        match test {
            Some(test) => {
                let edit = Edit { span: declared.at(Span::new(end, end)), text: whole!(" CHECK ({test})") };
                report
                    .help(format!("leave it out, or write what shall hold: CHECK ({test})"))
                    .fix(Safety::Unsafe, Vec::from([edit]));
            }
            None => {
                report.help("leave it out; where each digit counts, store a whole number of the smallest unit");
            }
        }
    }
}

/// What the type promises and SQLite does not keep, and a test that would.
fn promise(words: &str, column: &str) -> Option<(String, Option<String>)> {
    if words.split(' ').any(|word| word == "unsigned") {
        return Some(("the sign".to_owned(), Some(whole!("{column} >= 0"))));
    }
    let (name, behind) = words.split_once('(')?;
    let parameters = behind.split(')').next()?.trim();
    match Affinity::of(name) {
        Affinity::Text => {
            let length: u64 = parameters.parse().ok()?;
            Some((format!("the length {length}"), Some(whole!("length({column}) <= {length}"))))
        }
        Affinity::Numeric if ["decimal ", "numeric ", "number ", "dec "].contains(&name) => {
            Some((format!("the precision ({})", parameters.replace(" ,", ",")), None))
        }
        _ => None,
    }
}

/// The columns that checks of the table are about, in the form in which names are compared.
fn checked_columns(table: &Object) -> BTreeSet<String> {
    let all = table.as_table().into_iter().flat_map(checks);
    let read = all.filter_map(|(_, _, check)| expression(&table.sql, check));
    let parts = read.flat_map(|expression| expression.parts);
    gathered(parts.filter_map(|part| match part {
        Part::Column { column, .. } => Some(name::fold(&column.text(&table.sql)).into_owned()),
        _ => None,
    }))
}
