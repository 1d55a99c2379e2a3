//! # A view or a trigger that keeps its old body
//!
//! SQLite has no `CREATE OR REPLACE`. `CREATE VIEW IF NOT EXISTS` and `CREATE TRIGGER IF NOT EXISTS`
//! leave what is there as it is, without a word: the application goes on with the old body, and only a
//! database that is made anew gets the new one.
//!
//! ## Flagged
//!
//! ```sql
//! -- file: 0001_names.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE VIEW IF NOT EXISTS names AS SELECT name FROM users;
//! -- file: 0002_names.sql
//! CREATE VIEW IF NOT EXISTS names AS SELECT id, name FROM users;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- file: 0001_names.sql
//! CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
//! CREATE VIEW IF NOT EXISTS names AS SELECT name FROM users;
//! -- file: 0002_names.sql
//! DROP VIEW IF EXISTS names;
//! CREATE VIEW names AS SELECT id, name FROM users;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file, then `SELECT id FROM names`: `no such column: id`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "stale-view-or-trigger", level: Level::Warning, since: "0.1.0", check: Check::Statement(check) };

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let (kind, name, there) = match &statement.body {
        Body::CreateView(it) if it.if_not_exists.is_some() && !it.temporary => {
            (ObjectKind::View, &it.name, cx.before.find(&it.name))
        }
        Body::CreateTrigger(it) if it.if_not_exists.is_some() && !it.temporary => {
            (ObjectKind::Trigger, &it.name, cx.before.find_trigger(&it.name))
        }
        _ => return,
    };
    let Some(there) = there.filter(|there| there.certain && !there.temporary) else { return };
    let sql = stored_sql(&cx.file.text, statement);
    let Some(meant) = sql.and_then(|sql| Object::new(&name.name.text, sql, false)) else { return };
    if there.kind == ObjectKind::Index || is_same(there, &meant) {
        return;
    }
    let (what, name) = (kind.as_str(), &name.name);
    let word = what.to_ascii_uppercase();
    let start = Span::new(statement.span.start, statement.span.start);
    let drop = whole!("DROP {word} IF EXISTS {};\n", name.span.of(&cx.file.text));
    if there.kind != kind {
        out.report(name.span, format!("`{}` is a {} already, and no {what} is made", name.text, there.kind.as_str()))
            .reason("IF NOT EXISTS looks at the name alone, and then nothing happens")
            .help(format!("give the {what} another name"))
            .level(Level::Error);
        return;
    }
    if kind == ObjectKind::Trigger && there.owner.as_ref().is_none_or(|owner| !meant.belongs_to(owner)) {
        let (owner, table) = (there.owner.as_deref().unwrap_or_default(), meant.owner.as_deref().unwrap_or_default());
        out.report(name.span, format!("`{}` is a trigger of `{owner}` already, and `{table}` gets none", name.text))
            .reason("triggers of all tables share one name space, and IF NOT EXISTS looks at the name alone")
            .help("give the trigger another name")
            .level(Level::Error);
        return;
    }
    out.report(name.span, format!("{what} `{}` keeps its old body", name.text))
        .reason("IF NOT EXISTS looks at the name alone, and SQLite has no OR REPLACE")
        .help(format!("write `DROP {word} IF EXISTS {}` before it", name.text))
        .fix(Safety::Unsafe, Vec::from([Edit { span: start, text: drop }]));
}
