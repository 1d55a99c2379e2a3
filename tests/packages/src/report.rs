//! What came of the packages, as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::judge::{Fault, FaultKind, Verdict};
use crate::list::Package;

/// A package and what came of it.
#[derive(Debug)]
pub(crate) struct Row {
    /// The package.
    pub(crate) package: Package,
    /// What came of all its databases.
    pub(crate) verdict: Verdict,
}

/// The whole report: a table, then every kind of fault with the shortest statement that shows it.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let mut out = String::new();
    out.push_str("# Migrations of published packages\n\n");
    out.push_str(
        "| package | files | statements | run by SQLite | opaque | partly read | wrong places | disagreements | refused by \
         SQLite |\n|---|--:|--:|--:|--:|--:|--:|--:|---|\n",
    );
    let mut total = Verdict::default();
    for row in rows {
        line(&mut out, &format!("{} {} {}", row.package.registry, row.package.name, row.package.version), &row.verdict);
        total.files += row.verdict.files;
        total.statements += row.verdict.statements;
        total.accepted += row.verdict.accepted;
        total.faults.extend(row.verdict.faults.iter().cloned());
        for (words, count) in &row.verdict.refused {
            *total.refused.entry(words.clone()).or_default() += count;
        }
    }
    line(&mut out, "**in all**", &total);
    for kind in FaultKind::ALL {
        let all = rows.iter().flat_map(|row| row.verdict.faults.iter().map(move |fault| (&row.package, fault)));
        section(&mut out, kind.title(), all.filter(|(_, fault)| fault.kind == kind));
    }
    let worded = rows.iter().flat_map(|row| row.verdict.worded.iter().map(move |fault| (&row.package, fault)));
    section(&mut out, "refused by both, in other words (no fault)", worded);
    out
}

fn line(out: &mut String, title: &str, verdict: &Verdict) {
    let disagreements: usize =
        FaultKind::ALL.into_iter().filter(|kind| kind.is_disagreement()).map(|kind| verdict.count(kind)).sum();
    let refused: Vec<String> = verdict.refused.iter().map(|(words, count)| format!("{count} {words}")).collect();
    let _infallible = writeln!(
        out,
        "| {title} | {} | {} | {} | {} | {} | {} | {disagreements} | {} |",
        verdict.files,
        verdict.statements,
        verdict.accepted,
        verdict.count(FaultKind::Opaque),
        verdict.count(FaultKind::Partly),
        verdict.count(FaultKind::Span),
        refused.join(", "),
    );
}

/// The faults of one kind; of those that look alike, the shortest.
fn section<'rows>(out: &mut String, title: &str, faults: impl Iterator<Item = (&'rows Package, &'rows Fault)>) {
    let mut groups: BTreeMap<String, Vec<(&Package, &Fault)>> = BTreeMap::new();
    for (package, fault) in faults {
        groups.entry(kind_of(fault)).or_default().push((package, fault));
    }
    if groups.is_empty() {
        return;
    }
    let count: usize = groups.values().map(Vec::len).sum();
    let _infallible = writeln!(out, "\n## {title}: {count}");
    for group in groups.values_mut() {
        group.sort_by_key(|(_, fault)| fault.sql.len());
        let (package, fault) = group[0];
        let more = if group.len() > 1 { format!(" (and {} more like it)", group.len() - 1) } else { String::new() };
        let _infallible = writeln!(
            out,
            "\n- {} {}{more}\n\n  ```sql\n{}\n  ```\n  ```text\n{}\n  ```",
            package.name,
            fault.place,
            indented(&fault.sql),
            indented(&fault.detail),
        );
    }
}

/// Faults of one cause mostly begin alike: the statement's first two words, its clause and the detail's first,
/// without names.
fn kind_of(fault: &Fault) -> String {
    let words: Vec<String> = fault.sql.split_whitespace().take(2).map(str::to_ascii_uppercase).collect();
    let detail: String = fault.detail.chars().take_while(|character| !"`\"'".contains(*character)).take(60).collect();
    let clauses = ["RENAME TO", "RENAME COLUMN", "DROP COLUMN", "ADD COLUMN", "RENAME", "ADD", "AS SELECT"];
    let upper = fault.sql.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_uppercase();
    let altering = words.first().is_some_and(|word| ["ALTER", "CREATE"].contains(&word.as_str()));
    let action = clauses.into_iter().find(|clause| altering && upper.contains(clause)).unwrap_or_default();
    let detail = if fault.kind == FaultKind::Opaque { fault.detail.chars().take(80).collect() } else { detail };
    format!("{} {action} {detail}", words.join(" "))
}

fn indented(text: &str) -> String {
    let mut shown: String = text.chars().take(1500).collect();
    if shown.len() < text.len() {
        shown.push_str(" …");
    }
    shown.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
