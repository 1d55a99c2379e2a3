//! # A CHECK that asks for the time or for chance
//!
//! `CHECK (at <= datetime('now'))` is taken with the table, and since 3.31.0 then fails at every `INSERT`.
//! `CURRENT_TIMESTAMP` and `random()` are let through, but a row that passed once need not pass again:
//! `integrity_check` calls the database damaged, and the next rebuild of the table stops at that row.
//!
//! ## Flagged
//!
//! ```sql
//! CREATE TABLE orders (id INTEGER PRIMARY KEY, at TEXT CHECK (at <= datetime('now')));
//! INSERT INTO orders (at) VALUES ('2024-01-31 12:00:00');
//! ```
//!
//! ## Instead
//!
//! Ask for the time in a trigger, which runs once for each row:
//!
//! ```sql
//! CREATE TABLE orders (id INTEGER PRIMARY KEY, at TEXT);
//! CREATE TRIGGER orders_at BEFORE INSERT ON orders WHEN new.at > datetime('now')
//! BEGIN SELECT RAISE(ABORT, 'orders.at lies in the future'); END;
//! INSERT INTO orders (at) VALUES ('2024-01-31 12:00:00');
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `non-deterministic use of datetime() in a CHECK constraint`
//!
//! In SQLite 3.30.1, running the flagged file, then `SELECT count(*) FROM orders`: `1`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "nondeterministic-check", level: Level::Error, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    for declared in cx.declared_checks() {
        let Some(read) = expression(declared.sql, declared.expression) else { continue };
        if declared.is_old {
            continue;
        }
        for part in &read.parts {
            let Part::Call(call) = part else { continue };
            let name = call.text(declared.sql).to_ascii_lowercase();
            let fault = match fault(&name, arguments(declared.sql, *call).as_deref()) {
                Some(Fault::Refused) if cx.engine < REFUSED_SINCE => Fault::RefusedLater,
                Some(fault) => fault,
                None => continue,
            };
            let (at, table) = (declared.at(call.span), declared.table);
            let instead = "check it in a trigger BEFORE INSERT, or where the application writes it";
            match fault {
                Fault::Refused => out
                    .report(at, format!("a CHECK of `{table}` asks `{name}()` for the time"))
                    .reason("the table is made, and then each INSERT that comes to the check fails")
                    .help(instead)
                    .sqlite(format!("non-deterministic use of {name}() in a CHECK constraint")),
                Fault::RefusedLater => out
                    .report(at, format!("a CHECK of `{table}` asks `{name}()` for the time"))
                    .reason("3.31.0 and later fail at each INSERT that comes to the check; older ones let it through")
                    .help(instead)
                    .level(Level::Warning),
                Fault::Changing => out
                    .report(at, format!("a CHECK of `{table}` depends on `{name}`, which is another one each time"))
                    .reason("a row that passed once may not pass again: `PRAGMA integrity_check` and a rebuild check it anew")
                    .help(instead)
                    .level(Level::Warning),
            };
        }
    }
}

/// The first version that refuses the rows; 3.30.1 takes them, 3.31.1 does not.
const REFUSED_SINCE: Version = Version::new(3, 31, 0);

/// What is wrong with a function in a CHECK.
enum Fault {
    /// SQLite takes the table and refuses its rows.
    Refused,
    /// The version that runs the file takes both, a later one does not.
    RefusedLater,
    /// SQLite lets it through.
    Changing,
}

fn fault(name: &str, arguments: Option<&[&str]>) -> Option<Fault> {
    match name {
        "current_timestamp" | "current_date" | "current_time" if arguments.is_none() => Some(Fault::Changing),
        "random" | "randomblob" | "changes" | "total_changes" | "last_insert_rowid" => Some(Fault::Changing),
        "date" | "time" | "datetime" | "julianday" | "unixepoch" | "strftime" | "timediff" => {
            let arguments = arguments?;
            // Only the format, or nothing: SQLite takes the time of now.
            let missing = arguments.len() <= usize::from(name == "strftime");
            let asks = |argument: &&str| {
                let word = normal(argument);
                let word = word.trim_matches('\'').trim();
                ["now", "localtime", "utc"].iter().any(|now| now.eq_ignore_ascii_case(word))
            };
            (missing || arguments.iter().any(asks)).then_some(Fault::Refused)
        }
        _ => None,
    }
}
