//! # A transaction that begins or ends where it must not
//!
//! A runner that wraps each file in a transaction expects the file to leave that alone: a `BEGIN` fails
//! there, and a `COMMIT` ends the runner's own, so that the rest of the file runs unprotected and the
//! runner's `COMMIT` fails. Where nobody wraps the file, a `BEGIN` without its `COMMIT` is worse: all that
//! follows is rolled back when the connection ends, and no error says so.
//!
//! ## Flagged
//!
//! ```sql
//! -- transaction: file
//! BEGIN;
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! COMMIT;
//! ```
//!
//! ## Instead
//!
//! ```sql
//! -- transaction: file
//! CREATE TABLE users (id INTEGER PRIMARY KEY);
//! ```
//!
//! ## Proof
//!
//! Running the flagged file: `cannot start a transaction within a transaction`

use crate::prelude::*;

pub(crate) static RULE: Rule =
    Rule { id: "unbalanced-transaction", level: Level::Error, since: "0.1.0", check: Check::File(check) };

fn check(cx: &FileContext, out: &mut Findings) {
    // The plan of `remold apply` takes over what a file says of transactions.
    if cx.runner.is_remold() {
        return;
    }
    let turns = cx.earlier.conduct().turns();
    for turn in turns {
        match (turn.kind, turn.within) {
            (TurnKind::Begin, InTransaction::No) | (TurnKind::Commit | TurnKind::Rollback, InTransaction::ByFile) => {}
            (TurnKind::Begin, within) => begins_again(cx, turns, turn, within, out),
            (_, InTransaction::No) => ends_nothing(turn, out),
            (_, InTransaction::ByRunner) => ends_the_runners(cx, turn, out),
        }
    }
    let by_itself =
        cx.runner.transaction_around(cx.file) == RunnerTransaction::None && cx.transaction == InTransaction::ByFile;
    if let Some(opened) = cx.earlier.conduct().opened().filter(|_| by_itself) {
        out.report(opened, "the transaction that begins here never ends")
            .reason("SQLite rolls it back when the connection ends, with all that the file does from here on")
            .help("write COMMIT behind its last statement, or RELEASE for a SAVEPOINT");
    }
}

fn begins_again(cx: &FileContext, turns: &[Turn], turn: &Turn, within: InTransaction, out: &mut Findings) {
    let help = match within {
        InTransaction::ByRunner => format!("leave BEGIN and its COMMIT out, or {}", cx.runner.without_transaction()),
        _ => "leave it out, end the first one before it, or write SAVEPOINT for one within the other".to_owned(),
    };
    let report = out
        .report(turn.place.span, format!("a second transaction begins {}", cx.runner.within(within)))
        .reason("SQLite has one transaction at a time and refuses another, so the file stops here")
        .help(help)
        .sqlite("cannot start a transaction within a transaction");
    // The one pair around the file's statements says what the runner does already.
    if let ([begin, commit], InTransaction::ByRunner) = (turns, within)
        && commit.kind == TurnKind::Commit
    {
        let cut = |turn: &Turn| Edit { span: turn.place.whole(&cx.file.text), text: String::new() };
        report.fix(Safety::Safe, Vec::from([cut(begin), cut(commit)]));
    }
}

fn ends_nothing(turn: &Turn, out: &mut Findings) {
    let error = match turn.kind {
        TurnKind::Rollback => "cannot rollback - no transaction is active",
        _ => "cannot commit - no transaction is active",
    };
    out.report(turn.place.span, "no transaction is open that this could end")
        .reason("what stands before it is committed already, and stays")
        .help("write BEGIN before the statements that belong together, or leave it out")
        .sqlite(error);
}

fn ends_the_runners(cx: &FileContext, turn: &Turn, out: &mut Findings) {
    // A file may begin another one for the runner to end.
    let is_given_back = cx.transaction == InTransaction::ByFile;
    let (what, reason) = match turn.kind {
        TurnKind::Rollback => ("undoes", "all that the runner has done since it began is gone, and"),
        _ => ("ends", "what was done so far stays even if the file fails later, and"),
    };
    let (level, rest) = if is_given_back {
        (Level::Warning, "a second run finds it there")
    } else {
        (Level::Error, "the runner's own COMMIT says `cannot commit - no transaction is active`")
    };
    out.report(turn.place.span, format!("this {what} the runner's transaction"))
        .level(level)
        .reason(format!("{reason} {rest}"))
        .help("leave it out, or have the runner begin no transaction for this file");
}
