//! # A statement that SQLite refuses inside a transaction
//!
//! `VACUUM`, the switch to or from WAL, `PRAGMA synchronous` and a checkpoint work between transactions
//! alone. Most runners wrap each file in one, so that such a statement fails in the middle of a
//! deployment although it ran well by hand.
//!
//! ## Flagged
//!
//! ```sql
//! BEGIN;
//! VACUUM;
//! COMMIT;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! BEGIN;
//! COMMIT;
//! VACUUM;
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `cannot VACUUM from within a transaction`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "illegal-in-transaction", level: Level::Error, since: "0.1.0", check: Check::Statement(check) };

/// Before it SQLite attached and detached nothing in a transaction.
const ATTACHES: Version = Version::new(3, 21, 0);

fn check(cx: &Context, statement: &Statement, out: &mut Findings) {
    let wait = match cx.transaction {
        InTransaction::No => return,
        InTransaction::ByFile => "move it before the transaction begins, or behind its end".to_owned(),
        InTransaction::ByRunner => format!("move it to a file of its own, and {}", cx.runner.without_transaction()),
    };
    let Some(fault) = fault(cx, &statement.body) else { return };
    let report = out
        .report(statement.span, format!("{} {} {}", fault.what, fault.does, cx.runner.within(cx.transaction)))
        .level(fault.level)
        .reason(fault.why)
        .help(wait);
    if let Some(error) = fault.error {
        report.sqlite(error);
    }
}

struct Fault {
    what: &'static str,
    does: &'static str,
    level: Level,
    why: &'static str,
    error: Option<&'static str>,
}

fn fault(cx: &Context, body: &Body) -> Option<Fault> {
    let refused = |what, why, error| Fault { what, does: "is refused", level: Level::Error, why, error: Some(error) };
    let attached = |what, error| refused(what, "before 3.21 SQLite takes it between transactions alone", error);
    match body {
        Body::Other(other @ (Other::Vacuum | Other::VacuumInto)) => Some(refused(
            if *other == Other::Vacuum { "`VACUUM`" } else { "`VACUUM INTO`" },
            "it copies the whole database, which nothing may be changing meanwhile",
            "cannot VACUUM from within a transaction",
        )),
        Body::Other(Other::Attach) if cx.engine < ATTACHES => {
            Some(attached("`ATTACH`", "cannot ATTACH database within transaction"))
        }
        Body::Other(Other::Detach) if cx.engine < ATTACHES => {
            Some(attached("`DETACH`", "cannot DETACH database within transaction"))
        }
        Body::Other(Other::Detach) => Some(Fault {
            what: "`DETACH`",
            does: "may be refused",
            level: Level::Warning,
            why: "a database that the transaction has read or written stays locked until its end",
            error: None,
        }),
        Body::Pragma(pragma) => fault_of_pragma(cx, pragma),
        _ => None,
    }
}

fn fault_of_pragma(cx: &Context, pragma: &Pragma) -> Option<Fault> {
    // The plan of `remold apply` takes pragmas over, and the file's own transaction with them.
    if cx.runner.is_remold() {
        return None;
    }
    let is = |name: &str| pragma.name.name.is(name);
    if is("wal_checkpoint") {
        return Some(Fault {
            what: "`PRAGMA wal_checkpoint`",
            does: "is refused",
            level: Level::Warning,
            why: "a transaction that has read or written holds what the checkpoint needs",
            error: Some("database table is locked"),
        });
    }
    let value = pragma.value?.of(&cx.file.text).trim_matches(['\'', '"', '`', '[', ']']);
    if is("journal_mode") {
        let to_wal = name::same(value, "wal");
        return Some(if to_wal {
            Fault {
                what: "`PRAGMA journal_mode = WAL`",
                does: "is refused",
                level: Level::Error,
                why: "SQLite changes the kind of journal between transactions alone; only a database in WAL mode takes it",
                error: Some("cannot change into wal mode from within a transaction"),
            }
        } else {
            Fault {
                what: "`PRAGMA journal_mode`",
                does: "is refused in WAL mode",
                level: Level::Warning,
                why: "SQLite leaves WAL mode between transactions alone; a database in another mode takes it",
                error: Some("cannot change out of wal mode from within a transaction"),
            }
        });
    }
    let is_temporary = pragma.name.schema.as_ref().is_some_and(|schema| schema.is("temp"));
    (is("synchronous") && !is_temporary).then_some(Fault {
        what: "`PRAGMA synchronous`",
        does: "is refused",
        level: Level::Error,
        why: "SQLite may have written already, as safely as it was told then",
        error: Some("Safety level may not be changed inside a transaction"),
    })
}
