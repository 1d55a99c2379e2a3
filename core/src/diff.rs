//! The differences between the schema that a database should have and the one that it has.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::parse::statement::{CreateTable, ObjectKind};
use crate::schema::fingerprint::{counts, is_same, object_line, table_lines};
use crate::schema::{Object, Schema};
use crate::sqlite::name;

/// How much is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What the expected schema names.
    Named,
    /// Everything of the application's: what is there and was not named differs too.
    Exact,
}

/// Something that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is: ``column `assets.blob_data` ``.
    pub what: String,
    /// What it should be; none where it should not be there.
    pub expected: Option<String>,
    /// What it is; none where it is not there.
    pub found: Option<String>,
}

/// Compares what both schemas mean: spelling, comments and the order of constraints do not count.
/// SQLite's own tables, ledgers and Litestream's are never compared.
pub fn compare(expected: &Schema, actual: &Schema, extent: Extent) -> Vec<Difference> {
    let mut differences = Vec::new();
    for object in expected.objects().into_iter().filter(|object| counts(object)) {
        match twin(actual, object) {
            Some(found) => self::object(object, found, extent, &mut differences),
            None => differences.push(differs(title(object), Some(&object.sql), None)),
        }
    }
    if extent == Extent::Exact {
        let others = actual.objects().into_iter().filter(|object| counts(object) && twin(expected, object).is_none());
        differences.extend(others.map(|object| differs(title(object), None, Some(&object.sql))));
    }
    differences
}

/// Compares two objects of one name in all that they are; one of them may not be there.
pub fn between(expected: Option<&Object>, found: Option<&Object>) -> Vec<Difference> {
    let mut differences = Vec::new();
    match (expected, found) {
        (Some(ours), Some(theirs)) if !is_same(ours, theirs) => {
            object(ours, theirs, Extent::Exact, &mut differences);
        }
        (Some(ours), None) => differences.push(differs(title(ours), Some(&ours.sql), None)),
        (None, Some(theirs)) => differences.push(differs(title(theirs), None, Some(&theirs.sql))),
        _ => {}
    }
    differences
}

impl Difference {
    /// Whether it is nothing but the order of a table's columns.
    pub fn is_order(&self) -> bool {
        self.what.starts_with(ORDER)
    }
}

/// What a difference in the order of columns begins with.
const ORDER: &str = "order of the columns of";

/// The object of that name in the other schema.
fn twin<'schema>(schema: &'schema Schema, object: &Object) -> Option<&'schema Object> {
    let found = match object.kind {
        ObjectKind::Trigger => schema.trigger(&object.name),
        _ => schema.get(&object.name),
    };
    found.map(|found| &**found)
}

fn title(object: &Object) -> String {
    format!("{} `{}`", object.kind.as_str(), object.name)
}

fn differs(what: String, expected: Option<&str>, found: Option<&str>) -> Difference {
    Difference { what, expected: expected.map(ToOwned::to_owned), found: found.map(ToOwned::to_owned) }
}

fn object(expected: &Object, found: &Object, extent: Extent, out: &mut Vec<Difference>) {
    if object_line(expected) == object_line(found) {
        return;
    }
    match (expected.as_table(), found.as_table()) {
        (Some(ours), Some(theirs)) if ours.query.is_none() && theirs.query.is_none() => {
            table((expected, ours), (found, theirs), extent, out);
        }
        _ => out.push(differs(title(expected), Some(&expected.sql), Some(&found.sql))),
    }
}

fn table(expected: (&Object, &CreateTable), found: (&Object, &CreateTable), extent: Extent, out: &mut Vec<Difference>) {
    let ((ours, our_table), (theirs, their_table)) = (expected, found);
    let (our_lines, their_lines) = (table_lines(our_table, &ours.sql), table_lines(their_table, &theirs.sql));
    let name = &ours.name;

    for (column, line) in our_table.definition.columns.iter().zip(&our_lines.columns) {
        let what = format!("column `{name}.{}`", column.name.text);
        let text = one_line(column.span.of(&ours.sql));
        let known = their_table.definition.columns.iter().zip(&their_lines.columns);
        match known.into_iter().find(|(known, _)| known.name.is(&column.name.text)) {
            None => out.push(differs(what, Some(&text), None)),
            Some((known, their_line)) if their_line != line => {
                out.push(differs(what, Some(&text), Some(&one_line(known.span.of(&theirs.sql)))));
            }
            Some(_) => {}
        }
    }
    let unnamed = their_table.definition.columns.iter().filter(|column| ours.column(&column.name.text).is_none());
    if extent == Extent::Exact {
        for column in unnamed {
            let what = format!("column `{name}.{}`", column.name.text);
            out.push(differs(what, None, Some(&one_line(column.span.of(&theirs.sql)))));
        }
    }

    let mut rest = their_lines.constraints;
    for constraint in &our_lines.constraints {
        match rest.iter().position(|known| known == constraint) {
            Some(at) => {
                rest.remove(at);
            }
            None => out.push(differs(format!("constraint of table `{name}`"), Some(constraint), None)),
        }
    }
    if extent == Extent::Exact {
        out.extend(
            rest.iter().map(|constraint| differs(format!("constraint of table `{name}`"), None, Some(constraint))),
        );
    }

    if our_lines.options != their_lines.options {
        let what = format!("properties of table `{name}`");
        out.push(differs(what, Some(&properties(&our_lines.options)), Some(&properties(&their_lines.options))));
    }
    let (our_order, their_order) = (order(our_table, theirs), order(their_table, ours));
    if extent == Extent::Exact && our_order != their_order {
        out.push(differs(format!("{ORDER} `{name}`"), Some(&our_order), Some(&their_order)));
    }
}

/// The columns in their order, as far as the other table has them too.
fn order(table: &CreateTable, other: &Object) -> String {
    let common = table.definition.columns.iter().filter(|column| other.column(&column.name.text).is_some());
    let names: Vec<_> = common.map(|column| name::fold(&column.name.text)).collect();
    names.join(", ")
}

fn properties([without_rowid, strict, alias, autoincrement]: &[String; 4]) -> String {
    let alias = if alias.is_empty() { String::new() } else { format!("{alias} is the rowid") };
    let all: Vec<&str> = [without_rowid, strict, &alias, autoincrement]
        .into_iter()
        .map(String::as_str)
        .filter(|property| !property.is_empty())
        .collect();
    if all.is_empty() { String::from("none") } else { all.join(", ") }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::parse;
    use crate::schema::Knowledge;
    use crate::schema::replay::replay;

    fn found(expected: &str, actual: &str, extent: Extent) -> Vec<String> {
        let schema = |sql: &str| {
            let follow = |schema: Schema, statement| replay(&schema, sql, &statement).after;
            parse::statements(sql).into_iter().fold(Schema::new(Knowledge::Complete), follow)
        };
        let shown = |text: Option<String>| text.unwrap_or_else(|| "-".to_string());
        compare(&schema(expected), &schema(actual), extent)
            .into_iter()
            .map(|difference| {
                format!("{}: {} | {}", difference.what, shown(difference.expected), shown(difference.found))
            })
            .collect()
    }

    #[test]
    fn what_means_the_same_does_not_differ() {
        let one = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b INT DEFAULT 1);";
        let other =
            "create table \"t\" (\n id integer, [a] text, -- why\n b INT default 1, unique(a), primary key(id));";
        assert_eq!(
            found(one, other, Extent::Exact),
            found(one, one, Extent::Exact),
            "{:?}",
            found(one, other, Extent::Exact)
        );
    }

    #[test]
    fn each_part_is_told_by_itself() {
        let expected = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT UNIQUE, c BLOB);\n\
                        CREATE INDEX i ON t (a);";
        let actual = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT, d INT);\nCREATE INDEX i ON t (b);\n\
                      CREATE VIEW v AS SELECT 1;";
        let named = [
            "column `t.a`: a TEXT NOT NULL | a TEXT",
            "column `t.c`: c BLOB | -",
            "constraint of table `t`: unique (b) | -",
            "index `i`: CREATE INDEX i ON t (a) | CREATE INDEX i ON t (b)",
        ];
        assert_eq!(found(expected, actual, Extent::Named), named);
        let exact = found(expected, actual, Extent::Exact);
        assert!(exact.contains(&"column `t.d`: - | d INT".to_string()), "{exact:?}");
        assert!(exact.contains(&"view `v`: - | CREATE VIEW v AS SELECT 1".to_string()), "{exact:?}");
    }

    #[test]
    fn bookkeeping_is_never_compared() {
        let actual = "CREATE TABLE t (a); CREATE TABLE _litestream_seq (id); CREATE TABLE _remold_migrations (id);";
        assert_eq!(found("CREATE TABLE t (a);", actual, Extent::Exact), Vec::<String>::new());
    }
}
