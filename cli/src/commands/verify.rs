//! `remold verify`: compares a database with the schema that it should have.

use std::fmt::Write as _;

use remold_core::diff::{Difference, Extent, compare};
use serde_json::json;

use crate::args::{Format, VerifyArgs};
use crate::database::snapshot;
use crate::failure::{Exit, Failure};
use crate::terminal::{self, BAD, FAINT, GOOD, STRONG, paint, visible};
use crate::{files, report};

/// Prints every difference. Nothing is written.
pub(crate) fn run(args: &VerifyArgs) -> Result<Exit, Failure> {
    let live = snapshot::read(&args.db)?.schema();
    let expected = files::schema(&args.expect)?.schema();
    let extent = if args.exact { Extent::Exact } else { Extent::Named };
    let differences = compare(&expected, &live, extent);
    match args.format {
        Format::Text => terminal::print(&text(args, &differences, expected.len()))?,
        Format::Json => terminal::print_exact(&json(args, &differences))?,
    }
    Ok(if differences.is_empty() { Exit::Done } else { Exit::Found })
}

fn text(args: &VerifyArgs, differences: &[Difference], objects: usize) -> String {
    let (db, expect) = (args.db.display().to_string(), args.expect.display().to_string());
    let (db, expect) = (visible(&db), visible(&expect));
    if differences.is_empty() {
        let compared = report::counted(objects, "object");
        let what = if args.exact { "exactly what" } else { "all that" };
        return format!("{}: `{db}` has {what} `{expect}` names ({compared})\n", paint(GOOD, "verified"));
    }
    let mut text = paint(FAINT, &format!("expected by {expect} (-), found in {db} (+)\n"));
    for difference in differences {
        let _ = writeln!(text, "{}", paint(STRONG, &visible(&difference.what)));
        let (expected, found) = (difference.expected.as_deref(), difference.found.as_deref());
        match (expected, found) {
            (Some(expected), Some(found)) if expected.contains('\n') || found.contains('\n') => {
                text.push_str(&report::difference(expected, found));
            }
            _ => {
                text.push_str(&lines(expected, "  - ", BAD));
                text.push_str(&lines(found, "  + ", GOOD));
            }
        }
    }
    let _ = writeln!(text, "{}", paint(BAD, &report::counted(differences.len(), "difference")));
    text
}

fn lines(sql: Option<&str>, mark: &str, style: anstyle::Style) -> String {
    let lines = sql.into_iter().flat_map(str::lines);
    lines.map(|line| paint(style, &format!("{mark}{}", visible(line))) + "\n").collect()
}

/// Version 1: `status` is `same` or `different`; a side of a difference that is not there is null.
fn json(args: &VerifyArgs, differences: &[Difference]) -> String {
    let shown = |difference: &Difference| json!({ "what": difference.what, "expected": difference.expected, "found": difference.found });
    report::done::print(&json!({
        "format": "remold-verify",
        "version": 1,
        "status": if differences.is_empty() { "same" } else { "different" },
        "database": args.db.display().to_string(),
        "expect": args.expect.display().to_string(),
        "exact": args.exact,
        "differences": differences.iter().map(shown).collect::<Vec<_>>(),
    }))
}
