//! # A name in double quotes that is a string
//!
//! Double quotes are for names. Where a name in them means no column, SQLite takes it for a string instead
//! of refusing it: a spelling mistake in an index or a CHECK then passes, and the index holds one text for
//! all rows. A SQLite that is compiled without that habit refuses the statement. The same goes for a bare
//! word behind `DEFAULT`.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE INDEX users_email ON users ("emial");
//! ```
//!
//! ## Instead
//!
//! ```sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
//! CREATE INDEX users_email ON users ("email");
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT count(*) FROM pragma_index_info('users_email') WHERE cid = -2`: `1`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "double-quoted-string", level: Level::Warning, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let text = &cx.file.text;
    for word in strings_in(cx.before, cx.after, text, statement) {
        report(cx, statement, word, out);
    }
    let columns: &[ColumnDefinition] = match &statement.body {
        Body::CreateTable(create) => &create.definition.columns,
        Body::AlterTable(alter) => match &alter.action {
            AlterAction::AddColumn(column) => core::slice::from_ref(column),
            _ => &[],
        },
        _ => &[],
    };
    for (column, default) in columns.iter().filter_map(|column| Some((column, column.default()?))) {
        if is_name(default.of(text)) {
            let said = Word { span: default }.text(text).into_owned();
            out.report(default, format!("the default of `{}` is the text `{said}`", column.name.text))
                .level(Level::Note)
                .reason("SQLite takes a name behind DEFAULT for a string")
                .help(format!("write {} in single quotes", quoted(&said)));
        }
    }
}

fn report(cx: &Context, statement: &Statement, word: Word, out: &mut Findings) {
    let text = &cx.file.text;
    let said = word.text(text).into_owned();
    let near = table(cx, statement).and_then(|table| {
        let columns = table.columns().iter().map(|column| column.name.text.as_str());
        name::nearest(&said, columns).map(ToOwned::to_owned)
    });
    // A term of an index in single quotes is the name of a column.
    let is_term = matches!(&statement.body, Body::CreateIndex(index)
        if !index.condition.is_some_and(|condition| condition.contains(word.span)));
    let help = match &near {
        Some(near) if is_term => format!("did you mean `{near}`?"),
        Some(near) => format!("did you mean `{near}`? Else write {} in single quotes", quoted(&said)),
        None if is_term => "name a column of the table".to_owned(),
        None => format!("write {} in single quotes, or correct the name", quoted(&said)),
    };
    let (level, reason) = match &statement.body {
        Body::CreateIndex(_) => (Level::Error, "the index holds or compares this text, the same for each row"),
        Body::CreateTable(_) | Body::AlterTable(_) => {
            (Level::Error, "the definition holds or compares this text, the same for each row")
        }
        _ => (Level::Warning, "SQLite takes a name in double quotes that means no column for a string"),
    };
    let report = out
        .report(word.span, format!("`{said}` is no column here, and so a string"))
        .level(level)
        .reason(format!("{reason}; a SQLite compiled with `SQLITE_DQS=0` refuses it"))
        .help(help);
    let safety = match &statement.body {
        Body::Data(_) | Body::Query(_) => Safety::Safe,
        _ => Safety::Unsafe,
    };
    if near.is_none() && !is_term {
        report.fix(safety, Vec::from([Edit { span: word.span, text: quoted(&said) }]));
    }
}

/// The table that the statement is about.
fn table<'run>(cx: &'run Context, statement: &Statement) -> Option<&'run Object> {
    let found = match &statement.body {
        Body::CreateTable(create) => cx.after.find(&create.name),
        Body::AlterTable(alter) => cx.after.find(&alter.name),
        Body::CreateIndex(create) => cx.after.get(&create.table.text),
        Body::CreateTrigger(create) => cx.after.get(&create.table.text),
        Body::Data(data) => cx.before.find(&data.table),
        _ => None,
    };
    found.map(|table| &**table)
}

/// Whether a default is a word or a name in quotes, and no literal.
fn is_name(default: &str) -> bool {
    const LITERALS: [&str; 6] = ["true", "false", "null", "current_date", "current_time", "current_timestamp"];
    let begins = default.chars().next();
    let bare = begins.is_some_and(|first| first.is_alphabetic() || first == '_')
        && default.chars().all(|at| at.is_alphanumeric() || matches!(at, '_' | '$'));
    match begins {
        Some('"' | '`' | '[') => true,
        _ => bare && !LITERALS.iter().any(|literal| name::same(literal, default)),
    }
}

fn quoted(text: &str) -> String {
    whole!("'{}'", text.replace('\'', "''"))
}
