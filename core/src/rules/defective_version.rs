//! # A statement that some versions of SQLite get wrong
//!
//! Versions differ not only in what they know. Before 3.37 `ADD COLUMN` took a CHECK that no row meets, and
//! 3.37 to 3.43 took a default of the wrong type into a STRICT table: both leave rows behind that
//! `PRAGMA integrity_check` finds broken. Others refuse what is right: 3.37.0 to 3.37.2 fail at an `ADD COLUMN`
//! with a CHECK where strings in double quotes are switched off. The migration passes on the version of the
//! developer and not on the one that executes it.
//!
//! ## Flagged
//!
//! ```sql
//! -- engine: 3.34.1
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! INSERT INTO users VALUES (1);
//! -- file: 0002_age.sql
//! ALTER TABLE users ADD COLUMN age INTEGER DEFAULT 0 CHECK (age > 17);
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- engine: 3.34.1
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! INSERT INTO users VALUES (1);
//! -- file: 0002_age.sql
//! ALTER TABLE users ADD COLUMN age INTEGER CHECK (age > 17);
//! ```
//!
//! ## Proof
//!
//! In SQLite 3.34.0, running the flagged file, then `PRAGMA quick_check`: `CHECK constraint failed in users`
//!
//! In SQLite 3.37.0, running the flagged file: `CHECK constraint failed`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "defective-version", level: Level::Warning, since: "0.1.0", check: Check::Change(check) };

/// From here on `ADD COLUMN` looks at the rows.
const VERIFIES: Version = Version::new(3, 37, 0);
/// From here on it looks at a default's type.
const COMPARES: Version = Version::new(3, 44, 0);
/// From here on a view's WITH follows a new name.
const FOLLOWS: Version = Version::new(3, 27, 0);

fn check(cx: &Context, change: &Change, out: &mut Findings) {
    if let Change::AddColumn { column, .. } = change {
        without_strings(cx, column, out);
    }
    match change {
        Change::AddColumn { table, column } if !cx.is_empty(&table.text) => add(cx, table, column, out),
        Change::AddConstraint { table, constraint } => null_check(cx, table, constraint, out),
        Change::DropConstraint { table, constraint } => quoted(cx, table, constraint, out),
        Change::RenameTable { table, to } => {
            with(cx, table, None, to, out);
            qualified(cx, table, to, out);
        }
        Change::RenameColumn { table, column, to } => with(cx, table, Some(column), to, out),
        _ => {}
    }
}

/// 3.37 looks at the rows by a query of its own, which has the table's name in double quotes for a string.
fn without_strings(cx: &Context, column: &ColumnDefinition, out: &mut Findings) {
    if cx.engine < VERIFIES || cx.engine >= Version::new(3, 38, 0) {
        return;
    }
    let looks = |constraint: &&ColumnConstraint| match constraint.kind {
        ColumnConstraintKind::Check(_) => true,
        ColumnConstraintKind::NotNull => column.generated().is_some(),
        _ => false,
    };
    if let Some(constraint) = column.constraints.iter().find(looks) {
        let message = format!("this fails in SQLite {} where strings in double quotes are switched off", cx.engine);
        out.report(constraint.span, message)
            .level(Level::Note)
            .reason("its own look at the rows needs such a string: it says `SQL logic error`, which 3.38 mended")
            .help("let a build execute the file that was not compiled with SQLITE_DQS=0, or SQLite 3.38");
    }
}

fn add(cx: &Context, table: &Name, column: &ColumnDefinition, out: &mut Findings) {
    let (text, engine) = (&cx.file.text, cx.engine);
    let later = "the rows break it from then on, and PRAGMA integrity_check says so";
    if engine < VERIFIES {
        for constraint in &column.constraints {
            let unseen = match constraint.kind {
                ColumnConstraintKind::Check(span) => may_fail(text, column, span).then_some("CHECK"),
                ColumnConstraintKind::NotNull => column.generated().map(|_| "NOT NULL"),
                _ => None,
            };
            if let Some(what) = unseen {
                out.report(
                    constraint.span,
                    format!("this {what} is added by SQLite {engine} without a look at the rows"),
                )
                .reason(format!("before 3.37 ADD COLUMN reads no row: {later}"))
                .help("look for rows that break it first, or let `remold plan` rebuild the table");
            }
        }
    }
    let strict = cx.before.get(&table.text).and_then(|table| table.as_table()?.definition.strict);
    if let Some(default) = column.default().filter(|_| strict.is_some() && engine < COMPARES)
        && !fits(column.type_text(text), &normal(default.of(text)))
    {
        let kind = column.type_text(text);
        out.report(default, format!("a default that is no {kind} is taken into a STRICT table by SQLite {engine}"))
            .reason(format!("before 3.44 ADD COLUMN does not compare the types: {later}"))
            .help(format!("write a default that is a value of type {kind}"))
            .level(Level::Error);
    }
}

/// Whether older rows may break the CHECK: NULL breaks none that does not ask for it.
fn may_fail(text: &str, column: &ColumnDefinition, check: Span) -> bool {
    let check = normal(check.of(text));
    let default = column.default().map(|default| normal(default.of(text)));
    if let Some(default) = default.filter(|default| default != "null") {
        return !meets(&check, &column.name, &default);
    }
    let asks = ["null", "notnull", "typeof", "ifnull", "coalesce", "iif", "is"];
    check.split(' ').any(|word| asks.contains(&word))
}

/// Whether the default meets a CHECK as plain as `(column > 0)` or `(column IN (0, 1))`.
fn meets(check: &str, column: &Name, default: &str) -> bool {
    let words: Vec<&str> = check.split(' ').collect();
    let number = |text: &str| text.replace(' ', "").parse::<f64>().ok();
    if !words.get(1).is_some_and(|word| column.is(word.trim_matches(['"', '`', '[', ']']))) {
        return false;
    }
    match words.as_slice() {
        ["(", _, "in", "(", listed @ .., ")", ")"] => listed.contains(&default),
        ["(", _, operator, bound @ .., ")"] => match (number(default), number(&bound.concat())) {
            (Some(value), Some(bound)) => match *operator {
                ">" => value > bound,
                ">=" => value >= bound,
                "<" => value < bound,
                "<=" => value <= bound,
                "<>" | "!=" => (value - bound).abs() > 0.0,
                _ => false,
            },
            (None, None) => matches!(*operator, "<>" | "!=") && *bound != [default],
            _ => false,
        },
        _ => false,
    }
}

/// Whether a literal default is of the type, or becomes one.
fn fits(kind: &str, default: &str) -> bool {
    let value = default.trim_matches(['(', ')', ' ', '+']).trim_start_matches(['-', ' ']);
    let is_blob = value.starts_with(['x', 'X']) && value.ends_with('\'');
    let text = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    if value.eq_ignore_ascii_case("null") {
        return true;
    }
    let kind = kind.to_ascii_uppercase();
    let boolean = ["true", "false"].iter().any(|word| value.eq_ignore_ascii_case(word));
    match kind.as_str() {
        "TEXT" => !is_blob && !boolean,
        "BLOB" => is_blob,
        "INT" | "INTEGER" => !is_blob && (boolean || is_number(text.unwrap_or(value), false)),
        "REAL" => !is_blob && (boolean || is_number(text.unwrap_or(value), true)),
        _ => true,
    }
}

/// Whether the text is a number, and a whole one unless a fraction is welcome. What cannot be told is one.
fn is_number(text: &str, fraction: bool) -> bool {
    let text = text.trim();
    if !text.contains(|character: char| character.is_ascii_digit()) {
        return false;
    }
    let whole = |digits: &str| digits.bytes().all(|byte| byte == b'0');
    let hexadecimal = text.starts_with("0x") || text.starts_with("0X") || text.contains('_');
    match (text.parse::<f64>(), text.split_once('.')) {
        _ if hexadecimal => true,
        (Err(_), _) => false,
        (Ok(_), Some((_, digits))) if !fraction && !digits.contains(['e', 'E']) => whole(digits),
        _ => true,
    }
}

/// 3.53 takes NULL for a row that breaks the CHECK.
fn null_check(cx: &Context, table: &Name, constraint: &TableConstraint, out: &mut Findings) {
    let TableConstraintKind::Check(span) = constraint.kind else { return };
    let exists = cx.engine >= version::ALTER_ADD_CHECK.since && cx.engine < Version::new(3, 54, 0);
    let Some(object) = cx.before.get(&table.text).filter(|_| exists && !cx.is_empty(&table.text)) else { return };
    let Some(expression) = expression(&cx.file.text, span) else { return };
    let nullable = |word: &Word| {
        let column = object.column(&word.text(&cx.file.text))?;
        let alias = object.as_table().and_then(|create| rowid_alias(create, &object.sql));
        let is_alias = alias.is_some_and(|alias| column.name.is(&alias.text));
        (column.not_null().is_none() && !is_alias).then_some(&column.name.text)
    };
    let named = expression.parts.iter().find_map(|part| match part {
        Part::Column { column, .. } => nullable(column),
        _ => None,
    });
    if let Some(column) = named {
        let (engine, table) = (cx.engine, &table.text);
        out.report(
            constraint.span,
            format!("this CHECK is refused by SQLite {engine} where `{table}.{column}` is NULL"),
        )
        .reason("before 3.54 a row for which the CHECK is NULL counts as one that breaks it")
        .help(format!("write `{column} IS NULL OR …`, or let SQLite 3.54 execute the file"))
        .sqlite("constraint failed");
    }
}

/// 3.53.0 looks for the name with its quotes.
fn quoted(cx: &Context, table: &Name, constraint: &Name, out: &mut Findings) {
    if cx.before.get(&table.text).is_some_and(|table| is_key(table, constraint)) {
        return;
    }
    let written = constraint.span.of(&cx.file.text);
    let exists = cx.engine >= version::ALTER_DROP_CONSTRAINT.since && cx.engine < Version::new(3, 53, 1);
    if exists && written.starts_with(['"', '`', '[', '\'']) {
        out.report(constraint.span, format!("a constraint is not found by its name in quotes by SQLite {}", cx.engine))
            .reason("3.53.0 compares the name with its quotes, which 3.53.1 mended")
            .help(format!("write `{}` without quotes, or let SQLite 3.53.1 execute the file", constraint.text))
            .sqlite(format!("no such constraint: {written}"))
            .level(Level::Error);
    }
}

/// Whether the constraint is a key, which these versions drop by no name at all.
fn is_key(table: &Object, constraint: &Name) -> bool {
    let Some(create) = table.as_table() else { return false };
    let named = |name: &Option<Name>| name.as_ref().is_some_and(|name| constraint.is(&name.text));
    let of_columns = create.definition.columns.iter().flat_map(|column| &column.constraints);
    let column_key = of_columns
        .filter(|it| named(&it.name))
        .any(|it| !matches!(it.kind, ColumnConstraintKind::Check(_) | ColumnConstraintKind::NotNull));
    let table_key = create.definition.constraints.iter().filter(|it| named(&it.name));
    column_key || table_key.into_iter().any(|it| !matches!(it.kind, TableConstraintKind::Check(_)))
}

/// 3.25 and 3.26 cannot follow a new name into the WITH of a view.
fn with(cx: &Context, table: &Name, column: Option<&Name>, to: &Name, out: &mut Findings) {
    if cx.engine < version::RENAME_COLUMN.since || cx.engine >= FOLLOWS {
        return;
    }
    for view in cx.before.mentioning(&table.text) {
        let Body::CreateView(create) = &view.statement().body else { continue };
        let mut tables = Vec::new();
        commons(&create.query, &mut tables);
        let reads = |common: &CommonTable| {
            let mut read = Vec::new();
            common.query.tables(&view.sql, &mut read);
            let names = column.is_none_or(|column| !names_in(&view.sql, common.query.span, &column.text).is_empty());
            names && read.iter().any(|mention| mention.name.is(&view.sql, &table.text))
        };
        if !tables.into_iter().any(reads) {
            continue;
        }
        let missing = column.map_or_else(
            || format!("no such table: main.{}", table.text),
            |column| format!("no such column: {}", column.text),
        );
        out.report(to.span, format!("the WITH of view `{}` keeps SQLite {} from renaming", view.name, cx.engine))
            .reason("3.25 and 3.26 do not look into the WITH of a view, and refuse the statement")
            .help(format!("drop view `{}` before and create it behind, with the new name in it", view.name))
            .sqlite(format!("error in view {} after rename: {missing}", view.name))
            .level(Level::Error);
    }
}

/// The tables of each WITH of the query, and of the queries in its FROM.
fn commons<'query>(query: &'query Query, found: &mut Vec<&'query CommonTable>) {
    found.extend(&query.with);
    for source in query.parts.iter().flat_map(|part| &part.from) {
        if let SourceKind::Query(inner) = &source.kind {
            commons(inner, found);
        }
    }
}

/// Before 3.25 the table's own name stays behind in its CHECKs.
fn qualified(cx: &Context, table: &Name, to: &Name, out: &mut Findings) {
    if cx.engine >= version::RENAME_COLUMN.since {
        return;
    }
    let Some(object) = cx.before.get(&table.text) else { return };
    let Some(create) = object.as_table() else { return };
    let of_columns = create.definition.columns.iter().flat_map(|column| &column.constraints);
    let of_columns = of_columns.filter_map(|constraint| match constraint.kind {
        ColumnConstraintKind::Check(span) => Some(span),
        _ => None,
    });
    let of_table = create.definition.constraints.iter().filter_map(|constraint| match constraint.kind {
        TableConstraintKind::Check(span) => Some(span),
        _ => None,
    });
    let says_name = |span: Span| {
        let parts = expression(&object.sql, span).map(|expression| expression.parts).unwrap_or_default();
        parts
            .iter()
            .any(|part| matches!(part, Part::Column { table: Some(own), .. } if own.is(&object.sql, &table.text)))
    };
    if of_columns.chain(of_table).any(says_name) {
        out.report(
            to.span,
            format!("a CHECK that says its name keeps SQLite {} from renaming `{}`", cx.engine, table.text),
        )
        .reason("before 3.25 the CHECK keeps the old name, and the schema would be malformed")
        .help("rebuild the table with a CHECK that names its columns alone")
        .sqlite(format!("malformed database schema ({})", to.text))
        .level(Level::Error);
    }
}
