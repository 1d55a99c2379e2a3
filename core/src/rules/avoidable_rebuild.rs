//! # A rebuild for what ALTER TABLE does in place
//!
//! A rebuild copies every row and builds every index anew, while all writers wait, and much can be lost on
//! the way. `RENAME COLUMN` (since SQLite 3.25) and a plain `ADD COLUMN` only change the schema, `DROP
//! COLUMN` (since 3.35) needs no second table, and since 3.53 a `NOT NULL` and a `CHECK` come and go by
//! `ALTER TABLE` too. The SQLite that runs the file decides.
//!
//! Where a snapshot says how many rows the table has (`remold lint --schema`), so does the finding: below 10,000
//! it is a note, from there on a warning. Each million took 1 to 2 seconds, measured with SQLite 3.54.1.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT, nick TEXT);
//! -- file: 0002_rebuild.sql
//! CREATE TABLE new_users (id INTEGER PRIMARY KEY, email TEXT, born TEXT);
//! INSERT INTO new_users (id, email) SELECT id, mail FROM users;
//! DROP TABLE users;
//! ALTER TABLE new_users RENAME TO users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_users.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT, nick TEXT);
//! -- file: 0002_alter.sql
//! ALTER TABLE users RENAME COLUMN mail TO email;
//! ALTER TABLE users DROP COLUMN nick;
//! ALTER TABLE users ADD COLUMN born TEXT;
//! ```
//!
//! ## Proof
//!
//! On 1,000 rows SQLite takes at least twice as many steps for the flagged file as for the better one
//!
//! In SQLite 3.24.0, running the better file: `near "COLUMN": syntax error`
//!
//! In SQLite 3.34.0, running the better file: `near "DROP": syntax error`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "avoidable-rebuild", level: Level::Note, since: "0.1.0", check: Check::Rebuild(check) };

fn check(cx: &FileContext, rebuild: &Rebuild, out: &mut Findings) {
    let Some(instead) = alters(cx, rebuild).filter(|alters| !alters.is_empty()) else { return };
    let all: Vec<String> = instead.iter().map(|alter| format!("`{alter}`")).collect();
    let rows = cx.rows.of(&rebuild.before.name);
    let with = rows.map_or_else(String::new, |rows| format!(", which has {},", about(rows)));
    out.report(rebuild.created, format!("`{}`{with} is rebuilt for what ALTER TABLE does in place", rebuild.table))
        .level(weight(rows, Level::Note))
        .reason(format!(
            "a rebuild copies every row while all writers wait, and SQLite {} runs the file and needs none",
            cx.engine
        ))
        .help(format!("write {}", all.join(", ")));
}

/// The `ALTER TABLE`s that make the new table of the old one; none where they do not.
fn alters(cx: &FileContext, rebuild: &Rebuild) -> Option<Vec<String>> {
    let [copy] = rebuild.copies.as_slice() else { return None };
    let known = rebuild.before.knows_columns() && rebuild.after.knows_columns();
    if !known || copy.partial || copy.skips.is_some() || copy.pairs.is_empty() || rebuild.dropped.is_none() {
        return None;
    }
    let (before, after) = (rebuild.before.as_table()?, rebuild.after.as_table()?);
    let (was, is) = rebuild.lines()?;
    if was.options != is.options {
        return None;
    }
    let mut found = constraints(cx, rebuild, &was.constraints, &is.constraints)?;
    let table = name::plain(&rebuild.table);
    let mut new = after.definition.columns.iter().zip(&is.columns).peekable();
    for (column, line) in before.definition.columns.iter().zip(&was.columns) {
        let own = &column.name.text;
        let Some(moved) = rebuild.moved(own) else {
            let sound = cx.engine >= version::DROP_COLUMN.since;
            if !sound || !drop_column_blockers(cx.start, &rebuild.before, own).is_empty() {
                return None;
            }
            found.push(format!("ALTER TABLE {table} DROP COLUMN {}", name::plain(own)));
            continue;
        };
        let (next, new_line) = new.next_if(|(next, _)| next.name.is(moved))?;
        let is_copied = next.generated().is_some() || rebuild.origin(moved).is_some_and(|from| name::same(&from, own));
        if !is_copied {
            return None;
        }
        let mut line = line.clone();
        if !name::same(own, moved) {
            if cx.engine < version::RENAME_COLUMN.since || rebuild.before.column(moved).is_some() {
                return None;
            }
            line.replace_range(..name::fold(own).len(), &name::fold(moved));
            found.push(format!("ALTER TABLE {table} RENAME COLUMN {} TO {}", name::plain(own), name::plain(moved)));
        }
        if line != *new_line {
            found.push(format!(
                "ALTER TABLE {table} ALTER COLUMN {} {}",
                name::plain(moved),
                null(cx, &line, new_line)?
            ));
        }
    }
    for (column, _) in new {
        let is_given = copy.pairs.iter().any(|(into, _)| column.name.is(into));
        if is_given || !can_be_added(column, &rebuild.after.sql) {
            return None;
        }
        let declared = one_line(column.span.of(&rebuild.after.sql));
        found.push(format!("ALTER TABLE {table} ADD COLUMN {declared}"));
    }
    Some(found)
}

/// What `ALTER COLUMN` does about `NOT NULL`, where nothing else of the column differs.
fn null(cx: &FileContext, was: &str, is: &str) -> Option<&'static str> {
    const NOT_NULL: &str = " not null";
    if cx.engine < version::ALTER_NOT_NULL.since {
        return None;
    }
    if is.replacen(NOT_NULL, "", 1) == was {
        Some("SET NOT NULL")
    } else if was.replacen(NOT_NULL, "", 1) == is {
        Some("DROP NOT NULL")
    } else {
        None
    }
}

/// Whether `ADD COLUMN` takes it, whatever rows there are.
fn can_be_added(column: &ColumnDefinition, sql: &str) -> bool {
    column.constraints.iter().all(|constraint| match constraint.kind {
        ColumnConstraintKind::Null | ColumnConstraintKind::Collate(_) => true,
        ColumnConstraintKind::NotNull => column
            .default()
            .is_some_and(|value| !value.of(sql).trim_matches(['(', ')', ' ']).eq_ignore_ascii_case("NULL")),
        ColumnConstraintKind::Default(value) => is_constant(sql, value),
        ColumnConstraintKind::Generated { stored, .. } => !stored,
        _ => false,
    })
}

/// How the constraints of the table come and go; none where only a rebuild changes them.
fn constraints(cx: &FileContext, rebuild: &Rebuild, was: &[String], is: &[String]) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let table = name::plain(&rebuild.table);
    for gone in was.iter().filter(|line| !is.contains(line)) {
        let (_, name) = gone.strip_prefix("check ")?.rsplit_once(" named ")?;
        let constraints = &rebuild.before.as_table()?.definition.constraints;
        let own = constraints.iter().filter_map(|constraint| constraint.name.as_ref()).find(|known| known.is(name))?;
        found.push(format!("ALTER TABLE {table} DROP CONSTRAINT {}", name::plain(&own.text)));
    }
    for new in is.iter().filter(|line| !was.contains(line)) {
        new.strip_prefix("check ").filter(|check| !check.contains(" on conflict "))?;
        let constraints = &rebuild.after.as_table()?.definition.constraints;
        let old: Vec<String> = checks(rebuild.before.as_table()?)
            .map(|(_, _, expression)| folded(expression.of(&rebuild.before.sql)))
            .collect();
        let own = constraints.iter().find(|constraint| match constraint.kind {
            TableConstraintKind::Check(expression) => !old.contains(&folded(expression.of(&rebuild.after.sql))),
            _ => false,
        })?;
        let written = one_line(own.span.of(&rebuild.after.sql));
        found.push(format!("ALTER TABLE {table} ADD {written}"));
    }
    let native = found.is_empty() || cx.engine >= version::ALTER_DROP_CONSTRAINT.since;
    (native && found.len() <= 1).then_some(found)
}

/// The text as it can stand in a finding: in one line, and names in double quotes.
fn one_line(text: &str) -> String {
    text.replace('`', "\"").split_whitespace().collect::<Vec<_>>().join(" ")
}
